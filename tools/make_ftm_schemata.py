"""Write FollowTheMoney's schemata, as far as the registry reads them, from the library's own wheel or source archive.

The library is not installed: it needs PyICU, which has no wheels. Run from the checkout:
pip download followthemoney --no-deps --only-binary :all: -d /tmp/ftm && python tools/make_ftm_schemata.py /tmp/ftm/followthemoney-*.whl
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

TARGET = Path(__file__).resolve().parents[1] / "src/isotrace/engine/schema/data/ftm.json"
KEPT = ("label", "plural", "extends", "abstract", "required")
KEPT_OF_PROPERTY = ("label", "type", "range", "deprecated")


def schemata(wheel: zipfile.ZipFile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each schema of the model with what the registry reads of it."""
    files = [name for name in wheel.namelist() if PurePosixPath(name).match("followthemoney/schema/*.y*ml")]
    for name in sorted(files):
        yield from yaml.safe_load(wheel.read(name)).items()


def kept(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without descriptions, examples and what only the library's own tools ask."""
    slim = {name: schema[name] for name in KEPT if schema.get(name)}
    if edge := schema.get("edge"):
        slim["edge"] = {"source": edge["source"], "target": edge["target"]}
    slim["properties"] = {
        name: {key: prop[key] for key in KEPT_OF_PROPERTY if prop.get(key)} for name, prop in schema.get("properties", {}).items()
    }
    return slim


def text(path: Path) -> str:
    """Return the file as it is committed, the schemata in the order of their names."""
    name, version = path.name.split("-")[:2]
    with zipfile.ZipFile(path) as wheel:
        found = {name: kept(schema) for name, schema in schemata(wheel)}
        licence = next(each for each in wheel.namelist() if PurePosixPath(each).name == "LICENSE")
        whole = {"source": f"{name} {version}", "licence": wheel.read(licence).decode(), "schemata": dict(sorted(found.items()))}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(Path(sys.argv[1])), encoding="utf-8")
    print(f"{TARGET.name} written from {Path(sys.argv[1]).name}")
