"""Whether Chroma's own default embedding function is to be had here: it fetches its model at the first use.

Answer: ``dimension`` of a vector, or what went wrong as ``problem``.
"""

import json
import sys
from pathlib import Path

from chromadb.utils.embedding_functions import DefaultEmbeddingFunction


def main():
    try:
        return {"dimension": len(DefaultEmbeddingFunction()(["第一条"])[0])}
    except Exception as error:  # httpx's, its own and ValueError: whichever, it is told
        return {"problem": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(main()), encoding="utf-8")
