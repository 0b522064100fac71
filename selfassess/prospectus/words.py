"""Say what a question takes, what it is worth, which evidence it asks for and how its figures are checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, message, written_number
from selfassess.model.profile import WeightKind
from selfassess.model.questionnaire import (
    Column,
    ColumnRule,
    Grade,
    Kind,
    Option,
    OptionScores,
    Question,
    Questionnaire,
    Reference,
    Rule,
    SumOfOptions,
)
from selfassess.numbers import shown
from selfassess.plan import PlannedQuestion, PlannedSection, ScoringPlan, aggregate_sentence, rule_sentence
from selfassess.plan.sentences import quoted, row_lines
from selfassess.prospectus.cards import Choice, Ground, TableColumn
from selfassess.scorecard.stages import STAGES, TOPICS
from selfassess.wording import GRADES, SCOPES, USES

TAKES = {
    Kind.BOOLEAN: message("yes or no"),
    Kind.CHOICE: message("one of the options"),
    Kind.CHOICES: message("every option that holds"),
    Kind.DATE: message("a date"),
    Kind.TEXT: message("a text"),
    Kind.TABLE: message("a table"),
}
MEANT = GRADES | {"E1": message("a signed statement")}  # a grade in a few words


def plain(word: str) -> str:
    """Return a word of the vocabulary as it is read: ``raw-material`` becomes ``raw material``."""
    return word.replace("-", " ")


def takes(asked: Question | Column, words: Words = ENGLISH) -> str:
    """Return what an answer or a cell is."""
    if asked.type not in (Kind.NUMBER, Kind.PERCENT):
        return words.say(TAKES[asked.type])
    said = _number(asked, words)
    if asked.decimals is None:
        return said
    if not asked.decimals:
        return words.say("{number}, whole", number=said)
    return words.say_many(
        "{number}, with at most {n} decimal", "{number}, with at most {n} decimals", asked.decimals, number=said
    )


def _number(asked: Question | Column, words: Words) -> str:
    """Return what a number is, and from where to where it may be."""
    is_share, unit = asked.type is Kind.PERCENT, asked.unit
    if asked.minimum is None or asked.maximum is None:
        if is_share:
            return words.say("a percentage")
        return words.say("a number of {unit}", unit=unit) if unit else words.say("a number")
    least, most = words.exactly(asked.minimum), words.exactly(asked.maximum)
    if is_share:
        return words.say("a percentage from {least} to {most}", least=least, most=most)
    if unit:
        return words.say("a number of {unit} from {least} to {most}", unit=unit, least=least, most=most)
    return words.say("a number from {least} to {most}", least=least, most=most)


def answer_in_words(question: Question, words: Words = ENGLISH) -> str:
    """Return what an answer is; of a table, what a row is and how rows are told apart."""
    table = question.table
    if table is None:
        return takes(question, words)
    key = quoted(table.column(table.key).text, words)
    if table.empty_is_not_applicable:
        return words.say(
            "a table with one row for each {column}, which is never repeated; no rows means that it does not apply",
            column=key,
        )
    return words.say("a table with one row for each {column}, which is never repeated", column=key)


def worth_of(score: Decimal, words: Words = ENGLISH) -> str:
    """Return a score as part of full marks."""
    if score in (0, 1):
        return words.say("full marks") if score else words.say("nothing")
    return words.say("{share} of full marks", share=f"{words.exactly(score * 100)}\u00a0%")


def choices(asked: Question | Column, rule: Rule, words: Words = ENGLISH) -> tuple[Choice, ...]:
    """Return the options with what each is worth by the rule that holds."""
    scores: Mapping[str, Decimal] = rule.scores if isinstance(rule, OptionScores | SumOfOptions) else {}
    return tuple(
        Choice(id=option.id, text=option.text, worth=_option_worth(option, scores.get(option.id), words))
        for option in asked.options
    )


def _option_worth(option: Option, score: Decimal | None, words: Words) -> str:
    said = "" if score is None else worth_of(score, words)
    alone = words.say("stands alone") if option.exclusive else ""
    return ", ".join(part for part in (said, alone) if part)


def columns(question: Question, words: Words = ENGLISH) -> tuple[TableColumn, ...]:
    """Return the columns of a table with what they take, and whether every row needs them."""
    table, rule = question.table, question.score
    if table is None:
        return ()
    cell_rule = rule.rule if isinstance(rule, ColumnRule) else rule
    needed = (table.key, table.weight)
    found = []
    for column in table.columns:
        said = takes(column, words)
        own = cell_rule if isinstance(rule, ColumnRule) and rule.column == column.id else rule
        found.append(
            TableColumn(
                id=column.id,
                text=column.text,
                takes=words.say("{answer}, needed", answer=said) if column.required or column.id in needed else said,
                options=choices(column, own, words),
            )
        )
    return tuple(found)


def rule_in_words(question: Question, words: Words = ENGLISH) -> tuple[str, tuple[str, ...]]:
    """Return how an answer scores, and the conditions on rows one by one; both empty for an unscored question."""
    if not question.is_scored:
        return "", ()
    table, rows = question.table, row_lines(question, words)
    if rows and table is not None:
        together = aggregate_sentence(table, words)
        return words.say("each row by the first of these that is true, else 0; {together}", together=together), rows
    if table is None and isinstance(question.score, OptionScores):
        return words.say("what the chosen option is worth"), ()
    if isinstance(question.score, ColumnRule) and isinstance(question.score.rule, OptionScores) and table is not None:
        chosen = quoted(table.column(question.score.column).text, words)
        together = aggregate_sentence(table, words)
        return words.say("each row by what is chosen under {column}; {together}", column=chosen, together=together), ()
    return rule_sentence(question, words), ()


def evidence_in_words(questionnaire: Questionnaire, planned: PlannedQuestion, words: Words = ENGLISH) -> str:
    """Return which evidence a claim needs to count in full."""
    rule, said = planned.question.evidence, [_graded(questionnaire, planned, words)]
    if rule is None:
        return said[0]
    if rule.valid_months is not None:
        said.append(_issued(rule.valid_months, words))
    if planned.table is not None and planned.question.is_scored and planned.minimum is not Grade.E1:
        row = f"{planned.id}/<{words.say('row')}>"
        said.append(words.say("a document names the rows that it proves, such as {row}", row=row))
    return "; ".join(said)


def _graded(questionnaire: Questionnaire, planned: PlannedQuestion, words: Words) -> str:
    """Return which grade is needed, and the kinds of documents where the question names some."""
    rule, grade = planned.question.evidence, planned.minimum.name
    meaning = words.say(MEANT[grade])
    if rule is None or rule.accepts is None:
        return words.say("{grade} or stronger ({meaning})", grade=grade, meaning=meaning)
    titles = {kind.id: kind.title for kind in questionnaire.evidence_kinds}
    named = [quoted(titles.get(kind, kind), words) for kind in rule.accepts if kind != "equivalent"]
    return words.say(
        "{grade} or stronger ({meaning}): {kinds} or an equivalent",
        grade=grade,
        meaning=meaning,
        kinds=", ".join(named),
    )


def _issued(months: int, words: Words) -> str:
    """Return how old a document may be."""
    return words.say_many(
        "issued at most {n} month before the day that counts",
        "issued at most {n} months before the day that counts",
        months,
    )


def section_weight(plan: ScoringPlan, section: PlannedSection, words: Words = ENGLISH) -> str:
    """Return a section's weight as the profile writes it, such as ``30 of 90 parts``."""
    own = plan.profile.lots.get(plan.lot or "")
    weights = (own.section_weights if own else None) or plan.profile.section_weights
    id_ = section.section.id
    if weights.kind is WeightKind.PERCENT:
        return f"{words.exactly(weights.weights[id_])}\u00a0%"
    scored = [other.section.id for other in plan.sections if any(q.is_scored for q in other.questions)]
    weight, total = _parts(weights.weights, id_, scored, words)
    return words.say("{weight} of {total} parts", weight=weight, total=total)


