// Who answers, what is attached, and who signs.
const Papers = (() => {
  const PIECE = 4 * 1024 * 1024, LARGEST = 100 * 1024 * 1024;
  let data, list, cards;

  const gradeText = (grade) => ({
    E1: say("E1 signed statement"), E2: say("E2 own document"), E3: say("E3 independent document"), E4: say("E4 independent monitor"),
  }[grade] ?? grade);

  // A labelled control for one text of the papers.
  function field(words, path, kind = "text", more = {}) {
    const id = Answers.fresh(), error = el("p", { class: "error", id: `${id}e`, hidden: true });
    const names = { label: `${id}${more.of ? ` ${more.of}` : ""}`, about: `${id}e${more.about ? ` ${more.about}` : ""}`, cell: true };
    const held = kind === "date" ? Answers.day({}, path, names) : Array.isArray(kind) ? Answers.select(kind, path, names)
      : Answers.writing({ type: "text" }, path, names);
    if (more.autocomplete) held.setAttribute("autocomplete", more.autocomplete);
    const box = el("div", { class: "cell" }, el("span", { class: "label", id }, words, more.needed ? el("span", { class: "needed" }, " (", say("needed"), ")") : null), held, error);
    return { box, path, kind, more, words };
  }
  const flawOf = ({ path, kind, more }) => {
    const value = Draft.get(path);
    if (Engine.isAbsent(value)) return more.needed ? say("This is needed.") : null;
    if (Array.isArray(kind)) return null;
    return Answers.problem({ type: kind === "date" ? "date" : "text" }, value, more.limit ?? Engine.NAME);
  };
  function tell(fields) {
    for (const one of fields) Answers.tellError(one.box, flawOf(one), Engine.isAbsent(Draft.get(one.path)));
  }
  const problemsOf = (fields) => fields.flatMap((one) => {
    const why = flawOf(one);
    return why ? [say("{field}: {problem}", { field: one.words, problem: why })] : [];
  });

  function section(id, title, fields, ...more) {
    const head = el("h2", { id: `t-${id}`, tabindex: "-1" }, title);
    const root = el("section", { id, class: "papers-section", "aria-labelledby": `t-${id}` }, head, more, el("div", { class: "cells" }, fields.map((one) => one.box)));
    return { id, title, root, tell: () => tell(fields), problems: () => problemsOf(fields) };
  }

  function supplier() {
    const roles = data.roles.map((role) => [role.id, told(role.text)]);
    return section("supplier", say("Who answers"), [
      field(say("Name of the supplier"), ["supplier", "name"], "text", { needed: true, autocomplete: "organization" }),
      field(say("Your role"), ["supplier", "role"], roles),
      field(say("Country, as two letters such as SE"), ["supplier", "country"], "text", { autocomplete: "country" }),
      field(say("Register of companies, such as SE-ORG"), ["supplier", "identifier", "scheme"]),
      field(say("Number in that register"), ["supplier", "identifier", "id"]),
    ]);
  }
  function declaration() {
    return section("declaration", say("Declaration"), [
      field(say("Name of who signs"), ["declaration", "name"], "text", { needed: true, autocomplete: "name" }),
      field(say("Position"), ["declaration", "position"], "text", { needed: true, autocomplete: "organization-title" }),
      field(say("Date"), ["declaration", "date"], "date", { needed: true }),
    ], el("p", {}, say("I answer for the supplier. The answers are true and complete as far as I know, and what they say of others was asked of them.")));
  }

  const held = () => Draft.list(["evidence"]);
  const titleOf = (entry) => entry.get("title") || entry.get("file") || entry.get("id") || "?";
  // The documents that support a question or a row of it: [their place, their title].
  const supporting = (id) => held().flatMap((entry, at) => {
    const supports = entry.get("supports") ?? [];
    return supports.some((target) => target === id || target.startsWith(`${id}/`)) ? [[at, titleOf(entry)]] : [];
  });

  function add(question) {
    const taken = new Set(held().map((entry) => String(entry.get("id")).toLowerCase()));
    let number = 1;
    while (taken.has(`e${number}`)) number += 1;
    Draft.set(["evidence"], [...held(), new Map([["id", `e${number}`], ["supports", question ? [question] : []]])]);
    Page.changed(["evidence"]);
    drawAll();
    visit(list.lastChild.querySelector("input"));
  }

  // A name that every system can hold, such as the buyer's archive asks for.
  function safeName(name) {
    const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øØ]/g, "o").replace(/[æÆ]/g, "ae").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/-*\.-*/g, ".").replace(/^[.-]+|[.-]+$/g, "");
    const dot = plain.lastIndexOf("."), end = dot < 0 ? "" : plain.slice(dot).slice(0, 12);
    return `${(dot < 0 ? plain : plain.slice(0, dot)).slice(0, 80) || "document"}${end}`;
  }
  async function take(file, at, told_) {
    if (file.size > LARGEST) {
      refill(told_, say("The file is larger than {n} MB.", { n: LARGEST / (1024 * 1024) }));
      return;
    }
    const own = Sha256.hasher();
    for (let from = 0; from < file.size; from += PIECE) {
      own.update(new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer()));
      refill(told_, say("Reading: {n} %", { n: Math.round((100 * Math.min(file.size, from + PIECE)) / file.size) }));
      await new Promise((done) => setTimeout(done));
    }
    const entry = held()[at];
    if (!entry) return;
    Draft.set(["evidence", at, "file"], `evidence/${safeName(file.name)}`);
    Draft.set(["evidence", at, "sha256"], `sha256:${own.hex()}`);
    if (Engine.isAbsent(entry.get("title"))) Draft.set(["evidence", at, "title"], file.name.slice(0, 200).normalize("NFC"));
    Page.changed(["evidence"]);
    drawAll();
    list.children[at]?.querySelector("input[type=file]").focus();
  }

  function targets() {
    return data.plan.questions.filter((asked) => Page.isAsked(asked.id)).flatMap((asked) => {
      const rows = asked.type === "table" ? Draft.list(["answers", asked.id]) : [];
      const keys = rows.map((row) => row.get(asked.key)).filter((key) => typeof key === "string" && key !== "");
      return [asked.id, ...keys.map((key) => `${asked.id}/${key}`)];
    });
  }
  function supports(at, of) {
    const id = Answers.fresh(), path = ["evidence", at, "supports"];
    const given = Draft.get(path) ?? [], open = targets().filter((target) => !given.includes(target));
    const change = (next) => {
      Draft.set(path, next);
      Page.changed(path);
      drawAll();
      list.children[at].querySelector(".supports select").focus();
    };
    const chips = given.map((target) => el("li", {}, el("a", { href: `#q-${target.split("/")[0]}` }, target), " ",
      button("×", () => change(given.filter((one) => one !== target)), { class: "chip-remove", "aria-label": say("Remove {target}", { target }) })));
    const box = el("select", { name: path.join("/"), "aria-labelledby": `${id} ${of}`, onchange: () => box.selectedIndex && change([...given, open[box.selectedIndex - 1]]) },
      el("option", { value: "" }, say("Add a question or a row")), open.map((target) => el("option", {}, target)));
    return el("div", { class: "cell supports" }, el("span", { class: "label", id }, say("It proves the answers to")),
      given.length ? el("ul", { class: "chips" }, chips) : null, box);
  }

  function documentCard(entry, at) {
    const head = `d-${at}`, base = ["evidence", at];
    const title = el("h3", { id: head, tabindex: "-1" }, say("Document {id}", { id: entry.get("id") ?? at + 1 }), entry.get("title") ? `: ${entry.get("title")}` : "");
    const kinds = data.kinds.map((kind) => [kind.id, told(kind.text)]);
    const grades = ["E1", "E2", "E3", "E4"].map((grade) => [grade, gradeText(grade)]);
    const ceiling = data.kinds.find((kind) => kind.id === entry.get("kind"))?.grade;
    const lots = Page.bidLots();
    const fields = [
      field(say("Title"), [...base, "title"], "text", { needed: true, of: head, limit: 300 }),
      field(say("Kind of document"), [...base, "kind"], kinds, { needed: true, of: head }),
      field(say("How strong it is"), [...base, "grade"], grades, { needed: true, of: head }),
      field(say("Who issued it"), [...base, "issuer"], "text", { of: head }),
      field(say("Issued on"), [...base, "issued"], "date", { of: head }),
      field(say("Valid until"), [...base, "expires"], "date", { of: head }),
      ...(lots.length > 1 ? [field(say("It concerns this lot alone"), [...base, "lot"], lots.map((lot) => [lot.id, { text: lot.title, lang: Words.language() }]), { of: head })] : []),
    ];
    const id = Answers.fresh(), said = el("span", { class: "hint", id: `${id}s`, role: "status" });
    const file = el("input", { type: "file", id, name: `evidence/${at}/file`, class: "file", "aria-describedby": `${id}s ${head}`, onchange: () => file.files[0] && take(file.files[0], at, said) });
    const path = entry.get("file"), digest = entry.get("sha256");
    if (path) refill(said, say("{file}, SHA-256 {digest}. Send this file along under this name.", { file: path, digest: String(digest ?? "").replace("sha256:", "").slice(0, 16) + "…" }));
    const error = el("p", { class: "error", hidden: true });
    const remove = button(say("Remove this document"), () => {
      Draft.set(base, undefined);
      if (held().length === 0) Draft.set(["evidence"], undefined);
      Page.changed(["evidence"]);
      drawAll();
      visit(document.getElementById("t-evidence"));
    }, { class: "quiet-button", "aria-describedby": head });
    const root = el("article", { class: "card document", "aria-labelledby": head }, title,
      el("div", { class: "cell" }, file, el("label", { for: id, class: "plain-button" }, path ? say("Choose another file") : say("Choose the file")), said, error),
      el("div", { class: "cells" }, fields.map((one) => one.box)),
      ceiling && entry.get("grade") > ceiling ? el("p", { class: "hint" }, say("A document of this kind counts at most as {grade}.", { grade: gradeText(ceiling) })) : null,
      supports(at, head), remove);
    const hasFile = () => !Engine.isAbsent(entry.get("file")) && !Engine.isAbsent(entry.get("sha256"));
    return {
      root, at,
      tell: () => {
        tell(fields);
        error.hidden = hasFile() || !Page.isChecked();
        refill(error, error.hidden ? "" : say("The file itself is needed."));
      },
      problems: () => [...(hasFile() ? [] : [say("The file itself is needed.")]), ...problemsOf(fields)],
    };
  }

  function drawCards() {
    cards = held().map(documentCard);
    list.replaceChildren(...cards.map((card) => card.root));
  }
  function drawAll() {
    drawCards();
    Page.refresh();
  }
  function evidence() {
    list = el("div", {});
    drawCards();
    const root = el("section", { id: "evidence", class: "papers-section", "aria-labelledby": "t-evidence" },
      el("h2", { id: "t-evidence", tabindex: "-1" }, say("Evidence")),
      el("p", {}, say("Name each document once. Its file is not put into this page: only its name and its SHA-256 are kept, so that nobody can exchange it unseen.")),
      list, button(say("Add a document"), () => add(null), { class: "plain-button", name: "evidence" }));
    return { id: "evidence", title: say("Evidence"), root, tell: () => cards.forEach((card) => card.tell()), documents: () => cards };
  }

  return {
    begin: (all) => { data = all; }, supplier, declaration, evidence, add, supporting, gradeText,
  };
})();
