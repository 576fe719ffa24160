"""The browser workbench: Gradio and nothing but Gradio.

``workbench`` builds the page from one module a tab (``chat``, ``data``, ``drafts``, ``reports``,
``library``); each tab first lays out its components, then wires them to the same services that the
command line calls. ``panels`` turns records into HTML; what belongs to one browser session lives in
``gr.State`` as a ``Desk``.
"""


def launch(services, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Open the workbench and serve until stopped; UnusableInput where the port is taken."""
    from ui.workbench import launch as serve

    serve(services, host, port, open_browser)
