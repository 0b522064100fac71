// What the answers are and what they are worth as claimed, by the method selfassess/1 (sections 3.1 to 3.5): exact
// fractions of whole numbers, conditions in three values. It does what the program does; shared cases hold them equal.
const Engine = (() => {
  const BAD = Symbol("bad"); // something stands there that cannot be used
  const ANSWERED = "answered", MISSING = "missing", NOT_APPLICABLE = "not_applicable", NOT_ASKED = "not_asked";
  const MOST_ROWS = 2000, NAME = 200, COMMENT = 4000;

  // --- exact fractions -------------------------------------------------------------------------------------------
  const size = (n) => (n < 0n ? -n : n);
  function fraction(n, d = 1n) {
    let [a, b] = [size(n), size(d)];
    while (b) [a, b] = [b, a % b];
    const sign = d < 0n ? -1n : 1n;
    return a ? { n: (sign * n) / a, d: size(d) / a } : { n: 0n, d: 1n };
  }
  const ZERO = fraction(0n), ONE = fraction(1n);
  function exact(text) {
    const [whole, decimals = ""] = text.split(".");
    return fraction(BigInt(whole.replace("-", "") + decimals) * (text.startsWith("-") ? -1n : 1n), 10n ** BigInt(decimals.length));
  }
  const add = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  const subtract = (a, b) => add(a, { n: -b.n, d: b.d });
  const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
  const over = (a, b) => fraction(a.n * b.d, a.d * b.n);
  const compare = (a, b) => { const gap = a.n * b.d - b.n * a.d; return gap < 0n ? -1 : gap > 0n ? 1 : 0; };
  const sum = (all) => all.reduce(add, ZERO);
  // Halves go away from zero; a number below a half of the last place is 0 without a sign.
  function shown(value, places) {
    const unit = 10n ** BigInt(places);
    const whole = (2n * size(value.n) * unit + value.d) / (2n * value.d);
    const digits = whole.toString().padStart(places + 1, "0");
    const sign = value.n < 0n && whole ? "-" : "";
    return places ? `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}` : sign + digits;
  }
  const written = (value) => (value === null ? null : value.d === 1n ? `${value.n}` : `${value.n}/${value.d}`);

  // --- what an answer is -----------------------------------------------------------------------------------------
  const isAbsent = (plain) => plain === undefined || plain === null || plain === "";
  const isFraction = (value) => value !== null && typeof value === "object" && typeof value.n === "bigint";

  const CONTROLS = /[\x00-\x1f\x7f-\x9f]/u, CONTROLS_BUT_LINES = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/u;
  const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
  const INVISIBLE = /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\u2800\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
  const MARKS = /[\p{Mn}\p{Me}]{9}/u;

  // Return why a text cannot stand in a response, or "" when it can; what lies beyond this the program's check says.
  function textFlaw(text, limit, lines) {
    if ([...text].length > limit) return "long";
    if (/\p{Cs}/u.test(text) || (lines ? CONTROLS_BUT_LINES : CONTROLS).test(text)) return "control";
    if (lines ? !isBalanced(text) : BIDI.test(text)) return "control";
    if (INVISIBLE.test(text) || (!lines && /^\s+$/u.test(text))) return "control";
    return MARKS.test(text) || text.normalize("NFC") !== text ? "control" : "";
  }
  function isBalanced(text) {
    for (const line of text.split("\n")) {
      const open = [];
      for (const sign of line) {
        if ("\u202a\u202b\u202d\u202e".includes(sign)) open.push("\u202c");
        else if ("\u2066\u2067\u2068".includes(sign)) open.push("\u2069");
        else if ("\u202c\u2069".includes(sign) && open.pop() !== sign) return false;
      }
      if (open.length) return false;
    }
    return true;
  }

  function isDate(text) {
    const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (!found || text.length !== 10) return false;
    const [year, month, day] = found.slice(1).map(Number);
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const most = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= most[month - 1];
  }

  // Return what is wrong with a number: "", "number", "range" or "decimals".
  function numberFlaw(asked, plain) {
    if (!(plain instanceof Json.Num) || plain.odd) return "number";
    const value = exact(plain.text);
    const [least, most] = asked.type === "percent" ? ["0", "100"] : [asked.min, asked.max];
    if (least !== undefined && compare(value, exact(least)) < 0) return "range";
    if (most !== undefined && compare(value, exact(most)) > 0) return "range";
    const fine = asked.decimals === undefined || (value.n * 10n ** BigInt(asked.decimals)) % value.d === 0n;
    return fine ? "" : "decimals";
  }

  function choicesFlaw(asked, plain) {
    if (!Array.isArray(plain)) return "type";
    const known = new Map(asked.options.map((option) => [option.id, option]));
    if (!plain.every((id) => typeof id === "string" && known.has(id))) return "option";
    if (new Set(plain).size !== plain.length) return "option";
    return plain.length > 1 && plain.some((id) => known.get(id).exclusive) ? "exclusive" : "";
  }

  // Return what is wrong with an answer or a cell, "" when nothing is; limit is that of a text.
  function flaw(asked, plain, limit = COMMENT) {
    switch (asked.type) {
      case "boolean": return typeof plain === "boolean" ? "" : "type";
      case "choice": return typeof plain === "string" && asked.options.some((o) => o.id === plain) ? "" : "option";
      case "choices": return choicesFlaw(asked, plain);
      case "number": case "percent": return numberFlaw(asked, plain);
      case "date": return typeof plain === "string" && isDate(plain) ? "" : "date";
      case "text": return typeof plain === "string" ? textFlaw(plain, limit, limit > NAME + 100) : "type";
      default: return "type";
    }
  }

  function usable(asked, plain, limit) {
    if (flaw(asked, plain, limit)) return BAD;
    return plain instanceof Json.Num ? exact(plain.text) : plain;
  }

  // Two keys are one when they differ in case alone.
  const folded = (text) => text.toLowerCase().replace(/[\u00df\u1e9e]/g, "ss").replace(/\u017f/g, "s").replace(/\u03c2/g, "\u03c3");

  // Return the rows of a table as they can be used: the key, the cells, and whether something in the row cannot be.
  function rowsOf(asked, plain) {
    if (!Array.isArray(plain) || plain.length > MOST_ROWS) return BAD;
    const rows = plain.map((given) => {
      if (!(given instanceof Map)) return { key: "", cells: new Map(), bad: true };
      const cells = new Map();
      let bad = false;
      for (const column of asked.columns) {
        const cell = given.get(column.id);
        if (isAbsent(cell)) {
          bad = bad || column.required;
          continue;
        }
        const value = usable(column, cell, column.id === asked.key ? NAME : COMMENT);
        if (value === BAD) bad = true;
        else cells.set(column.id, value);
      }
      return { key: cells.get(asked.key) ?? "", cells, bad };
    });
    const count = new Map();
    for (const row of rows) count.set(folded(row.key), (count.get(folded(row.key)) ?? 0) + 1);
    for (const row of rows) row.bad = row.bad || (row.key !== "" && count.get(folded(row.key)) > 1);
    return weighed(asked, rows);
  }

  function weighed(asked, rows) {
    if (asked.aggregate !== "weighted_share" || !asked.weight || rows.length === 0) return rows;
    const percent = asked.columns.find((column) => column.id === asked.weight).type === "percent";
    if (percent) return rows;
    if (rows.some((row) => !row.cells.has(asked.weight))) return BAD;
    return rows.some((row) => row.cells.get(asked.weight).n !== 0n) ? rows : BAD;
  }

  // --- conditions ------------------------------------------------------------------------------------------------
  const operand = (plain) => (plain !== null && typeof plain === "object" ? exact(plain.n) : plain);
  function same(answer, value) {
    if (isFraction(answer) || isFraction(value)) return isFraction(answer) && isFraction(value) && compare(answer, value) === 0;
    return answer === value;
  }
  function holds(test, answer) {
    const values = test.v.map(operand), first = values[0];
    const gap = () => (isFraction(answer) ? compare(answer, first) : answer < first ? -1 : answer > first ? 1 : 0);
    switch (test.op) {
      case "is": return same(answer, first);
      case "is_not": return !same(answer, first);
      case "in": return values.some((value) => same(answer, value));
      case "at_least": return gap() >= 0;
      case "at_most": return gap() <= 0;
      case "includes": return answer.includes(first);
      default: return true; // answered
    }
  }
  // Return true, false or null (open); leaf says the same of one comparison.
  function truth(test, leaf) {
    if (test.not) {
      const inner = truth(test.not, leaf);
      return inner === null ? null : !inner;
    }
    const parts = test.all ?? test.any;
    if (!parts) return leaf(test);
    const stop = Boolean(test.any);
    let open = false;
    for (const part of parts) {
      const found = truth(part, leaf);
      if (found === stop) return stop;
      open = open || found === null;
    }
    return open ? null : !stop;
  }
  const onCells = (cells) => (test) => (cells.has(test.t) ? holds(test, cells.get(test.t)) : null);

  // Return the questions that keep an open condition open.
  function openTargets(test, leaf) {
    if (truth(test, leaf) !== null) return [];
    const parts = test.all ?? test.any ?? (test.not ? [test.not] : null);
    return parts ? parts.flatMap((part) => openTargets(part, leaf)) : [test.t];
  }

  // --- how each question stands ----------------------------------------------------------------------------------
  // said: { answers, claims, role } with usable answers; BAD is one that cannot be used.
  function read(asked, plain) {
    return asked.type === "table" ? rowsOf(asked, plain) : usable(asked, plain);
  }
  function readSaid(questions, given, claimed) {
    const answers = new Map(), claims = new Map();
    for (const asked of questions) {
      const plain = given?.get?.(asked.id), claim = claimed?.get?.(asked.id);
      if (!isAbsent(plain)) answers.set(asked.id, read(asked, plain));
      if (!isAbsent(claim)) claims.set(asked.id, typeof claim === "string" && asked.reasons.includes(claim) ? claim : BAD);
    }
    return { answers, claims };
  }
  function saidIn(questions, response, lot, roles) {
    const said = readSaid(questions, response.get("answers"), response.get("not_applicable"));
    const named = response.get("lots"), own = Array.isArray(named) && named.includes(lot) // others are not bid for
      ? readSaid(questions, response.get("lot_answers")?.get?.(lot), response.get("lot_not_applicable")?.get?.(lot))
      : readSaid(questions);
    for (const id of new Set([...own.answers.keys(), ...own.claims.keys()])) {
      said.answers.delete(id);
      said.claims.delete(id);
    }
    own.answers.forEach((answer, id) => said.answers.set(id, answer));
    own.claims.forEach((claim, id) => said.claims.set(id, claim));
    const role = response.get("supplier")?.get?.("role");
    return { ...said, role: roles.includes(role) ? role : null };
  }

  function standings(questions, said, lot) {
    const found = new Map();
    const leaf = (test) => {
      if (test.s === "lot") return test.v.includes(lot);
      if (test.s === "role") return test.v.includes(said.role);
      const stand = found.get(test.t);
      if (stand.state === ANSWERED) return holds(test, stand.answer);
      return stand.state === NOT_ASKED ? false : null;
    };
    for (const asked of questions) {
      const is = asked.when ? truth(asked.when, leaf) : true;
      if (is === true) found.set(asked.id, own(asked, said));
      else if (is === false) found.set(asked.id, { state: NOT_ASKED });
      else {
        const causes = [...new Set(openTargets(asked.when, leaf))];
        const missing = causes.some((id) => found.get(id).state === MISSING);
        found.set(asked.id, { state: missing ? MISSING : NOT_APPLICABLE, causes });
      }
    }
    return found;
  }
  function own(asked, said) {
    let answer = said.answers.get(asked.id);
    const claim = said.claims.get(asked.id);
    const empty = asked.type === "table" && Array.isArray(answer) && answer.length === 0;
    if (claim !== undefined) {
      if (empty) answer = undefined;
      if (answer !== undefined || claim === BAD) return { state: MISSING };
      return { state: NOT_APPLICABLE, reason: claim };
    }
    if (empty) return { state: asked.empty ? NOT_APPLICABLE : MISSING };
    return answer === undefined || answer === BAD ? { state: MISSING } : { state: ANSWERED, answer };
  }

  // --- values and sums -------------------------------------------------------------------------------------------
  function along(points, x) {
    const place = points.filter(([from]) => compare(exact(from), x) <= 0).length;
    if (place === 0) return exact(points[0][1]);
    if (place === points.length) return exact(points[place - 1][1]);
    const [[x0, s0], [x1, s1]] = [points[place - 1], points[place]].map((pair) => pair.map(exact));
    return add(s0, times(over(subtract(s1, s0), subtract(x1, x0)), subtract(x, x0)));
  }
  function valueOf(rule, asked, answer) {
    switch (rule.k) {
      case "flag": return exact(answer ? rule.y : rule.n);
      case "options": return exact(rule.s[answer]);
      case "curve": return along(rule.p, answer);
      case "steps": {
        const reached = rule.p.filter(([from]) => (rule.dates ? from <= answer : compare(exact(from), answer) <= 0));
        return reached.length ? exact(reached[reached.length - 1][1]) : ZERO;
      }
      case "sum": {
        const all = sum(answer.map((id) => exact(rule.s[id])));
        return compare(all, ONE) > 0 ? ONE : all;
      }
      default: { // share
        const offered = asked.options.filter((option) => !option.exclusive);
        const ticked = offered.filter((option) => answer.includes(option.id));
        return fraction(BigInt(ticked.length), BigInt(Math.max(1, offered.length)));
      }
    }
  }
  function rowValue(asked, row) {
    if (row.bad) return ZERO;
    const rule = asked.rule;
    if (rule.k === "column") {
      const column = asked.columns.find((one) => one.id === rule.c);
      return row.cells.has(rule.c) ? valueOf(rule.r, column, row.cells.get(rule.c)) : ZERO;
    }
    const hit = rule.r.find(([test]) => truth(test, onCells(row.cells)) === true);
    return hit ? exact(hit[1]) : ZERO;
  }
  function tableValue(asked, rows) {
    let values = rows.map((row) => rowValue(asked, row));
    if (asked.aggregate === "worst") return values.reduce((least, one) => (compare(one, least) < 0 ? one : least));
    if (asked.aggregate === "share") values = values.map((one) => (compare(one, ONE) === 0 ? ONE : ZERO));
    if (asked.aggregate !== "weighted_share") return over(sum(values), fraction(BigInt(rows.length)));
    const percent = asked.weight && asked.columns.find((column) => column.id === asked.weight).type === "percent";
    const weights = rows.map((row) => (asked.weight ? row.cells.get(asked.weight) ?? ZERO : ONE));
    let full = sum(weights);
    const hundred = fraction(100n);
    if (percent && compare(full, hundred) < 0) full = hundred;
    return full.n === 0n ? ZERO : over(sum(values.map((one, at) => times(one, weights[at]))), full);
  }
  function claimed(asked, stand) {
    if (!asked.rule || stand.state !== ANSWERED) return ZERO;
    return asked.type === "table" ? tableValue(asked, stand.answer) : valueOf(asked.rule, asked, stand.answer);
  }

  // Return the value of each question, each section (null where nothing is left in it), the total out of 100, and how
  // many points a value of 1 brings. weights: { sections: [..], questions: {id: ..} } as whole numbers in texts.
  function totals(lot, questions, stands, cap) {
    const parts = lot.sections.map(({ weight, ids }) => {
      let full = 0n, gone = 0n, above = ZERO;
      for (const id of ids) {
        const stand = stands.get(id), own = BigInt(lot.weights[id] ?? 0);
        if (stand.state === NOT_ASKED && !lot.stays.includes(id)) continue;
        full += own;
        if (stand.state === NOT_APPLICABLE) gone += own;
        above = add(above, times(fraction(own), claimed(questions.get(id), stand)));
      }
      const most = times(exact(cap), fraction(full)), out = fraction(gone);
      const divisor = subtract(fraction(full), compare(out, most) < 0 ? out : most);
      return { weight: fraction(BigInt(weight)), divisor, value: divisor.n === 0n ? null : over(above, divisor), ids };
    });
    const kept = parts.filter((part) => part.value !== null && part.weight.n !== 0n);
    const weight = sum(kept.map((part) => part.weight)), hundred = fraction(100n);
    const total = weight.n === 0n ? null
      : over(times(hundred, sum(kept.map((part) => times(part.weight, part.value)))), weight);
    const points = new Map();
    for (const part of parts) {
      for (const id of part.ids) {
        const stand = stands.get(id);
        const out = stand.state === NOT_APPLICABLE || (stand.state === NOT_ASKED && !lot.stays.includes(id));
        const counts = !out && part.value !== null && weight.n !== 0n;
        const top = times(times(hundred, part.weight), fraction(BigInt(lot.weights[id] ?? 0)));
        points.set(id, counts ? over(top, times(weight, part.divisor)) : ZERO);
      }
    }
    return { sections: parts.map((part) => part.value), total, points };
  }

  // Return how a minimum requirement stands by the answer alone: true, false, or null when it cannot be told.
  function gate(asked, stand) {
    if (!asked.gate || stand.state !== ANSWERED) return null;
    if (!asked.gate.every) return truth(asked.gate, (test) => holds(test, stand.answer));
    const each = stand.answer.map((row) => truth(asked.gate.every, onCells(row.cells)));
    return each.includes(false) ? false : each.includes(null) ? null : true;
  }

  // Return what is known of a response in one lot.
  function assess(plan, lot, response) {
    const questions = new Map(plan.questions.map((asked) => [asked.id, asked]));
    const asked = lot.asked.map((id) => questions.get(id));
    const stands = standings(asked, saidIn(asked, response, lot.id, plan.roles), lot.id);
    const sums = plan.scored ? totals(lot, questions, stands, plan.cap) : null;
    return { stands, questions, sums };
  }

  return {
    ANSWERED, MISSING, NOT_APPLICABLE, NOT_ASKED, ZERO, ONE, NAME, COMMENT, MOST_ROWS,
    exact, sum, compare, subtract, times, shown, written, isAbsent, isDate, flaw, folded,
    claimed, gate, assess,
  };
})();
