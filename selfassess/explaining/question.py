"""One question of an assessment becomes sentences: state, answer, rule, evidence, review, weight, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from selfassess.explaining.arithmetic import aggregated, worked, worked_row
from selfassess.explaining.passages import Explanation, Passage, points, said
from selfassess.explaining.raising import advice
from selfassess.explaining.support import counted, support_passage
from selfassess.model.assessment import Assessment, Finding, Measure, Outcome, RowFinding, State
from selfassess.model.questionnaire import Aggregate, Question
from selfassess.model.response import VOID, Evidence, Row
from selfassess.model.review import Entry
from selfassess.numbers import exactly
from selfassess.plan import PlannedQuestion, ScoringPlan, condition_in_words, gate_in_words
from selfassess.prospectus.words import grounds, question_weight, rule_in_words, section_weight
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import ACTIONS, answer_in_words, reason_in_words, spread_in_words, value_in_words
from selfassess.scoring import findings
from selfassess.wording import STATES

PLAIN = Figures("en", 2)
OUTCOMES = {Outcome.PASS: "met", Outcome.FAIL: "not met", Outcome.UNKNOWN: "not known to be met"}


def explain_question(
    plan: ScoringPlan, assessment: Assessment, question: str, given: Sequence[Evidence]
) -> Explanation:
    """Return where one question's points come from; ``KeyError`` when it is not asked.

    ``given`` are all documents as stated, those whose files cannot be used too.
    """
    position = plan.positions[question]
    planned, finding = plan.questions[position], findings(plan, assessment)[position]
    passages = [_answer(plan, assessment, planned, finding), *_values(planned, finding)]
    if planned.question.is_scored or finding.documents or finding.gate is not None:
        passages.append(support_passage(plan, assessment, planned, finding, given))
    passages += [*_review(assessment, finding), *_gate(planned, finding), *_weight(plan, planned, finding)]
    lacking = list(advice(plan, planned, finding)) if finding.missing > 0 else []
    if lacking:
        missing = points(finding.missing, plan.profile.decimals)
        passages.append(Passage(title="To full marks", sentences=[f"{missing} points are missing."], items=lacking))
    passages += _grounds(planned.question)
    return Explanation(
        title=f"{question}  {planned.question.text}", verdict=_verdict(plan, planned, finding), passages=tuple(passages)
    )


def _verdict(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> str:
    if not planned.question.is_scored:
        return "It carries no points."
    places = plan.profile.decimals
    own = points(finding.points[Measure.REVIEWED], places)
    return f"{own} of {points(finding.effective_weight, places)} points."


def _answer(plan: ScoringPlan, assessment: Assessment, planned: PlannedQuestion, finding: Finding) -> Passage:
    sentences, items = [_state(plan, planned, finding)], []
    if finding.state is State.MISSING and _is_void(assessment, planned.id):
        sentences.append("Something stands there that cannot be used; check the response to see why.")
    if finding.state is State.ANSWERED and planned.table is not None and not planned.question.is_scored:
        items = list(rows_of(planned.question, finding).values())
    comment = assessment.response.comments.get(planned.id)
    if comment:
        sentences.append(f"The supplier's comment: “{comment}”")
    return Passage(title="Answer", sentences=sentences, items=items)


def _is_void(assessment: Assessment, question: str) -> bool:
    response = assessment.response
    own = response.lot_answers.get(assessment.lot or "", {})
    claims = response.lot_not_applicable.get(assessment.lot or "", {})
    every = (response.answers, own, response.not_applicable, claims)
    return any(said.get(question) is VOID for said in every)


def _state(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> str:
    condition = ""
    if planned.condition is not None:
        condition = f" It is asked only when {condition_in_words(planned.condition, plan.questionnaire)}."
    if finding.state is State.NOT_ASKED:
        kept = " It keeps its weight and counts 0." if planned.stays else " It leaves the sums."
        return f"It is not asked.{condition}{kept if planned.question.is_scored else ''}"
    if finding.state is State.NOT_APPLICABLE:
        approval = f"; approval: {finding.approval.value}" if finding.approval else ""
        return f"It is said not to apply: {reason_in_words(plan, finding)}{approval}.{condition}"
    if finding.state is State.MISSING:
        why = "It is missing like the question that it depends on" if finding.inherited else "It is not answered"
        return f"{why}, and counts 0.{condition}" if planned.question.is_scored else f"{why}.{condition}"
    if planned.table is not None:
        return f"It is answered with {_counted(finding)}.{condition}"
    return f"It is answered: {'; '.join(answer_in_words(planned.question, finding, PLAIN))}.{condition}"


def _counted(finding: Finding) -> str:
    rows = len(finding.answer) if isinstance(finding.answer, tuple) else 0
    return "1 row" if rows == 1 else f"{rows} rows"


def _values(planned: PlannedQuestion, finding: Finding) -> Iterator[Passage]:
    """Yield the rule and how it comes to the claimed value, of a table row by row."""
    question = planned.question
    rule, lines = rule_in_words(question)
    if not question.is_scored or finding.state is not State.ANSWERED or finding.answer is None:
        return
    if question.table is None:
        sentence = worked(question.score, question, finding.answer)
        claimed = said(finding.claimed or Fraction(0))
        yield Passage(
            title="Rule",
            sentences=[f"Scored by: {rule}.", f"{_upper(sentence)}.", f"The claimed value is {claimed}."],
        )
        return
    yield Passage(title="Rule", sentences=[f"Scored by: {rule}."], items=lines)
    yield Passage(title="Rows", items=list(_rows(question, finding)))
    yield Passage(title="All rows together", sentences=list(_aggregate(question, finding)))


def _rows(question: Question, finding: Finding) -> Iterator[str]:
    answers = (
        {row.key: row for row in finding.answer if isinstance(row, Row)} if isinstance(finding.answer, tuple) else {}
    )
    words = rows_of(question, finding)
    documents = counted(finding.documents)
    for row in finding.rows:
        value = _upper(_row_value(question, row, answers[row.key]))
        yield f"{words[row.key]}. {value}. {_row_support(row, finding, documents)}"


def rows_of(question: Question, finding: Finding) -> Mapping[str, str]:
    """Return each row of a table's answer in words, by its key."""
    table, answer = question.table, finding.answer
    if table is None or not isinstance(answer, tuple):
        return {}
    said_rows = {}
    for row in answer:
        if isinstance(row, Row):
            own = {column.id: column for column in table.columns if column.id in row.cells and column.id != table.key}
            cells = ", ".join(value_in_words(column, row.cells[id_], PLAIN) for id_, column in own.items())
            words = f"{row.key}: {cells}" if cells else row.key
            said_rows[row.key] = f"{words} (a cell cannot be used)" if row.is_bad else words
    return said_rows


