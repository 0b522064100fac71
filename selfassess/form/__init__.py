"""A questionnaire as a page in a browser takes it: its questions, texts in several languages, and what it may score."""

from selfassess.form.page import Asking, FormPage, form_page

__all__ = ["Asking", "FormPage", "form_page"]
