"""Every setting once: name, default, help.

Nothing else reads the environment, but for set-up: ``bootstrap`` and ``weights`` run before this
module's library is installed and look up the few settings that they need themselves.

Each setting is the environment variable ``GONGKAI_<NAME>`` and, in lower case without the prefix,
a key of an optional ``gongkai.toml`` (in the working folder, else beside this file). The
environment wins. What an administrator chooses in the workbench (the models) stands in
``settings.toml`` of the data folder, so that it belongs to a backup; it counts where neither the
environment nor ``gongkai.toml`` says anything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

import durable
from domain import UnusableInput

ROOT = Path(__file__).resolve().parent
SETTINGS_FILE = "gongkai.toml"
CHOSEN_FILE = "settings.toml"
CHOICES = ("llm", "llm_model", "llm_api_key", "llm_gguf", "embedding")
"""What can be chosen in the workbench."""
_LARGEST = 256 << 10  # bytes
_STRANGE = re.compile("[＝\u3000\u00a0\ufeff\\x00-\\x08\\x0b-\\x1f\\x7f]")


class Settings(BaseSettings):
    """All settings; the descriptions are the help shown in the README's table."""

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_ignore_empty=True, extra="forbid")

    home: Path = Field(default=ROOT / "data", description="数据文件夹：知识库、用户、对话、台账、文稿、操作记录和设置")
    weights: Path = Field(default=ROOT / "models", description="模型权重文件夹（可与其他安装共用）")
    llm: str = Field(
        default="",
        description="对话模型：none（不用模型）、local（本机权重）或兼容 OpenAI 的地址（…/v1）；"
        "不填时有本机权重就用 local，没有就不用模型",
    )
    llm_model: str = Field(default="", description="端点上的模型名称；不填时取端点列出的第一个")
    llm_api_key: str = Field(default="", description="端点的密钥（不写入日志，不显示）")
    llm_gguf: Path | None = Field(default=None, description="local 使用的 GGUF 权重文件；不填时用自动下载的权重")
    embedding: str = Field(default="", description="向量模型：sentence-transformers 的名称或文件夹；不填时用内置权重")
    database_url: str = Field(
        default="",
        description="几台工作台共用的 PostgreSQL 数据库，如 postgresql://用户:密码@主机/数据库"
        "（[部署](docs/deployment.md)）；不填时用数据文件夹里的 office.db",
    )
    chroma_url: str = Field(default="", description="Chroma 服务器地址；不填时用内嵌数据库")
    names: str = Field(
        default="", description="工作台的其他主机名，用逗号隔开；经反向代理打开的写那里的名称（连同端口）"
    )
    users: Path | None = Field(default=None, description="用户与密码散列文件（每行 用户名:散列）；不填时不需要登录")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = {name: value for name, value in _read(settings_file()).items() if value != ""}  # as of a variable
        said = (init_settings, env_settings, InitSettingsSource(settings_cls, file))
        home = next((values["home"] for source in said if (values := source()).get("home")), ROOT / "data")
        if not isinstance(home, str | Path) or "\0" in str(home):
            raise UnusableInput(f"设置项 home 无法使用，请核对 GONGKAI_HOME 或 {SETTINGS_FILE}")
        return *said, InitSettingsSource(settings_cls, dict(chosen(Path(home))))


def settings_file() -> Path:
    """The ``gongkai.toml`` in the working folder, else the one beside this file (it may be absent)."""
    here = Path.cwd() / SETTINGS_FILE
    return here if here.is_file() else ROOT / SETTINGS_FILE


def load_settings(**given: Any) -> Settings:
    """The settings in force, ``given`` ones first; UnusableInput names what cannot be used."""
    try:
        settings = Settings(**given)
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        if error.errors()[0]["type"] == "extra_forbidden":
            named = "、".join(Settings.model_fields)
            raise UnusableInput(f"{settings_file()} 中的 {name} 不是设置项，可以写的是：{named}") from error
        raise UnusableInput(f"设置项 {name} 无法使用，请核对 GONGKAI_{name.upper()} 或 {SETTINGS_FILE}") from error
    for name in Settings.model_fields:
        if "\0" in str(getattr(settings, name)):
            raise UnusableInput(f"设置项 {name} 无法使用，请核对 GONGKAI_{name.upper()} 或 {SETTINGS_FILE}")
    _check_llm(settings.llm)
    return settings


