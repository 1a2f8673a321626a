import pytest

from isotrace.server.environment import Environment
from isotrace.server.errors import ConfigError


def message(problem):
    return str(problem.value)


def test_text_set_is_stripped():
    assert Environment({"NAME": " value \n"}).text("NAME") == "value"


def test_text_unset_or_empty_is_the_default():
    assert [Environment({}).text("NAME", "other"), Environment({"NAME": ""}).text("NAME", "other")] == ["other", "other"]


def test_text_comes_from_the_file_that_is_named(tmp_path):
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    assert Environment({"NAME_FILE": str(tmp_path / "key")}).text("NAME") == "from the file"


def test_text_set_twice_is_refused(tmp_path):
    with pytest.raises(ConfigError) as problem:
        Environment({"NAME": "a", "NAME_FILE": str(tmp_path)}).text("NAME")
    assert (message(problem), problem.value.field) == ("Both NAME and NAME_FILE are set: keep one of them.", "NAME")


def test_text_from_a_missing_file_says_so(tmp_path):
    with pytest.raises(ConfigError) as problem:
        Environment({"NAME_FILE": str(tmp_path / "none")}).text("NAME", "default")
    assert message(problem) == f"NAME_FILE names {tmp_path / 'none'}, which cannot be read: No such file or directory."


def test_text_from_an_empty_file_says_so(tmp_path):
    (tmp_path / "empty").write_text(" \n", encoding="utf-8")
    with pytest.raises(ConfigError) as problem:
        Environment({"NAME_FILE": str(tmp_path / "empty")}).text("NAME")
    assert message(problem) == f"NAME_FILE names {tmp_path / 'empty'}, which is empty: write the value into it."


def test_text_from_a_file_of_bytes_says_so(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="it is not text"):
        Environment({"NAME_FILE": str(tmp_path / "bytes")}).text("NAME")


@pytest.mark.parametrize(("value", "flag"), [("True", True), ("False", False)])
def test_flag_written_right_is_taken(value, flag):
    assert Environment({"F": value}).flag("F", default=not flag) is flag


@pytest.mark.parametrize("value", ["true", "1", "yes", "0", "FALSE"])
def test_flag_written_otherwise_is_refused(value):
    with pytest.raises(ConfigError) as problem:
        Environment({"F": value}).flag("F", default=False)
    assert message(problem) == f"F is '{value}': write True or False."


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8350.0", "٨٣٥٠", "8 350", "x"])
def test_number_outside_its_range_is_refused(value):
    with pytest.raises(ConfigError) as problem:
        Environment({"P": value}).number("P", 8350, low=1, high=65535)
    assert message(problem) == f"P is '{value}': write a whole number from 1 to 65535."


def test_choice_unknown_is_refused():
    with pytest.raises(ConfigError) as problem:
        Environment({"M": "prod"}).choice("M", "demo", ("demo", "production"))
    assert message(problem) == "M is 'prod': write one of demo, production."


def test_required_missing_is_remembered():
    env = Environment({"HERE": "x"})
    assert ([env.required("HERE"), env.required("A"), env.required("B")], env.missing) == (["x", "", ""], ["A", "B"])
