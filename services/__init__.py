"""What gongkai does: one method per subcommand, called alike by the command line and the workbench.

Wires settings to the packages: ``opening`` holds what is opened at first use (so that ``tables`` or
``check`` never wait for the store or a model), ``library`` the documents, ``ledgers`` the figures,
``writing`` answers and drafts, ``reports`` the finished report and its check, ``safekeeping`` the
backup. ``Gongkai`` is all of them.
"""

from services.ledgers import LEDGER_SUFFIXES
from services.library import Library
from services.opening import EXAMPLES, REGISTRY
from services.reports import Built, Checked, Reports
from services.safekeeping import Safekeeping
from services.sheets import EditedMeanwhile
from services.writing import last_result

__all__ = ["EXAMPLES", "LEDGER_SUFFIXES", "REGISTRY", "Built", "Checked", "EditedMeanwhile", "Gongkai", "last_result"]


class Gongkai(Library, Reports, Safekeeping):
    """The services of one data folder. Safe to share between threads of one process."""
