"""A response to a questionnaire of the library that nobody signed."""

import json

from selfassess.library import standard


def make(folder):
    questionnaire = standard().questionnaire("fair-smartphones", "1.0.0")
    pin = {"id": "fair-smartphones", "version": "1.0.0", "digest": questionnaire.digest}
    response = {"format": "selfassess/response@1", "questionnaire": pin, "supplier": {"name": "Alfa"}, "answers": {}}
    (folder / "lone.json").write_text(json.dumps(response, indent=2), "utf-8")
