"""What a fault leaves in the log of the server: its kind and place, and nothing that anybody typed."""

import subprocess
import sys

import pytest

TYPED = "张小三的申请"
FAULTS = {
    "print_exc": f"""
try: raise ValueError("{TYPED}")
except ValueError: traceback.print_exc()
""",
    "cause": f"""
try:
    try: int("{TYPED}")
    except ValueError as error: raise KeyError("{TYPED}") from error
except KeyError: traceback.print_exc()
""",
    "warning": f'warnings.warn("Received inputs: {TYPED}", stacklevel=1)',
    "logging": f"""
try: raise ValueError("{TYPED}")
except ValueError: logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
""",
    "thread": f"""
def fail(): raise ValueError("{TYPED}")
thread = threading.Thread(target=fail); thread.start(); thread.join()
""",
    "pydantic": f"""
from pydantic import TypeAdapter
try: TypeAdapter(int).validate_python("{TYPED}")
except ValueError: traceback.print_exc()
""",
}


@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_is_logged_without_words(how):
    code = f"import logging, threading, traceback, warnings\nfrom ui import wordless\nwordless.install()\n{FAULTS[how]}"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0 and TYPED not in done.stderr + done.stdout
    assert ("UserWarning" if how == "warning" else "Error") in done.stderr
    assert "<string>:" in done.stderr
