# -*- coding: utf-8 -*-
"""What ./run and ./test share: a fresh machine becomes one that can start. Standard library only.

The order: a Python that is new enough, the virtual environment ``.venv``, the pinned packages, the
program itself, the weights. Each step says in Chinese what it does, and leaves a stamp only when
it is done, so that the next start passes over it and an interrupted one is made good.

An older Python must be able to read this file in order to say that it is too old: no syntax newer
than Python 3.6, annotations included.
"""

import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NEWER = ("python3.11", "python3.12", "python3.13")
INSTALLED = VENV / "gongkai.json"
UNFINISHED = VENV / "gongkai.unfinished"
ROOM = 3 << 30  # what the packages take, unpacked, with a margin
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")


class SetupFailed(Exception):
    """Set-up cannot go on; ``str(error)`` says in Chinese what to do."""


def say(line):
    """One line for whoever is watching, on standard error: results alone go to standard output."""
    print(line, file=sys.stderr, flush=True)


def prepare_console():
    """Let no message fail on a console that lacks a character (GB18030, ASCII)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def require_python(script):
    """Go on with a Python that is new enough, starting ``script`` again with one where need be."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found and _is_new_enough(found):
            raise SystemExit(subprocess.call([found, str(script)] + sys.argv[1:]))
    raise SystemExit(
        "需要 Python 3.11 或更新的版本，当前是 {}.{}。请安装后再运行，例如：python3.11 {}"
        " (Python 3.11 or newer is required)".format(sys.version_info[0], sys.version_info[1], script.name)
    )


