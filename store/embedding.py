"""Text → unit vectors, by any sentence-transformers model (the embedded default is one of them).

Vectors of two models never mix: a collection carries the fingerprint of the model that filled it.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import platform
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from domain import Remembered, UnusableInput
from store.encoder import Encoder, UnlikeModel, passage_prompt

if TYPE_CHECKING:
    import numpy as np

Advance = Callable[[int, int], None]
"""Receives how many texts are done, of how many."""

_BATCH = 16
_CHARACTERS = 2048
"""Of one batch, padding included: more at once is no quicker (measured) and takes hundreds of megabytes."""
_LONGEST = 800  # characters; what a model of 512 tokens reads of a longer text
_TIDY = 64  # texts, after which memory is given back
_PAGEOUT, _DROP = (
    21,
    4,
)  # madvise: pages may go, what was written to them is kept; pages go, to be read anew from the file
_WEIGHTS = re.compile(
    r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) .*\.safetensors\n(?P<particulars>(?:[A-Z]\w*:.*\n)+)", re.MULTILINE
)
_FEW = 128
"""Texts that are embedded one by one: a regulation. What makes more of them quicker takes 600 MB, and seconds to load."""
_QUESTIONS = 512
"""Vectors of questions that are kept: under a megabyte."""
_SAMPLE = 1 << 20  # bytes read from the start, middle and end of a large file for the fingerprint


class Embedder(Protocol):
    """A model that turns text into vectors of length 1 (cosine = dot product)."""

    @property
    def name(self) -> str:
        """What the user calls the model."""
        ...

    @property
    def fingerprint(self) -> str:
        """A short name, fit for a collection's, that differs for two models whose vectors must not mix."""
        ...

    def embed_passages(self, texts: Sequence[str], advance: Advance | None = None) -> np.ndarray:
        """float32, one row a text: the text as something to be found."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """float32, one dimension: the text as something asked."""
        ...


def load_embedder(folder_or_name: str) -> Embedder:
    """The model in a folder, or of a name known to sentence-transformers.

    Nothing heavy is loaded before the first text. UnusableInput where a folder is meant and there
    is no model in it.
    """
    folder = Path(folder_or_name)
    if folder.is_dir():
        try:
            in_bytes = _in_bytes(folder) if _weight_files(folder) else None
        except (OSError, ValueError):  # absent or cut short
            in_bytes = None
        if in_bytes is None:
            raise UnusableInput(
                f"向量模型文件夹 {folder} 里没有完整的权重：请再运行一次 ./run，或设置 GONGKAI_EMBEDDING"
            )
        return _embedder(folder_or_name, folder.name, _fingerprint(folder), in_bytes)
    if folder.is_absolute() or folder_or_name.startswith(".") or "\\" in folder_or_name:
        raise UnusableInput(f"向量模型文件夹 {folder} 不存在：请再运行一次 ./run，或设置 GONGKAI_EMBEDDING")
    digest = hashlib.sha256(folder_or_name.encode("utf-8")).hexdigest()
    return _embedder(folder_or_name, folder_or_name, digest[:12], False)


class SentenceTransformerEmbedder:
    """Runs sentence-transformers, with the prompts of the model's own configuration.

    A question to the embedded default, and a few passages, go without it (``encoder``), which is loaded in a third of
    the time.
    Safe to share between threads: the tokenizer is not, so that one text is embedded at a time.
    """

    def __init__(self, location: str, name: str, fingerprint: str, in_bytes: bool = False) -> None:
        """``in_bytes``: the linear layers compute in integers of 8 bits."""
        self.name = name
        self.fingerprint = f"{fingerprint}c" if in_bytes else fingerprint
        self._in_bytes = in_bytes
        self._location = location
        self._lock = threading.Lock()
        self._loaded: Any = None
        self._alone: Encoder | None = None
        self._unlike = False
        self._embedded = Remembered(_QUESTIONS)

    def embed_passages(self, texts: Sequence[str], advance: Advance | None = None) -> np.ndarray:
        import numpy as np

        if 0 < len(texts) <= _FEW and (encoder := self._encoder()) is not None:
            vectors = np.stack([*_one_by_one(encoder, texts, advance)])
            _let_go_of_weights()
            return vectors
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))  # little padding in a batch
        rows: list[Any] = [None] * len(texts)
        done = 0
        while done < len(order):
            chosen = order[done : done + _fitting([len(texts[place]) for place in order[done : done + _BATCH]])]
            with self._lock:  # held for one batch, so that a question need not wait for a whole import
                vectors = self._encode([texts[place] for place in chosen])
            for place, vector in zip(chosen, vectors):
                rows[place] = vector
            if done // _TIDY < (done + len(chosen)) // _TIDY:
                give_back_memory()
            done += len(chosen)
            if advance:
                advance(done, len(order))
        _let_go_of_weights()
        return np.stack(rows) if rows else np.zeros((0, self._dimension()), dtype=np.float32)

    def embed_query(self, text: str) -> np.ndarray:
        """As ``encode`` would, without its sorting and batching: of one question they are a sixth of the time.

        A question is searched for in several ways: whoever asks for the same vector gets the same one, read-only.
        """

        def made() -> np.ndarray:
            vector = self._vector(text)
            vector.flags.writeable = False
            return vector

        return self._embedded.of((), text, made)

    def _vector(self, text: str) -> np.ndarray:
        if (encoder := self._encoder()) is not None:
            return encoder.question(text)
        import torch

        with self._lock, torch.inference_mode():
            model = self._model()
            prompt = model.prompts.get("query") or model.prompts.get(model.default_prompt_name)
            vector = model(model.preprocess([text], prompt=prompt))["sentence_embedding"][0]
            return (vector / vector.norm().clamp_min(1e-9)).float().numpy()

    def _encoder(self) -> Encoder | None:
        """What embeds one text without sentence-transformers, where the model is one that it computes."""
        if not self._in_bytes or self._unlike:
            return None
        with self._lock:
            if self._alone is None:
                from safetensors import SafetensorError

                try:
                    self._alone = Encoder(Path(self._location), _let_go_of_weights)
                except UnlikeModel:
                    self._unlike = True
                except (OSError, ValueError, TypeError, LookupError, RuntimeError, SafetensorError) as error:
                    raise UnusableInput(self._cannot_be_loaded()) from error
            return self._alone

    def _cannot_be_loaded(self) -> str:
        return f"向量模型 {self._location} 无法载入：请再运行一次 ./run，或核对设置 GONGKAI_EMBEDDING"

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        model = self._model()
        vectors = model.encode(
            list(texts),
            prompt=passage_prompt(model.prompts) or None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)

    def _dimension(self) -> int:
        with self._lock:
            return int(self._model().get_embedding_dimension())

    def _model(self) -> Any:
        if self._loaded is None:
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()  # its bar and its remarks would stand among the lines of our own
            logging.set_verbosity_error()
            try:
                model = SentenceTransformer(self._location, device="cpu")
            except (
                OSError,
                ValueError,
                TypeError,
                LookupError,
                RuntimeError,
                SafetensorError,
            ) as error:  # files cut short
                raise UnusableInput(self._cannot_be_loaded()) from error
            if self._in_bytes:
                from store.compact import make_compact

                make_compact(model)
            self._loaded = model.eval()
            _let_go_of_weights()
        return self._loaded


def _one_by_one(encoder: Encoder, texts: Sequence[str], advance: Advance | None) -> Iterator[np.ndarray]:
    for done, text in enumerate(texts, 1):
        yield encoder.passage(text)
        if advance:
            advance(done, len(texts))


@lru_cache(maxsize=2)
def _embedder(location: str, name: str, fingerprint: str, in_bytes: bool) -> SentenceTransformerEmbedder:
    """One a model and process, so that half a gigabyte is not loaded twice (two while an index is made anew)."""
    return SentenceTransformerEmbedder(location, name, fingerprint, in_bytes)


def _in_bytes(folder: Path) -> bool:
    """Whether ``compact`` layers are known to serve: encoders like BERT, on processors made for it."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return False
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config.get("model_type") in ("bert", "xlm-roberta")


