"""Unpack the 4-bit multilingual-e5-small into an ordinary sentence-transformers folder.

The packed file holds, little-endian and in this order: a header (magic ``E5S1``, version, the
sizes of the encoder), the Unigram pieces with their scores, a character map (not needed here: NMT
and NFKC normalisation say the same), and a directory of tensors. A ``Q4_0`` tensor is a run of
18-byte blocks, each a float16 scale and 32 four-bit weights: byte *j* carries weight *j* in its
low half and weight *j + 16* in its high half, offset by 8. Everything else is float32.

The folder holds float32, although that is six times the packed size: such weights are mapped from
disk in hundredths of a second and only the rows of the words in use are ever read, while float16
has to be read whole and widened at every start.

Nothing here imports torch: the folder is written from numpy, so that set-up stays light.
"""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, normalizers
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

import durable

MAGIC = b"E5S1"
BLOCK = 32
Q4_BLOCK = np.dtype([("scale", "<f2"), ("packed", "u1", (BLOCK // 2,))])
Q4_0, FLOAT32 = 1, 0

# The packed name of each tensor of a layer -> the name in a transformers BertModel.
LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_TENSORS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


class UnreadableWeights(ValueError):
    """The packed file is not what this module knows how to read."""


@dataclass(frozen=True)
class Sizes:
    """The encoder's dimensions, as the header states them."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class TokenVocabulary:
    """Unigram pieces with their log probabilities, and the ids of the special ones."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int


class _Reader:
    """A cursor over the packed bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def unpack(packed: Path, folder: Path) -> Path:
    """Write ``folder`` (replacing it) from the packed weights and return it.

    The folder appears whole or not at all: everything is written beside it and renamed at the
    end. Raises UnreadableWeights when ``packed`` is of another format.
    """
    reader = _Reader(packed.read_bytes())
    try:
        sizes = _read_sizes(reader)
        vocabulary = _read_vocabulary(reader)
        _skip_character_map(reader)
        tensors = dict(_read_tensors(reader, sizes))
    except (struct.error, ValueError) as error:
        raise UnreadableWeights(f"{packed.name}: {error}") from error
    draft = folder.with_name(folder.name + ".partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    save_file(tensors, draft / "model.safetensors", metadata={"format": "pt"})
    # The library writes a file for its owner alone; the folder may be shared by the whole office.
    (draft / "model.safetensors").chmod(0o644)
    _write_tokenizer(draft, vocabulary, sizes)
    _write_configuration(draft, vocabulary, sizes)
    if folder.exists():
        shutil.rmtree(folder)
    durable.rename(draft, folder)
    return folder


def _read_sizes(reader: _Reader) -> Sizes:
    if reader.bytes(len(MAGIC)) != MAGIC:
        raise UnreadableWeights("the file does not begin with E5S1")
    _version, hidden, layers, heads, inner, vocabulary, positions, types = reader.take("I7i")
    epsilon, block = reader.take("fi")
    if block != BLOCK:
        raise UnreadableWeights(f"blocks of {block} weights, expected {BLOCK}")
    return Sizes(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)


def _read_vocabulary(reader: _Reader) -> TokenVocabulary:
    count, bos, eos, pad, unk = reader.take("5i")
    (length,) = reader.take("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    text = reader.bytes(length)
    pieces = [(text[start:end].decode("utf-8"), score) for start, end, score in zip(offsets, offsets[1:], scores)]
    return TokenVocabulary(pieces, bos, eos, pad, unk)


def _skip_character_map(reader: _Reader) -> None:
    _entries, length = reader.take("iI")
    reader.bytes(length)


def _read_tensors(reader: _Reader, sizes: Sizes) -> Iterator[tuple[str, np.ndarray]]:
    """Every tensor of a BertModel under its name there, in float32."""
    (count,) = reader.take("i")
    for _ in range(count):
        (length,) = reader.take("H")
        packed_name = reader.bytes(length).decode("ascii")
        kind, elements, offset, _bytes = reader.take("BIQQ")
        name = _bert_name(packed_name)
        if kind == Q4_0:
            values = _dequantize(np.frombuffer(reader.data, Q4_BLOCK, elements // BLOCK, offset))
        else:
            values = np.frombuffer(reader.data, "<f4", elements, offset)
        yield name, values.reshape(_shape(name, sizes, elements))
    # The packed file has no pooler, which mean pooling never calls; without these zeros
    # transformers would fill it at random and say so at every start.
    yield "pooler.dense.weight", np.zeros((sizes.hidden, sizes.hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(sizes.hidden, np.float32)


def _dequantize(blocks: np.ndarray) -> np.ndarray:
    """Weights from Q4_0 blocks; done in slices, since the word matrix alone has 96 million of them."""
    weights = np.empty((len(blocks), BLOCK), np.float32)
    for start in range(0, len(blocks), 1 << 18):
        part = blocks[start : start + (1 << 18)]
        scale = part["scale"].astype(np.float32)[:, None]
        into = weights[start : start + len(part)]
        into[:, : BLOCK // 2] = ((part["packed"] & 0x0F).astype(np.int8) - 8) * scale
        into[:, BLOCK // 2 :] = ((part["packed"] >> 4).astype(np.int8) - 8) * scale
    return weights.reshape(-1)


def _bert_name(packed_name: str) -> str:
    if packed_name in EMBEDDING_TENSORS:
        return EMBEDDING_TENSORS[packed_name]
    layer, _, rest = packed_name.partition(".")
    part, _, role = rest.partition(".")
    if not layer.startswith("l") or part not in LAYER_TENSORS or role not in ("w", "b"):
        raise UnreadableWeights(f"unknown tensor {packed_name}")
    suffix = "weight" if role == "w" else "bias"
    return f"encoder.layer.{int(layer[1:])}.{LAYER_TENSORS[part]}.{suffix}"


def _shape(name: str, sizes: Sizes, elements: int) -> tuple[int, ...]:
    if name.endswith(".bias") or "LayerNorm" in name:
        return (elements,)
    inputs = sizes.inner if name.endswith(".output.dense.weight") and "attention" not in name else sizes.hidden
    return (elements // inputs, inputs)


def _write_tokenizer(folder: Path, vocabulary: TokenVocabulary, sizes: Sizes) -> None:
    name = {role: vocabulary.pieces[getattr(vocabulary, role)][0] for role in ("bos", "eos", "pad", "unk")}
    tokenizer = Tokenizer(Unigram(vocabulary.pieces, unk_id=vocabulary.unk, byte_fallback=False))
    # The model was trained with SentencePiece's nmt_nfkc, which alone among compatibility forms
    # keeps ～ (it is a dash in Chinese dates), so it is carried past NFKC in a private-use sign.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("～", "\ue000"),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace("\ue000", "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single=f"{name['bos']} $A {name['eos']}",
        pair=f"{name['bos']} $A {name['eos']} {name['eos']} $B {name['eos']}",
        special_tokens=[(name["bos"], vocabulary.bos), (name["eos"], vocabulary.eos)],
    )
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in name.values()])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "clean_up_tokenization_spaces": False,
            "cls_token": name["bos"],
            "sep_token": name["eos"],
            "bos_token": name["bos"],
            "eos_token": name["eos"],
            "pad_token": name["pad"],
            "unk_token": name["unk"],
        },
    )


def _write_configuration(folder: Path, vocabulary: TokenVocabulary, sizes: Sizes) -> None:
    """What transformers and sentence-transformers read beside the weights."""
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.inner,
            "vocab_size": sizes.vocabulary,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.token_types,
            "layer_norm_eps": float(f"{sizes.epsilon:.6g}"),
            "hidden_act": "gelu",
            "pad_token_id": vocabulary.pad,
            "dtype": "float32",
        },
    )
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": sizes.positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    (folder / "2_Normalize").mkdir()
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
    )


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
