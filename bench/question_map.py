"""Learns store/question_map.npz, and measures it on articles that it has not seen.

    python bench/question_map.py QUESTIONS.jsonl STATUTES.jsonl [--weights models] [--cache FOLDER] [--write]

QUESTIONS: {"q": …, "gold": [[id, …], …]} a line, lay questions and the articles that answer them
(STARD, MIT licence); STATUTES: {"id": …, "text": "title 第…条 text"} a line. One linear map of the
question's vector is learned by comparing it with all articles at once (softmax of cosines). First
each half of the questions is answered with a map learned from the other half, also counting only
those none of whose articles occur in that other half; ``--write`` then learns from all of them.
Also prints the embedding speed, which ``--cache`` spares the next run.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from store import load_embedder
from store.asking import LEARNED, PROBE, QuestionMap
from weights import locate

STEPS, BATCH, TEMPERATURE, RATE, DECAY, NOISE = 50, 128, 0.05, 1e-3, 0.3, 0.02
"""Few steps and some noise: more of them answer the questions learned from, and no others."""
_PARTS = re.compile(r"(.+?)\s(第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十])?)\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Articles:
    """Unit vectors of texts and of titles, row by row."""

    texts: np.ndarray
    places: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    questions = lines(options.questions)
    embedder = load_embedder(str(locate.embedding(options.weights)))
    articles = embedded(embedder, lines(options.statutes), options.cache)
    asked = np.stack([embedder.embed_query(question["q"]) for question in questions])
    gold = [question["gold"] for question in questions]
    halves(asked, gold, articles)
    if options.write:
        learned = learn(asked, gold, articles, range(len(gold)))
        probe = embedder.embed_query(PROBE)
        np.savez_compressed(
            LEARNED, probe=probe, mean=learned.mean.astype(np.float16), turn=learned.turn.astype(np.float16)
        )
        print(f"{LEARNED}: {LEARNED.stat().st_size / 1024:.0f} KB, learned from {len(gold)} questions")


def lines(path: Path) -> list[dict[str, Any]]:
    """The JSON documents of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def split(text: str) -> tuple[str, str, str]:
    """Title, label and text of an article."""
    match = _PARTS.match(text)
    return (match[1], match[2], match[3]) if match else ("", "", text)


def embedded(embedder: Any, statutes: Sequence[dict[str, Any]], cache: Path | None) -> Articles:
    """The articles' vectors, from the cache where it has those of this model."""
    place = cache / f"articles-{embedder.fingerprint}.npz" if cache else None
    if place and place.is_file():
        with np.load(place) as data:
            return Articles(data["texts"], data["places"])
    parts = [split(row["text"]) for row in statutes]
    started = time.perf_counter()
    texts = embedder.embed_passages([text for _, _, text in parts])
    print(f"{len(parts) / (time.perf_counter() - started):.0f} articles embedded a second")
    titles = sorted({title for title, _, _ in parts})
    vectors = dict(zip(titles, embedder.embed_passages(titles)))
    articles = Articles(texts, np.stack([vectors[title] for title, _, _ in parts]))
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        np.savez(place, texts=articles.texts, places=articles.places)
    return articles


def halves(asked: np.ndarray, gold: Sequence[Any], articles: Articles) -> None:
    """Print recall with and without a map learned from the other half."""
    without = QuestionMap(articles.texts.mean(axis=0), np.zeros((asked.shape[1],) * 2, dtype=np.float32))
    names = ("as asked", "turned", "as asked, new articles", "turned, new articles")
    rows: dict[str, list[list[float]]] = {name: [] for name in names}
    for half in (0, 1):
        others, own = range(1 - half, len(gold), 2), range(half, len(gold), 2)
        learned = learn(asked, gold, articles, others)
        seen = {article for at in others for entry in gold[at] for article in entry}
        placed = without.placed(articles.texts, articles.places)  # the same for both: it is the question that turns
        for at in own:
            new = not any(article in seen for entry in gold[at] for article in entry)
            for name, using in (("as asked", without), ("turned", learned)):
                found = recall(placed @ using.turned(asked[at]), gold[at])
                rows[name].append(found)
                rows[f"{name}, new articles"] += [found] if new else []
    for name, found in rows.items():
        ten, hundred = np.mean(found, axis=0)
        print(f"{name:24} recall@10 {ten:.3f}  recall@100 {hundred:.3f}  ({len(found)} questions)")


def recall(scores: np.ndarray, gold: Sequence[Sequence[int]]) -> list[float]:
    """The share of the gold entries in the first 10 and 100; an entry lists alternatives."""
    order = np.argsort(-scores)[:100].tolist()
    return [float(np.mean([any(article in order[:k] for article in entry) for entry in gold])) for k in (10, 100)]


def learn(asked: np.ndarray, gold: Sequence[Any], articles: Articles, chosen: Sequence[int]) -> QuestionMap:
    """The map that brings the chosen questions nearest to their articles. Deterministic on one machine."""
    import torch
    from torch.nn.functional import normalize

    torch.manual_seed(0)
    mean = articles.texts.mean(axis=0)
    size = asked.shape[1]
    still = QuestionMap(mean, np.zeros((size, size), dtype=np.float32))
    passages = torch.tensor(still.placed(articles.texts, articles.places))
    questions = torch.tensor(np.stack([still.turned(asked[at]) for at in chosen]))
    wanted = torch.zeros(len(chosen), len(passages))
    for row, at in enumerate(chosen):
        wanted[row, [article for entry in gold[at] for article in entry]] = 1.0
    wanted /= wanted.sum(dim=1, keepdim=True)
    turn = torch.nn.Parameter(torch.zeros(size, size))
    optimiser = torch.optim.AdamW([turn], lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        rows = torch.randperm(len(questions))[:BATCH]
        some = normalize(questions[rows] + NOISE * torch.randn(len(rows), size), dim=1)
        nearness = normalize(some + some @ turn, dim=1) @ passages.T / TEMPERATURE
        loss = -(wanted[rows] * torch.log_softmax(nearness, dim=1)).sum(dim=1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return QuestionMap(mean, turn.detach().numpy())


if __name__ == "__main__":
    main()
