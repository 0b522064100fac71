"""How conditions are written."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from selfassess import limits
from selfassess.model.conditions import (
    Combination,
    Comparison,
    Condition,
    EveryRow,
    Gate,
    Junction,
    Operator,
    Scalar,
    Subject,
)
from selfassess.problems import Code
from selfassess.schemas.fields import Said, Written, flag_of, kind_of, refusal, scalar_of, text_of

OPERATORS = {operator.value: operator for operator in Operator}
JUNCTIONS = {junction.value: junction for junction in Junction}
LEAVE = "when_false"


class ConditionField(Written):
    """A condition on ``subject`` (question, column, or answer for gates)."""

    def __init__(self, subject: str = "question", **more: Any) -> None:
        super().__init__(**more)
        self.subject = subject

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return condition_of(value, self.subject)

    def as_written(self, value: Any) -> Any:
        """Return the condition with its operands typed."""
        return written_condition(value)


class AskedField(ConditionField):
    """The condition of a question, which may also say what becomes of it when it is false."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[Condition, bool]:
        if not isinstance(value, dict) or LEAVE not in value:
            return condition_of(value, self.subject), False
        if value[LEAVE] != "leave":
            known = Said(Code.UNKNOWN_WORD, text=str(value[LEAVE]), known="leave")
            raise ValidationError({LEAVE: [known]})
        return condition_of({key: part for key, part in value.items() if key != LEAVE}, self.subject), True


class GateField(ConditionField):
    """A gate: a condition on the own answer, or on every row of a table."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Gate:
        return gate_of(value)


def gate_of(value: Any) -> Gate:
    """Return the gate that is written."""
    if isinstance(value, dict) and "every_row" in value:
        if len(value) > 1:
            raise refusal(Code.CONDITION_FORM, reason="every_row stands alone")
        try:
            return EveryRow(condition=condition_of(value["every_row"], "column"))
        except ValidationError as error:
            raise ValidationError({"every_row": error.messages}) from None
    return condition_of(value, "answer")


def condition_of(value: Any, subject: str) -> Condition:
    """Return the condition that is written; raise all that is wrong with it."""
    if nodes(value) > limits.CONDITION_NODES or depth(value) > limits.CONDITION_DEPTH:
        raise refusal(Code.LIMIT_DEPTH, depth=str(limits.CONDITION_DEPTH), nodes=str(limits.CONDITION_NODES))
    return _condition(value, subject)


def depth(value: Any) -> int:
    """Return how deep conditions stand in each other."""
    if not isinstance(value, dict):
        return 0
    parts = _parts(value)
    return 1 + max((depth(part) for part in parts), default=0)


def nodes(value: Any) -> int:
    """Return how many conditions a condition is made of."""
    return 1 + sum(nodes(part) for part in _parts(value)) if isinstance(value, dict) else 1


def _parts(value: dict[str, Any]) -> list[Any]:
    lists = [value[key] for key in ("all", "any") if isinstance(value.get(key), list)]
    return [*(part for parts in lists for part in parts), *([value["not"]] if "not" in value else [])]


def _condition(value: Any, subject: str) -> Condition:
    if not isinstance(value, dict):
        raise refusal(Code.TYPE, found=kind_of(value), expected="a condition")
    joined = [key for key in value if key in JUNCTIONS]
    if joined:
        if len(value) > 1:
            raise refusal(Code.CONDITION_FORM, reason=f"{joined[0]} stands alone")
        return _combination(joined[0], value[joined[0]], subject)
    return _comparison(value, subject)


def _combination(junction: str, parts: Any, subject: str) -> Combination:
    if junction == "not":
        try:
            return Combination(junction=Junction.NOT, parts=(_condition(parts, subject),))
        except ValidationError as error:
            raise ValidationError({junction: error.messages}) from None
    if not isinstance(parts, list) or not parts:
        raise ValidationError({junction: [Said(Code.EMPTY)]})
    found, wrong = [], {}
    for index, part in enumerate(parts):
        try:
            found.append(_condition(part, subject))
        except ValidationError as error:
            wrong[index] = error.messages
    if wrong:
        raise ValidationError({junction: wrong})
    return Combination(junction=JUNCTIONS[junction], parts=tuple(found))


def _comparison(value: dict[str, Any], subject: str) -> Comparison:
    if subject == "question" and len(value) == 1:
        for name in ("lot", "role"):
            if name in value:
                return Comparison(subject=Subject(name), operator=Operator.IN, operands=_ids(value[name]))
    said = [key for key in value if key in OPERATORS]
    own = {"answer"} if subject == "answer" else {subject}
    named = subject == "answer" or subject in value
    unknown = [key for key in value if key not in OPERATORS and key not in own]
    if unknown:
        known = ", ".join([*(own - {"answer"}), *OPERATORS, *JUNCTIONS])
        raise ValidationError({unknown[0]: [Said(Code.UNKNOWN_KEY, key=unknown[0], known=known)]})
    if not named or len(said) != 1:
        raise refusal(Code.CONDITION_FORM, reason=f"it needs {subject} and one comparison")
    operator = OPERATORS[said[0]]
    return Comparison(
        subject=Subject(subject),
        target="" if subject == "answer" else text_of(value[subject]),
        operator=operator,
        operands=_operands(operator, value[said[0]]),
    )


def _operands(operator: Operator, value: Any) -> tuple[Scalar, ...]:
    if operator is Operator.ANSWERED:
        if not flag_of(value):
            raise refusal(Code.CONDITION_FORM, reason="answered takes only true")
        return ()
    if operator is Operator.IN:
        if not isinstance(value, list) or not value:
            raise refusal(Code.TYPE, found=kind_of(value), expected="a list of values")
        return tuple(scalar_of(entry) for entry in value)
    return (scalar_of(value),)


def _ids(value: Any) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [value]
    return tuple(text_of(entry) for entry in entries)


def written_condition(value: Any) -> Any:
    """Return a valid condition as it is digested."""
    written: dict[str, Any] = {}
    for key, plain in value.items():
        if key in ("all", "any"):
            written[key] = [written_condition(part) for part in plain]
        elif key in ("not", "every_row"):
            written[key] = written_condition(plain)
        elif key in ("lot", "role"):
            written[key] = [str(id_) for id_ in plain] if isinstance(plain, list) else str(plain)
        elif key in ("question", "column", LEAVE):
            written[key] = str(plain)
        elif key == "answered":
            written[key] = flag_of(plain)
        else:
            written[key] = [scalar_of(x) for x in plain] if isinstance(plain, list) else scalar_of(plain)
    return written