def give_back_memory() -> None:
    """Return to the system what batches of many sizes have left behind: glibc keeps it, some 200 MB."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)


def _let_go_of_weights() -> None:
    """Let go of what was read of weight files; a quarter of a gigabyte, of which little is used again.

    Nothing is lost: what is needed again is read again, mostly from the system's own cache. A file of
    which pages were written to is only proposed to the system, which passes over pages that another process has.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    for start, end, untouched in _weights_mapped(Path("/proc/self/smaps").read_text(encoding="utf-8")):
        libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _DROP if untouched else _PAGEOUT)


def _weights_mapped(smaps: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each weight file in memory, by what the system says, and whether its pages are as in the file."""
    for found in _WEIGHTS.finditer(smaps):
        own = re.findall(r"^(?:Anonymous|Swap): +(\d+) kB$", found["particulars"], re.MULTILINE)
        yield int(found["start"], 16), int(found["end"], 16), own == ["0", "0"]


def _fitting(lengths: Sequence[int]) -> int:
    """How many of the texts, by their rising lengths, make one batch; at least one."""
    fitting = (n for n in range(len(lengths), 1, -1) if n * min(lengths[n - 1], _LONGEST) <= _CHARACTERS)
    return next(fitting, 1)


def _weight_files(folder: Path) -> list[Path]:
    return [path for pattern in ("*.safetensors", "*.bin") for path in sorted(folder.glob(pattern))]


def _fingerprint(folder: Path) -> str:
    """From the names, sizes and a sample of every file: the same weights in another folder agree."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".safetensors", ".bin", ".model")):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}".encode())
        with path.open("rb") as file:
            for start in sorted({0, max(0, size // 2 - _SAMPLE // 2), max(0, size - _SAMPLE)}):
                file.seek(start)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:12]
