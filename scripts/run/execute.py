"""Runs one notebook top to bottom in a fresh kernel and compares it with its committed outputs.

Reports on standard output, one JSON object a line. Stops, and takes the kernel with it, when standard
input closes: so no kernel outlives the runner, however the runner ended.
"""

import argparse
import asyncio
import contextlib
import copy
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "check"))
from normalise import normalised  # first: it makes the imports below faster

import nbformat
from compare import differences
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

KERNEL = "tslab"
# Kernels that start at the same moment can be given the same free port; the loser dies at once.
START_ATTEMPTS = 3
START_TIMEOUT_S = 120
LAST_WAIT = "await new Promise((done) => setTimeout(done, 50));"
# lib/gradients/tensorflow.ts leaves there what it loaded; the mark tells this line from what a cell prints late.
BACKEND_MARK = "backpropagation.tensorflowBackend="
BACKEND_QUESTION = (
    f'console.log("{BACKEND_MARK}" + JSON.stringify('
    '(globalThis as any)[Symbol.for("backpropagation.tensorflowBackend")] ?? null));'
)

# Whatever prints by accident must not end up between the JSON lines.
_lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def say(event, **fields):
    _lines.write(json.dumps({"event": event, **fields}) + "\n")
    _lines.flush()


class CellNotRun(Exception):
    """The kernel answered a cell without running it."""


class Runner(NotebookClient):
    """nbclient, which tells where it is."""

    number = 0
    started_at = 0.0
    last_progress = 0.0

    def begin(self, cell, cell_index):
        self.number += 1
        self.index = cell_index
        self.started_at = time.monotonic()
        say("cell", index=cell_index, number=self.number)

    def finish(self, cell, cell_index, execute_reply):
        status = execute_reply["content"]["status"]
        # nbclient takes every status but "error" for success.
        if status not in ("ok", "error"):
            raise CellNotRun(f'the kernel answered "{status}" without running the cell')
        if status == "ok":
            say("ran", index=cell_index, number=self.number, seconds=time.monotonic() - self.started_at)

    def process_message(self, msg, cell, cell_index):
        if (msg["content"].get("transient") or {}).get("display_id"):
            text = "".join(msg["content"].get("data", {}).get("text/plain", ""))
            now = time.monotonic()
            if text.strip() and now - self.last_progress > 0.2:
                self.last_progress = now
                say("progress", number=self.number, text=text.strip().splitlines()[0])
        return super().process_message(msg, cell, cell_index)


def without_outputs(notebook):
    fresh = copy.deepcopy(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return fresh


async def start_kernel(kernels, directory, log):
    """A kernel that answers, and its client."""
    specs = KernelSpecManager(kernel_dirs=[kernels], ensure_native_kernel=False)
    for attempt in range(1, START_ATTEMPTS + 1):
        manager = AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=specs)
        client = None
        try:
            await manager.start_kernel(cwd=directory, stdout=log, stderr=log)
            say("kernel", pid=manager.provisioner.pid)
            client = manager.client()
            client.start_channels()
            await client.wait_for_ready(timeout=START_TIMEOUT_S)
            client.allow_stdin = False
            return manager, client
        except BaseException as error:
            if client is not None:
                client.stop_channels()
            await stop_kernel(manager, at_once=True)
            if attempt == START_ATTEMPTS or not isinstance(error, RuntimeError):
                raise


async def stop_kernel(manager, at_once):
    if manager.has_kernel:
        with contextlib.suppress(RuntimeError):
            await manager.shutdown_kernel(now=at_once)


async def say_backend(client):
    """Tells which TensorFlow backend the cells used; the request is no cell, so the notebook does not change."""
    printed = []

    def keep(message):
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    # It is a fact for the log: a notebook that ran does not fail for want of it.
    with contextlib.suppress(Exception):
        await client.execute_interactive(
            BACKEND_QUESTION, store_history=False, timeout=10, output_hook=keep
        )
        for line in "".join(printed).splitlines():
            if BACKEND_MARK in line:
                say("tensorflow", backend=json.loads(line.partition(BACKEND_MARK)[2]))


def how_it_ended(manager):
    """In words, for a kernel process that is gone."""
    process = getattr(manager.provisioner, "process", None)
    code = process.poll() if process is not None else None
    if code is None:
        return ""
    return f" (killed by {signal.Signals(-code).name})" if code < 0 else f" (exit code {code})"


