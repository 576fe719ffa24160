"""Write docs/licences.md: every package of requirements.lock with its version and licence, as the package says.

    python bench/licences.py

Run it in an environment in which the lock file is installed. The weights and the statute library are
data with licences of their own: they stand in weights/manifest.toml and docs/decisions.md.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
UNTOLD = "（包里没有写明）"
_LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;]+)")
_OSI = "License :: OSI Approved :: "
_LONGEST = 60  # characters: some packages put the whole text into the field


def locked() -> dict[str, str]:
    """Package → version, as requirements.lock has them."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := _LOCKED.match(line))}


def licence(name: str) -> str:
    """What an installed package says of its licence; PackageNotFoundError where it is not installed."""
    about: Any = metadata.metadata(name)
    if said := about.get("License-Expression"):
        return said
    classed = [line.removeprefix(_OSI) for line in about.get_all("Classifier") or [] if line.startswith(_OSI)]
    if classed:
        return "；".join(classed)
    first = (about.get("License") or "").strip().split("\n")[0]
    return first if 0 < len(first) <= _LONGEST and first.upper() != "UNKNOWN" else UNTOLD


def page() -> str:
    """docs/licences.md."""
    rows = "".join(f"| {name} | {version} | {_listed(name)} |\n" for name, version in sorted(locked().items()))
    return (
        "# 依赖的许可证\n\n由 `python bench/licences.py` 从各个包自己的说明写成，与 `requirements.lock` 一致；不要手改。"
        f"gongkai 自己用 MIT。\n\n| 包 | 版本 | 许可证 |\n|---|---|---|\n{rows}"
    )


def _listed(name: str) -> str:
    try:
        return licence(name).replace("|", "/")
    except metadata.PackageNotFoundError:
        return "（这个系统上不用）"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(locked())}")
