"""The vector of a question, or of a passage, by torch alone, in the arithmetic of the recorded encoder of ``compact``.

What takes the time of a first question is not torch but what sentence-transformers brings along
(transformers, scikit-learn, SciPy), and it takes 600 MB that a small document is not worth. The weights are read
here as they lie in the file, the same layers count in bytes, and the same operations follow each
other, so that the vector is the same to the last digit. Computing it in NumPy was tried: what rounds
differently somewhere changes the first ten hits of every second question.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np

_WORDS = "embeddings.word_embeddings.weight"
_ALL_BITS = ("avx512_vnni", "avx_vnni")
"""Of these instructions one adds products of bytes exactly."""
_MOST = 127.5
"""Half of what a byte can tell apart."""
_PORTION = 2
"""Layers of which the file's pages may be held at once."""
Change = Callable[[Any], Any]


def adds_bytes_exactly() -> bool:
    """Whether the processor does (VNNI); elsewhere two products may overflow, and layers keep to seven bits."""
    import torch

    able = torch.cpu.get_capabilities()
    return any(able.get(name) for name in _ALL_BITS)


class UnlikeModel(Exception):
    """The model is not one whose operations are known here."""


class Encoder:
    """Text → unit vector (float32) by an encoder like BERT with mean pooling, its linear layers in bytes.

    Safe to share between threads.
    """

    def __init__(self, folder: Path, done_reading: Callable[[], None] = lambda: None) -> None:
        """``done_reading`` is called whenever a part of the weights is no longer needed as it lies in the file.

        UnlikeModel where the model is computed otherwise; OSError, ValueError, TypeError, LookupError,
        RuntimeError or SafetensorError where the files are not whole.
        """
        from safetensors import safe_open

        config = _json(folder / "config.json")
        _expect_likeness(folder, config)
        self._heads, self._epsilon = int(config["num_attention_heads"]), float(config["layer_norm_eps"])
        self._pieces = Pieces(folder / "tokenizer.json", _json(folder / "sentence_bert_config.json")["max_seq_length"])
        prompts = _json(folder / "config_sentence_transformers.json")["prompts"]
        self._asked, self._held = prompts["query"], passage_prompt(prompts)
        self._seven_bits = not adds_bytes_exactly()
        with safe_open(folder / "model.safetensors", framework="pt") as file:
            self._tensor = file.get_tensor
            self._words = file.get_tensor(_WORDS)  # mapped: only the rows of words that occur are read
            self._positions = file.get_tensor("embeddings.position_embeddings.weight")
            self._type = file.get_tensor("embeddings.token_type_embeddings.weight")[0]
            self._norm = self._normed("embeddings.LayerNorm")
            self._layers: list[Change] = []
            for number in range(int(config["num_hidden_layers"])):
                self._layers.append(self._layer(f"encoder.layer.{number}"))
                if number % _PORTION == _PORTION - 1:
                    done_reading()
            del self._tensor
        done_reading()

    def question(self, text: str) -> np.ndarray:
        """One dimension, of length 1: the text as something asked."""
        return self._vector(self._asked + text)

    def passage(self, text: str) -> np.ndarray:
        """One dimension, of length 1: the text as something to be found."""
        return self._vector(self._held + text)

    def _vector(self, text: str) -> np.ndarray:
        import torch

        ids = self._pieces.of(text)
        with torch.inference_mode():
            hidden = self._norm((self._words[ids] + self._type + self._positions[: len(ids)])[None])
            for layer in self._layers:
                hidden = layer(hidden)
            mean = hidden[0].sum(0) / len(ids)
            mean = torch.nn.functional.normalize(mean, dim=0)
            return (mean / mean.norm().clamp_min(1e-9)).numpy()

    def _layer(self, name: str) -> Change:
        import torch

        asked, key, value = (self._linear(f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        attended, attended_norm = (
            self._linear(f"{name}.attention.output.dense"),
            self._normed(f"{name}.attention.output.LayerNorm"),
        )
        inner, outer = self._linear(f"{name}.intermediate.dense"), self._linear(f"{name}.output.dense")
        norm, heads = self._normed(f"{name}.output.LayerNorm"), self._heads

        def split(x: Any) -> Any:
            return x.view(1, x.shape[1], heads, -1).transpose(1, 2)

        def layer(x: Any) -> Any:
            mixed = torch.nn.functional.scaled_dot_product_attention(split(asked(x)), split(key(x)), split(value(x)))
            x = attended_norm(attended(mixed.transpose(1, 2).reshape(x.shape)) + x)
            return norm(outer(torch.nn.functional.gelu(inner(x))) + x)

        return layer

    def _normed(self, name: str) -> Change:
        import torch

        weight, bias, epsilon = self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias"), self._epsilon
        return lambda x: torch.nn.functional.layer_norm(x, weight.shape, weight, bias, epsilon)

    def _linear(self, name: str) -> Change:
        import torch

        weight, bias = self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias")
        scales = (torch.linalg.vector_norm(weight, float("inf"), dim=1) / _MOST).clamp_min(
            torch.finfo(torch.float32).eps
        )
        zeros = torch.zeros(len(scales), dtype=torch.int64)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch announces successors that it does not contain
            in_bytes = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
        packed, seven = torch.ops.quantized.linear_prepack(in_bytes, bias), self._seven_bits
        return lambda x: torch.ops.quantized.linear_dynamic(x, packed, seven)


def passage_prompt(prompts: dict[str, str]) -> str:
    """What a model wants before a text that is to be found."""
    return next((prompts[name] for name in ("passage", "document") if prompts.get(name)), "")


def _expect_likeness(folder: Path, config: dict[str, Any]) -> None:
    """UnlikeModel where anything differs of which the vector depends."""
    modules = [module["type"].rpartition(".")[2] for module in _json(folder / "modules.json")]
    pooling = {
        name for name, on in _json(folder / "1_Pooling" / "config.json").items() if name.startswith("pooling") and on
    }
    tokenizer = _json(folder / "tokenizer_config.json").get("tokenizer_class")
    alike = (
        config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and modules == ["Transformer", "Pooling", "Normalize"]
        and pooling == {"pooling_mode_mean_tokens"}
        and tokenizer == "PreTrainedTokenizerFast"
        and (folder / "model.safetensors").is_file()
    )
    if not alike:
        raise UnlikeModel(str(folder))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
