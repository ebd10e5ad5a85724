"""The charts of the report, one subject a module: each takes findings and a title that says what they show."""

from tremplin.notebook.charts.context import creations, creators
from tremplin.notebook.charts.dates import gantt, timeline
from tremplin.notebook.charts.scores import scores
from tremplin.notebook.charts.week import loads, week

__all__ = ["creations", "creators", "gantt", "loads", "scores", "timeline", "week"]
