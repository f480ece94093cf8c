"""Pictures as SVG: pure functions over values that are counted. They need no library, and no style sheet."""

from searchlib.drawing.bars import share_bar_svg
from searchlib.drawing.timeline import comparison_svg, timeline_svg

__all__ = ["comparison_svg", "share_bar_svg", "timeline_svg"]
