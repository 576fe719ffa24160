"""The command line: a module for each kind of subcommand, each hung on ``cli``.

``group`` is the command gongkai itself, ``options`` and ``printing`` what several subcommands take and print.
``serving`` opens the workbench (``memory``: what its process keeps), ``knowing`` keeps the knowledge base, ``asking`` answers, ``computing`` makes the
tables, ``writing`` the report, ``checking`` reads one that is finished, ``gathering`` those of many organs,
``keeping`` looks after the data folder.
"""

from commands import asking, checking, computing, gathering, keeping, knowing, serving, writing
from commands.group import cli
from commands.printing import say

__all__ = ["asking", "checking", "cli", "computing", "gathering", "keeping", "knowing", "say", "serving", "writing"]
