"""A questionnaire as a page in a browser takes it: its questions, texts in several languages, and what it may score."""

from selfassess.form.page import FormPage, form_page

__all__ = ["FormPage", "form_page"]
