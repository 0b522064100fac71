// What the page says in the language that is chosen: the program's words, the questionnaire's texts, numbers and dates.
const Words = (() => {
  const LOCALES = { en: "en-GB" };
  let data, own;

  const use = (all, language) => {
    data = all;
    own = all.languages.find((one) => one.id === language) ?? all.languages[0];
    document.documentElement.lang = own.id;
  };
  const language = () => own.id;
  const languages = () => data.languages;

  // A text and its language; many is what a message is made of.
  const text = (value) => (value !== null && typeof value === "object" ? value.text : String(value));
  function say(message, values = {}) {
    const found = own.words[message];
    const filled = (found ?? message).replace(/\{([a-z_]+)\}/g, (place, name) => (name in values ? text(values[name]) : place));
    return { text: filled, lang: found === undefined ? "en" : own.id };
  }
  // A text of the questionnaire by its number; where none is in this language, the source with the source's language.
  function told(number) {
    const found = own.texts[number];
    return found === null ? { text: data.source[number], lang: data.sourceLanguage } : { text: found, lang: own.id };
  }

  function number(plain, grouped = true) {
    const [minus, group, decimal] = own.marks;
    const [whole, decimals] = plain.replace("-", "").split(".");
    const parts = grouped ? whole.replace(/\B(?=(?:[0-9]{3})+$)/g, group) : whole;
    return (plain.startsWith("-") ? minus : "") + parts + (decimals === undefined ? "" : decimal + decimals);
  }
  function day(iso) {
    if (!Engine.isDate(iso)) return "";
    const format = new Intl.DateTimeFormat(LOCALES[own.id] ?? own.id, { dateStyle: "long", timeZone: "UTC" });
    return format.format(new Date(`${iso}T00:00:00Z`));
  }

  return { use, language, languages, say, told, text, number, day };
})();
const { say, told } = Words;
