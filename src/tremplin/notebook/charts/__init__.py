"""The charts of the report, one subject a module: each takes findings and a title that says what they show."""

from altair.utils import schemapi

from tremplin.notebook.charts.context import creations, creators
from tremplin.notebook.charts.dates import gantt, timeline
from tremplin.notebook.charts.financing import financing
from tremplin.notebook.charts.forms import ceilings, forms, pocket
from tremplin.notebook.charts.risk import cash, drivers, survival
from tremplin.notebook.charts.scenarios import scenarios
from tremplin.notebook.charts.scores import scores
from tremplin.notebook.charts.simulator import simulator
from tremplin.notebook.charts.timing import indicators
from tremplin.notebook.charts.week import loads, week

# altair checks each part of a chart against the schema of Vega-Lite when it is made, which takes longer than all else
# that charts do. What these charts look like depends on our code: a test draws them all for all people with checks.
schemapi.disable_debug_mode()

__all__ = [
    "cash",
    "ceilings",
    "creations",
    "creators",
    "drivers",
    "financing",
    "forms",
    "gantt",
    "indicators",
    "loads",
    "pocket",
    "scenarios",
    "scores",
    "simulator",
    "survival",
    "timeline",
    "week",
]
