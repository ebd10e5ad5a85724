"""
The project as one file: what workers need besides people, the same for all of them, named by its hash.
"""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tremplin.pipeline.receipt import hashes
from tremplin.pipeline.report import ProjectFolders
from tremplin.pipeline.workshop import files

EPOCH = (1980, 1, 1, 0, 0, 0)
PARTS = ("notebooks", "data", "reports")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The packed notebooks, data and assets of a project."""

    content: bytes

    @property
    def sha256(self) -> str:
        """The hash that names it."""
        return hashlib.sha256(self.content).hexdigest()

    @classmethod
    def of(cls, project: ProjectFolders) -> "Bundle":
        """Pack a project; the same files always give the same bytes."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for part in PARTS:
                root: Path = getattr(project, part)
                for file in files(root):
                    name = f"{part}/{file.relative_to(root).as_posix()}"
                    archive.writestr(zipfile.ZipInfo(name, EPOCH), file.read_bytes())
        return cls(packed.getvalue())

    def unpack(self, folder: Path) -> ProjectFolders:
        """Unpack it into a folder; reports will be made beside it."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            archive.extractall(folder)
        notebooks, data, reports = (folder / part for part in PARTS)
        return ProjectFolders(notebooks, data, reports, folder / "out")


def inputs(project: ProjectFolders) -> dict[str, dict[str, str]]:
    """Hash the parts of a project as receipts do: by the part, then by the file."""
    named = {"notebooks": project.notebooks, "data": project.data, "assets": project.reports}
    return {kind: hashes(files(root), root) for kind, root in named.items()}