def _row_value(question: Question, row: RowFinding, answer: Row) -> str:
    value = worked_row(question, answer)
    is_share = question.table is not None and question.table.aggregate is Aggregate.SHARE
    return f"{value}; only rows with full marks count" if is_share and row.claimed != 1 else value


def _row_support(row: RowFinding, finding: Finding, documents: Mapping[str | None, list[str]]) -> str:
    named = documents.get(row.key, [])
    by = f"{row.grade.name} by {', '.join(named)}" if named else f"{row.grade.name} by the declaration"
    if row.grade.name == "E0":
        by = "no evidence"
    supported = f"With evidence ({by}; {finding.minimum.name} asked) {said(row.supported)}"
    return supported + (f", after review {said(row.reviewed)}." if row.reviewed != row.supported else ".")


def _aggregate(question: Question, finding: Finding) -> Iterator[str]:
    table, rows = question.table, finding.rows
    if table is None or finding.claimed is None or finding.supported is None or finding.reviewed is None:
        return
    yield f"Claimed: {aggregated(table, rows, [row.claimed for row in rows])}."
    if finding.supported != finding.claimed:
        yield f"With evidence: {aggregated(table, rows, [row.supported for row in rows])}."
    if finding.reviewed != finding.supported and finding.standing is None:
        yield f"After review: {aggregated(table, rows, [row.reviewed for row in rows])}."


