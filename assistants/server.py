"""The tools as an MCP server; whatever goes wrong is told in one Chinese sentence."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable
from importlib import metadata
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.types import ToolAnnotations
from pydantic import ValidationError

from assistants.tools import Tools
from domain import ModelUnavailable, UnusableInput
from services import Gongkai

INSTRUCTIONS = (
    "政府信息公开工作年度报告的助手，资料都在本机。引用条文前先用 search 或 cite_check 核对；"
    "数字只用 tables 或 ask 给出的，不要自己计算；ask 的 refused 为 true 时照实说没有找到依据。"
    "文件写完整路径。所有工具只读，不改动任何文件。"
)
_FAULTS = {
    "missing": "没有填",
    "literal_error": "的值无法使用",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "model_type": "应为对象",
    "extra_forbidden": "不是这里的参数",
}
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class ChineseServer(MCPServer[Any]):
    """An MCP server whose errors are the sentences that users of gongkai read elsewhere."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """As the library's; ToolError with a Chinese sentence."""
        known = {tool.name: set(tool.input_schema["properties"]) for tool in await self.list_tools()}
        if name not in known:
            raise ToolError(f"没有“{name}”这个工具，可用：{'、'.join(known)}")
        if strange := [each for each in arguments if each not in known[name]]:
            raise ToolError(f"没有“{strange[0]}”这个参数，可用：{'、'.join(sorted(known[name]))}")
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            raise UnexpectedToolError(f"{name} 没有完成：程序内部出错，详情在服务的日志里") from error.__cause__
        except ToolError as error:
            cause = error.__cause__
            raise ToolError(_wrong_argument(cause) if isinstance(cause, ValidationError) else str(cause)) from cause


def server_of(services: Gongkai) -> ChineseServer:
    """The server of one data folder; nothing is opened before the first call."""
    server = ChineseServer(
        "gongkai",
        title="公开（gongkai）",
        instructions=INSTRUCTIONS,
        version=metadata.version("gongkai"),
        log_level="WARNING",
    )
    for title, tool in Tools(services).all():
        server.add_tool(
            _told(tool), tool.__name__, title, _description(tool), annotations=_READ_ONLY, structured_output=True
        )
    return server


def serve_stdio(services: Gongkai) -> None:
    """Answer on standard output what comes by standard input, until that ends."""
    _quiet()
    server_of(services).run("stdio")


def _told(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool, with what its user can mend as an error that the library passes on."""

    @functools.wraps(tool)
    def called(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return tool(*args, **kwargs)
        except UnusableInput as error:
            raise ToolError("\n".join((str(error), *error.problems[1:]))) from error
        except ModelUnavailable as error:
            raise ToolError(str(error)) from error

    return called


def _description(tool: Callable[..., Any]) -> str:
    return "\n".join(line.strip() for line in (tool.__doc__ or "").splitlines() if line.strip())


def _wrong_argument(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"]) or "参数"
    expected = fault.get("ctx", {}).get("expected", "") if fault["type"] == "literal_error" else ""
    words = [word for word in re.findall("'([^']*)'", expected) if word]
    choices = f"，可选：{'、'.join(words)}" if words else ""
    return f"参数 {place} {_FAULTS.get(fault['type'], '的值无法使用')}{choices}"


def _quiet() -> None:
    """The library's remarks (a token that failed, a request that was cut off) are none for the user's console."""
    logging.getLogger("mcp").setLevel(logging.ERROR)
