"""The log of the workbench has a name for each thing that is logged."""

from office.audit import ACTIONS
from ui import logbook


def test_every_action_that_is_logged_can_be_chosen_and_read():
    assert logbook.ACTIONS == ACTIONS
