"""Say whether an evaluation of this example refused and excluded exactly the bids that the example means to show."""

from __future__ import annotations

import json
import sys
from pathlib import Path

MEANT = {
    ("new-devices", "billigtel", "excluded"),
    ("new-devices", "lovande", "excluded"),
    ("new-devices", "trasig", "refused"),
    ("second-life", "halvvejs", "excluded"),
    ("second-life", "trasig", "refused"),
}


def main() -> int:
    """Compare the ranking with what is meant; 0 when they agree."""
    ranking = json.loads((Path(sys.argv[1]) / "results" / "ranking.json").read_text("utf-8"))
    found = {
        (lot["lot"], bid["supplier"], bid["status"])
        for lot in ranking["lots"]
        for bid in lot["bids"]
        if bid["status"] in ("refused", "excluded")
    }
    if found == MEANT:
        print("The refused and excluded bids are the ones that the example means to show.")
        return 0
    print(f"Not meant: {sorted(found ^ MEANT)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
