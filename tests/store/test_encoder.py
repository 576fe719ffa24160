"""A question's vector without sentence-transformers is the same, to the last digit."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from store.embedding import SentenceTransformerEmbedder
from store.encoder import Encoder, UnlikeModel
from store.pieces import Pieces

QUESTIONS = [
    "能不能延期，最多延多久？",
    "  政府信息公开可以收费吗\n",
    "申请人一年提了32件，第四十二条怎么说",
    "a<s>b </s> ~～—２０２４",
    "😀𠮷",
    "政府信息公开工作年度报告" * 100,
]


@pytest.fixture(scope="module")
def cutters(embedding_folder):
    whole = Tokenizer.from_file(str(embedding_folder / "tokenizer.json"))
    whole.enable_truncation(512)
    return whole, Pieces(embedding_folder / "tokenizer.json", 512)


@pytest.mark.slow
@pytest.mark.embedding
@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60) | st.text(alphabet="政府信息公开申请 ▁～<s></unkpad>１2①\u0338\t", max_size=40))
def test_a_text_is_cut_as_by_the_whole_tokenizer(cutters, text):
    whole, pieces = cutters
    assert pieces.of("query: " + text) == whole.encode("query: " + text).ids


@pytest.mark.slow
@pytest.mark.embedding
@pytest.mark.timeout(300)
def test_the_vector_is_that_of_sentence_transformers_in_bytes(embedding_folder):
    library = SentenceTransformerEmbedder(str(embedding_folder), "e5", "", in_bytes=True)
    library._unlike = True  # questions go the way of every other model
    encoder = Encoder(embedding_folder)
    for question in QUESTIONS:
        assert np.allclose(library.embed_query(question), encoder.question(question), rtol=0, atol=1e-6), question
        assert np.allclose(library._encode([question])[0], encoder.passage(question), rtol=0, atol=1e-6), question


@pytest.mark.embedding
def test_a_few_passages_need_no_sentence_transformers(embedding_folder):
    embedder = SentenceTransformerEmbedder(str(embedding_folder), "e5", "", in_bytes=True)
    told = []
    vectors = embedder.embed_passages(QUESTIONS, lambda done, of: told.append((done, of)))
    assert embedder._loaded is None and told[-1] == (len(QUESTIONS), len(QUESTIONS))
    assert vectors.dtype == np.float32 and np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert [int((vectors @ embedder.embed_query(text)).argmax()) for text in QUESTIONS] == [*range(len(QUESTIONS))]


@pytest.mark.embedding
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"model_type": "xlm-roberta"}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("tokenizer_config.json", {"tokenizer_class": "BertTokenizer"}),
    ],
)
def test_another_kind_of_model_is_left_to_the_library(tmp_path, embedding_folder, name, change):
    for path in (path for path in embedding_folder.rglob("*.json") if path.is_file()):
        place = tmp_path / path.relative_to(embedding_folder)
        place.parent.mkdir(exist_ok=True)
        shutil.copy(path, place)
    (tmp_path / "model.safetensors").symlink_to(embedding_folder / "model.safetensors")
    changed = json.loads((tmp_path / name).read_text(encoding="utf-8")) | change
    (tmp_path / name).write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(UnlikeModel):
        Encoder(tmp_path)
