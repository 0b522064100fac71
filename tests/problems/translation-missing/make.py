"""Two texts are not translated."""

from dataclasses import replace

from selfassess.languages.po import Catalogue
from selfassess.languages.po_text import catalogue_text
from selfassess.languages.updating import updated
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_file


def make(folder):
    beside = folder / "questionnaires/phones/1.0.0"
    whole = updated(load_questionnaire(read_file(beside / "questionnaire.yaml")).content, "sv")
    entries = [replace(entry, translations=(entry.source,)) for entry in whole.entries]
    entries[:2] = [replace(entry, translations=("",)) for entry in entries[:2]]
    (beside / "i18n").mkdir()
    text = catalogue_text(Catalogue(header=whole.header, entries=tuple(entries)))
    (beside / "i18n/sv.po").write_text(text, "utf-8")
