"""The same services for the assistants that people already use, by the Model Context Protocol (MCP).

``tools`` says what may be called (search, ask, cite_check, tables, check) and calls the services for it;
nothing is ever written. ``files`` says which files may be named, ``server`` makes the tools a server and
every error one Chinese sentence. It speaks over standard input and output, or by ``http`` on this
machine alone, to whoever knows the ``token``.
"""

from assistants.http import serve_http
from assistants.server import serve_stdio

__all__ = ["serve_http", "serve_stdio"]
