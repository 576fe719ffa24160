"""Makes store/asked.npz and store/elsewhere.npz: a vector (and terms) for each way to ask that ``knowledge/asked`` and the
digest cards tell, and for each of ``knowledge/elsewhere.toml``.

    python bench/asked.py [--weights models]

A file of ``knowledge/asked`` is of one version of a regulation: ``title``, ``promulgated``, and under
``[articles]`` its numbers with the ways to ask, set apart by ；. The cards' questions are ways as well.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from store import Embedder, load_embedder  # noqa: E402
from store.asked import MADE, Way  # noqa: E402
from store.asking import PROBE  # noqa: E402
from store.elsewhere import MADE as ELSEWHERE  # noqa: E402
from store.elsewhere import MatterElsewhere  # noqa: E402
from store.lexical import WordCutter  # noqa: E402
from store.postings import term_number  # noqa: E402
from weights import locate  # noqa: E402

WRITTEN = ROOT / "knowledge" / "asked"
CARDS = ROOT / "knowledge" / "cards"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    options = parser.parse_args()
    embedder = load_embedder(str(locate.embedding(options.weights)))
    ways, kept = written(), _kept(embedder.embed_query(PROBE))
    vectors = np.stack([kept[way.text] if way.text in kept else embedder.embed_query(way.text) for way in ways])
    cutter = WordCutter(names={way.title for way in ways})
    numbers = [[term_number(term) for term in cutter.query(way.text)] for way in ways]
    terms, term_of = np.unique(np.array([one for found in numbers for one in found], np.uint64), return_inverse=True)
    np.savez_compressed(
        MADE,
        probe=embedder.embed_query(PROBE),
        vectors=np.round(127 * vectors).astype(np.int8),
        title=np.array([way.title for way in ways]),
        promulgated=np.array([way.promulgated.isoformat() for way in ways]),
        article=np.array([str(way.article) for way in ways]),
        text=np.array([way.text for way in ways]),
        terms=terms,
        term_of=term_of.astype(np.int32),
        starts=np.cumsum([0, *map(len, numbers)]).astype(np.int32),
    )
    print(f"{MADE}: {len(ways)} ways, {MADE.stat().st_size / 1024:.0f} KB")
    make_elsewhere(embedder)


def make_elsewhere(embedder: Embedder) -> None:
    matters = elsewhere()
    texts = [text for _, found in matters for text in found]
    np.savez_compressed(
        ELSEWHERE,
        probe=embedder.embed_query(PROBE),
        vectors=np.round(127 * np.stack([embedder.embed_query(text) for text in texts])).astype(np.int8),
        matter_of=np.repeat(np.arange(len(matters), dtype=np.int32), [len(found) for _, found in matters]),
        names=np.array([matter.name for matter, _ in matters]),
        governed=np.array(["\n".join(matter.governed) for matter, _ in matters]),
    )
    print(f"{ELSEWHERE}: {len(texts)} ways of {len(matters)} matters, {ELSEWHERE.stat().st_size / 1024:.0f} KB")


def elsewhere() -> list[tuple[MatterElsewhere, list[str]]]:
    """The matters that no held text governs, each with the ways to ask about it."""
    held = tomllib.loads((ROOT / "knowledge" / "elsewhere.toml").read_text(encoding="utf-8"))["matter"]
    return [
        (MatterElsewhere(one["name"], tuple(one["governed"])), [way.strip() for way in one["ways"].split("；")])
        for one in held
    ]


def _kept(probe: np.ndarray) -> dict[str, np.ndarray]:
    """The vectors made before by the same weights, by their words."""
    if not MADE.is_file():
        return {}
    with np.load(MADE) as data:
        same = data["probe"].shape == probe.shape and np.allclose(data["probe"], probe, atol=1e-4)
        return dict(zip(map(str, data["text"]), data["vectors"] / 127)) if same else {}


def written() -> list[Way]:
    """Every way to ask, of the files and of the cards, each once."""
    found: dict[Way, None] = {}
    for path in sorted(WRITTEN.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for article, ways in data["articles"].items():
            for text in ways.split("；"):
                found[
                    Way(
                        data["title"], data["promulgated"], int(article) if article.isdigit() else article, text.strip()
                    )
                ] = None
    for path in sorted(CARDS.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for card in data["article"]:
            if card["no"] and not card.get("sub") and "promulgated" in data:
                for text in card["questions"]:
                    found[Way(data["title"], data["promulgated"], card["no"], text)] = None
    return list(found)


if __name__ == "__main__":
    main()
