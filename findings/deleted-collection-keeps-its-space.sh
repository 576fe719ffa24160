#!/usr/bin/env bash
# chromadb 1.5.9, embedded: what a deleted collection leaves on the disk.
# Guess: delete_collection gives the space back, at the latest when the client is opened again; the folder of its
# vectors goes.
# Seen 2026-11-29 (4,000 passages of 384 numbers): the size of the folder stays the same, the deleted collection's own
# folder stays too, and adding the same passages again makes it half as large again: renewing by delete
# and add grows for good.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'chromadb==1.5.9' 'numpy==2.4.6'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import os
import subprocess

if len(sys.argv) > 1:  # each step in a process of its own, as after a restart
    import chromadb
    import numpy

    client = chromadb.PersistentClient("store")
    if sys.argv[1] == "delete":
        client.delete_collection("laws")
        sys.exit()
    laws = client.create_collection("laws", embedding_function=None)
    random = numpy.random.default_rng(0)
    for start in range(0, 4000, 500):
        numbers = range(start, start + 500)
        laws.add(
            ids=[str(number) for number in numbers],
            documents=[f"第{number}条 本条规定公开的内容和期限。" for number in numbers],
            embeddings=random.normal(size=(500, 384)).astype("f4"),
        )
    sys.exit()


def step(what):
    subprocess.run([sys.executable, "run.py", what], check=True)
    files = [os.path.join(folder, name) for folder, _, names in os.walk("store") for name in names]
    folders = sum(entry.is_dir() for entry in os.scandir("store"))
    total = sum(map(os.path.getsize, files))
    print(f"after {what}: {total} bytes, {folders} folders of vectors")
    return total, folders


added, one = step("add")
deleted, still = step("delete")
again, two = step("add")
same("folders of vectors", (one, still, two), (1, 1, 2))
same("no smaller after delete_collection", deleted >= added, True)
same("a third larger at least after adding again", again > added * 4 / 3, True)
PYTHON
venv/bin/python run.py
echo 'as described'
