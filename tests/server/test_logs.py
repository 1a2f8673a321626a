import json
import logging
from io import StringIO

import psycopg
import pytest

from isotrace.server import logs


@pytest.fixture
def written():
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.LineFormatter())
    logger = logging.Logger("isotrace.test")
    logger.addHandler(handler)
    logs.request_id.set("")
    return logger, lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_line_has_ids_and_nothing_else_of_what_was_given(written):
    logger, lines = written
    logger.info("report filed", extra={"report_id": "r1", "title": "Testov Exemplar", "query": "?name=Testov", "count": 3})
    (line,) = lines()
    del line["time"]
    assert line == {"level": "INFO", "logger": "isotrace.test", "event": "report filed", "report_id": "r1", "count": 3}


def test_line_of_an_exception_has_no_text_of_it(written):
    logger, lines = written
    try:
        raise ValueError("Testov Exemplar") from psycopg.errors.UniqueViolation("Key (name)=(Sample Maria Invented) already exists")
    except ValueError:
        logger.exception("filing failed")
    (line,) = lines()
    assert (line["error_class"], line["error_sqlstate"], line["event"]) == ("ValueError < UniqueViolation", "23505", "filing failed")
    assert [word in json.dumps(line) for word in ("Testov", "Maria", "Traceback")] == [False, False, False]


def test_line_about_a_request_names_its_route_not_its_address(written, rf):
    logger, lines = written
    request = rf.get("/checks/?name=Testov+Exemplar")
    logger.error("Internal Server Error: %s", "/checks/Testov", extra={"request": request, "status_code": 500})
    (line,) = lines()
    assert (line["event"], line["route"], line["status_code"]) == ("Internal Server Error", "unmatched", 500)
    assert "Testov" not in json.dumps(line)


def test_line_carries_the_id_of_its_request(written):
    logger, lines = written
    fresh = logs.new_request_id()
    logger.warning("slow")
    assert [line["request_id"] for line in lines()] == [fresh]


def test_line_keeps_to_one_line(written):
    logger, lines = written
    logger.warning("one\ntwo")
    assert [line["event"] for line in lines()] == ["one\ntwo"]


def test_configuration_writes_no_statement_and_no_address():
    loggers = logs.dict_config("production")["loggers"]
    assert (loggers["django.db.backends"]["level"], loggers["granian.access"]["level"], loggers["django.request"]["level"]) == (
        "WARNING",
        "CRITICAL",
        "ERROR",
    )
