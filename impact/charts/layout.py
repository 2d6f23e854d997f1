"""From any chart to its drawing."""

from __future__ import annotations

from impact.charts import bars, milestones, parity, path, spark, stack, world
from impact.charts.definitions import (
    BarsChart,
    Chart,
    MapChart,
    MilestoneChart,
    ParityChart,
    PathChart,
    Spark,
    StackChart,
)
from impact.charts.drawing import Drawing, Frame


def draw(chart: Chart, frame: Frame) -> Drawing:
    """The geometry of a chart on a sheet."""
    match chart:
        case PathChart():
            return path.draw(chart, frame)
        case BarsChart():
            return bars.draw(chart, frame)
        case StackChart():
            return stack.draw(chart, frame)
        case Spark():
            return spark.draw(chart, frame)
        case MilestoneChart():
            return milestones.draw(chart, frame)
        case ParityChart():
            return parity.draw(chart, frame)
        case MapChart():
            return world.draw(chart, frame)
