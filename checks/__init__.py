"""体检: what is wrong, or doubtful, in a finished report, built by us or by anybody."""

from checks.checkup import check

__all__ = ["check"]
