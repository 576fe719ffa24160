"""Whether prompt lookup makes the local model write drafts faster: the same prompts with and without it.

    python bench/speculation.py [LEDGER] [--sections 2] [--n 2] [--m 4] [--weights models]

Prompt lookup guesses the next ``m`` tokens where the last ``n`` stand in the prompt; the model checks them at once.
The prompts are those of a draft's first sections; each is answered at temperature 0, alternately, by both.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import chat.local as local  # noqa: E402
from domain import SECTION_TITLES  # noqa: E402
from services import EXAMPLES, Gongkai, last_result  # noqa: E402
from settings import Settings  # noqa: E402
from weights import locate  # noqa: E402

ENGINE = local._engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", nargs="?", type=Path, default=EXAMPLES / "台账示例-2025.xlsx")
    parser.add_argument("--sections", type=int, default=2)
    parser.add_argument("--n", type=int, default=2)
    parser.add_argument("--m", type=int, default=4)
    parser.add_argument("--weights", type=Path, default=locate.default_folder())
    options = parser.parse_args()
    asked = prompts_of(options)
    gguf = locate.chat_model(options.weights)
    spent = {"plain": 0.0, "lookup": 0.0}
    models = {"plain": local.LocalModel(gguf), "lookup": local.LocalModel(gguf)}
    for messages, more in asked:
        texts = {}
        for name, model in models.items():
            local._engine = ENGINE if name == "plain" else lambda: looking_up(options.n, options.m)
            begun = time.perf_counter()
            texts[name] = "".join(model.stream(messages, **{**more, "temperature": 0.0, "cancelled": None}))
            spent[name] += time.perf_counter() - begun
        print(f"{len(texts['plain'])} characters, the same: {texts['plain'] == texts['lookup']}, {spent}", flush=True)
    for model in models.values():
        model.close()
    print(f"{len(asked)} prompts: {spent['plain'] / spent['lookup']:.2f} times as fast with lookup")


def prompts_of(options: argparse.Namespace) -> list[tuple[Any, dict[str, Any]]]:
    """What the model is asked in the first sections of a draft."""
    asked: list[tuple[Any, dict[str, Any]]] = []
    write = local.LocalModel.stream

    def kept(self: Any, messages: Any, **more: Any) -> Any:
        asked.append((messages, more))
        return write(self, messages, **more)

    local.LocalModel.stream = kept  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        services = Gongkai(Settings(home=Path(home), weights=options.weights, llm="local"))
        ledger = services.ledgers.compute(options.ledger)
        for section in list(SECTION_TITLES)[: options.sections]:
            last_result(services.writing.draft(section, ledger, with_model=True, previous=None))
        services.close()
    local.LocalModel.stream = write  # type: ignore[method-assign]
    return asked


def looking_up(n: int, m: int) -> SimpleNamespace:
    """The engine, with prompt lookup in every server that it starts."""
    engine = ENGINE()

    def params() -> Any:
        made = engine.CommonParams()
        made.speculative.types = [engine.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
        made.speculative.ngram_simple.size_n = n
        made.speculative.ngram_simple.size_m = m
        return made

    return SimpleNamespace(CommonParams=params, Server=engine.Server)


if __name__ == "__main__":
    main()
