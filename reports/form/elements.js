// Parts of the page: elements with their properties, and texts that carry the language that they are in.
const Elements = (() => {
  const OWN = new Set(["value", "checked", "disabled", "hidden", "open", "max", "type", "multiple"]);
  const isSaid = (child) => child !== null && typeof child === "object" && "lang" in child && !(child instanceof Node);

  function fill(parent, ...children) {
    const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
    for (const child of kept) {
      if (!isSaid(child)) parent.append(child);
      else if (child.lang === Words.language()) parent.append(child.text);
      else if (kept.length === 1) {
        parent.lang = child.lang;
        parent.append(child.text);
      } else parent.append(el("span", { lang: child.lang }, child.text));
    }
    return parent;
  }

  // Make an element; a property that is undefined, null or false is not there, "on" and a name hears an event.
  function el(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (OWN.has(name)) made[name] = value;
      else made.setAttribute(name, value === true ? "" : Words.text(value));
    }
    return fill(made, children);
  }
  const refill = (parent, ...children) => {
    parent.removeAttribute("lang");
    parent.replaceChildren();
    return fill(parent, ...children);
  };

  const button = (words, heard, properties = {}) => el("button", { type: "button", onclick: heard, ...properties }, words);
  // Bring something into view and give it the focus.
  function visit(node) {
    node.scrollIntoView({ block: "start" });
    node.focus({ preventScroll: true });
  }
  return { el, refill, button, visit };
})();
const { el, refill, button, visit } = Elements;
