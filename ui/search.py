"""法规检索: search as one types, an article with its neighbours and versions, two versions, past citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import Hit, UnusableInput, User
from services import Gongkai
from ui import citations, found, versions
from ui.days import day_control, day_of
from ui.panels import empty
from ui.picking import pickable, picked
from ui.session import acting

ANY = "不限"
KINDS = {ANY: None, "法规": "regulation", "年度报告": "report"}
LEVELS = (ANY, "宪法", "法律", "行政法规", "部门规章", "地方性法规", "地方政府规章", "规范性文件")
STATES = (ANY, "现行有效", "尚未施行", "已被修订", "已废止", "效力未知")
MOST = 12
_QUIET = {"show_progress": "hidden"}
SHORT = {**_QUIET, "concurrency_id": "search", "concurrency_limit": 12}  # quickly done: none waits for another


@dataclass(eq=False)
class Looking:
    """What one browser page looks at: passages found for the words, the passage opened and its neighbours."""

    words: str = ""
    hits: Sequence[Hit] = ()
    open: Hit | None = None
    around: Sequence[Hit | None] = field(default=(None, None))


def search_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    at = gr.State(Looking())
    with gr.Tabs(elem_id="look-up") as pages:
        with gr.Tab("检索", id="find"):
            looked = _lay_out_search()
        with gr.Tab("版本对照", id="versions"):
            two = _lay_out_versions()
        with gr.Tab("往年引用", id="past-cited") as past:
            ended = gr.HTML(empty("正在查阅往年报告…"), elem_id="outdated")
    _wire_search(services, looked, at)
    _wire_opening(services, looked, two, at, pages)
    _wire_versions(services, two)

    @acting(services)
    def reviewed(user: User) -> str:
        return found.review(services.lookup.review_past(), lambda past: _label(services, past))

    past.select(reviewed, None, ended)


def _lay_out_search() -> SimpleNamespace:
    with gr.Row(equal_height=False):
        with gr.Column(scale=6, min_width=330):
            words = gr.Textbox(
                label="检索词",
                show_label=False,
                container=False,
                placeholder=found.START,
                elem_id="words",
                max_lines=1,
                max_length=200,
            )
            with gr.Row(elem_id="filters"):
                kind = gr.Dropdown(list(KINDS), value=ANY, label="种类", min_width=100, elem_id="kind")
                level = gr.Dropdown(list(LEVELS), value=ANY, label="效力层级", min_width=120, elem_id="level")
                state = gr.Dropdown(list(STATES), value=ANY, label="效力", min_width=110, elem_id="state")
                day = day_control("按哪一天判断", "on-day", min_width=140)
            hits = pickable(empty(found.START), elem_id="found")
        with gr.Column(scale=5, min_width=300):
            opened = pickable(empty("点条文的名称，在这里看全文、前后条文和各个版本。"), elem_id="opened")
    return SimpleNamespace(words=words, kind=kind, level=level, state=state, day=day, hits=hits, opened=opened)


def _lay_out_versions() -> SimpleNamespace:
    with gr.Row(elem_id="choose-versions"):
        title = gr.Dropdown([], label="有多个版本的法规", elem_id="versions-of", scale=3)
        old = gr.Dropdown([], label="较早的版本", elem_id="older", scale=2)
        new = gr.Dropdown([], label="较晚的版本", elem_id="newer", scale=2)
        changes = gr.Checkbox(True, label="只看有变动的条文", elem_id="only-changes", scale=1)
    both = gr.HTML(empty("选一部法规，看两个版本有什么不同。"), elem_id="versions")
    return SimpleNamespace(title=title, old=old, new=new, changes=changes, both=both)


def _wire_search(services: Gongkai, looked: SimpleNamespace, at: gr.State) -> None:
    @acting(services)
    def search(user: User, at: Looking, words: str, kind: str, level: str, state: str, day: str) -> str:
        narrowed = {name: "" if chosen == ANY else chosen for name, chosen in (("level", level), ("status", state))}
        asked = (words or "").strip()
        at.words, at.hits = asked, ()
        if asked:
            at.hits = services.lookup.look_up(asked, k=MOST, kind=KINDS.get(kind), as_of=day_of(day), **narrowed)
        return found.hits(at.hits, asked)

    narrowing = [looked.kind, looked.level, looked.state, looked.day]
    # Words by ``change``: Gradio raises ``input`` for keys alone, and Chinese comes from an input method.
    for event in (looked.words.change, *(control.input for control in narrowing)):
        event(search, [at, looked.words, *narrowing], looked.hits, trigger_mode="always_last", **SHORT)


def _wire_opening(
    services: Gongkai, looked: SimpleNamespace, two: SimpleNamespace, at: gr.State, pages: gr.Tabs
) -> None:
    @acting(services)
    def open_one(user: User, at: Looking, day: str, event: gr.EventData):
        kind, _, rest = picked(event).partition(":")
        if kind == "compare":
            return gr.skip(), gr.Tabs(selected="versions"), gr.Dropdown(_titles(services), value=rest)
        at.open = hit = _meant(services, at, kind, rest, day_of(day))
        return _opened(services, at, hit, day_of(day)), gr.skip(), gr.skip()

    @acting(services)
    def judge_anew(user: User, at: Looking, day: str):
        if at.open is None:
            return gr.skip()
        at.open = hit = services.lookup.judged(at.open, day_of(day))
        return _opened(services, at, hit, day_of(day))

    for source in (looked.hits, looked.opened):
        source.click(open_one, [at, looked.day], [looked.opened, pages, two.title], **_QUIET)
    looked.day.input(judge_anew, [at, looked.day], looked.opened, **_QUIET)


def _meant(services: Gongkai, at: Looking, kind: str, rest: str, day: date) -> Hit:
    """The passage that a button stands for; a neighbour is of the version that is open."""
    try:
        if kind == "found":
            return at.hits[int(rest)]
        no, sub, title = rest.split(":", 2)
        place = (title, int(no), int(sub))
    except (ValueError, IndexError) as error:  # the browser may send anything
        raise UnusableInput("这一条已经不在结果里，请重新检索") from error
    beside = next((hit for hit in at.around if hit and (hit.title, hit.article_no, hit.article_sub) == place), None)
    hit = beside or services.lookup.article(*place, day)
    if hit is None:
        raise UnusableInput(f"《{title}》的这一条没有收录")
    return hit


def _opened(services: Gongkai, at: Looking, hit: Hit, day: date) -> str:
    at.around = services.lookup.beside(hit, day)
    known = found.versions(hit.title, services.lookup.versions(hit.title)) if hit.kind == "regulation" else ""
    return citations.opened(hit, day, at.around, at.words, returning="回到结果", below=known, shortest=found.SHORTEST)


def _label(services: Gongkai, past: Any) -> str:
    """第十七条 as texts write it; in figures where the regulation is not held."""
    if not past.article_no:
        return ""
    held = services.lookup.article(past.title, past.article_no, past.article_sub)
    return held.article if held else f"第{past.article_no}条{f'之{past.article_sub}' if past.article_sub else ''}"


def _titles(services: Gongkai) -> list[str]:
    """Regulations of which more than one version is held."""
    titles = [
        held["title"] for held in services.library.documents() if held["kind"] == "regulation" and not held["beside"]
    ]
    return sorted({title for title in titles if titles.count(title) > 1})


def _wire_versions(services: Gongkai, two: SimpleNamespace) -> None:
    @acting(services)
    def titles(user: User):
        return gr.Dropdown(_titles(services))

    @acting(services)
    def chosen(user: User, title: str, changes: bool):
        held = [each for each in services.lookup.versions(title or "") if each.id]
        if len(held) < 2:
            return gr.Dropdown([], value=None), gr.Dropdown([], value=None), empty("资料库里这部法规只有一个版本。")
        names = [(found.since(each), each.id) for each in held]
        text = _compared(services, title, held[1].id, held[0].id, changes)
        return gr.Dropdown(names, value=held[1].id), gr.Dropdown(names, value=held[0].id), text

    @acting(services)
    def compare(user: User, title: str, old: str, new: str, changes: bool):
        return _compared(services, title, old, new, changes) if old and new else gr.skip()

    two.title.focus(titles, None, two.title, **_QUIET)
    two.title.change(chosen, [two.title, two.changes], [two.old, two.new, two.both])
    for control in (two.old, two.new, two.changes):
        control.input(compare, [two.title, two.old, two.new, two.changes], two.both)


def _compared(services: Gongkai, title: str, old: str, new: str, changes: bool) -> str:
    names = {each.id: found.since(each) for each in services.lookup.versions(title)}
    before, after = ((names.get(id, ""), services.library.passages(id)) for id in (old, new))
    return versions.compared(before, after, changes)
