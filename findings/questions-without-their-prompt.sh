#!/usr/bin/env bash
# langchain-huggingface 1.2.3 with sentence-transformers 6.2.0: a model that has prompts of its own for questions
# and documents (E5, BGE, Qwen3-Embedding and others name them in config_sentence_transformers.json).
# Guess: embed_query gives what encode_query gives, embed_documents what encode_document gives, which are there for this.
# Seen 2026-11-30: both call encode, which adds no prompt, so that a question and a document of the same words have one
# vector; and with encode_kwargs={"prompt_name": "document"} alone the question too gets the document's prompt. Nothing is said.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'langchain-huggingface==1.2.3' 'sentence-transformers==6.2.0' 'transformers==5.24.0' 'torch==2.13.0' 'numpy==2.4.6'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import os

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
from langchain_huggingface import HuggingFaceEmbeddings
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

# A model in which one can see what was read: a dimension for each word, so that a vector lists its words.
WORDS = ["query", "passage", ":", "公开"]
tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token=":"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
static = StaticEmbedding(tokenizer, embedding_weights=np.eye(len(WORDS), dtype=np.float32))
prompts = {"query": "query: ", "document": "passage: "}
SentenceTransformer(modules=[static], prompts=prompts).save("model")


def read(vector):
    return [word for word, weight in zip(WORDS, vector) if weight > 0]


model = SentenceTransformer("model")
same("encode_query reads", read(model.encode_query("公开")), ["query", ":", "公开"])
same("encode_document reads", read(model.encode_document("公开")), ["passage", ":", "公开"])
plain = HuggingFaceEmbeddings(model_name="model")
same("embed_query reads", read(plain.embed_query("公开")), ["公开"])
same("embed_documents reads", read(plain.embed_documents(["公开"])[0]), ["公开"])
set_once = HuggingFaceEmbeddings(model_name="model", encode_kwargs={"prompt_name": "document"})
same("with encode_kwargs, embed_query reads", read(set_once.embed_query("公开")), ["passage", ":", "公开"])
both = HuggingFaceEmbeddings(
    model_name="model", encode_kwargs={"prompt_name": "document"}, query_encode_kwargs={"prompt_name": "query"}
)
same("with both, embed_query reads", read(both.embed_query("公开")), ["query", ":", "公开"])
PYTHON
venv/bin/python -W ignore run.py
echo 'as described'
