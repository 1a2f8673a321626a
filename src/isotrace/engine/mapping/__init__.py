"""Files of many kinds to reports: rows of tables by a mapping, entities and notices as they are; and back out again."""

from isotrace.engine.mapping.build import Bad, Builder, Draft, Joined, RowError, Stated, drafts, link_name
from isotrace.engine.mapping.checking import read
from isotrace.engine.mapping.reading import LABELS, Format, opened, recognised
from isotrace.engine.mapping.spec import RowMapping, Value, written
from isotrace.engine.mapping.tables import Options, Row, Table

__all__ = [
    "LABELS",
    "Bad",
    "Builder",
    "Draft",
    "Format",
    "Joined",
    "Options",
    "Row",
    "RowError",
    "RowMapping",
    "Stated",
    "Table",
    "Value",
    "drafts",
    "link_name",
    "opened",
    "read",
    "recognised",
    "written",
]
