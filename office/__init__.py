"""What the office keeps of its own work, in ``office.db`` and ``ledgers/`` of the data folder.

``Office`` opens it (``opening``): ``users`` (roles, passwords, the lock after wrong ones; ``users_file``
reads those that a file brings), ``sessions`` (who is signed in), ``conversations`` (each user's own, with ``attachments``),
``ledgers`` (files, figures, what lies on whose desk), ``drafts`` (versions, undo; ``stored`` is their
JSON and that of answers), ``own`` (numerals that somebody vouches for), ``told`` (what the office answered when
asked), ``handover`` (submitted, approved, comments), ``reviews`` (decisions on findings), ``collected`` (figures of a county's organs) with ``handed_in`` (their files and what was said of them), ``jobs`` (long work that workbenches share out), ``known`` (what was read of
files) and ``audit`` (append-only).
Every change is one transaction of ``database`` (``server``: of a PostgreSQL server, whose ``silence`` is not borne for ever, to which ``moving`` brings an office.db), whose tables stand
in ``schema`` and whose revisions in ``migrations``. ``backup`` writes the whole data folder as one file and puts it back; ``copying``
copies databases that are in use. Nothing here knows a page or a model.
"""

from office.opening import Office
from office.reviews import Decision, fingerprint, report_key
from office.users import ROLE_NAMES, SignInRefused, User

__all__ = ["ROLE_NAMES", "Decision", "Office", "SignInRefused", "User", "fingerprint", "report_key"]
