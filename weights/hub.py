"""A file on a model hub, with the size and SHA-256 that the hub itself states.

Two hubs are known: the Hugging Face hub or a mirror of it (``HF_ENDPOINT``), and ModelScope where
its address is given (``GONGKAI_MODELSCOPE``). A hub that does not answer within a few seconds is
left out, so that a machine without access to it does not wait.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from weights.manifest import HubFile
from weights.registry import NotFetched

REACH = httpx.Timeout(4.0)
TRANSFER = httpx.Timeout(60.0, connect=10.0)
ATTEMPTS = 5
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Offer:
    """What a hub says of a file: where it is, how long, and its checksum."""

    url: str
    bytes: int
    sha256: str


def ask(source: HubFile, endpoint: str) -> Offer:
    """The hub's own statement about the file; NotFetched when there is none.

    ``endpoint`` is the hub's address; empty means the Hugging Face hub's default or HF_ENDPOINT.
    """
    try:
        offer = _ask_modelscope(source, endpoint) if source.hub == "modelscope" else _ask_huggingface(source, endpoint)
    except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        raise NotFetched(f"模型库没有给出 {source.repository}/{source.file}（{type(error).__name__}）") from error
    if not SHA256.fullmatch(offer.sha256) or offer.bytes <= 0:
        raise NotFetched(f"模型库没有给出 {source.file} 的校验值，不能核对，未下载")
    return offer


def _ask_huggingface(source: HubFile, endpoint: str) -> Offer:
    import huggingface_hub
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE and not endpoint:
        raise NotFetched("已设置 HF_HUB_OFFLINE，不访问模型库")
    httpx.head(endpoint or constants.ENDPOINT, timeout=REACH)
    url = huggingface_hub.hf_hub_url(source.repository, source.file, endpoint=endpoint or None)
    said = huggingface_hub.get_hf_file_metadata(url, token=False, timeout=10, endpoint=endpoint or None)
    return Offer(url, said.size or 0, said.etag or "")


def _ask_modelscope(source: HubFile, endpoint: str) -> Offer:
    if not endpoint:
        raise NotFetched("没有设置 GONGKAI_MODELSCOPE")
    base = f"{endpoint.rstrip('/')}/api/v1/models/{source.repository}/repo"
    answer = httpx.get(f"{base}/files", params={"Revision": "master", "Recursive": "true"}, timeout=REACH)
    rows = answer.raise_for_status().json()["Data"]["Files"]
    row = next(row for row in rows if row["Path"] == source.file)
    url = httpx.URL(base, params={"Revision": "master", "FilePath": source.file})
    return Offer(str(url), int(row["Size"]), str(row["Sha256"]))


def download(offer: Offer, into: Path, advance: Callable[[int], object]) -> None:
    """Fetch the file into ``into``, going on where an earlier run stopped, and verify it.

    Raises NotFetched when the transfer keeps failing (what has come stays for the next run) or the
    file is not the one that the hub stated (it is then removed).
    """
    have = into.stat().st_size if into.exists() else 0
    advance(have)
    for attempt in range(ATTEMPTS):
        try:
            _go_on(offer, into, advance)
            break
        except httpx.HTTPError as error:
            if attempt == ATTEMPTS - 1:
                raise NotFetched(f"下载中断（{type(error).__name__}），下次运行时继续") from error
    if _digest(into) != offer.sha256:
        into.unlink()
        raise NotFetched("下载的文件与模型库给出的校验值（SHA-256）不符，已丢弃")


def _go_on(offer: Offer, into: Path, advance: Callable[[int], object]) -> None:
    have = into.stat().st_size if into.exists() else 0
    if have > offer.bytes:
        into.unlink()
        advance(-have)
        have = 0
    if have == offer.bytes:
        return
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with httpx.stream("GET", offer.url, headers=headers, timeout=TRANSFER, follow_redirects=True) as answer:
        answer.raise_for_status()
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        if have and not resumed:
            advance(-have)
        with into.open("ab" if resumed else "wb") as out:
            for chunk in answer.iter_raw():
                out.write(chunk)
                advance(len(chunk))
    if into.stat().st_size < offer.bytes:
        raise httpx.ReadError("the transfer ended early")


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
