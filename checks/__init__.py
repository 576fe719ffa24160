"""体检: what is wrong, or doubtful, in a finished report, built by us or by anybody.

``checkup`` gives what is known of a report to all rules as one ``subject`` and puts the findings in order.
A rule is declared (``rule``) in a module of ``rules`` with its legal source, what to do, and the ``examples``
that are its tests; ``catalogue`` collects them, ``manual`` prints them (``python -m checks``). What rules
share: ``statements`` reads a narrative into numbers with their words, ``scope`` tells what part and which
year they speak of, ``applications`` and ``cases`` what they can mean in tables 3 and 4, ``fees`` what is said
of 信息处理费, ``citations`` which laws are cited, ``naming`` whether there is one of that name, ``titles`` whose report it
is, ``leaves`` the cells of its tables, ``layout`` how its pages are laid out, ``mends`` which totals can be set
right. ``unjudged`` lists what is cited and could not be judged. ``words`` reads the patterns that stand as
data beside each of these modules.
"""

from checks.checkup import check
from checks.unjudged import Unjudged, unjudged

__all__ = ["Unjudged", "check", "unjudged"]
