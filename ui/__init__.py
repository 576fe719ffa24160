"""The browser workbench: Gradio and nothing but Gradio.

``workbench`` builds the page from ``masthead`` and one module a tab (``chat``, ``data``, ``drafts``,
``reports``, ``collecting``, ``library``, ``admin``), each a function ``tab(services, desk, page)`` that stands in
``workbench.TABS``. It first lays out its components, then wires them to the same services that the
command line calls. 起草 is ``sheet`` (a section and the printed page around it), ``editor`` (typing in it) and
``composing`` (what is written for it); ``figures``, ``basis``, ``checkup``, ``collected``, ``manuscript``,
``readings`` and ``panels`` turn records into HTML.

**Who acts.** A handler that is wired with ``session.acting(services, …)`` is called as
``handler(user, *inputs)``: the user comes from the session that the server keeps (``signin``), is
asked of the office at every call, and may be required to be a reviewer or an administrator. The
same decorator writes the audit log (``does=``, ``on=``) and shows faults as sentences.

**Who may call.** ``guard`` refuses foreign names and sites, and ``policy`` tells browsers what a page may load and run;
``uploads`` knows whose an uploaded file is; ``frames`` is how results reach the page. docs/security.md says what holds, and by which test.

**Where things lie.** All work is kept by the office as it is made, through ``services``, which alone know it. ``desk`` is
a ``gr.State`` with the session's copy of the user's ledger and drafts: ``page.load`` fills it, so
that ``desk.change`` is where a tab shows them, after an upload as after a restart. Whatever else a
tab shows at opening (past conversations, documents held) it fetches with ``page.load`` of its own.

**Looks.** ``theme`` joins the files in ``styles/`` and ``scripts/``. Every component has a label;
colour is never the only sign; text of documents and models is escaped.
"""


def launch(services, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Open the workbench and serve until stopped; UnusableInput where the port is taken."""
    from ui.workbench import launch as serve

    serve(services, host, port, open_browser)
