// A response from a file or from the browser's store, made safe to show: what cannot be used is taken out and named.
const Opening = (() => {
  const BYTES = 8 * 1024 * 1024, NAMED = 100, SHOWN = 60;
  let data, left;

  const short = (value) => {
    const text = value === undefined ? "" : typeof value === "string" ? value : Json.write(value, " ").replace(/\s+/g, " ");
    return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  };
  const leave = (where, value) => left.push({ where, value: short(value) });
  const isText = (value) => typeof value === "string";
  const isNothing = (value) => value === undefined || value === null || value === "";

  // Keep the entries of an object that pass; an object that is none is taken out as a whole.
  function sift(map, key, passes) {
    const found = map.get(key);
    if (found === undefined || found === null) return;
    if (!(found instanceof Map)) {
      leave(key, found);
      map.delete(key);
      return;
    }
    for (const [name, value] of [...found]) {
      if (passes(name, value, found)) continue;
      leave(`${key}: ${short(name)}`, value);
      found.delete(name);
    }
  }

  function fits(asked, value) {
    if (isNothing(value)) return true;
    switch (asked.type) {
      case "number": case "percent": return value instanceof Json.Num || isText(value);
      case "date": case "text": return isText(value);
      case "choices": return ["", "exclusive"].includes(Engine.flaw(asked, value));
      default: return Engine.flaw(asked, value) === "";
    }
  }
  function fitsTable(asked, rows) {
    if (isNothing(rows)) return true;
    if (!Array.isArray(rows) || rows.length > Engine.MOST_ROWS) return false;
    for (let at = rows.length - 1; at >= 0; at -= 1) {
      const row = rows[at];
      if (!(row instanceof Map)) {
        leave(`${asked.id} / ${at + 1}`, row);
        rows.splice(at, 1);
        continue;
      }
      for (const [name, cell] of [...row]) {
        const column = asked.columns.find((one) => one.id === name);
        if (column && fits(column, cell)) continue;
        leave(`${asked.id} / ${at + 1} / ${short(name)}`, cell);
        row.delete(name);
      }
    }
    return true;
  }
  const question = (id) => data.plan.questions.find((asked) => asked.id === id);
  const isAnswer = (id, value) => {
    const asked = question(id);
    return Boolean(asked) && (asked.type === "table" ? fitsTable(asked, value) : fits(asked, value));
  };
  const isClaim = (id, value) => Boolean(question(id)) && (isNothing(value) || question(id).reasons.includes(value));
  const isRemark = (id, value) => Boolean(question(id)) && (isText(value) || value === null);

  function papers(doc) {
    const parts = Draft.PARTS;
    sift(doc, "supplier", (key, value) => key !== "role" && key !== "identifier" ? parts.supplier.includes(key) && isText(value)
      : key === "role" ? value === "" || data.plan.roles.includes(value) : value instanceof Map);
    if (doc.get("supplier") instanceof Map) {
      sift(doc.get("supplier"), "identifier", (key, value) => parts.identifier.includes(key) && isText(value));
    }
    sift(doc, "declaration", (key, value) => parts.declaration.includes(key) && isText(value));
    const evidence = doc.get("evidence");
    if (evidence === undefined) return;
    if (!Array.isArray(evidence)) {
      leave("evidence", evidence);
      doc.set("evidence", []);
      return;
    }
    doc.set("evidence", evidence.filter((entry, at) => {
      if (entry instanceof Map) return true;
      leave(`evidence ${at + 1}`, entry);
      return false;
    }));
    doc.get("evidence").forEach((entry, at) => {
      for (const [key, value] of [...entry]) {
        const isList = key === "supports" && Array.isArray(value) && value.every(isText);
        if (isList || (key !== "supports" && parts.document.includes(key) && isText(value))) continue;
        leave(`evidence ${at + 1}: ${short(key)}`, value);
        entry.delete(key);
      }
    });
  }

  function clean(doc) {
    for (const key of [...doc.keys()]) {
      if (Draft.KEYS.includes(key)) continue;
      leave(short(key), doc.get(key));
      doc.delete(key);
    }
    for (const key of ["tender", "language"]) {
      if (!doc.has(key) || isText(doc.get(key))) continue;
      leave(key, doc.get(key));
      doc.delete(key);
    }
    const lots = doc.get("lots"), known = data.tender ? data.plan.lots.map((lot) => lot.id) : null;
    if (doc.has("lots") && !(Array.isArray(lots) && new Set(lots).size === lots.length
      && lots.every((lot) => isText(lot) && (known === null || known.includes(lot))))) {
      leave("lots", lots);
      doc.delete("lots");
    }
    papers(doc);
    sift(doc, "answers", isAnswer);
    sift(doc, "not_applicable", isClaim);
    sift(doc, "comments", isRemark);
    sift(doc, "confidential", isRemark);
    for (const [key, passes] of [["lot_answers", isAnswer], ["lot_not_applicable", isClaim]]) {
      sift(doc, key, (lot, own, all) => {
        sift(all, lot, passes);
        return all.has(lot);
      });
    }
    for (const key of ["supplier", "answers"]) if (!(doc.get(key) instanceof Map)) doc.set(key, new Map());
  }

  // Another version's or tender's answers as a start: what was signed or said for that one is left behind.
  function renew(doc) {
    const kept = new Map([["format", Draft.FORMAT], ["questionnaire", new Map(Object.entries(data.pin))]]);
    if (data.tender) {
      kept.set("tender", data.tender.id);
      if (data.plan.lots.length === 1) kept.set("lots", [data.plan.lots[0].id]);
    }
    for (const key of ["supplier", "answers", "not_applicable", "comments", "confidential", "evidence"]) {
      if (doc.has(key)) kept.set(key, doc.get(key));
    }
    for (const entry of Array.isArray(kept.get("evidence")) ? kept.get("evidence") : []) entry?.delete?.("lot");
    return kept;
  }

  // Return { doc, text, left, more, isOld } or { refused: why }; what stands on the page stays where it is refused.
  function read(all, text) {
    [data, left] = [all, []];
    let doc;
    try {
      doc = Json.parse(text.replace(/^\ufeff/, ""));
    } catch (error) {
      if (!(error instanceof Json.Broken)) throw error;
      return { refused: say("This is not a response: line {line}, column {column} cannot be read.", error) };
    }
    if (!(doc instanceof Map) || doc.get("format") !== Draft.FORMAT) {
      return { refused: say("This is not a response to a questionnaire.") };
    }
    const pin = doc.get("questionnaire"), id = pin?.get?.("id");
    if (id !== data.pin.id) {
      return { refused: say("This response answers another questionnaire: {id}.", { id: short(id) }) };
    }
    const isSame = pin.size === 3 && ["version", "digest"].every((key) => pin.get(key) === data.pin[key]);
    const isOld = !isSame || (data.tender !== null && doc.get("tender") !== data.tender.id);
    if (isOld) doc = renew(doc);
    clean(doc);
    return { doc, text: isOld || left.length || text.startsWith("\ufeff") ? null : text, left: left.slice(0, NAMED), more: left.length - NAMED, isOld };
  }

  return { BYTES, read };
})();
