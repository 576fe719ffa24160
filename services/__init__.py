"""What gongkai does, part by part, called alike by the command line and the workbench.

``Gongkai`` holds the parts, each made of exactly what it needs: ``choices`` the settings as they stand,
``models`` the chat model, ``library`` the documents and ``lookup`` what is found in them, ``ledgers``
the figures, ``intakes`` what an office's own files become, ``answers`` to questions (``trial``: many at
once, held against what is expected) from ``sources`` that can be left out, ``writing`` the drafts and
``sheets`` what of them counts (``parts``: of which texts), ``insertion`` puts an answer there, ``handover`` who submits and approves
it, ``reports`` the finished report and its check, ``publishing`` its files, ``jobs`` long work, which workbenches share out (``queue``),
``collections`` all organs' reports of a year (``gathering`` their files, ``examining``: what its processes do,
``known``: what they found before; ``large``: a large ledger has one of its own), ``submissions`` what of them is kept
and who sees it, ``people``, ``conversations`` and ``journal`` the office's own,
``safekeeping`` the backup; ``private`` the names in its ledgers, which go no further. The knowledge base
and the office are opened at first use (``opening``),
so that computing a ledger never waits for them.
"""

from __future__ import annotations

from importlib import metadata
from typing import Any

from services.answers import Answering
from services.choices import Choices
from services.collections import Collecting
from services.conversations import Dialogues
from services.handover import HandingOver
from services.insertion import Insertion
from services.intakes import Intakes
from services.jobs import Jobs
from services.journal import Journal
from services.ledgers import LEDGER_SUFFIXES, Bookkeeping
from services.library import Library
from services.lookup import Lookup
from services.models import Models
from services.opening import EXAMPLES, REGISTRY, Once, office_of, open_filled
from services.people import People
from services.private import Private
from services.publishing import Publishing
from services.reports import Built, Checked, Reporting
from services.safekeeping import Safekeeping
from services.sheets import EditedMeanwhile, Sheets
from services.sources import AnswerSources
from services.submissions import Submissions
from services.writing import Writing, last_result
from settings import Settings

__all__ = [
    "EXAMPLES",
    "LEDGER_SUFFIXES",
    "REGISTRY",
    "Built",
    "Checked",
    "EditedMeanwhile",
    "Gongkai",
    "last_result",
]


class Gongkai:
    """The services of one data folder. Safe to share between threads of one process."""

    def __init__(self, settings: Settings) -> None:
        choices = self.choices = Choices(settings)
        private = Private(lambda: self.ledgers.learn_kept())
        office = self.office = office_of(choices, private.mask)
        knowledge = self.knowledge = Once(lambda: open_filled(choices)[0])
        self.models = Models(choices, private.mask)
        self.people, self.journal, self.conversations = People(office), Journal(office), Dialogues(office)
        self.jobs = Jobs(choices, office)
        self.library, self.lookup = Library(choices, knowledge, self.jobs), Lookup(knowledge)
        self.ledgers = Bookkeeping(choices.home, office, knowledge, private)
        self.intakes = Intakes(choices.home)
        self.collections = Collecting(choices, self.ledgers, office)
        self.sources = AnswerSources(office, knowledge, self.ledgers)
        self.answers = Answering(office, knowledge, self.models, self.sources, private.mask)
        self.writing = Writing(self.ledgers, knowledge, self.models, private.mask)
        self.sheets = Sheets(office, self.writing)
        self.insertion = Insertion(self.sheets, self.writing)
        self.handover = HandingOver(office, self.sheets)
        self.reports = Reporting(choices.home, self.ledgers, self.writing, office, knowledge, private.mask)
        self.publishing = Publishing(choices.home, self.reports, self.sheets, self.ledgers, self.jobs)
        self.submissions = Submissions(
            office, self.collections, self.ledgers, self.library, self.reports, private.mask, self.jobs
        )
        self.safekeeping = Safekeeping(choices, office)

    def status(self) -> dict[str, Any]:
        """What is loaded: documents, passages, models, versions; the JSON of ``gongkai status``."""
        knowledge, settings = self.knowledge(), self.choices.settings
        held = knowledge.counts()
        beside = sum(item.document.beside for item in knowledge.documents())
        return {
            "version": metadata.version("gongkai"),
            "home": str(settings.home),
            "documents": {"regulation": held["regulations"] - beside, "report": held["reports"], "beside": beside},
            "passages": held["passages"],
            "embedding": knowledge.embedder.name,
            "model": self.models.status(),
            "store": settings.chroma_url or "embedded",
            "versions": {name: metadata.version(name) for name in ("chromadb", "gradio", "langchain", "torch")},
        }

    def close(self) -> None:
        """Take no more jobs, and stop the local model's server, if one was started."""
        self.jobs.close()
        self.models.close()
