// One question on the page: its text and help, its answer, and what can be said about it.
const Cards = (() => {
  const { ANSWERED, MISSING, NOT_APPLICABLE, NOT_ASKED } = Engine;

  const heading = (asked) => el("h3", { id: `t-${asked.id}`, tabindex: "-1" },
    el("span", { class: "question-id" }, asked.id), " ", told(asked.text));

  function evidenceAsked(asked) {
    const kinds = asked.evidence.kinds?.map((id) => Page.kindText(id).text).join("; ");
    const parts = [say("Evidence asked for: {grade} or stronger.", { grade: Papers.gradeText(asked.evidence.grade) })];
    if (asked.evidence.months) parts.push(" ", say("Issued at most {n} months before the day that counts.", { n: asked.evidence.months }));
    if (kinds) parts.push(" ", say("What counts: {kinds}.", { kinds }));
    return parts;
  }

  // Where answers of one lot can differ from those of all: a control of its own, with its own claim.
  function ownOfLot(asked, lot, names, drawn) {
    const id = Answers.fresh(), path = ["lot_answers", lot.id, asked.id], claim = ["lot_not_applicable", lot.id, asked.id];
    const error = el("p", { class: "error", id: `${id}e`, hidden: true });
    const control = Answers.control(asked, path, { label: `${id} ${names.label}`, about: `${id}e` });
    const remove = button(say("Answer as for all lots"), () => {
      Draft.set(path, undefined);
      Draft.set(claim, undefined);
      Page.changed(path);
      drawn();
    }, { class: "quiet-button" });
    const box = el("div", { class: "of-lot", role: "group", "aria-labelledby": id, "data-lot": lot.id },
      el("h4", { id }, say("For the lot “{lot}” alone", { lot: lot.title })), control, error, claimBox(asked, claim, `${id} ${names.label}`), remove);
    return { box, control, lot };
  }

  function claimBox(asked, path, label) {
    if (asked.reasons.length === 0) return null;
    const id = Answers.fresh();
    const reasons = asked.reasons.map((reason) => [reason, Page.reasonText(reason)]);
    return el("div", { class: "claim" }, el("label", { id, class: "label" }, say("Does this not apply to you? Then say why")),
      Answers.select(reasons, path, { label: `${id} ${label}` }));
  }

  function remarks(asked, label) {
    const path = ["comments", asked.id], secret = ["confidential", asked.id];
    const ids = [Answers.fresh(), Answers.fresh(), Answers.fresh()];
    const comment = Answers.writing({ type: "text" }, path, { label: `${ids[0]} ${label}` });
    const why = Answers.writing({ type: "text" }, secret, { label: `${ids[1]} ${label}`, about: ids[2] });
    const isUsed = () => [path, secret].some((one) => !Engine.isAbsent(Draft.get(one)));
    return el("details", { class: "remarks", open: isUsed() }, el("summary", {}, say("Comment, or trade secret")),
      el("label", { id: ids[0], class: "label" }, say("Comment for who reads the bid")), comment,
      el("label", { id: ids[1], class: "label" }, say("This answer is a trade secret, because")), why,
      el("p", { class: "hint", id: ids[2] }, say("Leave this empty unless publishing the answer would harm you. Whether it stays secret, the buyer decides by law.")));
  }

  function card(asked) {
    const path = ["answers", asked.id], claim = ["not_applicable", asked.id], label = `t-${asked.id}`;
    const state = el("p", { class: "state" }), gate = el("p", { class: "gate" }), worth = el("span", { class: "worth" });
    const error = el("p", { class: "error", id: `e-${asked.id}`, hidden: true });
    const waits = el("p", { class: "waits" }), body = el("div", { class: "body" }), papers = el("div", { class: "papers" });
    const names = { label, about: `${asked.help === undefined ? "" : `h-${asked.id} `}e-${asked.id}` };
    const root = el("article", { class: "card", id: `q-${asked.id}`, "aria-labelledby": label }, heading(asked),
      el("div", { class: "meta" }, state, worth),
      asked.help === undefined ? null : el("p", { class: "help", id: `h-${asked.id}` }, told(asked.help)),
      asked.gate ? gate : null, waits, body);
    let control, owns = [];

    function draw() {
      control = Answers.control(asked, path, names);
      const lots = Page.bidLots().filter((lot) => lot.asked.includes(asked.id));
      const own = (lot) => [["lot_answers", lot.id, asked.id], ["lot_not_applicable", lot.id, asked.id]].some((one) => Draft.get(one) !== undefined);
      const several = Page.lots().length > 1;
      owns = several ? lots.filter((lot) => own(lot) || opened.has(lot.id)).map((lot) => ownOfLot(asked, lot, names, () => { opened.delete(lot.id); draw(); Page.refresh(); })) : [];
      const offers = several && lots.length > 1 ? lots.filter((lot) => !owns.some((one) => one.lot === lot)).map((lot) => button(
        say("Answer otherwise for the lot “{lot}”", { lot: lot.title }), () => { opened.add(lot.id); draw(); Page.refresh(); }, { class: "quiet-button" })) : [];
      refill(body, control, error, claimBox(asked, claim, label), owns.map((one) => one.box), offers, papers, remarks(asked, label));
      drawPapers();
    }
    const opened = new Set();

    function drawPapers() {
      if (!asked.evidence) return;
      const named = Papers.supporting(asked.id);
      refill(papers, el("p", { class: "hint" }, evidenceAsked(asked)),
        named.length ? el("p", {}, say("Given:"), " ", named.flatMap(([at, title], index) => [index ? ", " : "", el("a", { href: `#d-${at}` }, title)])) : null,
        button(say("Add a document"), () => Papers.add(asked.id), { class: "quiet-button", "aria-describedby": label }));
    }

    // Say how the question stands; stands are its standings in the lots that are bid for.
    function update({ stands, points, causes }) {
      const states = stands.map((stand) => stand.state);
      root.hidden = states.every((one) => one === NOT_ASKED);
      if (root.hidden) return;
      const isOpen = stands.every((stand) => stand.causes || stand.state === NOT_ASKED);
      const shown = states.includes(MISSING) ? MISSING : states.includes(ANSWERED) ? ANSWERED : NOT_APPLICABLE;
      const words = { [MISSING]: say("Not answered"), [ANSWERED]: say("Answered"), [NOT_APPLICABLE]: say("Does not apply") };
      root.dataset.state = isOpen ? "waits" : shown;
      refill(state, isOpen ? say("Waits for another answer") : words[shown]);
      refill(worth, points === null ? "" : say("up to {n} points", { n: points }));
      body.hidden = isOpen;
      waits.hidden = !asked.when;
      if (asked.when) {
        refill(waits, say("Asked when {condition}.", { condition: Conditions.sentence(asked.when) }),
          isOpen && causes.length ? [" ", say("First answer:"), " ", causes.flatMap((id, at) => [at ? ", " : "", el("a", { href: `#q-${id}` }, id)])] : null);
      }
      tell();
      if (asked.gate) {
        const met = stands.map((stand) => Engine.gate(asked, stand));
        const sentence = asked.gate.every ? say("in every row {condition}", { condition: Conditions.sentence(asked.gate.every, asked) })
          : Conditions.sentence(asked.gate, { ...asked, columns: undefined });
        root.dataset.gate = met.includes(false) ? "fails" : "";
        refill(gate, say("Minimum requirement: {condition}.", { condition: sentence }), met.includes(false) ? [" ", el("strong", {}, say("Not met by this answer."))] : null);
      }
    }
    const problem = () => {
      const held = Draft.get(path), claimed = Draft.get(claim);
      if (!Engine.isAbsent(claimed) && !Engine.isAbsent(held) && !(Array.isArray(held) && held.length === 0 && asked.type === "table")) {
        return say("There is an answer, and a reason why it does not apply. Clear one of them.");
      }
      return Answers.problem(asked, held, Engine.COMMENT);
    };
    function tell() {
      if (asked.type === "table") control.tellErrors();
      const why = problem(), typing = control.contains(document.activeElement) && error.hidden && document.activeElement.matches("input[type=text], input[type=date], textarea");
      const shows = why !== null && !typing;
      error.hidden = !shows;
      refill(error, shows ? why : "");
      const single = control.querySelector("input.number, input[type=date]") ?? (control.matches("textarea") ? control : null);
      if (asked.type !== "table" && single) {
        if (shows) single.setAttribute("aria-invalid", "true");
        else single.removeAttribute("aria-invalid");
      }
      for (const { box, control: one, lot } of owns) {
        if (asked.type === "table") one.tellErrors();
        else Answers.tellError(box, Answers.problem(asked, Draft.get(["lot_answers", lot.id, asked.id]), Engine.COMMENT));
      }
    }
    // What is wrong with the answer, for the list of problems.
    function problems() {
      const why = problem(), found = why ? [why] : [];
      for (const source of [path, ...Page.lots().map((lot) => ["lot_answers", lot.id, asked.id])]) {
        const held = Draft.get(source);
        if (asked.type === "table" && Array.isArray(held)) {
          for (const [at, column, sentence] of Answers.rowProblems(asked, held)) {
            found.push(say("Row {n}, {column}: {problem}", { n: at + 1, column: told(column.text), problem: sentence }));
          }
        } else if (source !== path) {
          const own = Answers.problem(asked, held, Engine.COMMENT);
          if (own) found.push(own);
        }
      }
      return found;
    }

    draw();
    return { asked, root, update, problems, drawPapers, draw };
  }

  return { card };
})();
