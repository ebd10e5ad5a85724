"""
What a report was made of: hashes of its inputs, versions of its tools.
"""

import hashlib
import platform
from importlib.metadata import version

from tremplin.model.profile import Profile
from tremplin.model.register import Register

SHOWN = 16
PACKAGES = ("tremplin", "papermill", "nbval", "polars", "altair", "vl-convert-python", "typst")


def inputs(profile: Profile, register: Register) -> list[tuple[str, str]]:
    """
    Name every input with the first digits of its SHA-256; the receipt beside the report has them whole.

    The profile is hashed as it was understood, so that a comment in its file changes nothing.
    """
    understood = hashlib.sha256(profile.model_dump_json().encode()).hexdigest()
    named = {"profil": understood, **register.files}
    return [(name, digest[:SHOWN]) for name, digest in named.items()]


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that shape a report."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
