// Conditions as sentences, in the language of the page.
const Conditions = (() => {
  function value(asked, plain) {
    if (typeof plain === "boolean") return plain ? say("yes") : say("no");
    if (typeof plain === "object") return Words.number(plain.n);
    const option = asked?.options?.find((one) => one.id === plain);
    return option ? { text: `“${told(option.text).text}”`, lang: told(option.text).lang } : asked?.type === "date" ? Words.day(plain) : plain;
  }
  // Return who a comparison is about, and what tells its values.
  function subject(test, own) {
    if (test.s === "lot") return [say("the lot"), null, test.v.map((id) => Page.lotTitle(id))];
    if (test.s === "role") return [say("your role"), null, test.v.map((id) => Page.roleText(id))];
    const asked = own?.columns ? own.columns.find((column) => column.id === test.t) : own ?? Page.question(test.t);
    const name = own?.columns ? `“${told(asked.text).text}”` : own ? say("the answer") : test.t;
    return [name, asked, test.v.map((plain) => value(asked, plain))];
  }
  function comparison(test, own) {
    const [who, , values] = subject(test, own);
    const filled = { question: who, value: values.map(Words.text).join(", ") };
    switch (test.op) {
      case "is": return say("{question} is {value}", filled);
      case "is_not": return say("{question} is not {value}", filled);
      case "in": return values.length === 1 ? say("{question} is {value}", filled) : say("{question} is one of {value}", filled);
      case "at_least": return say("{question} is at least {value}", filled);
      case "at_most": return say("{question} is at most {value}", filled);
      case "includes": return say("{question} includes {value}", filled);
      default: return say("{question} is answered", filled);
    }
  }
  // own is the question whose own answer (or whose rows) the condition looks at.
  function sentence(test, own) {
    if (test.not) return say("not: {condition}", { condition: sentence(test.not, own) });
    const parts = test.all ?? test.any;
    if (!parts) return comparison(test, own);
    const said = parts.map((part) => {
      const inner = sentence(part, own).text;
      return part.all || part.any ? `(${inner})` : inner;
    });
    const words = { text: "", lang: Words.language() };
    words.text = said.reduce((first, second) => (test.all ? say("{first} and {second}", { first, second })
      : say("{first} or {second}", { first, second })).text);
    return words;
  }
  return { sentence };
})();
