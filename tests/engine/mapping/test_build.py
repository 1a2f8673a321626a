import io

from isotrace.engine.mapping import Bad, Builder, Format, drafts, opened, read, written
from isotrace.engine.mapping.delivering import csv_file
from isotrace.engine.schema.public_incidents import from_public
from tests.engine.mapping import public


def said(mapping, content, form=Format.CSV):
    table = opened(io.BytesIO(content), form)
    return list(drafts(table.rows, Builder(read(mapping), table)))


def test_public_incidents_come_in_exactly():
    columns, rows = public.table()
    content = b"".join(csv_file(columns, ([row.get(name, "") for name in columns] for row in rows)))
    made = said(public.mapping(), content)
    assert [each.errors for each in made if isinstance(each, Bad)] == []
    expected = [from_public(row) for row in public.ROWS]
    assert [each.things["incident"].properties for each in made] == [each.incident for each in expected]
    materials = [tuple(each.things[name].properties for name in each.things if name != "incident") for each in made]
    assert materials == [each.materials for each in expected]
    assert [each.report["citations"] for each in made] == [list(each.citations) for each in expected]
    assert [(each.key, len(each.links)) for each in made] == [(f"public:{each.reference}", len(each.materials)) for each in expected]


def test_mapping_is_the_same_after_writing_and_reading():
    mapping = read(public.mapping())
    assert read(written(mapping)) == mapping
