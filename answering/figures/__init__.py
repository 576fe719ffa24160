"""A question for the office's own figures becomes numbers, each with where it comes from.

``question`` reads which figure is asked for, and ``years`` which years, by the words of ``catalogue`` (the records of
``matters``, and ``asking.toml``), ``organ`` whose. ``answer`` takes the numbers from a ledger, a
published report's tables or (``narrative``) its text.
"""