def _review(assessment: Assessment, finding: Finding) -> Iterator[Passage]:
    items = [_entry(entry) for entry in finding.entries]
    items += [
        f"{refusal.entry.id} by {refusal.entry.person} was not applied: {refusal.reason}."
        for refusal in assessment.refused_entries
        if refusal.entry.question == finding.question
    ]
    reviewed = "" if finding.reviewed is None else f" The reviewed value is {said(finding.reviewed)}."
    if finding.persons_differ:
        sentence = f"{spread_in_words(finding, PLAIN)}{reviewed}"
    elif finding.entries:
        sentence = f"The latest entry of each person counts.{reviewed}"
    else:
        same = " The supported value stands." if finding.reviewed is not None else ""
        sentence = f"No entry of the review acts on it.{same}"
    yield Passage(title="Review", sentences=[sentence], items=items)


def _entry(entry: Entry) -> str:
    row = f" for the row {entry.row}" if entry.row else ""
    value = f" to {exactly(entry.value)}" if entry.value is not None else ""
    source = f" Source: {entry.source}." if entry.source else ""
    grade = f", evidence lifted to {entry.grade.name}," if entry.grade else ""
    moderated = ", deciding as a moderation" if entry.moderate else ""
    who = f"{entry.person}, {entry.role}{moderated}"
    return (
        f"{entry.id}, {entry.date}: {ACTIONS[entry.action]}{row}{value}{grade} by {who}. Reason: {entry.reason}{source}"
    )


def _gate(planned: PlannedQuestion, finding: Finding) -> Iterator[Passage]:
    if finding.gate is None or planned.gate_condition is None:
        return
    asked = gate_in_words(planned.gate_condition, planned.question)
    effect = {
        Outcome.PASS: "",
        Outcome.FAIL: " The bid is excluded.",
        Outcome.UNKNOWN: " Until it is known, the bid is ranked provisionally at most.",
    }[finding.gate]
    sentences = [f"Asked: {asked}.", f"It is {OUTCOMES[finding.gate]}{_why(planned, finding)}.{effect}"]
    yield Passage(title="Minimum requirement", sentences=sentences)


def _why(planned: PlannedQuestion, finding: Finding) -> str:
    if finding.gate is not Outcome.UNKNOWN:
        return ""
    if finding.state is not State.ANSWERED:
        return f": the question is {STATES[finding.state.value]}"
    return f": the evidence counts {finding.grade.name} and {planned.minimum.name} is asked"


def _weight(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> Iterator[Passage]:
    if not planned.question.is_scored:
        return
    section, places = plan.sections[planned.section], plan.profile.decimals
    effective, published = finding.effective_weight, finding.published_weight
    sentences = [
        f"{_upper(question_weight(plan, planned))}; {section.section.title} weighs {section_weight(plan, section)}.",
        f"Published: {points(published, places)} of 100 points."
        + (
            " The same is effective."
            if effective == published
            else f" Effective in this bid, after what does not apply or is not asked: {points(effective, places)}."
        ),
    ]
    if finding.reviewed is not None:
        earned = points(finding.points[Measure.REVIEWED], places)
        sentences.append(f"Points: {said(effective)} × {said(finding.reviewed)} = {earned}.")
    yield Passage(title="Weight", sentences=sentences)


def _grounds(question: Question) -> Iterator[Passage]:
    if question.references:
        items = [
            f"{ground.text} ({'confirmed' if ground.is_confirmed else 'not confirmed in its source'})."
            for ground in grounds(question.references)
        ]
        yield Passage(title="Reference", items=items)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
