// The page as a whole: what stands where, how far the answers have come, opening and saving.
const Page = (() => {
  const SLICE = 12, RAISING = 10, SAVE_AFTER = 800, LARGE = 100;
  let data, cards, sections, papers, parts, drawing = 0, waiting = null, saving = null, checked = false, isSaved = true, isKept = true;

  const question = (id) => data.plan.questions.find((asked) => asked.id === id);
  const lots = () => data.plan.lots;
  const bidLots = () => {
    const named = Draft.get(["lots"]);
    if (lots().length === 1 || !Array.isArray(named)) return lots();
    const kept = lots().filter((lot) => named.includes(lot.id));
    return kept.length ? kept : lots();
  };
  const isAsked = (id) => bidLots().some((lot) => lot.asked.includes(id));
  const lotTitle = (id) => lots().find((lot) => lot.id === id)?.title ?? id;
  const termText = (terms, id) => told(terms.find((term) => term.id === id)?.text ?? 0);
  const roleText = (id) => termText(data.roles, id);
  const reasonText = (id) => termText(data.reasons, id);
  const kindText = (id) => (data.kinds.some((kind) => kind.id === id) ? termText(data.kinds, id) : id);

  // --- how the answers stand -------------------------------------------------------------------------------------
  function refresh() {
    clearTimeout(waiting);
    waiting = null;
    const now = bidLots().map((lot) => ({ lot, ...Engine.assess(data.plan, lot, Draft.whole()) }));
    let done = 0, all = 0;
    for (const card of cards) {
      const mine = now.filter(({ stands }) => stands.has(card.asked.id));
      const stands = mine.map((one) => one.stands.get(card.asked.id));
      const top = mine.map((one) => one.sums?.points.get(card.asked.id)).filter((one) => one && one.n !== 0n);
      const most = top.reduce((first, second) => (first && Engine.compare(first, second) > 0 ? first : second), null);
      const causes = [...new Set(stands.flatMap((stand) => stand.causes ?? []))];
      card.update({ stands, causes, points: most ? Words.number(Engine.shown(most, 2)) : null });
      if (card.root.hidden) continue;
      all += 1;
      if (["answered", "not_applicable"].includes(card.root.dataset.state)) done += 1;
    }
    for (const section of sections) section.root.hidden = section.cards.every((card) => card.root.hidden);
    papers.forEach((one) => one.tell());
    if (parts.lots) parts.lots.tell();
    refill(parts.count, say("{done} of {all} questions answered", { done, all }));
    parts.progress.max = Math.max(1, all);
    parts.progress.value = done;
    tellNav();
    if (data.plan.scored) tellScore(now);
    if (checked) tellProblems();
  }
  function tellNav() {
    for (const { link, section } of parts.links) {
      link.parentNode.hidden = section.root.hidden;
      const open = (section.cards ?? []).filter((card) => !card.root.hidden && !["answered", "not_applicable"].includes(card.root.dataset.state)).length;
      refill(link.nextSibling, section.cards ? (open ? say("open: {n}", { n: open }) : say("complete")) : "");
      link.nextSibling.className = open ? "open" : "done";
    }
  }
  function tellScore(now) {
    const rows = now.map(({ lot, sums }) => el("p", { class: "score" }, lot.title ? [lot.title, ": "] : null,
      el("strong", {}, sums.total === null ? "–" : Words.number(Engine.shown(sums.total, 2))), " ", say("of 100 points, as claimed")));
    const gains = new Map();
    for (const { stands, sums, questions } of now) {
      for (const [id, top] of sums.points) {
        const left = Engine.subtract(Engine.ONE, Engine.claimed(questions.get(id), stands.get(id)));
        const gain = stands.get(id).state === "not_applicable" ? Engine.ZERO : Engine.times(top, left);
        if (gain.n > 0n && (!gains.has(id) || Engine.compare(gain, gains.get(id)) > 0)) gains.set(id, gain);
      }
    }
    const most = [...gains].sort((first, second) => Engine.compare(second[1], first[1])).slice(0, RAISING);
    refill(parts.score, rows);
    refill(parts.raise, most.map(([id, gain]) => el("li", {}, el("a", { href: `#q-${id}` }, id), ": ",
      say("{n} points more at most", { n: Words.number(Engine.shown(gain, 2)) }))));
    parts.raising.hidden = most.length === 0;
  }

  // --- what is missing or wrong ----------------------------------------------------------------------------------
  function problems() {
    const found = [];
    const note = (where, name, text) => found.push({ where, name, text });
    for (const one of papers) {
      for (const text of one.problems?.() ?? []) note(`t-${one.id}`, one.title, text);
      for (const card of one.documents?.() ?? []) for (const text of card.problems()) note(`d-${card.at}`, say("Document {id}", { id: Draft.get(["evidence", card.at, "id"]) ?? "" }), text);
    }
    if (parts.lots && !Array.isArray(Draft.get(["lots"]))) note("t-lots", say("Lots"), say("Say which lots you bid for."));
    for (const card of cards) {
      if (card.root.hidden) continue;
      const wrong = card.problems();
      for (const text of wrong) note(`t-${card.asked.id}`, card.asked.id, text);
      if (wrong.length === 0 && card.root.dataset.state === "missing") note(`t-${card.asked.id}`, card.asked.id, say("Not answered."));
    }
    return found;
  }
  function tellProblems() {
    const found = problems();
    refill(parts.problemTitle, found.length ? say("To do: {n}", { n: found.length }) : say("Nothing is missing"));
    refill(parts.problemList, found.slice(0, LARGE * 5).map(({ where, name, text }) => el("li", {}, el("a", {
      href: `#${where}`,
      onclick: (event) => {
        event.preventDefault();
        visit(document.getElementById(where));
      },
    }, name), ": ", text)));
    refill(parts.problemNote, found.length ? say("You can save at any time and go on later.")
      : say("Save the response and send it with the files of the evidence. The buyer's check compares some answers with one another as well."));
    parts.problems.hidden = false;
  }
  function check() {
    checked = true;
    refresh();
    visit(parts.problemTitle);
  }

  // --- changes, opening, saving ----------------------------------------------------------------------------------
  function changed(path, isTyped = false) {
    isSaved = false;
    if (path[0] === "evidence") cards.forEach((card) => card.drawPapers());
    if (!isTyped) refresh();
    else if (waiting === null) waiting = setTimeout(refresh, 150);
    if (saving === null) saving = setTimeout(keep, SAVE_AFTER);
  }
  const settle = () => waiting !== null && refresh();
  function keep() {
    saving = null;
    isKept = Store.write(Draft.text());
    refill(parts.kept, keptText());
  }
  const keptText = () => (!data.keeps ? say("This page keeps nothing between visits: save to a file before you close it.")
    : Store.isUsable() && isKept ? say("Your answers are kept in this browser until you delete them.")
      : say("This browser cannot keep your answers: save to a file often."));

  function save() {
    const url = URL.createObjectURL(new Blob([Draft.text()], { type: "application/json" }));
    el("a", { href: url, download: "response.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    isSaved = true;
  }
  function tellOpened({ left, more, isOld }) {
    const heads = isOld ? [say("These are answers to another version or another tender, as a start. Read each one again, and sign anew.")] : [];
    if (left.length) heads.push(say("Left out, because it cannot be used here:"));
    parts.opened.hidden = heads.length === 0;
    refill(parts.opened, heads.map((head) => el("p", {}, head)), left.length ? el("ul", {},
      left.map(({ where, value }) => el("li", {}, el("code", {}, where), " ", value)), more > 0 ? el("li", {}, say("and {n} more", { n: more })) : null) : null);
    if (heads.length) visit(parts.opened);
  }
  function refuse(words) {
    parts.opened.hidden = false;
    refill(parts.opened, el("p", { class: "error" }, words));
    visit(parts.opened);
  }
  async function open(file) {
    if (file.size > Opening.BYTES) return refuse(say("The file is larger than {n} MB.", { n: Opening.BYTES / (1024 * 1024) }));
    const found = Opening.read(data, new TextDecoder().decode(await file.arrayBuffer()));
    if (found.refused) return refuse(found.refused);
    const take = () => {
      Draft.take(found.doc, found.text);
      isSaved = true;
      keep();
      checked = false;
      return draw(() => tellOpened(found));
    };
    return isSaved || Draft.isBlank() ? take() : ask(say("The answers on this page are not saved to a file. Shall the opened ones take their place?"), say("Replace them"), take);
  }
  // Ask before something is lost; the question stands in the page, where every browser shows it.
  function ask(words, yes, heard) {
    const before = document.activeElement;
    const close = () => { parts.asking.hidden = true; };
    refill(parts.asking, el("p", { id: "asking-words" }, words), el("div", { class: "buttons" },
      button(yes, () => { close(); heard(); }, { class: "plain-button" }), button(say("Keep them"), () => { close(); before?.focus(); }, { class: "plain-button" })));
    parts.asking.hidden = false;
    parts.asking.querySelector("button").focus();
  }
  function forget() {
    clearTimeout(saving);
    saving = null;
    Store.forget();
    Draft.start(data);
    isSaved = true;
    checked = false;
    draw(() => visit(document.querySelector("h1")));
  }

  // --- drawing ---------------------------------------------------------------------------------------------------
  function head() {
    const choose = el("select", { id: "language", onchange: () => {
      Words.use(data, data.languages[choose.selectedIndex].id);
      draw(() => document.getElementById("language").focus());
    } }, data.languages.map((one) => el("option", { lang: one.id }, one.name)));
    choose.selectedIndex = data.languages.findIndex((one) => one.id === Words.language());
    const tender = data.tender, local = (words) => ({ text: words, lang: tender.language });
    return el("header", {}, el("div", { class: "top" }, el("p", { class: "kicker" }, say("Self-assessment of a supplier")),
      el("div", { class: "language" }, el("label", { for: "language" }, say("Language")), " ", choose)),
    el("h1", { tabindex: "-1" }, told(data.title)),
    tender ? [el("p", { class: "tender" }, el("strong", {}, local(tender.title)), el("br"), tender.buyers.join(", ")),
      el("p", {}, say("Last day for bids: {day}, {time}.", { day: Words.day(tender.deadline.slice(0, 10)), time: `${tender.deadline.slice(11, 16)} (UTC${tender.deadline.slice(16).replace("Z", "")})` }))] : null,
    data.description === undefined ? null : el("p", { class: "lead" }, told(data.description)),
    el("p", { class: "lead" }, say("Nothing that you write here is sent anywhere. Save your answers as a file, and send that file to the buyer together with your evidence.")));
  }
  function bar() {
    const id = "open-file";
    const input = el("input", { type: "file", id, class: "file", accept: ".json,application/json", onchange: () => {
      const [file] = input.files;
      input.value = "";
      if (file) open(file);
    } });
    parts.count = el("span", { class: "count", id: "count" });
    parts.progress = el("progress", { max: 1, value: 0, "aria-labelledby": "count" });
    return [el("div", { class: "bar", role: "region", "aria-label": say("Progress") }, el("div", { class: "far" }, parts.count, parts.progress),
      el("div", { class: "buttons" }, button(say("Save"), save, { class: "main-button", id: "save" }),
        button(say("What is missing?"), check, { class: "plain-button", id: "check" }))),
    el("div", { class: "buttons tools", role: "region", "aria-label": say("File and page") }, input, el("label", { for: id, class: "plain-button" }, say("Open a saved response")),
      button(say("Print"), () => print(), { class: "plain-button" }),
      button(say("Delete all answers"), () => ask(say("Delete all answers on this page and in this browser?"), say("Delete all"), forget), { class: "plain-button", id: "forget" }),
      parts.kept = el("span", { class: "hint kept" }, keptText()))];
  }
  function lotsSection() {
    if (lots().length < 2) return null;
    const error = el("p", { class: "error", hidden: true });
    const boxes = lots().map((lot) => {
      const box = el("input", { type: "checkbox", name: `lots/${lot.id}`, checked: Draft.list(["lots"]).includes(lot.id), onchange: () => {
        Draft.set(["lots"], Answers.ticked(lots(), ["lots"], lot.id, box.checked));
        changed(["lots"]);
        cards.forEach((card) => card.draw());
      } });
      return el("label", { class: "choice" }, box, el("span", {}, { text: lot.title, lang: data.tender.language }));
    });
    return {
      id: "lots",
      root: el("section", { id: "lots", class: "papers-section", "aria-labelledby": "t-lots" }, el("h2", { id: "t-lots", tabindex: "-1" }, say("Lots")),
        el("div", { role: "group", "aria-labelledby": "t-lots", class: "choices" }, el("p", {}, say("Which lots do you bid for?")), boxes, error)),
      tell: () => {
        error.hidden = !checked || Array.isArray(Draft.get(["lots"]));
        refill(error, error.hidden ? "" : say("Say which lots you bid for."));
      },
      title: say("Lots"),
    };
  }
  function scorePanel() {
    parts.score = el("div", {});
    parts.raise = el("ol", {});
    parts.raising = el("details", {}, el("summary", {}, say("What would raise it")), parts.raise);
    return el("section", { class: "score-panel", "aria-label": say("Points") }, parts.score,
      el("p", { class: "hint" }, say("Computed from what you claim. The buyer counts a claim only with the evidence that is asked for, and computes the points anew.")), parts.raising);
  }
  function nav(all) {
    parts.links = all.map((section) => ({ section, link: el("a", { href: `#t-${section.id}` }, section.title) }));
    return el("nav", { "aria-label": say("Sections") }, el("ul", {}, parts.links.map(({ link }) => el("li", {}, link, el("span", {})))));
  }

  // Draw the page anew; questions follow in slices of time, so that the page answers at once.
  function draw(done) {
    drawing += 1;
    const mine = drawing;
    parts = {};
    cards = [];
    sections = data.sections.filter((section) => data.plan.questions.some((asked) => asked.section === section.id)).map((section) => {
      const id = `section-${section.id}`, title = told(section.text);
      const root = el("section", { id, "aria-labelledby": `t-${id}` }, el("h2", { id: `t-${id}`, tabindex: "-1" }, title),
        section.intro === undefined ? null : el("p", { class: "lead" }, told(section.intro)));
      return { id, title, root, cards: [] };
    });
    const tools = bar();
    const supplier = Papers.supplier(), lot = lotsSection(), evidence = Papers.evidence(), declaration = Papers.declaration();
    papers = [supplier, evidence, declaration];
    parts.lots = lot;
    parts.problemTitle = el("h2", { tabindex: "-1" });
    parts.problemList = el("ul", {});
    parts.problemNote = el("p", {});
    parts.problems = el("section", { class: "problems", hidden: true, "aria-label": say("What is missing?") }, parts.problemTitle, parts.problemNote, parts.problemList);
    parts.opened = el("section", { class: "opened", hidden: true, tabindex: "-1", "aria-label": say("What was opened") });
    parts.asking = el("div", { class: "asking", role: "alertdialog", "aria-labelledby": "asking-words", hidden: true });
    const all = [supplier, lot, ...sections, evidence, declaration].filter(Boolean);
    const score = data.plan.scored ? scorePanel() : null;
    document.title = told(data.title).text;
    const main = el("main", {}, parts.asking, parts.opened, parts.problems, score, all.map((one) => one.root),
      el("footer", {}, el("p", {}, `${data.pin.id} ${data.pin.version}`), el("p", { class: "digest" }, data.pin.digest)));
    document.body.replaceChildren(head(), ...tools, el("div", { class: "columns" }, nav(all), main));
    const left = data.plan.questions.map((asked) => [asked, sections.find((section) => section.id === `section-${asked.section}`)]);
    document.body.setAttribute("aria-busy", "true");
    function slice() {
      if (mine !== drawing) return;
      const until = performance.now() + SLICE;
      while (left.length && performance.now() < until) {
        const [asked, section] = left.shift(), card = Cards.card(asked);
        cards.push(card);
        section.cards.push(card);
        section.root.append(card.root);
      }
      if (left.length) {
        setTimeout(slice);
        return;
      }
      refresh();
      document.body.removeAttribute("aria-busy");
      done?.();
    }
    slice();
  }

  function begin(all, preferred) {
    data = all;
    Draft.start(data);
    Store.begin(data);
    Papers.begin(data);
    const wanted = data.chosen ? [] : preferred.map((tag) => tag.toLowerCase().split("-")[0]).map((tag) => (["no", "nn"].includes(tag) ? "nb" : tag));
    Words.use(data, wanted.find((tag) => data.languages.some((one) => one.id === tag)) ?? data.languages[0].id);
    const kept = Store.read(), found = kept === null ? null : Opening.read(data, kept);
    if (found && !found.refused) Draft.take(found.doc, found.text);
    const spoken = Draft.get(["language"]);
    if (data.languages.some((one) => one.id === spoken)) Words.use(data, spoken);
    draw(() => found && (found.refused ? refuse(found.refused) : tellOpened(found)));
    addEventListener("beforeunload", (event) => {
      if (saving !== null) keep();
      if (!isSaved && !(Store.isUsable() && isKept)) event.preventDefault();
    });
  }

  return { begin, refresh, changed, settle, question, lots, bidLots, isAsked, lotTitle, roleText, reasonText, kindText, isChecked: () => checked };
})();

globalThis.startForm = Page.begin;
