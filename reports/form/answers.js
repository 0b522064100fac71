// The controls of one answer or cell: native ones, each bound to its place in the document.
const Answers = (() => {
  const ROWS_AT_ONCE = 50;
  let numbered = 0;
  const fresh = () => `n${numbered += 1}`;

  // names: what labels the control and what describes it (ids), and whether it stands in a cell of a table.
  const aria = (names) => ({ "aria-labelledby": names.label, "aria-describedby": names.about });
  const nameOf = (path) => path.join("/");
  // What is chosen is told at once, so that the next question stands there for the next key; what is typed soon after.
  const put = (path, value, isTyped = false) => {
    Draft.set(path, value);
    Page.changed(path, isTyped);
  };
  const settle = () => Page.settle();

  const unitOf = (asked) => (asked.type === "percent" ? { text: "%", lang: Words.language() }
    : asked.unit === undefined ? null : told(asked.unit));

  function number(asked, path, names) {
    const held = Draft.get(path), unit = unitOf(asked), id = fresh();
    const input = el("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", class: "number", id, name: nameOf(path),
      ...aria(names), "aria-labelledby": unit ? `${names.label} ${id}u` : names.label,
      value: held instanceof Json.Num ? (held.odd ? held.text : Words.number(held.text, false)) : held ?? "",
      oninput: () => put(path, input.value.trim() === "" ? undefined : Typed.number(asked, input.value), true),
      onchange: settle,
    });
    return el("span", { class: "with-unit" }, input, unit && el("span", { class: "unit", id: `${id}u` }, unit));
  }

  function day(asked, path, names) {
    const held = Draft.get(path), id = fresh();
    const echo = el("span", { class: "echo", id: `${id}d` });
    const tell = () => refill(echo, Words.day(input.value));
    const input = el("input", {
      type: "date", id, name: nameOf(path), min: "0001-01-01", max: "9999-12-31",
      "aria-labelledby": names.label, "aria-describedby": `${names.about ?? ""} ${id}d`.trim(),
      value: typeof held === "string" && Engine.isDate(held) ? held : "",
      oninput: () => {
        // A date that is half typed is none yet; what stood there before is not taken for it.
        put(path, input.value === "" ? undefined : input.value, true);
        tell();
      },
      onchange: settle,
    });
    tell();
    return el("span", { class: "with-unit" }, input, echo);
  }

  function writing(asked, path, names) {
    const held = Draft.get(path);
    const input = el(names.cell ? "input" : "textarea", {
      rows: names.cell ? null : 3, name: nameOf(path), autocomplete: "off", ...aria(names), value: typeof held === "string" ? held : "",
      oninput: () => put(path, input.value === "" ? undefined : input.value.normalize("NFC"), true),
      onchange: settle,
    });
    if (names.cell) input.type = "text";
    return input;
  }

  function select(options, path, names) {
    const held = Draft.get(path);
    const box = el("select", { name: nameOf(path), ...aria(names), onchange: () => put(path, options[box.selectedIndex - 1]?.[0]) },
      el("option", { value: "" }, say("Choose")), options.map(([, words]) => el("option", {}, words)));
    box.selectedIndex = options.findIndex(([value]) => value === held) + 1;
    return box;
  }

  function radios(options, path, names) {
    const held = Draft.get(path), name = nameOf(path);
    const boxes = options.map(([value, words]) => {
      const box = el("input", { type: "radio", name, checked: value === held, onchange: () => { put(path, value); tell(); } });
      return el("label", { class: "choice" }, box, el("span", {}, words));
    });
    const clear = button(say("Clear this answer"), () => {
      group.querySelectorAll("input").forEach((box) => { box.checked = false; });
      put(path, undefined);
      tell();
      group.querySelector("input").focus();
    }, { class: "quiet-button" });
    const tell = () => { clear.hidden = Draft.get(path) === undefined; };
    const group = el("div", { role: "radiogroup", class: "choices", ...aria(names) }, boxes, clear);
    tell();
    return group;
  }

  // Return what is ticked after one more tick or one less, in the order of what is offered; undefined where nothing is.
  function ticked(offered, path, id, is) {
    const kept = new Set(Draft.list(path));
    if (is) kept.add(id);
    else kept.delete(id);
    const next = offered.map((one) => one.id).filter((one) => kept.has(one));
    return next.length ? next : undefined;
  }
  function ticks(asked, path, names) {
    const held = () => Draft.list(path);
    const isNone = () => Array.isArray(Draft.get(path)) && held().length === 0;
    const tick = (id, words, checked, heard) => {
      const box = el("input", { type: "checkbox", name: nameOf([...path, id]), checked, onchange: () => heard(box) });
      return el("label", { class: "choice" }, box, el("span", {}, words));
    };
    const boxes = asked.options.map((option) => tick(option.id, told(option.text), held().includes(option.id), (box) => {
      put(path, ticked(asked.options, path, option.id, box.checked));
      if (none) none.firstChild.checked = isNone();
    }));
    // Where no option says it, that none holds is an answer as well.
    const none = asked.options.some((option) => option.exclusive) ? null
      : tick("", say("None of these"), isNone(), (box) => {
        put(path, box.checked ? [] : undefined);
        if (box.checked) boxes.forEach((label) => { label.firstChild.checked = false; });
      });
    return el("div", { role: "group", class: "choices", ...aria(names) }, boxes, none);
  }

  function control(asked, path, names) {
    const told_ = (options) => options.map((option) => [option.id, told(option.text)]);
    switch (asked.type) {
      case "boolean": {
        const options = [[true, say("Yes")], [false, say("No")]];
        return names.cell ? select(options, path, names) : radios(options, path, names);
      }
      case "choice": return names.cell ? select(told_(asked.options), path, names) : radios(told_(asked.options), path, names);
      case "choices": return ticks(asked, path, names);
      case "number": case "percent": return number(asked, path, names);
      case "date": return day(asked, path, names);
      case "table": return table(asked, path, names);
      default: return writing(asked, path, names);
    }
  }

  // Return why something that stands in a place cannot be used, as a sentence, or null.
  function problem(asked, value, limit) {
    if (Engine.isAbsent(value) || asked.type === "table") return null;
    switch (Engine.flaw(asked, value, limit)) {
      case "": return null;
      case "number": {
        const two = typeof value === "string" ? Typed.readings(value) : [];
        if (two.length < 2) return say("“{text}” is no number that can be used here.", { text: value.text ?? value });
        const [first, second] = [`${two[0]}0`, two[1]].map((one) => Words.number(one, false));
        return say("“{text}” can be two numbers. Write {first} or {second}.", { text: value, first, second });
      }
      case "range": {
        const [least, most] = asked.type === "percent" ? ["0", "100"] : [asked.min, asked.max];
        if (most === undefined) return say("At least {least}.", { least: Words.number(least) });
        if (least === undefined) return say("At most {most}.", { most: Words.number(most) });
        return say("From {least} to {most}.", { least: Words.number(least), most: Words.number(most) });
      }
      case "decimals": return asked.decimals === 0 ? say("A whole number is asked for.")
        : say("Decimal places, at most: {n}.", { n: asked.decimals });
      case "exclusive": {
        const alone = asked.options.find((option) => option.exclusive && value.includes(option.id));
        return say("“{option}” cannot stand together with others.", { option: told(alone.text) });
      }
      case "date": return say("“{text}” is no date. Choose a day.", { text: value });
      case "long": return say("Longer than {n} characters.", { n: Words.number(String(limit ?? Engine.COMMENT)) });
      default: return say("There is a sign in this text that cannot be printed. Type it anew.");
    }
  }

  // Return the problems of a table's rows: [row's number from 0, column, sentence].
  function rowProblems(asked, rows) {
    const found = [], keys = new Map();
    rows.forEach((row, at) => {
      for (const column of asked.columns) {
        const isKey = column.id === asked.key, cell = row.get(column.id);
        const why = problem(column, cell, isKey ? Engine.NAME : Engine.COMMENT)
          ?? (Engine.isAbsent(cell) && column.required ? say("This is needed in every row.") : null);
        if (why) found.push([at, column, why]);
        if (!isKey || why || typeof cell !== "string") continue;
        if (keys.has(Engine.folded(cell))) found.push([at, column, say("Another row is called that too.")]);
        keys.set(Engine.folded(cell), at);
      }
    });
    return found;
  }

  function table(asked, path, names) {
    const rows = () => Draft.list(path);
    let shown = ROWS_AT_ONCE;
    const list = el("div", { class: "rows" }), foot = el("p", { class: "sum", "aria-live": "polite" });
    const more = button(say("Show more rows"), () => { shown += ROWS_AT_ONCE; draw(); }, { class: "quiet-button" });
    const add = button(say("Add a row"), () => {
      Draft.set(path, [...rows(), new Map()]);
      shown = Math.max(shown, rows().length);
      Page.changed(path);
      draw();
      visit(list.lastChild.querySelector("input, select"));
    }, { class: "plain-button", name: nameOf(path) });
    const none = button(say("There are no rows to give"), () => { put(path, []); draw(); }, { class: "quiet-button" });
    const other = asked.rows_of && button(say("Take the rows of {question}", { question: asked.rows_of }), take, { class: "plain-button" });

    function take() {
      const theirs = Page.question(asked.rows_of);
      const held = rows(), known = new Set(held.map((row) => Engine.folded(String(row.get(asked.key) ?? ""))));
      const made = Draft.list(["answers", asked.rows_of]).filter((row) => {
        const key = row.get(theirs.key);
        return typeof key === "string" && !known.has(Engine.folded(key));
      }).map((row) => {
        const cells = new Map([[asked.key, row.get(theirs.key)]]);
        for (const id of asked.same ?? []) if (!Engine.isAbsent(row.get(id))) cells.set(id, row.get(id));
        return cells;
      });
      if (made.length === 0) {
        refill(foot, say("{question} has no further rows.", { question: asked.rows_of }));
        return;
      }
      put(path, [...held, ...made]);
      draw();
      visit(list.querySelector("input, select"));
    }

    function one(row, at) {
      const head = `${fresh()}r`;
      const title = el("h4", { id: head, class: "row-title" });
      const tell = () => refill(title, say("Row {n}", { n: at + 1 }), row.get(asked.key) ? `: ${row.get(asked.key)}` : "");
      const remove = button(say("Remove"), () => {
        const kept = rows().filter((_, other) => other !== at);
        Draft.set(path, kept.length ? kept : undefined);
        Page.changed(path);
        draw();
        add.focus();
      }, { class: "quiet-button", "aria-label": say("Remove row {n}", { n: at + 1 }) });
      const cells = asked.columns.map((column) => {
        const id = fresh(), where = [...path, at, column.id];
        const error = el("p", { class: "error", id: `${id}e`, hidden: true });
        const label = el("span", { class: "label", id }, told(column.text),
          column.required ? el("span", { class: "needed" }, " (", say("needed"), ")") : null);
        const held = control(column, where, { label: `${id} ${head} ${names.label}`, about: `${id}e`, cell: true });
        if (column.id === asked.key) held.addEventListener("input", tell);
        return el("div", { class: `cell cell-${column.type}`, "data-cell": `${at}/${column.id}` }, label, held, error);
      });
      tell();
      return el("div", { role: "group", class: "row", "aria-labelledby": head }, el("div", { class: "row-head" }, title, remove),
        el("div", { class: "cells" }, cells));
    }

    function draw() {
      const all = rows();
      list.replaceChildren(...all.slice(0, shown).map(one));
      more.hidden = all.length <= shown;
      none.hidden = all.length > 0 || Array.isArray(Draft.get(path)) || !asked.empty;
      tellErrors();
    }
    function tellErrors() {
      const all = rows(), problems = rowProblems(asked, all);
      for (const cell of list.querySelectorAll("[data-cell]")) {
        const mine = problems.find(([at, column]) => `${at}/${column.id}` === cell.dataset.cell);
        tellError(cell, mine?.[2] ?? null, (mine?.[2] && Engine.isAbsent(all[mine[0]].get(mine[1].id))));
      }
      const column = asked.columns.find((one) => one.id === asked.weight && one.type === "percent");
      if (!column || all.length === 0) return refill(foot);
      const given = all.map((row) => row.get(column.id)).filter((cell) => Engine.flaw(column, cell) === "");
      const sum = Engine.sum(given.map((cell) => Engine.exact(cell.text)));
      const places = Math.max(0, ...given.map((cell) => (cell.text.split(".")[1] ?? "").length));
      return refill(foot, say("{column}, all rows together: {n} %", { column: told(column.text), n: Words.number(Engine.shown(sum, places)) }));
    }
    const whole = el("div", { class: "table", role: "group", ...aria(names) }, list, more, foot,
      el("div", { class: "buttons" }, add, other, none));
    whole.tellErrors = tellErrors;
    draw();
    return whole;
  }

  // Show or hide a problem below a control; what is only missing yet is told when the answers are checked.
  function tellError(box, why, isMissing = false) {
    const error = box.querySelector(".error"), held = box.querySelector("input, select, textarea");
    const typing = box.contains(document.activeElement) && error.hidden && document.activeElement.matches("input[type=text], input[type=date], textarea");
    const tells = why !== null && !(isMissing && !Page.isChecked()) && !typing;
    error.hidden = !tells;
    refill(error, tells ? why : "");
    if (tells) held?.setAttribute("aria-invalid", "true");
    else held?.removeAttribute("aria-invalid");
  }

  return { control, problem, rowProblems, select, writing, day, ticked, fresh, tellError };
})();
