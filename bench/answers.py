"""How answers fare: who is refused, what is cited, what is supported, how fast the first word comes.

    python bench/answers.py [--questions FILE] [--model GGUF | --no-model] [--ask 8] [--weights models] [--show]

Runs over the built-in knowledge. Without a model: the share of answerable questions that are
answered, that cite an article expected, and whose every citation is one expected or its neighbour;
of other questions, the share refused; seconds to the first word. With one: the same over the first
questions of the file, the share of shown claims that their passages support, tokens a second, and
what a prompt's cached beginning saves.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import prompts  # noqa: E402
from answering import answer  # noqa: E402
from answering.law.judge import MARKER, SUPPORT, support  # noqa: E402
from chat import open_model  # noqa: E402
from domain import Answer, Delta, Finished  # noqa: E402
from gates import split  # noqa: E402
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
    parser.add_argument("--show", action="store_true", help="print what was cited beside the expected, and the answers")
    options = parser.parse_args()
    questions = tomllib.loads(options.questions.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        knowledge = built_in(Path(folder), options.weights)
        refusals(knowledge, questions, options.show)
        gguf = options.model or locate.chat_model(options.weights)
        if gguf and not options.no_model:
            speed(knowledge, questions["answerable"][: options.ask], gguf, options.show)


def built_in(folder: Path, weights: Path) -> KnowledgeBase:
    """The digest cards in a knowledge base of their own."""
    embedder = load_embedder(str(locate.embedding(weights)))
    registry = ROOT / "knowledge" / "registry.toml"
    knowledge = open_knowledge(folder, embedder, registry_file=registry, aliases=load_aliases())
    for document in load_cards():
        knowledge.add(document)
    return knowledge


def refusals(knowledge: KnowledgeBase, questions: dict[str, list[Any]], show: bool) -> None:
    """Print who is answered and who is refused, what is cited, and name those that went wrong."""
    results, waits = [], []
    for question, *_ in questions["answerable"]:
        begun = time.perf_counter()
        results.append(_result(answer(question, knowledge)))
        waits.append(time.perf_counter() - begun)
    print(
        f"extractive: first word {median(waits):.2f} s (median), {max(waits[1:]):.2f} s at most, {waits[0]:.2f} s the first time"
    )
    citations("extractive", questions["answerable"], results, show)
    for kind in ("beside", "off_topic"):
        wrong = [question for question in questions[kind] if not _result(answer(question, knowledge)).refused]
        print(f"{kind}: {len(questions[kind]) - len(wrong)}/{len(questions[kind])} refused", *wrong, sep="\n  ")


def citations(name: str, asked: Sequence[Sequence[str]], results: Sequence[Answer], show: bool) -> None:
    """Print the shares answered, citing an expected article, and citing nothing else but its neighbours."""
    answered = cites = only = cited = near = 0
    for (question, *gold), result in zip(asked, results):
        places = [(one.hit.title, one.hit.article_no) for one in result.citations]
        expected = [(title, int(number)) for title, _, number in (one.partition("#") for one in gold)]
        close = [
            any(place[0] == title and abs(place[1] - number) <= 1 for title, number in expected) for place in places
        ]
        answered += not result.refused
        cites += any(place in expected for place in places)
        only += not result.refused and all(close)
        cited, near = cited + len(close), near + sum(close)
        if show and not (places and all(close)):
            print(f"  {question} expected {gold}, cited {[f'{title}#{number}' for title, number in places]}")
    total = len(results)
    print(f"{name}: {answered}/{total} answered, {cites}/{total} cite an article expected")
    print(f"{name}: {only}/{total} cite only articles expected or their neighbours ({near}/{cited} citations)")


class Timed:
    """A model that remembers when its pieces came."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.name, self.leaves_machine, self.line = model.name, model.leaves_machine, model.line
        self.words_law = True  # what it would write is what is measured
        self.came: list[float] = []

    def stream(self, messages: Sequence[Any], **options: Any) -> Iterator[str]:
        for piece in self._model.stream(messages, **options):
            self.came.append(time.perf_counter())
            yield piece

    def close(self) -> None:
        self._model.close()


def speed(knowledge: KnowledgeBase, asked: Sequence[Sequence[str]], gguf: Path, show: bool) -> None:
    """Print the model's pace and how much of what it says may stand. The first call also loads it."""
    model = Timed(open_model("local", gguf=gguf))
    words, shown_after, rates, results = [], [], [], []
    for question, *_ in asked:
        begun = time.perf_counter()
        model.came, shown = [], 0.0
        for event in answer(question, knowledge, model):
            if isinstance(event, Delta) and not shown:
                shown = time.perf_counter() - begun
            if isinstance(event, Finished):
                results.append(event.result)
        print(f"  {results[-1].mode:10} {shown or float('nan'):5.1f} s {question}")
        if show:
            print(f"{results[-1].answer}\n", *(f"    {one.reason}: {one.sentence}\n" for one in results[-1].rejected))
        if len(model.came) > 1:
            words.append(model.came[0] - begun)
            rates.append((len(model.came) - 1) / (model.came[-1] - model.came[0]))
            shown_after += [shown] * bool(shown)
    print(
        f"first word: {words[0]:.1f} s with loading, then {median(words[1:]):.1f} s (median), {max(words[1:]):.1f} s at most"
    )
    print(f"first sentence shown: {median(shown_after):.1f} s (median); {mean(rates):.1f} tokens a second")
    spoken = [one for one in results if one.mode == "model"]
    print(f"answered by the model: {len(spoken)}/{len(asked)}; the others fell back to the articles' own words")
    claims = [claim for one in spoken for claim in _claims(one)]
    print(
        f"claims that a cited passage supports: {sum(claims)}/{len(claims)}; taken out: {sum(len(one.rejected) for one in results)}"
    )
    citations("with the model", asked, results, show)
    caching(model)
    model.close()


def caching(model: Timed) -> None:
    """Print the seconds to the first word with the same beginning again, and with one that was never read."""
    system = prompts.render("answer_system")
    passages = [{"marker": 1, "text": "单位应当于每年三月底前公开上一年度的信息，并对信息的真实性负责。" * 8}]
    question = prompts.render("answer_question", passages=passages, question="什么时候公开？", task="用一句话回答。")
    other = "今天的任务与以往不同，请先通读全文。" + system  # nothing of it has been read
    seconds = {}
    for name, first in (("read before", system), ("same prompt again", system), ("new beginning", other)):
        begun = time.perf_counter()
        next(iter(model.stream([("system", first), ("user", question)], max_tokens=4)), "")
        seconds[name] = time.perf_counter() - begun
    print(
        "prompt caching, seconds to the first word:", ", ".join(f"{name} {took:.1f}" for name, took in seconds.items())
    )


def _claims(result: Answer) -> list[bool]:
    """Of each sentence shown, whether the passages it cites hold what it says, the question apart or not."""
    by_marker = {one.marker: one.hit for one in result.citations}
    sentences = [one for one in split(result.answer) if MARKER.search(one) and not one.lstrip().startswith("-")]
    return [
        max(support(MARKER.sub("", one), by_marker[int(k)]) for k in MARKER.findall(one)) >= SUPPORT
        for one in sentences
    ]


def _result(events: Iterator[Any]) -> Answer:
    *_, last = events
    return last.result


if __name__ == "__main__":
    main()
