"""The unpacked embedding weights say what the engine they came from says, and rank as they should."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from weights import e5

# Vectors of the packed file's own engine, as 384 signed bytes each (direction only).
REFERENCE = json.loads(Path(__file__).with_name("e5_reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def model(embedding_folder):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(embedding_folder), device="cpu")


@pytest.mark.embedding
@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: row["text"][:8])
def test_vectors_equal_the_original_engine_s(model, row):
    expected = np.frombuffer(base64.b64decode(row["int8"]), np.int8).astype(np.float32)
    found = model.encode(row["text"], prompt_name=row["prompt"])
    assert found @ expected / np.linalg.norm(expected) >= 0.999


@pytest.mark.embedding
def test_a_question_finds_its_passage(model):
    pairs = {
        "多久要答复公开申请？": "行政机关收到政府信息公开申请，不能当场答复的，应当自收到申请之日起20个工作日内予以答复。",
        "公开信息要收费吗？": "行政机关依申请提供政府信息，不收取费用；申请数量、频次明显超过合理范围的，可以收取信息处理费。",
        "排污单位要记什么台账？": "排污单位应当建立环境管理台账记录制度，如实记录主要生产设施、污染防治设施运行情况以及污染物排放浓度。",
    }
    similarity = model.encode_query(list(pairs)) @ model.encode_document(list(pairs.values())).T
    assert similarity.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.embedding
def test_long_texts_and_units(model):
    vectors = model.encode(["", "条" * 2000], prompt_name="passage")
    assert vectors.shape == (2, 384) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100), b"E5S1" + bytes(20), b"E5S1\x01" + bytes(300)])
def test_another_format_is_refused_and_leaves_nothing(tmp_path, content):
    packed = tmp_path / "weights.bin"
    packed.write_bytes(content)
    with pytest.raises(e5.UnreadableWeights):
        e5.unpack(packed, tmp_path / "unpacked")
    assert list(tmp_path.iterdir()) == [packed]
