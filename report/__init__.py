"""The finished report: assembled, laid out, written as docx, html and md.

``assemble`` joins narrative and figures into one ``FinishedReport``; ``layout`` places the three
statutory tables on grids with spans as in the official form; ``docx``, ``html`` and ``markdown``
render the same report, ``pdf`` prints the .docx where LibreOffice is, in the ``faces`` that are there; ``trace`` says where every
numeral comes from; ``annex`` puts figures.json into the .docx and finds what was edited since; ``write`` puts the files on disk together with figures.json, and ``folder`` sees to
it that these are of one report; ``topics`` takes part 一 apart, ``plain`` shows figures as plain text.
"""
