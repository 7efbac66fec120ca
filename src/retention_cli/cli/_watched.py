"""A run whose memory is limited: whatever ends it, its end is an error message.

Libraries that get no memory, or no thread, end the process as they like. So such a run is a process
of its own, and its parent says what became of it.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
from typing import TYPE_CHECKING

from retention_cli.cli._output import say
from retention_cli.memory import too_little_memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import IO

_FEW_THREADS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""Each thread takes memory beforehand, as do the memory pools of libraries."""

_PASSED_ON = (signal.SIGINT, signal.SIGTERM)


def watched(run: Callable[[], int]) -> int:
    """Run in a process of its own and give its exit code; what ended it otherwise was memory.

    What it says on stderr is heard when it ends by itself; of a library that gives up it is not.
    """
    ended, end = os.pipe()
    with tempfile.TemporaryFile() as said:
        # A signal that comes before it can be passed on waits, or the process would be left alone.
        signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON)
        child = os.fork()
        if child == 0:
            _run(run, said, end)
        os.close(end)
        code = _wait(child)
        with os.fdopen(ended, "rb") as by_itself:
            if by_itself.read():
                said.seek(0)
                sys.stderr.buffer.write(said.read())
                sys.stderr.flush()
                return code
    if code in {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT}:
        return 128 - code
    refusal = too_little_memory(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10)
    say(f"error: {refusal.message}")
    say(f"hint: {refusal.hint}")
    return refusal.exit_code


def _run(run: Callable[[], int], said: IO[bytes], end: int) -> None:
    """Be the process that runs, and never come back."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    os.environ.update(_FEW_THREADS)
    os.dup2(said.fileno(), sys.stderr.fileno())
    code = 1
    try:
        try:
            code = run()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        os.write(end, b"!")
    finally:
        os._exit(code)


def _wait(child: int) -> int:
    """Wait for a process and give its exit code; a signal to this one is passed on."""

    def pass_on(number: int, _: FrameType | None) -> None:
        os.kill(child, number)

    earlier = [(one, signal.signal(one, pass_on)) for one in _PASSED_ON]
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        for number, handler in earlier:
            signal.signal(number, handler)
