// JSON as the documents are written: strict, numbers kept as they are spelled, keys in their order, none twice.
// Objects become Maps, so that no name of a key can mean anything to the language.
const Json = (() => {
  const DEPTH = 32;
  const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
  const TOKEN = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
  const SPACE = /[ \t\r\n]*/y;
  const STRING = /"((?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;
  const HIDDEN = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

  // A number as it is spelled; one that the documents do not allow is odd, and counts as no answer.
  class Num {
    constructor(text) {
      this.text = text;
      this.odd = !isNumber(text);
    }
  }

  function isNumber(text) {
    if (!PLAIN.test(text)) return false;
    const [whole, decimals = ""] = text.replace("-", "").split(".");
    const digits = (whole + decimals).replace(/^0+/, "");
    if (digits.length > 15 || whole.length > 15 || decimals.length > 12) return false;
    return digits === "" || whole !== "0" || /^0{0,5}[1-9]/.test(decimals);
  }

  class Broken extends Error {
    constructor(text, at) {
      super("not JSON");
      const before = text.slice(0, at).split("\n");
      this.line = before.length;
      this.column = before[before.length - 1].length + 1;
    }
  }

  function parse(text) {
    let at = 0;
    const fail = (where = at) => { throw new Broken(text, where); };
    const skip = () => { SPACE.lastIndex = at; SPACE.exec(text); at = SPACE.lastIndex; };
    const match = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at = pattern.lastIndex;
      return found;
    };

    function string() {
      const found = match(STRING);
      if (!found) fail();
      return found[1].includes("\\") ? JSON.parse(found[0]) : found[1];
    }

    function value(depth) {
      if (depth > DEPTH) fail();
      skip();
      const first = text[at];
      if (first === "{") return object(depth);
      if (first === "[") return list(depth);
      if (first === '"') return string();
      for (const [word, meaning] of [["true", true], ["false", false], ["null", null]]) {
        if (text.startsWith(word, at)) {
          at += word.length;
          return meaning;
        }
      }
      const found = match(TOKEN);
      if (!found) fail();
      return new Num(found[0]);
    }

    function object(depth) {
      const found = new Map();
      at += 1;
      skip();
      if (text[at] === "}") { at += 1; return found; }
      for (;;) {
        skip();
        const start = at;
        const key = string();
        if (found.has(key)) fail(start);
        skip();
        if (text[at] !== ":") fail();
        at += 1;
        found.set(key, value(depth + 1));
        skip();
        if (text[at] === "}") { at += 1; return found; }
        if (text[at] !== ",") fail();
        at += 1;
      }
    }

    function list(depth) {
      const found = [];
      at += 1;
      skip();
      if (text[at] === "]") { at += 1; return found; }
      for (;;) {
        found.push(value(depth + 1));
        skip();
        if (text[at] === "]") { at += 1; return found; }
        if (text[at] !== ",") fail();
        at += 1;
      }
    }

    const whole = value(1);
    skip();
    if (at < text.length) fail();
    return whole;
  }

  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

  // Half characters, controls and what turns the direction of a text are escaped, as the program itself writes them.
  function quoted(text) {
    return JSON.stringify(text).replace(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, (found) => found.toLowerCase())
      .replace(HIDDEN, escaped);
  }

  function write(value, line = "\n") {
    const deeper = line + "  ";
    if (value instanceof Map) {
      if (value.size === 0) return "{}";
      const parts = [...value].map(([key, part]) => `${deeper}${quoted(key)}: ${write(part, deeper)}`);
      return `{${parts.join(",")}${line}}`;
    }
    if (Array.isArray(value)) {
      if (value.length === 0) return "[]";
      return `[${value.map((part) => deeper + write(part, deeper)).join(",")}${line}]`;
    }
    if (value instanceof Num) return value.text;
    return typeof value === "string" ? quoted(value) : String(value);
  }

  return { Num, Broken, parse, write, isNumber };
})();
