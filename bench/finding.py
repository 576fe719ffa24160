"""Questions as officials, citizens and enterprises put them: is the right article found, cited, and no other beside?

    python bench/finding.py HOME QUESTIONS.jsonl… [--show] [--search]

HOME: a data folder that holds the regulations the questions are of. QUESTIONS: what ``gongkai ask --file``
takes, each with its ``kind`` (main, follow; near: close to the field, not answered by what is held; off: of
something else) and its ``gold`` articles; ``bench/asks`` holds our own. Without a model.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from services import Gongkai  # noqa: E402
from services.trial import asked, read_trials  # noqa: E402
from settings import Settings  # noqa: E402
from weights import locate  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--show", action="store_true", help="print each question that is not as it should be")
    parser.add_argument("--search", action="store_true", help="only search, do not answer")
    options = parser.parse_args()
    services = Gongkai(Settings(home=options.home, weights=options.weights, llm="none"))
    for path in options.questions:
        measured(services, path, options.show, options.search)


def measured(services: Gongkai, path: Path, show: bool, only_search: bool) -> None:
    """Print the figures of one file of questions."""
    kinds = [json.loads(line).get("kind", "main") for line in path.read_text(encoding="utf-8").splitlines()]
    trials, seen = read_trials(path).trials, collections.defaultdict(collections.Counter)
    services.lookup.search("预备")
    begun = time.perf_counter()
    for trial, kind in zip(trials, kinds, strict=True):
        if kind == "main":
            hits = services.lookup.search(trial.question, k=10, as_of=trial.as_of or date.today())
            names = [f"{hit.title}#{hit.article_no}" for hit in hits]
            rank = next((at for at, name in enumerate(names) if name in trial.articles), 99)
            seen[kind].update({"first": rank == 0, "first 3": rank < 3, "first 10": rank < 10, "searched": 1})
            if show and only_search and rank:
                print(f"{rank:2} {trial.question} | {' '.join(trial.articles)} | {' '.join(names[:4])}")
    if not only_search:
        answered(services, trials, kinds, seen, show)
    print(f"{path.name}: {len(trials)} questions in {time.perf_counter() - begun:.0f} s")
    for kind, counts in seen.items():
        whole = counts.pop("searched" if only_search else "asked")
        counts.pop("searched", None)
        print(f"  {kind:7}{whole:4}  " + "  ".join(f"{name} {count / whole:.3f}" for name, count in counts.items()))


def answered(services: Gongkai, trials: list, kinds: list[str], seen: dict, show: bool) -> None:
    """Count what the answers cite."""
    for tried, kind in zip(asked(services.answers.ask, trials), kinds, strict=True):
        assert tried.answer is not None, tried.problem
        gold, cited = set(tried.trial.articles), tried.cited
        doubtful = any(note.code == "nearest" for note in tried.answer.notes)
        seen[kind].update(
            {
                "asked": 1,
                "cited": bool(gold & set(cited)),
                "cited first": bool(cited) and cited[0] in gold,
                "beside": bool(set(cited) - gold),
                "refused": tried.answer.refused,
                "called near": doubtful,
            }
        )
        wrong = not tried.answer.refused if kind in ("near", "off") else not gold & set(cited)
        if show and wrong:
            state = "refused" if tried.answer.refused else "near" if doubtful else " ".join(cited)
            print(f"{kind} {tried.trial.question} {tried.trial.after or ''} | {' '.join(gold)} | {state}")


if __name__ == "__main__":
    main()