def question_weight(plan: ScoringPlan, planned: PlannedQuestion, words: Words = ENGLISH) -> str:
    """Return a question's weight as the profile writes it, with its share of the section."""
    own = plan.profile.lots.get(plan.lot or "")
    weights = (own.question_weights if own else None) or plan.profile.question_weights
    section = plan.sections[planned.section]
    if weights.kind is WeightKind.PERCENT:
        share = f"{words.exactly(weights.weights[planned.id])}\u00a0%"
        return words.say("{share} of the section", share=share)
    of_section = shown(Fraction(planned.weight, section.full) * 100, 1) if section.full else "0"
    scored = [question.id for question in section.questions if question.is_scored]
    weight, total = _parts(weights.weights, planned.id, scored, words)
    return words.say(
        "{weight} of {total} parts of the section, {share}",
        weight=weight,
        total=total,
        share=f"{written_number(of_section, words.language)}\u00a0%",
    )


def _parts(weights: Mapping[str, Decimal], id_: str, siblings: list[str], words: Words) -> tuple[str, str]:
    """Return a weight and the sum of those of which it is a part."""
    total = sum((weights.get(sibling, Decimal(0)) for sibling in siblings), Decimal(0))
    return words.exactly(weights.get(id_, Decimal(0))), words.exactly(total)


def grounds(references: tuple[Reference, ...]) -> tuple[Ground, ...]:
    """Return the references of a question."""
    return tuple(
        Ground(text=f"{ref.instrument}{', ' + ref.item if ref.item else ''}", is_confirmed=ref.confirmed)
        for ref in references
    )


def place_of(question: Question, words: Words = ENGLISH) -> str:
    """Return what a question is about: scope, stages, topics, use, and points of the joint statement."""
    uses = ", ".join(words.say(USES[use]) for use in question.use)
    parts = [
        words.say(SCOPES[question.scope]),
        words.say("stages: {stages}", stages=_named(STAGES, question.stages, words)),
        words.say("topics: {topics}", topics=_named(TOPICS, question.topics, words)),
        words.say("use: {uses}", uses=uses),
    ]
    if question.statement:
        parts.append(words.say("joint statement: {points}", points=", ".join(question.statement)))
    return " · ".join(parts)


def _named(titles: Mapping[str, str], named: Sequence[str], words: Words) -> str:
    """Return words of the vocabulary inside a sentence."""
    said = [words.say(titles[name]) for name in named]
    return ", ".join(f"{title[:1].lower()}{title[1:]}" for title in said)
