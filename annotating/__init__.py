"""批注: a report in Word format given back to its office with the findings of the check in it.

``annotate`` puts each finding into the file as a comment at its sentence or cell, and each mend of a
finding as a tracked revision; whoever rejects all revisions has the office's own text again. ``places``
tells where in the file a finding stands, for cells by ``cells``; ``body`` reads the paragraphs of the file as
a reader sees them, ``runs`` divides their runs and writes revisions, ``comments`` writes comments, and
``package`` changes parts of the file and leaves all others as they are. ``page`` reads how the pages are laid
out, by the properties that ``formatting`` finds in force, for the check to hold against GB/T 9704.
"""

from annotating.annotate import Annotated, annotate

__all__ = ["Annotated", "annotate"]
