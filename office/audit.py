"""The audit log: who did what when. Entries are only added; the database refuses anything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from domain import UnusableInput, User
from office.database import Database
from office.schema import audit

ACTIONS = {
    "sign_in": "登录",
    "sign_in_refused": "登录被拒",
    "sign_out": "退出",
    "ask": "提问",
    "upload": "上传",
    "answer": "答复台账问题",
    "delete": "删除",
    "draft": "起草",
    "edit": "修改草稿",
    "review": "处理体检结果",
    "vouch": "核实数字",
    "hand_over": "提交和审核",
    "collect": "年度汇集",
    "export": "导出",
    "users": "管理用户",
    "settings": "更改设置",
    "backup": "备份",
    "restore": "恢复",
}
_HEADINGS = ("时间", "用户", "动作", "对象", "说明")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@dataclass(frozen=True)
class AuditEntry:
    """One line of the log; ``action`` is a key of ACTIONS."""

    at: datetime
    who: str
    action: str
    object: str
    detail: str


class Audit:
    """``mask`` takes identity and telephone numbers out of what is logged.

    Questions and drafts themselves are not logged: they may name applicants. ``object`` and
    ``detail`` say which conversation, section or file it was.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def record(self, who: User | str, action: str, object: str = "", detail: str = "") -> None:
        """Add a line; ``who`` is a name where nobody is signed in."""
        if action not in ACTIONS:
            raise ValueError(f"no such action: {action}")
        # A user may bear an applicant's name: who did it, and to which user, is what the log is for.
        name = who.name if isinstance(who, User) else self._mask(who)
        row = {"at": self._clock(), "who": name, "action": action}
        row |= {"object": object if action == "users" else self._mask(object), "detail": self._mask(detail)}
        with self._database.write() as connection:
            connection.execute(insert(audit).values(row))

    def entries(
        self,
        by: User,
        since: datetime | None = None,
        until: datetime | None = None,
        who: str = "",
        action: str = "",
        limit: int | None = 500,
    ) -> list[AuditEntry]:
        """The log, the latest line first, for administrators; ``until`` is not included."""
        if not by.administers:
            raise UnusableInput("只有管理员可以查看操作日志")
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if since:
            query = query.where(audit.c.at >= since)
        if until:
            query = query.where(audit.c.at < until)
        equal = {name: value for name, value in {"who": who, "action": action}.items() if value}
        query = query.filter_by(**equal)
        with self._database.read() as connection:
            return [
                AuditEntry(row.at, row.who, row.action, row.object, row.detail) for row in connection.execute(query)
            ]

    def as_csv(self, by: User, **filters: Any) -> str:
        """The log for a spreadsheet, in order, as ``entries`` filters it (write with a byte order mark)."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(_HEADINGS)
        for entry in reversed(self.entries(by, **filters, limit=None)):
            at, who, action, *rest = astuple(entry)
            writer.writerow([at.astimezone().isoformat(" ", "seconds"), *map(_inert, (who, ACTIONS[action], *rest))])
        return text.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell
