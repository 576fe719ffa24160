"""Which model is meant, and what is said where it is missing."""

import numpy as np
import pytest

from domain import UnusableInput
from store import load_embedder


def test_a_missing_or_empty_folder_says_what_to_do(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UnusableInput, match=r"\./run.*GONGKAI_EMBEDDING"):
            load_embedder(str(folder))


def test_the_fingerprint_follows_the_weights_and_not_the_place(tmp_path):
    for name, weights in (("a", b"one"), ("b", b"one"), ("c", b"two")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}", encoding="utf-8")
        (tmp_path / name / "model.safetensors").write_bytes(weights)
    a, b, c = (load_embedder(str(tmp_path / name)).fingerprint for name in "abc")
    assert a == b != c


@pytest.mark.embedding
@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_a_file_cut_short_says_what_to_do(tmp_path, embedding_folder, name):
    folder = tmp_path / "model"
    folder.mkdir()
    for path in (path for path in embedding_folder.rglob("*") if path.is_file()):
        place = folder / path.relative_to(embedding_folder)
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(path)
    (folder / name).unlink()
    with (embedding_folder / name).open("rb") as whole:
        (folder / name).write_bytes(whole.read(40))
    with pytest.raises(UnusableInput, match=r"\./run.*GONGKAI_EMBEDDING"):
        load_embedder(str(folder)).embed_query("晒谷场")


@pytest.mark.slow
@pytest.mark.embedding
@pytest.mark.timeout(300)
def test_vectors_have_length_1_whatever_the_order_and_number_of_texts(built_in_embedder):
    embedder = built_in_embedder
    texts = ["水费每吨两元。", "犬只伤人的，主人赔偿。" * 20, "学校免交。"]
    seen = []
    vectors = embedder.embed_passages(texts, lambda done, of: seen.append((done, of)))
    assert vectors.shape[0] == 3 and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    alone = np.stack([embedder.embed_passages([text])[0] for text in texts])
    assert ((vectors * alone).sum(axis=1) > 0.97).all()
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert embedder.embed_passages([]).shape == (0, vectors.shape[1])
    assert vectors @ embedder.embed_query("狗咬了人怎么办") @ np.array([-1, 2, -1]) > 0  # nearest to the second


@pytest.mark.embedding
@pytest.mark.timeout(300)
def test_a_question_has_the_vector_that_the_library_gives_it(embedding_folder):
    embedder = load_embedder(str(embedding_folder))
    asked = embedder.embed_query("狗咬了人怎么办")
    given = embedder._model().encode(["狗咬了人怎么办"], prompt_name="query", normalize_embeddings=True)[0]
    assert asked.dtype == np.float32 and np.allclose(asked, given, atol=1e-5)
