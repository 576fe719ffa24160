"""What the packages pass to each other: frozen records.

Nothing here reads a file, calls a model or knows a library; every other package may import it.
Dates are days, counts are whole numbers, money is a decimal; None means "not known", never zero.

``basics`` is what every record rests on: kinds, numbers, refusals, notes, and who works here. ``library`` has the
knowledge base's documents, passages and hits, ``published`` a report as read, ``ledger`` what the statutory engine
yields, ``writing`` answers, drafts and the figures in their text, ``findings`` what a check finds and what mends it;
``remembered`` keeps what was made of such records.
"""

from domain.basics import (
    SECTION_TITLES,
    Kind,
    ModelUnavailable,
    Note,
    Number,
    Role,
    Status,
    UnusableInput,
    User,
    plain_numbers,
)
from domain.findings import Finding, Mend
from domain.ledger import (
    Change,
    Check,
    Choice,
    Comparison,
    DerivedFact,
    Doubt,
    DueDate,
    Figures,
    LedgerResult,
    Provenance,
    SheetAccount,
    Signal,
    YearFigures,
)
from domain.library import Document, Hit, Outcome, Passage
from domain.published import Cell, PublishedReport, Section
from domain.remembered import Remembered
from domain.writing import (
    Answer,
    Citation,
    Delta,
    Draft,
    Event,
    Evidence,
    Filled,
    Finished,
    FinishedReport,
    Mode,
    OwnFigure,
    ParagraphSimilarity,
    Phrase,
    Placed,
    Progress,
    QuestionReading,
    ReadingChoice,
    ReadingPart,
    Rejection,
    Remark,
    Result,
)

__all__ = [
    "SECTION_TITLES",
    "Answer",
    "Cell",
    "Change",
    "Check",
    "Choice",
    "Citation",
    "Comparison",
    "Delta",
    "DerivedFact",
    "Document",
    "Doubt",
    "Draft",
    "DueDate",
    "Event",
    "Evidence",
    "Figures",
    "Filled",
    "Finding",
    "Finished",
    "FinishedReport",
    "Hit",
    "Kind",
    "LedgerResult",
    "Mend",
    "Mode",
    "ModelUnavailable",
    "Note",
    "Number",
    "Outcome",
    "OwnFigure",
    "ParagraphSimilarity",
    "Passage",
    "Phrase",
    "Placed",
    "Progress",
    "Provenance",
    "PublishedReport",
    "QuestionReading",
    "ReadingChoice",
    "ReadingPart",
    "Rejection",
    "Remark",
    "Remembered",
    "Result",
    "Role",
    "Section",
    "SheetAccount",
    "Signal",
    "Status",
    "UnusableInput",
    "User",
    "YearFigures",
    "plain_numbers",
]
