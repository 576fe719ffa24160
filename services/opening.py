"""What is opened at first use, and what settings choose: office, knowledge base and chat model of one data folder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import ModelUnavailable, UnusableInput
from settings import Settings, choose, load_settings

if TYPE_CHECKING:
    from office import Office

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
EXAMPLES = KNOWLEDGE / "examples"
REGISTRY = KNOWLEDGE / "registry.toml"
_SAYING = logging.getLogger("gongkai")
Report = Callable[[str], None]
"""Receives one line of progress in Chinese."""


class Opened:
    """One data folder with what is opened of it. Safe to share between threads of one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opening = threading.RLock()
        self._model: Any = None
        self._model_note = ""
        self._model_opened = False

    @cached_property
    def office(self) -> Office:
        """Users, conversations, ledgers, drafts, decisions and the audit log of this data folder."""
        with self._opening:
            return self.__dict__.get("office") or self._open_office()

    def _open_office(self) -> Office:
        from ingest.masking import mask
        from office import Office
        from office.users_file import read_users

        listed = read_users(self.settings.users) if self.settings.users else None
        office = self.__dict__["office"] = Office(self.settings.home, mask)
        if listed:
            office.users.adopt(listed)
        return office

    @cached_property
    def knowledge(self) -> Any:
        """The open knowledge base, with the built-in cards and example loaded into it."""
        with self._opening:
            if "knowledge" in self.__dict__:  # another thread opened it while this one waited
                return self.__dict__["knowledge"]
            knowledge = self._open_knowledge()
            _tell_lost(knowledge)
            self._load_built_in(knowledge, lambda line: None)
            return knowledge

    def _open_knowledge(self, embedding: str | None = None) -> Any:
        import ingest
        from store import load_embedder, open_knowledge
        from weights import locate
        from weights.stamp import is_whole

        if embedding is None:
            embedding = self.settings.embedding
        if not embedding:
            embedding = locate.embedding(self.settings.weights)
            lacking = (
                "没有向量模型"
                if not embedding
                else ""
                if is_whole(self.settings.weights, "embedding")
                else "的向量模型不完整"
            )
            if lacking:
                raise UnusableInput(
                    f"权重文件夹 {self.settings.weights} 中{lacking}：请再运行一次 ./run，或设置 GONGKAI_EMBEDDING"
                )
        return open_knowledge(
            self.settings.home,
            load_embedder(str(embedding)),
            self.settings.chroma_url,
            REGISTRY,
            ingest.load_aliases(),
        )

    def is_new(self) -> bool:
        """Whether this data folder has never held a knowledge base."""
        return not self.settings.chroma_url and not (self.settings.home / "chroma").exists()

    def load_built_in(self, progress: Report) -> int:
        """Load the built-in cards and the example report; return how many documents were new."""
        with self._opening:
            knowledge = self.__dict__.get("knowledge") or self._open_knowledge()
            _tell_lost(knowledge)
            added = self._load_built_in(knowledge, progress)
            self.__dict__["knowledge"] = knowledge
            return added

    def _load_built_in(self, knowledge: Any, progress: Report) -> int:
        """Cards, then the example report; unchanged ones cost a look-up and no embedding."""
        import ingest

        documents = list(ingest.load_cards())
        documents += [ingest.read(path, "report") for path in sorted(EXAMPLES.glob("*.md"))]
        added = 0
        for document in documents:
            status = knowledge.add(document)
            if status != "unchanged":
                added += 1
                progress(f"已载入《{document.title}》（{len(document.passages)} 段）")
        return added

    @property
    def model(self) -> Any:
        """The chat model in use, or None; ``model_note`` says why there is none."""
        with self._opening:
            if not self._model_opened:
                self._model_opened = True
                try:
                    self._model = self._open_model()
                except ModelUnavailable as error:
                    self._model_note = str(error)
            return self._model

    @property
    def model_note(self) -> str:
        """Why the configured model cannot be used, or ""."""
        return self._model_note if self.model is None else ""

    def _open_model(self) -> Any:
        from chat import Masked, open_model
        from ingest.masking import mask
        from weights import locate

        gguf = self.settings.llm_gguf or locate.chat_model(self.settings.weights)
        llm = self.settings.llm or ("local" if gguf else "none")
        model = open_model(llm, self.settings.llm_model, self.settings.llm_api_key, gguf)
        return Masked(model, mask) if model else None

    def try_model(self, llm: str, model: str = "", api_key: str = "") -> tuple[str, float]:
        """Ask a model for one word before it is chosen: its name, and the seconds until it answered.

        Nothing of the office is sent. UnusableInput where there is no model to try, ModelUnavailable
        where it does not answer.
        """
        import time

        from chat import open_model
        from weights import locate

        gguf = self.settings.llm_gguf or locate.chat_model(self.settings.weights)
        tried = open_model(llm, model, api_key, gguf)
        if tried is None:
            raise UnusableInput("没有选择模型，不需要测试")
        started = time.monotonic()
        try:
            for _ in tried.stream([("user", "请只回答一个字：好")], max_tokens=512):
                break
            return tried.name, time.monotonic() - started
        finally:
            tried.close()

    def choose(self, values: Mapping[str, str]) -> None:
        """Keep and use model settings chosen in the workbench (``settings.CHOICES``).

        Another chat model is used from the next question on, another embedding from the next start.
        """
        choose(self.settings.home, values)
        chosen = load_settings(home=self.settings.home)
        with self._opening:
            old, self._model, self._model_opened, self._model_note = self._model, None, False, ""
            self.settings = self.settings.model_copy(update={name: getattr(chosen, name) for name in values})
        if old is not None:
            old.close()

    def fixed(self) -> dict[str, str]:
        """The settings that cannot be chosen in the workbench, and what says them (a variable or a file)."""
        from settings import fixed

        return fixed()

    def status(self) -> dict[str, Any]:
        """What is loaded: documents, passages, models, versions (keys: docs/contract.md)."""
        knowledge = self.knowledge
        held = knowledge.counts()
        beside = sum(item.document.beside for item in knowledge.documents())
        return {
            "version": metadata.version("gongkai"),
            "home": str(self.settings.home),
            "documents": {"regulation": held["regulations"] - beside, "report": held["reports"], "beside": beside},
            "passages": held["passages"],
            "embedding": knowledge.embedder.name,
            "model": self._model_status(),
            "store": self.settings.chroma_url or "embedded",
            "versions": {name: metadata.version(name) for name in ("chromadb", "gradio", "langchain", "torch")},
        }

    def _model_status(self) -> dict[str, Any]:
        model = self.model
        return {
            "mode": "none" if model is None else "model",
            "name": model.name if model else "",
            "leaves_machine": bool(model and model.leaves_machine),
            "note": self.model_note,
        }

    def warm(self) -> None:
        """Open the knowledge base, the embedding weights and the word index ahead of the first question."""
        self.knowledge.prepare()

    def close(self) -> None:
        """Stop the local model's server, if one was started."""
        if self._model is not None:
            self._model.close()


def _tell_lost(knowledge: Any) -> None:
    if lost := knowledge.lost():
        _SAYING.warning(
            "另存的资料中有 %d 份不在知识库里（收入时中断、换过向量模型，或知识库受损）：请运行 gongkai repair 补齐",
            lost,
        )
