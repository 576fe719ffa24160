"""A model at an OpenAI-compatible address, through LangChain's client."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from chat import faults
from chat.line import WaitingLine
from chat.model import Message
from chat.thinking import thinks_first, without_thoughts
from domain import ModelUnavailable

CONNECT_SECONDS = 10.0
POLL_SECONDS = 0.2
CHARACTERS_A_TOKEN = 6
UNNAMED = "model"
"""LangChain makes another request of some names (codex to /v1/responses, gpt-5 without a temperature, o3 with another
role); the name of the model goes into the request beside it, so that it is the same for every name."""
RETRIES = 2  # the openai client's own: 429, 5xx, broken connections; backing off, minding Retry-After
WHOLE = 5
"""How many times the longest silence a whole reply may take: a server may say something for ever and tell nothing."""
_END = object()


def on_loopback(address: str) -> bool:
    """Whether the address is on this machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class EndpointModel:
    """A chat model served at ``address`` (``…/v1``).

    Without a ``model`` name the first one that the endpoint lists is used. ``patience`` is the
    longest silence borne, in seconds, retries included. ``takes_grammar`` is for llama.cpp
    servers; others refuse unknown fields. Whoever connects one answers for its being able to word the law.
    """

    words_law = True

    def __init__(
        self,
        address: str,
        model: str = "",
        api_key: str = "",
        *,
        takes_grammar: bool = False,
        patience: float = 120.0,
        label: str = "",
    ) -> None:
        self.address = address.rstrip("/")
        self.leaves_machine = not on_loopback(address)
        self._model = model.strip()
        self._api_key = api_key.strip() or "none"
        self._takes_grammar = takes_grammar
        self._patience = patience
        self._label = label
        self.line: WaitingLine | None = None  # it serves many at once
        self._http: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._label or self._model or self.address

    def stream(
        self,
        messages: Sequence[Message],
        *,
        grammar: str | None = None,
        max_tokens: int = 512,
        temperature: float = 0.2,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """See ``ChatModel.stream``; ``messages`` is sent as it stands."""
        options: dict[str, Any] = {"max_tokens": max_tokens, "temperature": temperature}
        body: dict[str, Any] = {
            "max_tokens": max_tokens
        }  # LangChain sends max_completion_tokens, which few servers know
        if self._takes_grammar:
            body |= {"cache_prompt": True} | ({"grammar": grammar} if grammar else {})
        options["extra_body"] = body
        stopped = cancelled or (lambda: False)
        if stopped():  # who left the line before it was their turn asks nothing of a server that is busy with another
            return
        pieces = self._pieces(list(messages), options, stopped)
        said, length = False, 0
        for piece in without_thoughts(pieces, hold=thinks_first(self._model)):
            said = said or bool(piece.strip())
            yield piece
            length += len(piece)
            if length > max_tokens * CHARACTERS_A_TOKEN:  # a server that minds no max_tokens
                break
        if not said and not stopped():
            raise faults.empty(self._place)

    def close(self) -> None:
        with self._lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    @property
    def _place(self) -> str:
        return self._label or self.address

    def _pieces(self, messages: list[Message], options: dict[str, Any], stopped: Callable[[], bool]) -> Iterator[str]:
        """What a second thread receives, so that waiting for a slow first word can be cut short."""
        arrived: queue.Queue[Any] = queue.Queue()
        enough = threading.Event()
        reader = threading.Thread(target=self._receive, args=(messages, options, arrived, enough), daemon=True)
        reader.start()
        waited = whole = 0.0
        try:
            while not stopped():
                begun = time.monotonic()
                try:
                    item = arrived.get(timeout=POLL_SECONDS)
                    waited = 0.0
                except queue.Empty:
                    item = ""
                    waited += POLL_SECONDS
                whole += time.monotonic() - begun
                if waited >= self._patience:
                    raise faults.silent(self._place, self._patience)
                if whole >= self._patience * WHOLE:
                    raise faults.endless(self._place, self._patience * WHOLE)
                if item is _END:
                    return
                if isinstance(item, Exception):
                    raise faults.explain(item, self._place, self._model, self._patience) from item
                yield item
        finally:
            enough.set()

    def _receive(
        self,
        messages: list[Message],
        options: dict[str, Any],
        arrived: queue.Queue[Any],
        enough: threading.Event,
    ) -> None:
        """Put each piece of text into the queue, then the end or the fault."""
        try:
            from chat.bounded import until

            until(enough)
            from langsmith import tracing_context

            # Nothing of a prompt may leave for a tracing service because of a stray variable.
            with tracing_context(enabled=False):
                stream = self._client(options).stream(messages)
                for chunk in stream:
                    if enough.is_set():
                        break
                    arrived.put(chunk.text or "")
                stream.close()  # ends the generation at the server
            arrived.put(_END)
        # All of them, since this is a thread's end: one not handed over would leave the caller waiting.
        # On a reply that is not the protocol's the client libraries fail in whatever way they happen to.
        except Exception as error:
            arrived.put(faults.empty(self._place) if _no_chunks(error) else error)

    def _client(self, options: dict[str, Any]) -> Any:
        """LangChain's client for one request (cheap: the connections are shared)."""
        from langchain.chat_models import init_chat_model

        http = self._connections()
        with self._lock:
            if not self._model:
                self._model = self._first_listed(http)
        options["extra_body"] = options["extra_body"] | {"model": self._model}
        return init_chat_model(
            UNNAMED,
            model_provider="openai",
            base_url=self.address,
            api_key=self._api_key,
            timeout=http.timeout,
            max_retries=RETRIES,
            http_client=http,
            http_socket_options=(),  # else it warns, in English, of proxies that our client minds itself
            streaming=True,
            **options,
        )

    def _connections(self) -> Any:
        import httpx

        from chat.bounded import bounded

        with self._lock:
            if self._http is None:
                # A proxy set for the office's internet must not catch calls to this machine.
                self._http = httpx.Client(
                    timeout=httpx.Timeout(self._patience, connect=CONNECT_SECONDS),
                    trust_env=self.leaves_machine,
                    event_hooks={"response": [bounded]},
                )
            return self._http

    def _first_listed(self, http: Any) -> str:
        import openai

        client = openai.OpenAI(base_url=self.address, api_key=self._api_key, http_client=http, max_retries=RETRIES)
        listed = [each.id for each in client.models.list().data if each.id]
        if not listed:
            raise ModelUnavailable(f"模型服务 {self._place} 没有列出任何模型，请设置 GONGKAI_LLM_MODEL")
        return listed[0]


def _no_chunks(error: Exception) -> bool:
    """LangChain's word for a stream that ended before it began."""
    return isinstance(error, ValueError) and "No generation" in str(error)
