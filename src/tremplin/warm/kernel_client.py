"""
Clients that wait for a kernel just until it answers.

Jupyter's own listens to IOPub for a fixed fifth of a second after the kernel has answered, for messages of
its start that nobody wants. What the kernel says last about our own question comes after all of those.
"""

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.client import KernelClient
from jupyter_core.utils import ensure_async, run_sync

PATIENCE = 0.2
"""Seconds that IOPub may stay silent: then our subscription came late, and we ask again."""


async def _ready(client: KernelClient, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as jupyter_client calls it
    """Wait until the kernel answers on shell and is heard on IOPub."""
    ends = None if timeout is None else time.monotonic() + timeout
    while True:
        asked = client.kernel_info()
        try:
            reply = await ensure_async(client.shell_channel.get_msg(timeout=1))
            if reply["msg_type"] == "kernel_info_reply":
                await _idle(client, asked)
                client._handle_kernel_info_reply(reply)  # noqa: SLF001 - as the method it stands for does
                return
        except Empty:
            pass
        if not await client._async_is_alive():  # noqa: SLF001 - idem
            raise RuntimeError("Kernel died before replying to kernel_info")
        if ends is not None and time.monotonic() > ends:
            raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")


async def _idle(client: KernelClient, asked: str) -> None:
    while True:
        message: dict[str, Any] = await ensure_async(client.iopub_channel.get_msg(timeout=PATIENCE))
        answers = message["parent_header"].get("msg_id") == asked
        if answers and message["content"].get("execution_state") == "idle":
            return


class PromptAsyncKernelClient(AsyncKernelClient):
    """The client of nbclient and papermill."""

    wait_for_ready = _ready


class PromptBlockingKernelClient(BlockingKernelClient):
    """The client of nbval and of scripts."""

    wait_for_ready = run_sync(_ready)


PROMPT = {
    AsyncKernelClient: PromptAsyncKernelClient,
    BlockingKernelClient: PromptBlockingKernelClient,
}
