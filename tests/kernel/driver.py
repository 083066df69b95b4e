"""A Jupyter client that the kernel's tests drive: one JSON request per line on stdin, one JSON answer per line."""

import json
import os
import sys
import threading
import time

import nbformat
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

# jupyter_client picks free ports and lets go of them: a kernel that starts at the same moment may take one
START_ATTEMPTS = 3
SILENCE = 0.1  # seconds without an output after which no further one is expected


class Driver:
    def start(self, kernel="tslab"):
        began = time.monotonic()
        for attempt in range(1, START_ATTEMPTS + 1):
            self.manager = KernelManager(kernel_name=kernel)
            self.manager.start_kernel()
            self.client = self.manager.client()
            self.client.start_channels()
            try:
                self.client.wait_for_ready(timeout=60)
                break
            except RuntimeError:
                self.client.stop_channels()
                if attempt == START_ATTEMPTS:
                    raise
        return {"seconds": time.monotonic() - began, "pid": self.manager.provisioner.process.pid}

    def run(self, cells, stop_on_error=True, store_history=True, interrupt_after=None, silent=False, timeout=30):
        """Sends all cells at once; replies and outputs of each, and the order of every status."""
        drained(self.client)
        ids = [
            self.client.execute(
                code, silent=silent, stop_on_error=stop_on_error, store_history=store_history and not silent
            )
            for code in cells
        ]
        if interrupt_after is not None:
            threading.Timer(interrupt_after, self.manager.interrupt_kernel).start()
        replies = {}
        while len(replies) < len(ids):
            message = self.client.get_shell_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") in ids:
                replies[message["parent_header"]["msg_id"]] = message["content"]
        outputs = [[] for _ in ids]
        order = []
        for message in drained(self.client, until_idle=ids[-1]):
            if message["parent_header"].get("msg_id") in ids:
                cell = ids.index(message["parent_header"]["msg_id"])
                if message["msg_type"] == "status":
                    order.append([cell, message["content"]["execution_state"]])
                else:
                    outputs[cell].append({"type": message["msg_type"], **message["content"]})
        return {"replies": [replies[i] for i in ids], "outputs": outputs, "order": order}

    def request(self, type, content=None):
        message = self.client.session.msg(type, content or {})
        self.client.shell_channel.send(message)
        while True:
            reply = self.client.get_shell_msg(timeout=10)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return {"type": reply["msg_type"], **reply["content"]}

    def restart(self):
        message = self.client.session.msg("shutdown_request", {"restart": True})
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=10)
            if reply["msg_type"] == "shutdown_reply":
                break
        self.wait_for_end()
        return reply["content"]

    def shutdown(self, busy_with=None):
        if busy_with:
            self.client.execute(busy_with)
            time.sleep(1)
        self.client.control_channel.send(self.client.session.msg("shutdown_request", {"restart": False}))
        return {"seconds": self.wait_for_end()}

    def wait_for_end(self):
        began = time.monotonic()
        while self.manager.is_alive():
            if time.monotonic() - began > 20:
                raise TimeoutError("the kernel still runs")
            time.sleep(0.02)
        self.client.stop_channels()
        self.manager.cleanup_resources()
        return time.monotonic() - began

    def notebook(self, path, kernel="tslab", cwd=None, timeout=60, allow_errors=False):
        """What nbclient makes of a notebook: its cells' outputs, or the exception."""
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            kernel_name=kernel,
            timeout=timeout,
            allow_errors=allow_errors,
            resources={"metadata": {"path": cwd or os.path.dirname(path)}},
        )
        try:
            client.execute()
        except Exception as error:
            return {"raised": type(error).__name__, "text": str(error)}
        return {"outputs": [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]}


def drained(client, until_idle=None):
    messages = []
    while True:
        try:
            message = client.get_iopub_msg(timeout=SILENCE if until_idle is None else 10)
        except Exception:
            return messages
        messages.append(message)
        if message["content"].get("execution_state") == "idle":
            if message["parent_header"].get("msg_id") == until_idle:
                until_idle = None


driver = Driver()
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = getattr(driver, request.pop("do"))(**request)
        print(json.dumps({"answer": answer}, default=str), flush=True)
    except Exception as error:
        print(json.dumps({"failed": f"{type(error).__name__}: {error}"}), flush=True)