async def run(arguments, notebook):
    """Runs the cells of `notebook` in place; returns what stopped it, or None."""
    with open(arguments.kernel_log, "wb") as log:
        try:
            manager, client = await start_kernel(arguments.kernels, arguments.cwd, log)
        except Exception as error:
            return {"kind": "start", "name": type(error).__name__, "text": str(error)}
        runner = Runner(
            notebook,
            km=manager,
            timeout=arguments.timeout,
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            # Slow outputs are an error, not an output that is quietly missing.
            raise_on_iopub_timeout=True,
            iopub_timeout=60,
            # No cell is left out: a skipped one would keep no output, or worse, an old one.
            skip_cells_with_tag="",
        )
        runner.kc = client
        runner.on_cell_execute = runner.begin
        runner.on_cell_executed = runner.finish
        at_once = True
        try:
            info = await client.kernel_info(reply=True, timeout=START_TIMEOUT_S)
            say("info", **{k: info["content"].get(k) for k in ("implementation", "language_info")})
            await runner.async_execute()
            at_once = False
            # An error that no cell waited for fails the request during which it surfaces; after the last cell, this one.
            last = await client.execute(LAST_WAIT, silent=True, store_history=False, reply=True, timeout=60)
            if last["content"]["status"] == "error":
                name, text = last["content"]["ename"], last["content"]["evalue"]
                return {"kind": "error", "name": name, "text": f"{text} (after the last cell had ended)"}
            await say_backend(client)
        except CellTimeoutError as error:
            # The same class for a cell that takes too long and for outputs that do not arrive after its end.
            kind = "error" if "IOPub" in str(error) else "timeout"
            text = str(error).strip().splitlines()[0]
            return {"kind": kind, "name": "CellTimeoutError", "text": text, "number": runner.number}
        except CellExecutionError as error:
            at_once = False
            return {
                "kind": "error",
                "name": error.ename,
                "text": error.evalue,
                "number": runner.number,
            }
        except DeadKernelError:
            await asyncio.sleep(0.1)
            text = f"the kernel died{how_it_ended(manager)}"
            return {"kind": "dead", "name": "DeadKernelError", "text": text, "number": runner.number}
        except CellNotRun as error:
            return {"kind": "error", "name": "CellNotRun", "text": str(error), "number": runner.number}
        finally:
            client.stop_channels()
            await stop_kernel(manager, at_once)
    return None


def cancel_when_input_closes(loop, task, stopped):
    def watch():
        while os.read(0, 4096):
            pass
        stopped.set()
        loop.call_soon_threadsafe(task.cancel)

    threading.Thread(target=watch, daemon=True).start()


def write(path, notebook):
    temporary = Path(f"{path}.part")
    temporary.write_text(normalised(notebook), encoding="utf-8")
    temporary.replace(path)


async def main(arguments):
    stopped = threading.Event()
    committed = nbformat.read(arguments.notebook, as_version=4)
    executed = without_outputs(committed)
    task = asyncio.ensure_future(run(arguments, executed))
    cancel_when_input_closes(asyncio.get_running_loop(), task, stopped)
    try:
        failure = await task
    except asyncio.CancelledError:
        failure = None
    if stopped.is_set():
        # nbclient turns a cancelled cell into a dead kernel; the reader asked for it, so say that.
        return say("end", failure={"kind": "stopped", "name": "Interrupted", "text": "stopped"})
    if failure is not None:
        write(arguments.failed, executed)
    ran = None if failure is None else failure.get("number", 1) - 1
    say("compared", differences=differences(committed, executed, ran))
    if failure is None:
        write(arguments.executed, executed)
    say("end", failure=failure)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebook")
    parser.add_argument("--executed", required=True, help="where the executed notebook is written")
    parser.add_argument("--failed", required=True, help="where it is written when a cell failed")
    parser.add_argument("--kernel-log", required=True, help="what the kernel process itself prints")
    parser.add_argument("--kernels", required=True, help="folder that holds the kernelspec")
    parser.add_argument("--cwd", required=True, help="working directory of the kernel")
    parser.add_argument("--timeout", type=int, required=True, help="seconds a cell may take")
    asyncio.run(main(parser.parse_args()))
