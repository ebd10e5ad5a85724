"""
Turns the written document into a page and a PDF, with Quarto or with pandoc and Typst.

Both renderers use the same filters, templates, styles and brand, which lie in the work folder
beside the document.
"""

from typing import Literal

from tremplin.errors import EnvironmentLacksError
from tremplin.pipeline.render.base import Depth, Format, Renderer
from tremplin.pipeline.render.pandoc import PandocRenderer
from tremplin.pipeline.render.quarto import QuartoRenderer, find_quarto

RendererName = Literal["auto", "quarto", "pandoc"]


def choose_renderer(wanted: RendererName = "auto") -> Renderer:
    """
    Give the renderer asked for; `auto` takes Quarto where it is installed.

    Raises:
        EnvironmentLacksError: Quarto was asked for by name, or by `QUARTO_PATH`, and is not on this machine; or the one that
            is there does not work, or is too old.

    """
    if wanted == "pandoc":
        return PandocRenderer()
    program = find_quarto()
    if program is not None:
        renderer = QuartoRenderer(program)
        _ = renderer.version  # asked now: at the end of a report it would be late
        return renderer
    if wanted == "auto":
        return PandocRenderer()
    raise EnvironmentLacksError.at("environment.no_quarto")


__all__ = ["Depth", "Format", "Renderer", "RendererName", "choose_renderer"]
