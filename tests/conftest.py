"""Fixtures and settings of the whole suite."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).parent))

from copies import copy_example  # noqa: E402  it lies beside

slow_to_draw = [HealthCheck.too_slow, HealthCheck.filter_too_much]  # whole tenders, of which a law asks for few
settings.register_profile("suite", deadline=None, max_examples=60, print_blob=True, suppress_health_check=slow_to_draw)
settings.register_profile(  # of tests/mutants: that something fails is enough, and nobody reads which case it was
    "mutants", settings.get_profile("suite"), max_examples=30, phases=[Phase.explicit, Phase.generate], database=None
)
settings.load_profile("suite")


def pytest_addoption(parser):
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture
def golden(request):
    """Compare a text with a file of the tree, or write it anew when asked to."""

    def compare(path, text):
        file = ROOT / path
        if request.config.getoption("--rewrite-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        assert file.read_text("utf-8") == text, f"{path} is not what it should be; look, then run --rewrite-golden"

    return compare


@pytest.fixture
def example(tmp_path):
    """A draft of the example tender, without results, which a test may change."""
    return copy_example(tmp_path / "tender", is_draft=True)
