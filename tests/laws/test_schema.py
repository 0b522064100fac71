"""The JSON Schema for editors accepts what the reader accepts, and lets pass only what no schema can say."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import strategies
import writing
from commands import call
from hypothesis import given, settings
from test_any_part_may_be_wrong import GONE, changed
from test_readers_agree import LISTS, NUMBERS, OBJECTS, ODD, TEXTS, damaged, steps, whole_response

from selfassess.editor_schema import response_schema
from selfassess.exchange import json_text
from selfassess.languages import texts
from selfassess.library import standard
from selfassess.problems import Code
from selfassess.schemas import load_profile, load_questionnaire, load_review, load_tender
from selfassess.schemas.for_editors import document_schema
from selfassess.schemas.response import ResponseReader
from selfassess.sources import OddNumber, read_file

LOADERS = {
    "selfassess/questionnaire@1": load_questionnaire,
    "selfassess/profile@1": load_profile,
    "selfassess/tender@1": load_tender,
    "selfassess/review@1": load_review,
}
EXAMPLES = Path(__file__).resolve().parents[2] / "questionnaires/fair-smartphones/1.0.0/examples"
# Texts go through a gate of their own, ids are one where capitals do not count, and parts of a document name others.
UNSAID = {
    Code.TEXT_CONTROL, Code.TEXT_BIDI, Code.TEXT_SURROGATE, Code.TEXT_NOT_NFC, Code.TEXT_INVISIBLE, Code.JSON_NUMBER,
    Code.LIMIT_LENGTH, Code.DATE_FORM, Code.ANSWER_DECIMALS, Code.ROW_KEY, Code.ANSWER_WEIGHTS, Code.DUPLICATE_ID,
    Code.LOT_NOT_BID, Code.UNKNOWN_LOT, Code.UNKNOWN_QUESTION, Code.DECLARATION_INCOMPLETE, Code.EMPTY,
}  # fmt: skip


def plain(value):
    """A document as other readers of JSON have it."""
    if isinstance(value, OddNumber):
        return float(str(value))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    return [plain(below) for below in value] if isinstance(value, list) else value


def validator_of(document):
    schema = json.loads(json_text(response_schema(document, texts(document, "en"))))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@settings(max_examples=120)
@given(damaged())
def test_what_the_reader_accepts_the_schema_accepts(pair):
    questionnaire, response = pair
    document = writing.loaded(load_questionnaire, questionnaire)
    reader = ResponseReader(document.content, document.digest)
    if reader.fast(response) is not None:
        validator_of(document).validate(plain(response))


def test_what_the_schema_lets_pass_and_the_reader_refuses_no_schema_can_say():
    questionnaire, response = whole_response()
    document = writing.loaded(load_questionnaire, questionnaire)
    reader, validator = ResponseReader(document.content, document.digest), validator_of(document)
    validator.validate(plain(response))
    refused = 0
    for path in list(steps(response))[1:]:
        for part in [GONE, None, True, False, *TEXTS, ODD, *NUMBERS, *LISTS, *OBJECTS]:
            other = changed(response, path, part)
            faults = reader.slow(other).faults
            is_valid = validator.is_valid(plain(other))
            refused += not is_valid
            if is_valid and faults:
                assert {fault.code for fault in faults} <= UNSAID, (path, part, [str(f.code) for f in faults])
            if not faults:
                assert is_valid, (path, part)
    assert refused > 1000


@pytest.mark.parametrize("language", ["en", "sv", "fi"])
def test_the_shipped_questionnaires_schema_takes_its_examples_and_explains_options(language, tmp_path):
    out = tmp_path / "s.json"
    done = call("export", "fair-smartphones@1.0.0", "--schema", "--language", language, "-o", out)
    assert done.code == 0, done.err
    schema = json.loads(out.read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    for path in EXAMPLES.glob("*.response.json"):
        validator.validate(json.loads(path.read_text("utf-8")))
    questionnaire = standard().questionnaire("fair-smartphones", "1.0.0")
    said = texts(questionnaire, language)
    for question in questionnaire.content.questions():
        shown = schema["definitions"]["answers"]["properties"][question.id]
        assert shown["title"] == f"{question.id}: {said.text(f'{question.id}/text')}"
        if question.type.value == "choice":
            choice = shown["anyOf"][0]
            assert choice["enum"] == [option.id for option in question.options]
            assert choice["enumDescriptions"] == [said.text(f"{question.id}/{o.id}/text") for o in question.options]


def test_an_exclusive_option_stands_alone():
    document = writing.loaded(load_questionnaire, writing.questionnaire(writing.question("Q1", "choices", options=[
        {"id": "a", "text": "A", "score": 1}, {"id": "none", "text": "None", "score": 0, "exclusive": True},
    ], score="options")))  # fmt: skip
    validator = validator_of(document)
    response = writing.response(json.loads(json.dumps({})) or document.written, {"Q1": ["a"]})
    for ticked, is_fine in ((["a"], True), (["none"], True), ([], True), (["a", "none"], False), (["a", "a"], False)):
        response["answers"] = {"Q1": ticked}
        assert validator.is_valid(plain(response)) is is_fine, ticked


def test_without_saying_what_to_export_it_is_wrong_use():
    assert call("export", "fair-smartphones@1.0.0").code == 2
    assert call("export", "fair-smartphones@9.9.9", "--schema").code != 0


# --- the other documents ----------------------------------------------------------------------------------------------

WRITTEN = [
    *sorted(EXAMPLES.parent.glob("*.yaml")),
    *sorted(EXAMPLES.parent.glob("profiles/*.yaml")),
    *sorted((EXAMPLES.parents[3] / "examples/nordic-smartphones").glob("*.yaml")),
    *sorted((EXAMPLES.parents[3] / "examples/nordic-smartphones/reviews").glob("*.yaml")),
]


def validator_of_kind(kind):
    schema = json.loads(json_text(document_schema(kind)))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def loaded_kind(path):
    source = read_file(path)
    format_ = str(source.data["format"])
    return format_.partition("/")[2].partition("@")[0], plain(LOADERS[format_](source).written)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_every_document_that_is_shipped_fits_the_schema_of_its_kind(path):
    kind, written = loaded_kind(path)
    validator_of_kind(kind).validate(written)
    for wrong in (written | {"titel": "x"}, {key: part for key, part in written.items() if key != "format"}):
        assert not validator_of_kind(kind).is_valid(wrong)


@settings(max_examples=100)
@given(strategies.cases())
def test_what_is_read_as_a_questionnaire_or_a_profile_fits_its_schema(case):
    for kind, load, said in (
        ("questionnaire", load_questionnaire, case.questionnaire),
        ("profile", load_profile, case.profile),
    ):
        validator_of_kind(kind).validate(plain(writing.loaded(load, said).written))


def test_words_are_listed_for_an_editor_and_others_marked():
    kind, written = loaded_kind(EXAMPLES.parents[3] / "examples/nordic-smartphones/tender.yaml")
    wrong = written | {"price": written["price"] | {"model": "cheapest"}}
    (error,) = validator_of_kind(kind).iter_errors(wrong)
    assert list(error.path) == ["price", "model"]
    assert "deduction" in error.validator_value
    assert json.loads(call("export", "tender", "--schema").out)["title"] == "selfassess/tender@1"
    assert call("export", "tenders", "--schema").code == 2
