"""How answers fare: who is refused, whether the right article is cited, how fast the model speaks.

    python bench/answers.py [--questions FILE] [--model GGUF | --no-model] [--ask 8] [--weights models]

Runs over the built-in knowledge. Without a model: the share of answerable questions that are
answered and cite the article expected, and of other questions that are refused. With one: seconds
to the first word and to the first sentence shown, tokens a second, and the share of sentences that
the gates let pass, over the first questions of the file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from statistics import mean, median
from typing import Any, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answering import answer  # noqa: E402
from chat import open_model  # noqa: E402
from domain import Answer, Delta, Finished  # noqa: E402
from ingest import load_aliases, load_cards  # noqa: E402
from store import KnowledgeBase, load_embedder, open_knowledge  # noqa: E402
from weights import locate  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=ROOT / "bench" / "questions.toml")
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--model", type=Path, help="a GGUF file; the fetched one when unset")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--ask", type=int, default=8, help="how many questions the model answers")
    options = parser.parse_args()
    questions = tomllib.loads(options.questions.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        knowledge = built_in(Path(folder), options.weights)
        refusals(knowledge, questions)
        gguf = options.model or locate.chat_model(options.weights)
        if gguf and not options.no_model:
            speed(knowledge, [question for question, _ in questions["answerable"]][: options.ask], gguf)


def built_in(folder: Path, weights: Path) -> KnowledgeBase:
    """The digest cards in a knowledge base of their own."""
    embedder = load_embedder(str(locate.embedding(weights)))
    registry = ROOT / "knowledge" / "registry.toml"
    knowledge = open_knowledge(folder, embedder, registry_file=registry, aliases=load_aliases())
    for document in load_cards():
        knowledge.add(document)
    return knowledge


def refusals(knowledge: KnowledgeBase, questions: dict[str, list[Any]]) -> None:
    """Print who is answered and who is refused, and name those that went wrong."""
    answered = cites = 0
    for question, article in questions["answerable"]:
        result = _result(answer(question, knowledge))
        found = f"{article}" in {f"{one.hit.title}#{one.hit.article_no}" for one in result.citations}
        answered, cites = answered + (not result.refused), cites + found
        if result.refused or not found:
            print(f"  {'refused' if result.refused else 'other article'}: {question} ({article})")
    total = len(questions["answerable"])
    print(f"answerable: {answered}/{total} answered, {cites}/{total} cite the article expected")
    for kind in ("beside", "off_topic"):
        wrong = [question for question in questions[kind] if not _result(answer(question, knowledge)).refused]
        print(f"{kind}: {len(questions[kind]) - len(wrong)}/{len(questions[kind])} refused", *wrong, sep="\n  ")


class Timed:
    """A model that remembers when its pieces came."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.name, self.leaves_machine = model.name, model.leaves_machine
        self.came: list[float] = []

    def stream(self, messages: Sequence[Any], **options: Any) -> Iterator[str]:
        for piece in self._model.stream(messages, **options):
            self.came.append(time.perf_counter())
            yield piece

    def close(self) -> None:
        self._model.close()


def speed(knowledge: KnowledgeBase, questions: Sequence[str], gguf: Path) -> None:
    """Print the model's pace and how much of what it says may stand. The first call also loads it."""
    model = Timed(open_model("local", gguf=gguf))
    words, sentences, rates, kept = [], [], [], 0
    for question in questions:
        begun = time.perf_counter()
        model.came, shown = [], 0.0
        for event in answer(question, knowledge, model):
            if isinstance(event, Delta) and not shown:
                shown = time.perf_counter() - begun
            if isinstance(event, Finished):
                result = event.result
        kept += result.mode == "model"
        print(f"  {result.mode:10} {shown or float('nan'):5.1f} s {question}")
        if len(model.came) > 1:
            words.append(model.came[0] - begun)
            rates.append((len(model.came) - 1) / (model.came[-1] - model.came[0]))
            sentences += [shown] * bool(shown)
    model.close()
    print(f"first word: {words[0]:.1f} s with loading, then {median(words[1:]):.1f} s (median)")
    print(f"first sentence: {median(sentences):.1f} s (median); {mean(rates):.1f} tokens a second")
    print(f"answered by the model: {kept}/{len(questions)}; the others fell back to the articles' own words")


def _result(events: Iterator[Any]) -> Answer:
    *_, last = events
    return last.result


if __name__ == "__main__":
    main()
