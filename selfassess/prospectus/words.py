"""Say what a question takes, what it is worth, which evidence it asks for and how its figures are checked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from selfassess.model.profile import WeightKind
from selfassess.model.questionnaire import (
    Column,
    ColumnRule,
    Kind,
    OptionScores,
    Question,
    Questionnaire,
    Reference,
    Rule,
    SumOfOptions,
)
from selfassess.numbers import exactly, shown
from selfassess.plan import PlannedQuestion, PlannedSection, ScoringPlan, aggregate_sentence, rule_sentence
from selfassess.plan.sentences import quoted, row_lines
from selfassess.prospectus.cards import Choice, Ground, TableColumn
from selfassess.wording import GRADES, SCOPES, USES

TAKES = {
    Kind.BOOLEAN: "yes or no",
    Kind.CHOICE: "one of the options",
    Kind.CHOICES: "every option that holds",
    Kind.DATE: "a date",
    Kind.TEXT: "a text",
    Kind.TABLE: "a table",
}


def plain(word: str) -> str:
    """Return a word of the vocabulary as it is read: ``raw-material`` becomes ``raw material``."""
    return word.replace("-", " ")


def takes(asked: Question | Column) -> str:
    """Return what an answer or a cell is."""
    if asked.type not in (Kind.NUMBER, Kind.PERCENT):
        return TAKES[asked.type]
    unit = f" of {asked.unit}" if asked.unit else ""
    said = "a percentage" if asked.type is Kind.PERCENT else f"a number{unit}"
    if asked.minimum is not None and asked.maximum is not None:
        said += f" from {exactly(asked.minimum)} to {exactly(asked.maximum)}"
    decimals = {None: "", 0: ", whole", 1: ", with at most 1 decimal"}
    return said + decimals.get(asked.decimals, f", with at most {asked.decimals} decimals")


def answer_in_words(question: Question) -> str:
    """Return what an answer is; of a table, what a row is and how rows are told apart."""
    table = question.table
    if table is None:
        return takes(question)
    key = quoted(table.column(table.key).text)
    empty = "; no rows means that it does not apply" if table.empty_is_not_applicable else ""
    return f"a table with one row for each {key}, which is never repeated{empty}"


def worth_of(score: Decimal) -> str:
    """Return a score as part of full marks."""
    if score in (0, 1):
        return "full marks" if score else "nothing"
    return f"{exactly(score * 100)}\u00a0% of full marks"


def choices(asked: Question | Column, rule: Rule) -> tuple[Choice, ...]:
    """Return the options with what each is worth by the rule that holds."""
    scores: Mapping[str, Decimal] = rule.scores if isinstance(rule, OptionScores | SumOfOptions) else {}
    return tuple(
        Choice(id=option.id, text=option.text, worth=_option_worth(scores.get(option.id), exclusive=option.exclusive))
        for option in asked.options
    )


def _option_worth(score: Decimal | None, *, exclusive: bool) -> str:
    said = "" if score is None else worth_of(score)
    alone = "stands alone" if exclusive else ""
    return ", ".join(part for part in (said, alone) if part)


def columns(question: Question) -> tuple[TableColumn, ...]:
    """Return the columns of a table with what they take, and whether every row needs them."""
    table, rule = question.table, question.score
    if table is None:
        return ()
    cell_rule = rule.rule if isinstance(rule, ColumnRule) else rule
    needed = (table.key, table.weight)
    return tuple(
        TableColumn(
            id=column.id,
            text=column.text,
            takes=takes(column) + (", needed" if column.required or column.id in needed else ""),
            options=choices(column, cell_rule if isinstance(rule, ColumnRule) and rule.column == column.id else rule),
        )
        for column in table.columns
    )


def rule_in_words(question: Question) -> tuple[str, tuple[str, ...]]:
    """Return how an answer scores, and the conditions on rows one by one; both empty for an unscored question."""
    if not question.is_scored:
        return "", ()
    table, rows = question.table, row_lines(question)
    if rows and table is not None:
        return f"each row by the first of these that is true, else 0; {aggregate_sentence(table)}", rows
    if table is None and isinstance(question.score, OptionScores):
        return "what the chosen option is worth", ()
    if isinstance(question.score, ColumnRule) and isinstance(question.score.rule, OptionScores) and table is not None:
        chosen = quoted(table.column(question.score.column).text)
        return f"each row by what is chosen under {chosen}; {aggregate_sentence(table)}", ()
    return rule_sentence(question), ()


def evidence_in_words(questionnaire: Questionnaire, planned: PlannedQuestion) -> str:
    """Return which evidence a claim needs to count in full."""
    rule, grade = planned.question.evidence, planned.minimum.name
    said = f"{grade} or stronger ({GRADES[grade].partition(';')[0]})"
    if rule is None:
        return said
    titles = {kind.id: kind.title for kind in questionnaire.evidence_kinds}
    if rule.accepts is not None:
        named = [quoted(titles.get(kind, kind)) for kind in rule.accepts if kind != "equivalent"]
        said += f": {', '.join(named)} or an equivalent"
    if rule.valid_months is not None:
        said += f"; issued at most {rule.valid_months} months before the day that counts"
    if planned.table is not None and planned.question.is_scored and grade != "E1":
        said += f"; a document names the rows that it proves, such as {planned.id}/<row>"
    return said


def section_weight(plan: ScoringPlan, section: PlannedSection) -> str:
    """Return a section's weight as the profile writes it, such as ``30 of 90 parts``."""
    own = plan.profile.lots.get(plan.lot or "")
    weights = (own.section_weights if own else None) or plan.profile.section_weights
    if weights.kind is WeightKind.PERCENT:
        return f"{exactly(weights.weights[section.section.id])}\u00a0%"
    scored = [other.section.id for other in plan.sections if any(q.is_scored for q in other.questions)]
    return _parts(weights.weights, section.section.id, scored)


def question_weight(plan: ScoringPlan, planned: PlannedQuestion) -> str:
    """Return a question's weight as the profile writes it, with its share of the section."""
    own = plan.profile.lots.get(plan.lot or "")
    weights = (own.question_weights if own else None) or plan.profile.question_weights
    section = plan.sections[planned.section]
    if weights.kind is WeightKind.PERCENT:
        return f"{exactly(weights.weights[planned.id])}\u00a0% of the section"
    share = shown(Fraction(planned.weight, section.full) * 100, 1) if section.full else "0"
    parts = _parts(weights.weights, planned.id, [question.id for question in section.questions if question.is_scored])
    return f"{parts} of the section, {share}\u00a0%"


def _parts(weights: Mapping[str, Decimal], id_: str, siblings: list[str]) -> str:
    total = sum((weights.get(sibling, Decimal(0)) for sibling in siblings), Decimal(0))
    return f"{exactly(weights.get(id_, Decimal(0)))} of {exactly(total)} parts"


def grounds(references: tuple[Reference, ...]) -> tuple[Ground, ...]:
    """Return the references of a question."""
    return tuple(
        Ground(text=f"{ref.instrument}{', ' + ref.item if ref.item else ''}", is_confirmed=ref.confirmed)
        for ref in references
    )


def place_of(question: Question) -> str:
    """Return what a question is about: scope, stages, topics, use, and points of the joint statement."""
    parts = [
        SCOPES.get(question.scope, question.scope),
        f"stages: {', '.join(map(plain, question.stages))}",
        f"topics: {', '.join(map(plain, question.topics))}",
        f"use: {', '.join(USES.get(use, use) for use in question.use)}",
    ]
    if question.statement:
        parts.append(f"joint statement: {', '.join(question.statement)}")
    return " · ".join(parts)