def _read(file: Path) -> dict[str, Any]:
    """The values in a settings file, with or without a byte order mark; {} where there is none.

    UnusableInput names the line that cannot be read and what is wrong with it, never what follows its
    equals sign, which may be a key.
    """
    try:
        if not file.is_file():
            return {}
        if file.stat().st_size > _LARGEST:
            raise UnusableInput(f"设置文件 {file} 太大（超过 {_LARGEST // 1024} KB），不会是设置文件")
        content = file.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise UnusableInput(f"设置文件 {file} 不能读取：{durable.cause(error)}") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableInput(f"设置文件 {file} 第 {line} 行不是 UTF-8 编码：请用记事本另存为 UTF-8") from error
    try:
        return _each_once(file, tomllib.loads(text))
    except (RecursionError, OverflowError) as error:  # brackets in brackets
        raise UnusableInput(f"设置文件 {file} 中的值不能读：括号太多") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        number = int(place[1]) if place else len(text.splitlines())
        raise UnusableInput(f"设置文件 {file} 第 {number} 行{_fault(text, number, str(error))}") from error
    except ValueError as error:  # a number of thousands of digits
        raise UnusableInput(f"设置文件 {file} 中有一个值是数，不能读：文字要写在英文引号里") from error


def _each_once(file: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a file, whose names may be written large or small; UnusableInput where one stands twice."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name.lower() in found:
            raise UnusableInput(f"设置文件 {file}：{name.lower()} 写了两次（大小写不同也是同一项），只能写一次")
        found[name.lower()] = value
    return found


def _fault(text: str, number: int, said: str) -> str:
    """What is wrong with a line of TOML, in Chinese."""
    lines = text.splitlines()
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    name, equals, value = (part.strip() for part in line.partition("="))
    if "overwrite" in said:
        return f"：{name} 写了两次，只能写一次"
    if strange := _STRANGE.search(line.partition("=")[0]):
        return f"：名称中有看不见或全角的字符（U+{ord(strange[0]):04X}），请删去，等号和空格用英文的"
    if not equals:
        return '没有等号：应写成 名称 = "值" 的样子，说明文字前面加 #'
    if value[:1] in "“”‘’＂＇":
        return f"（{name}）用了中文引号，请改成英文引号"
    if "escape" in said or "\\" in value:
        return f"（{name}）的反斜杠不能这样写：路径用 / 或写在英文单引号里"
    if value[:1] in ('"', "'"):
        return f"（{name}）的引号没有成对，或引号后面还有别的字"
    return f'（{name}）的值不能读：文字要写在英文引号里，如 {name or "名称"} = "值"'


# --- what is chosen in the workbench ------------------------------------------------------------------


def chosen(home: Path) -> Mapping[str, str]:
    """What was chosen in the workbench, by the names in CHOICES."""
    file = home / CHOSEN_FILE
    values = _read(file)
    for name, value in values.items():
        if name not in CHOICES or not isinstance(value, str):
            raise UnusableInput(f"设置文件 {file} 中的 {name} 无法使用，可以写的是：{'、'.join(CHOICES)}")
    return values


def fixed() -> dict[str, str]:
    """The choices that the workbench cannot change, and what says them (a variable or a file)."""
    variables = EnvSettingsSource(Settings)()
    file = _read(settings_file())
    named = {name: f"环境变量 GONGKAI_{name.upper()}" for name in CHOICES if variables.get(name)}
    return {name: f"设置文件 {settings_file()}" for name in CHOICES if name in file} | named


def choose(home: Path, values: Mapping[str, str]) -> None:
    """Keep choices made in the workbench, beside earlier ones; "" takes one back.

    UnusableInput for a value that cannot be used, and for a setting that is ``fixed`` elsewhere.
    """
    import tomlkit

    for name in values:
        if name not in CHOICES:
            raise ValueError(f"{name} is not chosen in the workbench")
        if said := fixed().get(name):
            raise UnusableInput(f"{name} 已由{said}设定，要改请到那里改")
    _check_llm(values.get("llm", ""))
    kept = {name: value.strip() for name, value in {**chosen(home), **values}.items() if value.strip()}
    try:
        home.mkdir(parents=True, exist_ok=True)
        durable.write(home / CHOSEN_FILE, tomlkit.dumps(kept).encode())  # for nobody else: it may hold the model's key
    except OSError as error:
        raise UnusableInput(f"设置无法保存到 {home / CHOSEN_FILE}：{durable.cause(error)}") from error


def _check_llm(text: str) -> None:
    llm = text.strip()
    if llm not in ("", "none", "local") and not _is_address(llm):
        raise UnusableInput("设置项 GONGKAI_LLM 的值无法使用：应为 none、local 或以 http(s):// 开头的地址")


def _is_address(text: str) -> bool:
    try:
        address = urlsplit(text)
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:  # a bracket or a port that is no number
        return False
