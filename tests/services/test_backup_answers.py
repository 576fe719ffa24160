"""A backup made while others work gives back the answers and the drafts of before."""

import json
import shutil
import threading
from itertools import count

import pytest

from services import EXAMPLES, Gongkai, last_result
from settings import load_settings

QUESTIONS = (
    "申请人反复大量提交申请怎么办？",
    "能不能延期，最多延多久？",
    "哪些条款管企业环境信息披露？",
    "年度报告最迟什么时候公布？",
    "不予公开要告诉申请人什么？",
    "2024年新收多少件申请？",
    "今天中午吃什么？",
)
TYPED = "备份以前写下的一句话。"


def answers(services):
    """Everything that is told of each question, but for how long it took."""
    told = [last_result(services.answers.ask(question)).as_json() for question in QUESTIONS]
    return [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in told]


def opened(home, monkeypatch):
    monkeypatch.setenv("GONGKAI_HOME", str(home))
    monkeypatch.setenv("GONGKAI_LLM", "none")
    return Gongkai(load_settings())


def other_work(services, user, ledger, folder, stop, done):
    """Texts are taken in, questions kept and sentences typed, one after the other until told to stop."""
    conversation = services.conversations.start(user).id
    for number in count():
        if stop.is_set():
            return
        text = folder / f"第{number}号水井办法.md"
        text.write_text(f"# 第{number}号水井办法\n\n第一条　水井由村民共用。\n\n第二条　每年清淤。\n", encoding="utf-8")
        services.library.ingest([text])
        services.conversations.ask(user, conversation, f"第{number}问", None)
        base = services.sheets.sheet("problems", ledger).text
        services.sheets.keep_text(user, ledger, "problems", f"{base}\n第{number}句。", [base])
        done.append(number)


@pytest.mark.slow
@pytest.mark.embedding
def test_a_backup_under_load_gives_the_same_answers_and_drafts(filled_home, tmp_path, monkeypatch):
    services = opened(shutil.copytree(filled_home, tmp_path / "data"), monkeypatch)
    user = services.people.local()
    ledger = services.ledgers.compute(EXAMPLES / "台账示例-2025.xlsx")
    services.sheets.keep_draft(user, ledger, last_result(services.writing.draft("problems", ledger, with_model=False)))
    base = services.sheets.sheet("problems", ledger).text
    services.sheets.keep_text(user, ledger, "problems", f"{base}\n{TYPED}", [base])
    before = answers(services)
    stop, done = threading.Event(), []
    worker = threading.Thread(target=other_work, args=(services, user, ledger, tmp_path, stop, done))
    worker.start()
    try:
        while len(done) < 2 and worker.is_alive():
            stop.wait(0.05)
        at_least = len(done)
        file = services.safekeeping.backup(tmp_path / "备份.zip")
        at_most = len(done) + 1
    finally:
        stop.set()
        worker.join()
    assert at_least >= 2 and len(done) >= at_least
    services.close()

    again = opened(tmp_path / "again", monkeypatch)
    again.safekeeping.restore(file)
    again.close()
    again = opened(tmp_path / "again", monkeypatch)
    assert answers(again) == before
    text = again.sheets.sheet("problems", ledger).text
    typed = sum(f"第{number}句。" in text for number in range(at_most + 1))
    assert TYPED in text and at_least <= typed <= at_most
    again.close()
