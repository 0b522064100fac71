"""The engine of the browser's form, run without a browser: what it says of a response, in the tests' own words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import quickjs

FORM = Path(__file__).resolve().parent.parent / "reports/form"
ASSESS = """
globalThis.assess = (plan, lot, response) => {
  plan = JSON.parse(plan);
  const found = Engine.assess(plan, plan.lots[lot], Json.parse(response));
  const value = (id, stand) => Engine.written(Engine.claimed(found.questions.get(id), stand));
  return JSON.stringify({
    states: Object.fromEntries([...found.stands].map(([id, stand]) => [id, stand.state])),
    values: Object.fromEntries([...found.stands].map(([id, stand]) => [id, value(id, stand)])),
    sections: found.sums.sections.map(Engine.written),
    total: Engine.written(found.sums.total),
  });
};
globalThis.shown = (n, d, places) => Engine.shown({ n: BigInt(n), d: BigInt(d) }, places);
globalThis.again = (text) => Json.write(Json.parse(text)) + "\\n";
globalThis.isNumber = Json.isNumber;
globalThis.readings = (text) => JSON.stringify(Typed.readings(text));
globalThis.isDate = Engine.isDate;
globalThis.digest = (bytes, piece) => {
  const own = Sha256.hasher(), all = new Uint8Array(JSON.parse(bytes));
  for (let at = 0; at < all.length; at += piece) own.update(all.subarray(at, at + piece));
  return own.hex();
};
"""


@cache
def engine():
    """A JavaScript engine with the form's own files loaded."""
    context = quickjs.Context()
    names = ("json.js", "engine.js", "sha256.js", "typed.js")
    context.eval("\n".join((FORM / name).read_text("utf-8") for name in names) + ASSESS)
    return context


def call(name, *given):
    """What one of the functions above says; errors of the script are raised."""
    return engine().get(name)(*given)


def assess(plan, response, lot=0):
    """States, values, sections and total of a response's text, as the browser has them."""
    return json.loads(call("assess", json.dumps(plan), lot, response))
