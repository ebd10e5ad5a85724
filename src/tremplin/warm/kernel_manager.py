"""
Starts the kernels of a pipeline, which are forked.
"""

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from tremplin.warm.kernel_provisioner import NAME, STANZA


class ForkedKernelManager(AsyncKernelManager):
    """Has a kernel forked whose specification names no other way to start it."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The specification, with the way to start it."""
        found = super().kernel_spec
        if found is not None:
            found.metadata.setdefault(STANZA, {"provisioner_name": NAME})
        return found
