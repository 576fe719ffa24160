"""An encoder like BERT in half the time: 8-bit linear layers, run without Python between them.

Measured with the embedded default on two cores (``bench/retrieval.py``, ``bench/ingest.py``): a
question in a third of the time, passages in little more than half of it; vectors of cosine 0.99 or better to the others (hence
a fingerprint of their own) and the same recall.
"""

from __future__ import annotations

import warnings
from typing import Any

from store.encoder import adds_bytes_exactly

_ALL_BITS = 3
"""The version of torch's own layers that did not yet keep to seven bits."""


def make_compact(model: Any) -> None:
    """Change a SentenceTransformer whose first module holds an encoder like BERT, in place.

    One scale for each row of a layer's weights: with one a layer, vectors are half as true. The
    word embeddings stay as they are: they lie in the file, and only the rows of words that occur
    are ever read.
    """
    import torch
    from torch.ao.quantization import quantize_dynamic
    from torch.ao.quantization.qconfig import per_channel_dynamic_qconfig

    encoder = model[0].model
    example = model.tokenizer(["样本", "长一些的样本"], return_tensors="pt", padding=True)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # torch announces successors that it does not contain
        quantize_dynamic(encoder, {torch.nn.Linear: per_channel_dynamic_qconfig}, dtype=torch.qint8, inplace=True)
        _use_all_bits(encoder)
        shown = (example["input_ids"], example["attention_mask"])
        script = torch.jit.freeze(_recorded(encoder, shown).eval())
    model[0].model = _scripted(script, encoder.config)


def _use_all_bits(encoder: Any) -> None:
    """Let what goes into a layer keep its eighth bit where the processor adds products of bytes exactly.

    Without such instructions (VNNI) two products may overflow, and torch keeps to seven bits: cosine
    0.990 to the vectors in full instead of 0.998.
    """
    from torch.ao.nn.quantized.dynamic import Linear

    if not adds_bytes_exactly():
        return
    for layer in encoder.modules():
        if isinstance(layer, Linear):
            layer.version = _ALL_BITS


def _recorded(encoder: Any, shown: tuple[Any, Any]) -> Any:
    import torch

    return torch.jit.trace(_hidden(encoder), shown, check_trace=False)


def _hidden(encoder: Any) -> Any:
    """The encoder as a function of tensors alone, which can be recorded."""
    import torch

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, ids: Any, mask: Any) -> Any:
            return self.encoder(input_ids=ids, attention_mask=mask, return_dict=False)[0]

    return Hidden()


def _scripted(script: Any, config: Any) -> Any:
    """What was recorded, called as sentence-transformers calls a transformer."""
    import torch

    class Scripted(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.script, self.config = script, config

        def forward(self, input_ids: Any, attention_mask: Any, **others: Any) -> dict[str, Any]:
            return {"last_hidden_state": self.script(input_ids, attention_mask)}

    return Scripted()
