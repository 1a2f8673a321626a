"""Make the readings of Chinese characters and Japanese names that ship with the names engine (engine/names/data/han.json.gz).

Run in an environment of its own:
pip install pypinyin==0.55.0 ToJyutping==3.2.0 janome==0.5.1 opencc-python-reimplemented==0.1.7 nicknames==1.0.1
Sources: pypinyin (MIT), ToJyutping (BSD-2-Clause), IPADIC through Janome (Apache-2.0 and the NAIST licence), OpenCC's
characters (Apache-2.0), Carlton Northern's nicknames (Apache-2.0).
"""

import csv
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "src/isotrace/engine/names/data"
MOST = 3
MOST_FULL = 4
"""A short form that stands for more names than this tells nothing."""
_MARKS = str.maketrans("", "", "̄́̌̀")


def main() -> None:
    """Write the two files."""
    simple = _simplified()
    names = {"pinyin": _pinyin(), "jyutping": _jyutping(), "simple": simple, "japanese": _japanese()}
    _write("han.json.gz", names)
    _write("nicknames.json.gz", _nicknames())


def _write(name: str, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (DATA / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stdout.write(f"{name}: {(DATA / name).stat().st_size} bytes\n")


def _pinyin() -> dict[str, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return {chr(code): "/".join(_toneless(said)) for code, said in pinyin_dict.items() if 0x4E00 <= code < 0xA000}


def _toneless(said: str) -> list[str]:
    bare = (unicodedata.normalize("NFD", each).translate(_MARKS) for each in said.split(","))
    return list(dict.fromkeys(unicodedata.normalize("NFC", each).replace("ü", "v") for each in bare))[:MOST]


def _jyutping() -> dict[str, str]:
    import ToJyutping

    found = {}
    for code in range(0x4E00, 0xA000):
        said = ToJyutping.get_jyutping_candidates(chr(code))[0][1]
        if said:
            found[chr(code)] = "/".join(list(dict.fromkeys(each[:-1] for each in said))[:2])
    return found


def _simplified() -> dict[str, str]:
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t")[1].split(" ")[0] for line in lines if len(line.split("\t")[0]) == 1}


def _japanese() -> dict[str, dict[str, str]]:
    """Surnames and given names with their readings in katakana, at most MOST each."""
    from janome.sysdic import entries

    found: dict[str, dict[str, list[str]]] = {"姓": defaultdict(list), "名": defaultdict(list)}
    for surface, _left, _right, _cost, part_of_speech, _form, _conjugation, _base, reading, _said in entries().values():
        fields = part_of_speech.split(",")
        if fields[:3] == ["名詞", "固有名詞", "人名"] and fields[3] in found and any("一" <= c <= "鿿" for c in surface):
            found[fields[3]][surface].append(reading)
    return {
        key: {name: "/".join(list(dict.fromkeys(said))[:MOST]) for name, said in names.items()}
        for key, names in zip(("family", "given"), found.values(), strict=True)
    }


def _nicknames() -> dict[str, list[str]]:
    """Short forms with the names that they stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    with files("nicknames").joinpath("names.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["name1"].isalpha() and row["name2"].isalpha() and len(row["name2"]) > 2:
                found[row["name2"]].add(row["name1"])
    return {short: sorted(full) for short, full in found.items() if len(full) <= MOST_FULL}


if __name__ == "__main__":
    main()
