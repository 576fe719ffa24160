"""Plain LangChain and Chroma: its splitter, its vector store, its retriever, all with their defaults.

Job: ``documents`` [[text, name], …], ``weights`` (a sentence-transformers folder), ``kept`` (a folder for the
vector store, taken as it is where it is filled), ``questions``, ``depth`` (0: only the first ten). The prompts that the
model's own configuration gives for questions and passages are not used: LangChain does not do so by itself.
Answer: ``taking`` (processor seconds, or null), ``chunks``, ``found`` (for each question
[[name, start, length], …]), ``ms`` and ``processor`` (seconds in all) of searches for the first ten.
"""

import json
import sys
import time
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

USUAL = 10


def main(job):
    embeddings = HuggingFaceEmbeddings(model_name=job["weights"])
    embeddings.embed_query("预备")  # loading the model is no part of the speed
    whole, spent = Path(job["kept"]) / "whole.json", None
    if not whole.is_file():
        begun = time.process_time()
        documents = [Document(page_content=text, metadata={"name": name}) for text, name in job["documents"]]
        chunks = RecursiveCharacterTextSplitter(add_start_index=True).split_documents(documents)
        Chroma.from_documents(chunks, embeddings, persist_directory=job["kept"])
        spent = time.process_time() - begun
        whole.write_text(json.dumps(len(chunks)), encoding="utf-8")
    store = Chroma(persist_directory=job["kept"], embedding_function=embeddings)
    usual = store.as_retriever(search_kwargs={"k": USUAL})
    deep = store.as_retriever(search_kwargs={"k": job["depth"]}) if job["depth"] else None
    usual.invoke("预备")
    found, ms, processor = [], [], 0.0
    for question in job["questions"]:
        clock, busy = time.perf_counter(), time.process_time()
        hits = usual.invoke(question)
        ms.append(1000 * (time.perf_counter() - clock))
        processor += time.process_time() - busy
        hits = deep.invoke(question) if deep else hits
        found.append([[hit.metadata["name"], hit.metadata["start_index"], len(hit.page_content)] for hit in hits])
    chunks = json.loads(whole.read_text(encoding="utf-8"))
    return {"taking": spent, "chunks": chunks, "found": found, "ms": ms, "processor": processor}


if __name__ == "__main__":
    answer = main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")