def _is_new_enough(python):
    check = "import sys; sys.exit(sys.version_info < {!r})".format(OLDEST)
    # The name may stand for a version manager's placeholder that fails when it is called.
    return subprocess.call([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def venv_python():
    """The interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare_environment(extras=()):
    """Make ``.venv`` complete: pinned packages, with ``extras`` groups, and the program itself.

    Returns the running byte-compilation where packages were installed (wait for it or not), else
    None. Raises SetupFailed.
    """
    if is_installed(extras):
        return None
    if UNFINISHED.exists() or not _runs(venv_python()):
        _create_venv()
    UNFINISHED.write_text("", encoding="utf-8")
    _install(extras)
    INSTALLED.write_text(json.dumps({"fingerprint": fingerprint(), "extras": sorted(extras)}), encoding="utf-8")
    UNFINISHED.unlink()
    return _start_compiling()


def is_installed(extras=()):
    """Whether ``.venv`` was completed for this very project, Python and list of packages."""
    try:
        known = json.loads(INSTALLED.read_text(encoding="utf-8"))
        same = known["fingerprint"] == fingerprint() and set(extras) <= set(known["extras"])
    except (OSError, ValueError, KeyError):
        return False  # nothing is there yet, or a stamp that cannot be relied on
    return same and venv_python().exists() and not UNFINISHED.exists()


def fingerprint():
    """What the environment depends on: the packages asked for, its own Python, the project's place.

    Its own Python, not the one that runs this: starting with another one later changes nothing.
    """
    total = hashlib.sha256()
    for name in ("pyproject.toml", "requirements.lock"):
        # Line ends may differ between a checkout on Windows and one on Linux.
        total.update((ROOT / name).read_bytes().replace(b"\r\n", b"\n"))
    total.update((VENV / "pyvenv.cfg").read_bytes())
    total.update("{}|{}".format(os.path.realpath(str(venv_python())), ROOT).encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _runs(python):
    return python.exists() and subprocess.call([str(python), "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0


def _create_venv():
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupFailed("这个 Python 不带 venv：请先安装 python3-venv（例如 sudo apt install python3-venv）")
    free = shutil.disk_usage(str(ROOT)).free
    if free < ROOM:
        raise SetupFailed("磁盘空间不够：安装需要 3 GB，{} 所在的磁盘还剩 {:.1f} GB".format(ROOT, free / 2**30))
    say("正在建立虚拟环境 .venv …")
    _call([sys.executable, "-m", "venv", "--clear", str(VENV)], "虚拟环境 .venv 没有建成，原因见上")


def _install(extras):
    """The packages, each at the version of the lock, and then the program as a link to this folder."""
    say("正在安装依赖的软件包（第一次约 2 GB，需要几分钟）…")
    packages = _packages(extras)
    # Byte-compiling 20,000 files one after another takes longer than installing them: it is done
    # afterwards, on all cores, while the weights are fetched.
    command = ["install", "--no-compile", "--progress-bar=off", "-c", str(ROOT / "requirements.lock")]
    _pip(command + packages, "软件包没有装好，原因见上；请检查网络后再运行一次，已下载的不会重来")
    link = ["install", "--no-build-isolation", "--no-deps", "--config-settings", "editable_mode=compat"]
    _pip(link + ["--editable", str(ROOT)], "gongkai 命令没有装好，原因见上")


def _packages(extras):
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    chosen = list(project["dependencies"]) + ["setuptools"]
    for group in extras:
        chosen += project["optional-dependencies"][group]
    return chosen


def _pip(arguments, failure):
    """Run pip; its several hundred lines become one that changes."""
    collected = [0]

    def show(words):
        if words[:1] == ["Collecting"]:
            collected[0] += 1
            _show_step("  第 {} 个：{}".format(collected[0], words[1]))
        elif words[:1] == ["Downloading"] and words[-1] == "MB)":
            _show_step("  第 {} 个：下载 {}".format(collected[0], " ".join(words[1:])[:50]))
        elif words[:2] == ["Installing", "collected"]:
            _show_step("  写入 {} 个软件包 …".format(len(words) - 3))

    _call([str(venv_python())] + list(PIP) + arguments, failure, show)


def _call(command, failure, show=lambda words: None):
    """Run ``command`` with its words kept back; raise SetupFailed, with its last ones, where it fails.

    Kept back also because another program's traceback is no answer to somebody's Ctrl-C.
    """
    said = []
    with subprocess.Popen(
        command, cwd=str(ROOT), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        for line in running.stdout or ():
            said.append(line.decode("utf-8", "replace").rstrip())
            show(said[-1].split())
    _show_step("")
    if running.returncode != 0:
        faults = [line for line in said if line.startswith("ERROR")] or said
        raise SetupFailed("\n".join(faults[-8:] + [failure]))


def _show_step(line):
    """Overwrite the last such line on a terminal; say nothing where lines go to a file."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + line if os.name != "nt" else "\r" + line.ljust(76))
        sys.stderr.write("\r" if not line else "")
        sys.stderr.flush()


def _start_compiling():
    """Byte-compile the packages beside whatever comes next; the first start is then no slower."""
    libraries = VENV / "Lib" / "site-packages" if os.name == "nt" else VENV / "lib"
    return subprocess.Popen(
        [str(venv_python()), "-m", "compileall", "-q", "-j", "0", str(libraries)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wanted_weights(with_model):
    """The names of the weights that the settings leave to set-up."""
    from weights.locate import setting

    wanted = [] if setting("embedding") else ["embedding"]
    # An office that has named another model, or none, needs no gigabyte of ours.
    if with_model and setting("llm") in ("", "local") and not setting("llm_gguf"):
        wanted.append("chat")
    return wanted


def prepare_weights(names):
    """Fetch what is missing. A failure is told, and stops nothing: the program works without."""
    from weights.locate import default_folder
    from weights.stamp import is_verified

    folder = default_folder().absolute()
    missing = [name for name in names if not is_verified(folder, name)]
    if not missing:
        return
    say("正在准备模型权重（文件夹 {}）…".format(folder))
    command = [str(venv_python()), "-m", "weights.fetch", "--folder", str(folder)] + missing
    if subprocess.call(command, cwd=str(ROOT)) == 130:
        raise KeyboardInterrupt


def add_laws():
    """Take the statute library into the knowledge base. A failure is told, and stops nothing."""
    say("正在收入法律条文库 …")
    if subprocess.call([str(venv_python()), str(ROOT / "app.py"), "laws"]) == 130:
        raise KeyboardInterrupt


def finish_compiling(compiling):
    """Wait for what ``prepare_environment`` started."""
    if compiling is not None and compiling.poll() is None:
        say("正在编译软件包，以后启动更快 …")
        compiling.wait()


def find_browser():
    """The path of a Chromium, Chrome or Edge on this machine, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"):
        found = shutil.which(name)
        if found:
            return Path(found)
    places = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")]
    for place in filter(None, places):
        for inside in ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe"):
            if (Path(place) / inside).exists():
                return Path(place) / inside
    return None


def hand_over(arguments):
    """Become ``python ARGUMENTS`` of the virtual environment, in this working folder; does not return."""
    command = [str(venv_python())] + [str(argument) for argument in arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows has no exec: the child gets Ctrl-C from the console itself, and this waits for its end.
    child = subprocess.Popen(command)
    while True:
        try:
            raise SystemExit(child.wait())
        except KeyboardInterrupt:
            continue


def guard(main):
    """Run ``main``; faults that set-up knows become one Chinese sentence, Ctrl-C a quiet end."""
    prepare_console()
    try:
        return main()
    except SetupFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        say("\n已中断；再次运行时从断开的地方继续。")
        return 130
