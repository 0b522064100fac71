// Numbers as people type them: a comma or a point for decimals, marks between thousands, a percent sign.
const Typed = (() => {
  const SPACE = "[ \\t\\u00a0\\u2007\\u2009\\u202f]";
  const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, "g"), BETWEEN = new RegExp(`(?:${SPACE}|['\\u2019])`, "g");
  const SPACED = new RegExp(`^[0-9]{1,3}(?:(?:${SPACE}|['\\u2019])[0-9]{3})+(?:[.,][0-9]+)?$`);
  const POINTED = /^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$/;
  const COMMAED = /^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+$|^[0-9]{1,3}(?:,[0-9]{3}){2,}$/;
  const EITHER = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/;

  // Return the numbers that a text can mean, as decimal texts: none, one, or two where one mark can be of decimals or
  // of thousands, as in 1.200.
  function readings(text) {
    let rest = text.replace(EDGES, "");
    if (rest.endsWith("%")) rest = rest.slice(0, -1).replace(EDGES, "");
    const sign = /^[-\u2212]/.test(rest) ? "-" : "";
    if (sign) rest = rest.slice(1);
    const found = [];
    if (/^[0-9]+$/.test(rest)) found.push(rest);
    else if (SPACED.test(rest)) found.push(rest.replace(BETWEEN, "").replace(",", "."));
    else if (POINTED.test(rest)) found.push(rest.replace(/\./g, "").replace(",", "."));
    else if (COMMAED.test(rest)) found.push(rest.replace(/,/g, ""));
    else if (/^[0-9]+[.,][0-9]+$/.test(rest)) {
      found.push(rest.replace(",", "."));
      if (EITHER.test(rest)) found.push(rest.replace(/[.,]/, ""));
    }
    return found.map((number) => sign + number.replace(/^0+(?=[0-9])/, "")).filter(Json.isNumber);
  }

  // Return what a typed text is as the answer to a question: the number, or the text itself where it is none or two.
  function number(asked, text) {
    const all = readings(text).map((found) => new Json.Num(found));
    const fine = all.filter((found) => Engine.flaw(asked, found) === "");
    if (fine.length === 1) return fine[0];
    return all.length === 1 ? all[0] : text;
  }

  return { readings, number };
})();
