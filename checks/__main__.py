"""``python -m checks`` writes docs/rules.md anew from the declarations."""

from __future__ import annotations

from pathlib import Path

from checks.manual import manual

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"

if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8", newline="\n")
    print(PAGE)
