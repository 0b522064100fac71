"""A condition as a sentence in the workbook's language: which answers make a question asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfassess.answer_book.book import Book
from selfassess.languages import shown_date, shown_number
from selfassess.model.conditions import Combination, Comparison, Condition, Junction, Operator, Subject
from selfassess.model.questionnaire import Kind

_MESSAGES = {
    Operator.IS: "{question} is {value}",
    Operator.IS_NOT: "{question} is not {value}",
    Operator.IN: "{question} is one of {value}",
    Operator.AT_LEAST: "{question} is at least {value}",
    Operator.AT_MOST: "{question} is at most {value}",
    Operator.INCLUDES: "{question} includes {value}",
    Operator.ANSWERED: "{question} is answered",
}


def sentence(book: Book, condition: Condition) -> str:
    """Return a condition in words."""
    if isinstance(condition, Comparison):
        return _comparison(book, condition)
    if condition.junction is Junction.NOT:
        return book.say("not: {condition}", condition=sentence(book, condition.parts[0]))
    said = [
        f"({sentence(book, part)})" if _is_nested(part) else sentence(book, part) for part in condition.parts
    ]  # fmt: skip
    message = "{first} and {second}" if condition.junction is Junction.ALL else "{first} or {second}"
    whole = said[0]
    for second in said[1:]:
        whole = book.say(message, first=whole, second=second)
    return whole


def _is_nested(part: Condition) -> bool:
    return isinstance(part, Combination) and part.junction is not Junction.NOT


def _comparison(book: Book, test: Comparison) -> str:
    subject = {Subject.LOT: book.say("the lot"), Subject.ROLE: book.say("your role")}.get(test.subject, test.target)
    values = [_value(book, test, operand) for operand in test.operands]
    operator = Operator.IS if test.operator is Operator.IN and len(values) == 1 else test.operator
    return book.say(_MESSAGES[operator], question=subject, value=", ".join(values))


def _value(book: Book, test: Comparison, operand: object) -> str:
    language = book.texts[0].language
    if test.subject is Subject.LOT:
        return book.lot_titles.of(operand)
    if test.subject is Subject.ROLE:
        return book.text(f"role/{operand}")
    if isinstance(operand, bool):
        return book.say("yes") if operand else book.say("no")
    if isinstance(operand, Decimal):
        return shown_number(format(operand, "f"), language)
    question = next(question for question in book.named.questions() if question.id == test.target)
    if question.type is Kind.DATE:
        return shown_date(date.fromisoformat(str(operand)), language)
    return f"“{book.options(question, question.id).of(operand)}”"
