"""A GGUF file served inside this process, at an OpenAI-compatible address on loopback."""

from __future__ import annotations

import atexit
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from chat.endpoint import EndpointModel
from chat.line import WaitingLine
from chat.model import Message
from domain import ModelUnavailable

CONTEXT_TOKENS = 4096
PROMPT_CACHE_MIB = 256  # enough to keep several prompt prefixes; llama.cpp would take 8 GiB
PATIENCE_SECONDS = 300.0  # one request at a time: a second one waits for the first
REST_SECONDS = 600.0
"""After so long without a request the weights are let go, with what is computed from them some two gigabytes; the next
request waits some seconds for them."""
SILENT = -1
ABLE_BYTES = 4_000_000_000
"""Weights of this size and more (7 billion parameters at four bits) word the law; smaller ones only choose articles:
of 24 questions a model of 1.5 billion gave 14 complete answers, the articles themselves 22."""


class LocalModel:
    """The model of a weights file; loaded at the first use, freed when it has rested, by ``close`` or at exit.

    ``gguf`` is ``None`` where no weights were set up; using it then raises ModelUnavailable.
    """

    leaves_machine = False

    def __init__(self, gguf: Path | None, threads: int = 0, rest: float = REST_SECONDS) -> None:
        self._gguf = gguf
        self._rest, self._resting, self._at_work = rest, threading.Timer(rest, self._let_go), 0
        self._threads = threads or os.cpu_count() or 1
        self._server: Any = None
        self._endpoint: EndpointModel | None = None
        self._lock = threading.Lock()
        self.line = WaitingLine()  # one request at a time

    @property
    def name(self) -> str:
        return "本机模型"

    @property
    def words_law(self) -> bool:
        return self._gguf is not None and self._gguf.is_file() and self._gguf.stat().st_size >= ABLE_BYTES

    def stream(
        self,
        messages: Sequence[Message],
        *,
        grammar: str | None = None,
        max_tokens: int = 512,
        temperature: float = 0.2,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """See ``ChatModel.stream``; the grammar is always obeyed."""
        if cancelled and cancelled():
            return
        with self._lock:
            self._at_work += 1
            self._resting.cancel()
        try:
            yield from self._serve().stream(
                messages,
                grammar=grammar,
                max_tokens=max_tokens,
                temperature=temperature,
                cancelled=cancelled,
            )
        finally:
            with self._lock:
                self._at_work -= 1
                self._resting = threading.Timer(self._rest, self._let_go)
                self._resting.daemon = True
                self._resting.start()

    @property
    def loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._server is not None

    def close(self) -> None:
        with self._lock:
            self._resting.cancel()
            self._free()
        atexit.unregister(self.close)

    def _let_go(self) -> None:
        with self._lock:
            if not self._at_work:
                self._free()

    def _free(self) -> None:
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None
        self._server = None  # its destructor stops the server's threads

    def _serve(self) -> EndpointModel:
        with self._lock:
            if self._endpoint is None:
                key = secrets.token_hex(16)
                self._server = self._start(key)
                self._endpoint = EndpointModel(
                    f"{self._server.listening_address}/v1",
                    model="local",
                    api_key=key,
                    takes_grammar=True,
                    patience=PATIENCE_SECONDS,
                    label=self.name,
                )
                atexit.register(self.close)
            return self._endpoint

    def _start(self, key: str) -> Any:
        if self._gguf is None:
            raise ModelUnavailable("没有本机模型权重，请重新运行安装命令下载，或设置 GONGKAI_LLM_GGUF")
        if not self._gguf.is_file():
            raise ModelUnavailable(f"找不到本机模型权重文件 {self._gguf}，请核对 GONGKAI_LLM_GGUF")
        engine = _engine()
        params = engine.CommonParams()
        params.model.path = str(self._gguf)
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = 1
        params.cache_ram_mib = PROMPT_CACHE_MIB
        params.cpuparams.n_threads = self._threads
        params.cpuparams_batch.n_threads = self._threads
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = [key]  # other programs and web pages on this machine may not use it
        params.ui = False
        params.warmup = False
        params.verbosity = SILENT
        try:
            return engine.Server(params)
        except RuntimeError as error:
            raise ModelUnavailable(f"本机模型权重文件 {self._gguf.name} 无法载入，文件可能不完整或内存不足") from error


def _engine() -> Any:
    """The module xllamacpp, which does not say what it holds."""
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailable("没有安装 xllamacpp，本机模型无法运行") from error
    return xllamacpp
