"""When a question is surely not asked, as a formula of a spreadsheet, which greys its row out.

Only what is certain is said: a comparison with an empty cell is open (method, 3.1), and so are lots, rows of other
sheets and questions that are not asked themselves. ``check`` says what is asked in the end.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from selfassess.model.conditions import Comparison, Condition, Junction, Operator, Subject
from selfassess.model.questionnaire import Kind, Question

Place = Callable[[str, object], str | None]  # the cell of a question's answer (or option), or of a label's list entry
MOST_CHARACTERS = 4_000  # of a formula; longer ones are left out


class Greying:
    """The formulas of one sheet: ``cell_of`` finds an answer's cell, ``label_of`` the list's cell of a label."""

    def __init__(self, questions: dict[str, Question], cell_of: Place, label_of: Place) -> None:
        self.questions, self.cell_of, self.label_of = questions, cell_of, label_of

    def formula(self, condition: Condition) -> str | None:
        """Return the formula that holds where a condition is surely false, None where that cannot be said."""
        found = self._said(condition, is_true=False)
        return found if found is not None and len(found) <= MOST_CHARACTERS else None

    def _said(self, condition: Condition, *, is_true: bool) -> str | None:
        """Return the formula that says that a condition is surely true, or surely false."""
        if isinstance(condition, Comparison):
            return self._comparison(condition, is_true=is_true)
        if condition.junction is Junction.NOT:
            return self._said(condition.parts[0], is_true=not is_true)
        parts = [self._said(part, is_true=is_true) for part in condition.parts]
        needs_all = (condition.junction is Junction.ALL) is is_true
        known = [part for part in parts if part is not None]
        if not known or (needs_all and len(known) < len(parts)):
            return None
        return f"{'AND' if needs_all else 'OR'}({','.join(known)})"

    def _comparison(self, test: Comparison, *, is_true: bool) -> str | None:
        if test.subject is not Subject.QUESTION or test.operator is Operator.ANSWERED:
            return None
        asked = self.questions[test.target]
        if asked.type is Kind.CHOICES:
            return self._includes(test, is_true=is_true)
        cell = self.cell_of(test.target, None)
        if cell is None:
            return None
        if test.operator in (Operator.AT_LEAST, Operator.AT_MOST):
            return self._bound(test, cell, is_true=is_true) if asked.type is not Kind.DATE else None
        places = [self._operand(test.target, operand) for operand in test.operands]
        if any(place is None for place in places):
            return None
        same = f"OR({','.join(f'{cell}={place}' for place in places)})"
        wants_same = (test.operator is not Operator.IS_NOT) is is_true
        return same if wants_same else f'AND({cell}<>"",NOT({same}))'

    def _operand(self, target: str, operand: object) -> str | None:
        if isinstance(operand, Decimal):
            return format(operand, "f")
        return self.label_of(target, operand)

    def _bound(self, test: Comparison, cell: str, *, is_true: bool) -> str:
        is_least = test.operator is Operator.AT_LEAST
        sign = (">=" if is_least else "<=") if is_true else ("<" if is_least else ">")
        return f"AND(ISNUMBER({cell}),{cell}{sign}{test.operands[0]:f})"

    def _includes(self, test: Comparison, *, is_true: bool) -> str | None:
        cells = {option.id: self.cell_of(test.target, option.id) for option in self.questions[test.target].options}
        own = cells.get(str(test.operands[0]))
        if own is None or None in cells.values():
            return None
        if is_true:
            return f'{own}<>""'
        return f'AND({own}="",OR({",".join(f"""{cell}<>"" """.strip() for cell in cells.values() if cell != own)}))'
