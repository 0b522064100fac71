// The response that is being filled in: the document itself, changed in place, so that what is not touched stays as it is.
const Draft = (() => {
  const FORMAT = "selfassess/response@1";
  const KEYS = ["format", "questionnaire", "tender", "lots", "language", "supplier", "answers", "lot_answers",
    "not_applicable", "lot_not_applicable", "comments", "confidential", "evidence", "declaration"];
  const PARTS = {
    supplier: ["name", "identifier", "country", "role"], identifier: ["scheme", "id"],
    declaration: ["name", "position", "date"],
    document: ["id", "title", "kind", "grade", "file", "sha256", "issuer", "issued", "expires", "supports", "lot"],
  };
  const KEPT = new Set(["answers", "supplier", "evidence"]);
  let data, doc, original, order;

  const pin = () => new Map(["id", "version", "digest"].map((key) => [key, data.pin[key]]));
  function start(all) {
    data = all;
    order = all.plan.questions.map((asked) => asked.id);
    doc = new Map([["format", FORMAT], ["questionnaire", pin()]]);
    if (all.tender) {
      doc.set("tender", all.tender.id);
      if (all.plan.lots.length === 1) doc.set("lots", [all.plan.lots[0].id]);
    }
    doc.set("supplier", new Map());
    doc.set("answers", new Map());
    original = null;
  }
  // Take a document that was opened; text is what it was read from, null where it was cleaned.
  function take(found, text) {
    doc = found;
    original = text;
  }

  const step = (place, key) => (place instanceof Map || Array.isArray(place)
    ? (place instanceof Map ? place.get(key) : place[key]) : undefined);
  const get = (path) => path.reduce(step, doc);
  // What stands at a path where a list belongs: rows, documents, ticks; none where something else does.
  const list = (path) => (Array.isArray(get(path)) ? get(path) : []);

  function columns(id) {
    return data.plan.questions.find((asked) => asked.id === id)?.columns?.map((column) => column.id) ?? [];
  }
  // The order in which the keys of an object stand.
  function keysAt(path) {
    if (path.length === 0) return KEYS;
    const [first] = path, last = path[path.length - 1];
    if (first === "supplier") return PARTS[last] ?? [];
    if (first === "declaration") return PARTS.declaration;
    if (first === "evidence") return PARTS.document;
    if (typeof last === "number") return columns(path[path.length - 2]);
    return order;
  }
  function place(map, key, value, keys) {
    const at = keys.indexOf(key);
    if (map.has(key) || at < 0) return map.set(key, value);
    const entries = [...map], next = entries.findIndex(([other]) => keys.indexOf(other) > at);
    entries.splice(next < 0 ? entries.length : next, 0, [key, value]);
    map.clear();
    entries.forEach(([one, held]) => map.set(one, held));
    return map;
  }

  // Put a value at a path; undefined takes away what stands there, and an object that is empty then.
  function set(path, value) {
    original = null;
    const above = path.slice(0, -1), key = path[path.length - 1];
    let parent = doc;
    above.forEach((part, at) => {
      if (step(parent, part) === undefined || step(parent, part) === null) {
        if (value === undefined) return;
        const made = new Map();
        if (parent instanceof Map) place(parent, part, made, keysAt(above.slice(0, at)));
        else parent[part] = made;
      }
      parent = step(parent, part) ?? new Map();
    });
    if (value !== undefined) {
      if (parent instanceof Map) place(parent, key, value, keysAt(above));
      else parent[key] = value;
      return;
    }
    if (Array.isArray(parent)) parent.splice(key, 1);
    else parent.delete(key);
    if (above.length && parent instanceof Map && parent.size === 0 && !KEPT.has(above[above.length - 1])
      && typeof above[above.length - 1] === "string") set(above, undefined);
  }

  // A response that was opened and not changed is saved as the very text that it was.
  function text() {
    if (original !== null) return original;
    if (!doc.has("language")) place(doc, "language", Words.language(), KEYS);
    return Json.write(doc) + "\n";
  }
  const isBlank = () => ["answers", "not_applicable", "comments", "evidence"].every((key) => {
    const found = doc.get(key);
    return found === undefined || (found.size ?? found.length ?? 0) === 0;
  });

  return { FORMAT, KEYS, PARTS, start, take, get, list, set, text, isBlank, whole: () => doc };
})();
