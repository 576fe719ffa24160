"""The finished report: assembled, laid out, written as docx, html and md, and checked (体检).

``assemble`` joins narrative and figures into one ``FinishedReport``; ``layout`` places the three
statutory tables on grids with spans as in the official form; ``docx``, ``html`` and ``markdown``
render the same report, ``pdf`` prints the .docx where LibreOffice is; ``trace`` says where every
numeral comes from; ``write`` puts the files on disk together with figures.json, and ``folder`` sees to
it that these are of one report; ``checkup`` reads a published report's data and lists findings.
"""
