"""Taking in: the vectors of passages, by gongkai and by sentence-transformers in fp32 with the same weights."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import ingest
from bench.ingest import REGISTRY
from ingest.cards import load_aliases
from store import load_embedder, open_knowledge

SEED, PASSAGES, ROUNDS = 20261130, 240, 2


def measure(options: Any) -> None:
    """So many passages of the official texts, in turn; and the whole way from file to knowledge base for a few files."""
    from sentence_transformers import SentenceTransformer

    paths = list(ingest.files([options.shared / "regulations"]))
    _, raw = busy(lambda: [path.read_bytes() for path in paths])
    read, reading = busy(lambda: [ingest.read(path) for path in paths])
    texts = [passage.text for document in read for passage in document.passages]
    some = random.Random(SEED).sample(texts, min(PASSAGES, len(texts)))
    embedder = load_embedder(str(options.embedding))
    plain = SentenceTransformer(str(options.embedding), device="cpu")
    ways: dict[str, Callable[[], np.ndarray]] = {
        "gongkai": lambda: embedder.embed_passages(some),
        "sentence-transformers，fp32": lambda: np.asarray(
            plain.encode(some, prompt_name="passage", normalize_embeddings=True, show_progress_bar=False)
        ),
    }
    vectors: dict[str, np.ndarray] = {}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()  # the first time loads
    for _ in range(ROUNDS):
        for name, way in ways.items():
            vectors[name], seconds = busy(way)
            spent[name].append(seconds)
    slow = min(spent["sentence-transformers，fp32"])
    print(f"| {len(some)} 段（种子 {SEED}），{ROUNDS} 次中快的 | 处理器秒 | 每处理器秒几段 | 之比 |\n|---|---|---|---|")
    for name, seconds in spent.items():
        print(f"| {name} | {min(seconds):.1f} | {len(some) / min(seconds):.0f} | {min(seconds) / slow:.2f} |")
    cosines = np.sum(vectors["gongkai"] * vectors["sentence-transformers，fp32"], axis=1)
    print(
        f"\n同一段的两个向量的余弦：最小 {cosines.min():.4f}，百分之五 {np.percentile(cosines, 5):.4f}，中位 {np.median(cosines):.4f}"
    )
    _, whole = busy(lambda: taken_in(embedder, read[:4]))
    count = sum(len(document.passages) for document in read[:4])
    print(
        f"\n收入 {len(read[:4])} 部（{count} 段，向量、入库、索引）：每段处理器 {1000 * whole / count:.1f} 毫秒，"
        f"向量以外 {1000 * (whole / count - min(spent['gongkai']) / len(some)):.1f} 毫秒。"
        f"下限：读 {len(paths)} 个文件的字节 {1000 * raw:.0f} 毫秒，认成 {len(texts)} 条 {reading:.1f} 秒（每条 {1000 * reading / len(texts):.2f} 毫秒）"
    )


def taken_in(embedder: Any, documents: list[Any]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        knowledge = open_knowledge(Path(home), embedder, registry_file=REGISTRY, aliases=load_aliases())
        for _ in knowledge.add_all(documents):
            pass
        knowledge.search("预备")


def busy(act: Callable[[], Any]) -> tuple[Any, float]:
    """What ``act`` gives, and the processor seconds that it took."""
    begun = time.process_time()
    result = act()
    return result, time.process_time() - begun
