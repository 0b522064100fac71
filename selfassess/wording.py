"""Interface texts and number formats per language. English is complete; another language is another table here."""

from __future__ import annotations

from selfassess.languages.shown import shown_number

STATUS = {
    "ranked": "ranked",
    "provisional": "ranked provisionally",
    "excluded": "excluded",
    "unpriced": "without a price",
    "refused": "not scored",
    "assessed": "assessed",
}
STATES = {
    "answered": "answered",
    "not_applicable": "does not apply",
    "missing": "not answered",
    "not_asked": "not asked",
}
GRADES = {
    "E0": "nothing",
    "E1": "a signed statement; a complete declaration gives it to every answer",
    "E2": "documents of your own",
    "E3": "an independent document for this product or site",
    "E4": "confirmed by the buyer or an independent monitor",
}
SCOPES = {
    "product": "the offered product",
    "site": "named sites in its supply chain",
    "performance": "the performance of this contract",
    "company": "the company as a whole",
}
USES = {
    "requirement": "minimum requirement",
    "award": "award criterion",
    "clause": "contract clause",
    "selection": "selection of tenderers",
    "information": "information",
}
MEASURES = {"claimed": "as claimed", "supported": "with evidence", "reviewed": "after review"}
MODELS = {
    "deduction": "price less deduction x quality; the lowest figure wins",
    "absolute_linear": "price points on a fixed scale plus quality points; the highest figure wins",
    "surcharge": "price with a surcharge for missing quality; the lowest figure wins",
    "fixed_price": "quality alone at a fixed price; the highest figure wins",
    "threshold_lowest_price": "the lowest price among bids that reach the least quality",
    "admit_all_above": "every bid that reaches the least quality is admitted; no price is read",
    "life_cycle_cost": "price plus the costs of the stated years; the lowest figure wins",
    "relative_proportional": "price points relative to the lowest price plus quality points; the highest figure wins",
    "relative_linear": "price points less the share above the lowest price plus quality points; the highest wins",
    "relative_range": "price points between the highest and the lowest price plus quality points; the highest wins",
}


def figure(text: str, language: str) -> str:
    """Return a decimal text as the language writes it: ``1234567.89`` becomes ``1 234 567.89`` or ``1 234 567,89``."""
    return shown_number(text, language)
