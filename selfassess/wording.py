"""What states, grades, scopes and price models are called in English; ``Words`` say them in other languages."""

from __future__ import annotations

from selfassess.languages import message, shown_number

STATUS = {
    "ranked": message("ranked"),
    "provisional": message("ranked provisionally"),
    "excluded": message("excluded"),
    "unpriced": message("without a price"),
    "refused": message("not scored"),
    "assessed": message("assessed"),
}
STATES = {
    "answered": message("answered"),
    "not_applicable": message("does not apply"),
    "missing": message("not answered"),
    "not_asked": message("not asked"),
}
GRADES = {
    "E0": message("nothing"),
    "E1": message("a signed statement; a complete declaration gives it to every answer"),
    "E2": message("documents of your own"),
    "E3": message("an independent document for this product or site"),
    "E4": message("confirmed by the buyer or an independent monitor"),
}
SCOPES = {
    "product": message("the offered product"),
    "site": message("named sites in its supply chain"),
    "performance": message("the performance of this contract"),
    "company": message("the company as a whole"),
}
USES = {
    "requirement": message("minimum requirement"),
    "award": message("award criterion"),
    "clause": message("contract clause"),
    "selection": message("selection of tenderers"),
    "information": message("information"),
}
MEASURES = {
    "claimed": message("as claimed"),
    "supported": message("with evidence"),
    "reviewed": message("after review"),
}
VAT = {"included": message("VAT included"), "excluded": message("VAT excluded")}
MODELS = {
    "deduction": message("price less deduction x quality; the lowest figure wins"),
    "absolute_linear": message("price points on a fixed scale plus quality points; the highest figure wins"),
    "surcharge": message("price with a surcharge for missing quality; the lowest figure wins"),
    "fixed_price": message("quality alone at a fixed price; the highest figure wins"),
    "threshold_lowest_price": message("the lowest price among bids that reach the least quality"),
    "admit_all_above": message("every bid that reaches the least quality is admitted; no price is read"),
    "life_cycle_cost": message("price plus the costs of the stated years; the lowest figure wins"),
    "relative_proportional": message(
        "price points relative to the lowest price plus quality points; the highest figure wins"
    ),
    "relative_linear": message(
        "price points less the share above the lowest price plus quality points; the highest wins"
    ),
    "relative_range": message(
        "price points between the highest and the lowest price plus quality points; the highest wins"
    ),
}

WINS = {  # the end of each model's words: which bid wins, for where its formula stands before them
    "deduction": message("the lowest figure wins"),
    "absolute_linear": message("the highest figure wins"),
    "surcharge": message("the lowest figure wins"),
    "fixed_price": message("the highest figure wins"),
    "threshold_lowest_price": message("the lowest price among bids that reach the least quality"),
    "admit_all_above": message("no price is read"),
    "life_cycle_cost": message("the lowest figure wins"),
    "relative_proportional": message("the highest figure wins"),
    "relative_linear": message("the highest wins"),
    "relative_range": message("the highest wins"),
}


def figure(text: str, language: str) -> str:
    """Return a decimal text as the language writes it: ``1234567.89`` becomes ``1 234 567.89`` or ``1 234 567,89``."""
    return shown_number(text, language)
