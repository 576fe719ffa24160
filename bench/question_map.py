"""Learns store/question_map.npz, and measures it on articles that it has not seen.

    python bench/question_map.py QUESTIONS.jsonl STATUTES.jsonl [--weights models] [--cache FOLDER] [--write]

QUESTIONS: {"q": …, "gold": [[id, …], …]} a line, lay questions and the articles that answer them
(STARD, MIT licence); STATUTES: {"id": …, "text": "title 第…条 text"} a line. Two linear maps of the
question's vector, towards texts and towards titles, are learned by comparing it with all articles at once (softmax). First
each eighth of the questions is answered with maps learned from the others, also counting only
those none of whose articles occur in these others; ``--write`` then learns from all of them.
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
from store.asking import LEARNED, PROBE, WITH_PLACE, QuestionMap
from weights import locate

STEPS, BATCH, TEMPERATURE, RATE, DECAY, NOISE = 50, 128, 0.05, 1e-3, 0.3, 0.02
"""Few steps and some noise: more of them answer the questions learned from, and no others."""
FOLDS = 8
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
    folds(asked, gold, articles)
    if options.write:
        learned = learn(asked, gold, articles, range(len(gold)))
        probe = embedder.embed_query(PROBE)
        parts = {name: getattr(learned, name).astype(np.float16) for name in ("mean", "to_texts", "to_places")}
        np.savez_compressed(LEARNED, probe=probe, **parts)
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


def folds(asked: np.ndarray, gold: Sequence[Any], articles: Articles) -> None:
    """Print recall with and without maps learned from the questions of the other folds."""
    without = QuestionMap.unmoved(articles.texts.mean(axis=0))
    lengths = without.lengths(articles.texts, articles.places, np.arange(len(articles.texts)))
    names = ("as asked", "turned", "as asked, new articles", "turned, new articles")
    rows: dict[str, list[list[float]]] = {name: [] for name in names}
    for fold in range(FOLDS):
        others = [at for at in range(len(gold)) if at % FOLDS != fold]
        learned = learn(asked, gold, articles, others)
        seen = {article for at in others for entry in gold[at] for article in entry}
        for at in range(fold, len(gold), FOLDS):
            new = not any(article in seen for entry in gold[at] for article in entry)
            for name, using in (("as asked", without), ("turned", learned)):
                turned = using.turned(asked[at])
                scores = using.nearness(turned, articles.texts @ turned[0], articles.places @ turned[1], lengths)
                found = recall(scores, gold[at])
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
    """The maps that bring the chosen questions nearest to their articles. Deterministic on one machine."""
    import torch
    from torch.nn.functional import normalize

    torch.manual_seed(0)
    mean = articles.texts.mean(axis=0)
    size = asked.shape[1]
    still = QuestionMap.unmoved(mean)
    lengths = still.lengths(articles.texts, articles.places, np.arange(len(articles.texts)))[:, None]
    texts = torch.tensor((articles.texts - mean) / lengths)
    places = torch.tensor(WITH_PLACE * (articles.places - mean) / lengths)
    questions = torch.tensor(np.stack([still.centred(asked[at]) for at in chosen]))
    wanted = torch.zeros(len(chosen), len(texts))
    for row, at in enumerate(chosen):
        wanted[row, [article for entry in gold[at] for article in entry]] = 1.0
    wanted /= wanted.sum(dim=1, keepdim=True)
    turns = [torch.nn.Parameter(torch.zeros(size, size)) for _ in range(2)]
    optimiser = torch.optim.AdamW(turns, lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        rows = torch.randperm(len(questions))[:BATCH]
        some = normalize(questions[rows] + NOISE * torch.randn(len(rows), size), dim=1)
        by_text, by_place = (normalize(some + some @ turn, dim=1) for turn in turns)
        nearness = (by_text @ texts.T + by_place @ places.T) / TEMPERATURE
        loss = -(wanted[rows] * torch.log_softmax(nearness, dim=1)).sum(dim=1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return QuestionMap(mean, *(turn.detach().numpy() for turn in turns))


if __name__ == "__main__":
    main()
