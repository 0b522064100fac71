"""How a scoring profile is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import post_load

from selfassess import limits
from selfassess.model.profile import (
    Band,
    EvidenceMode,
    GateSetting,
    LotWeights,
    Minima,
    Pin,
    ScoringProfile,
    WeightKind,
    Weights,
)
from selfassess.problems import Code
from selfassess.schemas.base import Strict, document_fields
from selfassess.schemas.conditions import gate_of, written_condition
from selfassess.schemas.containers import MappingOf, Part, Several
from selfassess.schemas.fields import (
    Count,
    Number,
    Text,
    Word,
    Written,
    digest_field,
    id_field,
    kind_of,
    nearest,
    refusal,
    version_field,
)
from selfassess.schemas.rules import RuleField


class PinSchema(Strict):
    """A document named exactly."""

    id = id_field(required=True)
    version = version_field(required=True)
    digest = digest_field(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Pin:
        """Build the pin."""
        return Pin(**data)


class WeightsSchema(Strict):
    """The weights of one level."""

    kind = Word([kind.value for kind in WeightKind], required=True)
    weights = MappingOf(Number(), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Weights:
        """Build the weights."""
        return Weights(kind=WeightKind(data["kind"]), weights=data["weights"])


class LotWeightsSchema(Strict):
    """Another set of weights for one lot."""

    section_weights = Part(WeightsSchema)
    question_weights = Part(WeightsSchema)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> LotWeights:
        """Build the weights."""
        return LotWeights(**data)


class GateSettingField(Written):
    """``on``, ``off``, or a condition asked in addition."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> GateSetting:
        if isinstance(value, dict):
            return GateSetting(on=True, condition=gate_of(value))
        if not isinstance(value, str):
            raise refusal(Code.TYPE, found=kind_of(value), expected="on, off or a condition")
        if value not in ("on", "off"):
            raise refusal(Code.UNKNOWN_WORD, text=str(value), known=nearest(value, ("on", "off")))
        return GateSetting(on=value == "on")

    def as_written(self, value: Any) -> Any:
        """Return the word or the condition."""
        return written_condition(value) if isinstance(value, dict) else str(value)


class MinimaSchema(Strict):
    """What a bid must reach."""

    total = Number()
    sections = MappingOf(Number())

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Minima:
        """Build the minima."""
        return Minima(**data)


class NotApplicableSchema(Strict):
    """How much N/A may leave the sums."""

    cap = Number(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Decimal:
        """Return the cap."""
        cap: Decimal = data["cap"]
        return cap


class RoundingSchema(Strict):
    """How many decimals are shown."""

    decimals = Count(6, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> int:
        """Return the decimals."""
        decimals: int = data["decimals"]
        return decimals


class BandSchema(Strict):
    """A label from a figure on."""

    start = Number(required=True, data_key="from")
    label = Text(limits.NAME_CHARACTERS, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Band:
        """Build the band."""
        return Band(**data)


class ChangesSchema(Strict):
    """The settings of a profile, all optional: what a tender may change."""

    section_weights = Part(WeightsSchema)
    question_weights = Part(WeightsSchema)
    lots = MappingOf(Part(LotWeightsSchema))
    scores = MappingOf(RuleField())
    gates = MappingOf(GateSettingField())
    minima = Part(MinimaSchema)
    not_applicable = Part(NotApplicableSchema)
    incomplete = Word(["score", "exclude"])
    evidence_mode = Word([mode.value for mode in EvidenceMode])
    rounding = Part(RoundingSchema)
    bands = Several(Part(BandSchema), least=1)
    accepted_conditions = Several(id_field())

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        """Return the settings under the model's names."""
        return settings(data)


class ScoringProfileSchema(ChangesSchema):
    """A scoring profile."""

    locals().update(document_fields("selfassess/profile@1"))
    title = Text(limits.TITLE_CHARACTERS, required=True)
    questionnaire = Part(PinSchema, required=True)
    section_weights = Part(WeightsSchema, required=True)
    question_weights = Part(WeightsSchema, required=True)
    evidence_mode = Word([mode.value for mode in EvidenceMode], required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ScoringProfile:
        """Build the profile."""
        data.pop("format")
        return ScoringProfile(**settings(data))


def settings(data: dict[str, Any]) -> dict[str, Any]:
    """Return settings under the model's names."""
    names = {"not_applicable": "not_applicable_cap", "incomplete": "excludes_incomplete", "rounding": "decimals"}
    found = {names.get(key, key): value for key, value in data.items()}
    if "excludes_incomplete" in found:
        found["excludes_incomplete"] = found["excludes_incomplete"] == "exclude"
    if "evidence_mode" in found:
        found["evidence_mode"] = EvidenceMode(found["evidence_mode"])
    for key in ("bands", "accepted_conditions"):
        if key in found:
            found[key] = tuple(found[key])
    return found
