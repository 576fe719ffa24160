"""A search tool of an MCP server, called by the official client over standard input and output.

Job: ``command``, ``arguments`` and ``environment`` of the server, ``tool``, ``named`` (the tool's parameter that
takes the question), ``more`` (its other arguments), ``questions``.
Answer: ``found`` (the structured results of each question), ``ms`` of each call, ``first`` (of the first one),
``processor`` (seconds of the server for all but the first, null where the system does not tell).
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client


def busy():
    """The processor seconds of this process's children that are running."""
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not own.is_file():
        return None
    ticks = 0
    for child in own.read_text().split():
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def ask(job):
    program = StdioServerParameters(
        command=job["command"], args=job["arguments"], env=os.environ | job.get("environment", {})
    )
    found, ms = [], []
    async with Client(stdio_client(program), read_timeout_seconds=300) as client:
        before = None
        for question in [job["questions"][0], *job["questions"]]:  # the first one opens what it searches
            clock = time.perf_counter()
            result = await client.call_tool(job["tool"], {job["named"]: question, **job["more"]})
            ms.append(1000 * (time.perf_counter() - clock))
            found.append(result.structured_content)
            before = busy() if before is None else before
        after = busy()
    processor = None if after is None else after - before
    return {"found": found[1:], "ms": ms[1:], "first": ms[0], "processor": processor}


if __name__ == "__main__":
    answer = asyncio.run(ask(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    Path(sys.argv[2]).write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
