"""A supplier without a mouse: fills in the form that a browser shows, key by key, with the answers of a response."""

from __future__ import annotations

FOCUSED = """(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), look = getComputedStyle(at.matches('.file') ? at.nextElementSibling : at);
  const bar = document.querySelector('.bar').getBoundingClientRect();
  const [x, y] = [Math.max(0, box.x + 3), box.y + Math.min(box.height / 2, 12)];
  const hit = at.matches('.file') ? at : document.elementFromPoint(x, y);
  return {
    tag: at.localName, type: at.type ?? '', name: at.name || '', id: at.id, checked: Boolean(at.checked),
    options: at.localName === 'select' ? [...at.options].map(option => option.textContent) : [],
    index: at.localName === 'select' ? at.selectedIndex : -1,
    group: at.type === 'radio' ? [...document.getElementsByName(at.name)].indexOf(at) : -1,
    seen: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0,
    covered: Boolean(bar.bottom > box.y && hit && hit.closest('.bar') && !at.closest('.bar')),
    wide: at.matches('.file, input[type=radio], input[type=checkbox]') ? 24 : box.width, high: box.height,
    card: at.closest('article')?.id ?? '', open: at.parentNode.open === true,
    inText: at.localName === 'a' && at.closest('p, li') !== null,
  };
})()"""


class Supplier:
    """Walks through the form with the Tab key and answers what has the focus; ``faults`` are what hinders it."""

    def __init__(self, page, plan, response):
        self.page, self.response = page, response
        self.asked = {question["id"]: question for question in plan["questions"]}
        self.roles = plan["roles"]
        self.stops, self.faults = 0, []

    def answer_all(self, most=6000):
        """Go through the page once, from its start to its end."""
        before = None
        while self.stops < most:
            self.page.press("Tab")
            focused = self.page.value(FOCUSED)
            if focused is None:
                return
            if focused == before and focused["type"] != "date":
                raise AssertionError(f"the focus does not leave {focused}")
            self.stops += 1
            self._look(focused)
            self._answer(focused)
            before = focused
        raise AssertionError("the form has no end")

    def _look(self, focused):
        what = focused["name"] or focused["id"] or focused["tag"]
        if not focused["seen"]:
            self.faults.append(f"{what}: the focus cannot be seen")
        if focused["covered"]:
            self.faults.append(f"{what}: lies under the bar")
        if not focused["inText"] and (focused["wide"] < 23.9 or focused["high"] < 21):
            self.faults.append(f"{what}: {focused['wide']} by {focused['high']} pixels are too small to hit")

    def _answer(self, focused):
        name, tag, kind = focused["name"], focused["tag"], focused["type"]
        steps = [int(step) if step.isdigit() else step for step in name.split("/")]
        if tag == "summary":
            if focused["card"][2:] in self.response.get("comments", {}) and not focused["open"]:
                self.page.press("Enter")
        elif tag == "button" and name:
            self._add(steps)
        elif kind == "checkbox":
            wanted = self._wanted(steps[:-1])
            if isinstance(wanted, list) and steps[-1] in wanted:
                self.page.press(" ")
        elif name and (wanted := self._wanted(steps)) is not None:
            self._give(focused, steps, wanted)

    def _wanted(self, steps):
        found = self.response
        for step in steps:
            if isinstance(found, list):
                found = found[step] if isinstance(step, int) and step < len(found) else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
        return found

    def _add(self, steps):
        wanted = self._wanted(steps)
        if not wanted or steps == ["evidence"]:
            return
        rows = self.page.value("document.activeElement.closest('.table').querySelectorAll('.row').length")
        if rows < len(wanted):
            self.page.press("Enter")
            focused = self.page.value(FOCUSED)
            self._look(focused)
            self._answer(focused)

    def _give(self, focused, steps, wanted):
        if focused["type"] == "radio":
            options = self._options(steps)
            at = options.index(wanted)
            if not focused["checked"]:
                self.page.press(" ")
            self.page.press("ArrowDown", at - focused["group"])
        elif focused["tag"] == "select":
            self._choose(focused, steps, wanted)
        elif focused["type"] == "date":
            if self.page.value("document.activeElement.value") == wanted:
                return  # further stops within the same control
            year, month, day = wanted.split("-")
            for key in month + day + year:
                self.page.press(key)
        elif focused["type"] != "file":
            self.page.type(
                wanted
                if isinstance(wanted, str)
                else format(wanted, "f")
                if not isinstance(wanted, int)
                else str(wanted)
            )

    def _choose(self, focused, steps, wanted):
        options = self._options(steps)
        self.page.press("ArrowDown", options.index(wanted) + 1 - focused["index"])

    def _options(self, steps):
        if steps == ["supplier", "role"]:
            return self.roles
        asked = self.asked[steps[1]]
        if steps[0] == "not_applicable":
            return asked["reasons"]
        if len(steps) > 3:
            asked = next(column for column in asked["columns"] if column["id"] == steps[3])
        return [True, False] if asked["type"] == "boolean" else [option["id"] for option in asked["options"]]
