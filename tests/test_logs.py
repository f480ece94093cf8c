"""Logging is silent unless somebody listens, and is not imported for nobody."""

from __future__ import annotations

import logging
import subprocess
import sys

import searchlib
from searchlib.article import Article
from searchlib.logs import DEBUG, INFO, WARNING, listener


def test_the_levels_are_those_of_logging():
    assert (DEBUG, INFO, WARNING) == (logging.DEBUG, logging.INFO, logging.WARNING)


def test_a_layer_has_a_logger_where_its_level_is_listened_to(caplog):
    with caplog.at_level(logging.INFO, "searchlib.index"):
        assert listener("index", INFO).name == "searchlib.index"
        assert listener("index", DEBUG) is None


def _run(program, path):
    return subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, timeout=60
    )


WRITE_AND_SEARCH = """
import sys, searchlib
searchlib.Index.slow_s = 0
with searchlib.open(sys.argv[1], create=True) as index:
    with index.writer() as writer:
        writer.add(searchlib.Article(id="1", body="kim"))
    index.search("kim")
"""


def test_searching_imports_no_logging(tmp_path):
    with searchlib.create(tmp_path / "a"):
        pass
    program = "import sys, searchlib\nsearchlib.open(sys.argv[1]).search('kim')\nprint('logging' in sys.modules)"

    assert _run(program, tmp_path / "a").stdout == "False\n"


def test_a_program_that_sets_up_no_logging_sees_nothing_of_it(tmp_path):
    done = _run(f"import logging\n{WRITE_AND_SEARCH}", tmp_path / "a")

    assert (done.stdout, done.stderr) == ("", "")


def test_a_program_that_sets_up_logging_sees_commits_and_slow_searches(tmp_path):
    setup = "import logging\nlogging.basicConfig(level='INFO', format='%(name)s %(levelname)s %(message)s')"
    lines = _run(f"{setup}\n{WRITE_AND_SEARCH}", tmp_path / "a").stderr.splitlines()

    said = [line.split(" ")[:3] for line in lines if "filelock" not in line]
    assert said == [
        ["searchlib.index", "INFO", "committed"],
        ["searchlib.index", "INFO", "removed"],
        ["searchlib.search", "WARNING", "search"],
    ]


def test_records_that_are_no_articles_are_told(caplog):
    with caplog.at_level(logging.INFO, "searchlib"):
        articles = list(searchlib.read([{"id": "1", "body": "kim"}, {"id": "2"}]))

    assert articles == [Article(id="1", body="kim", origin=articles[0].origin)]
    assert [(record.name, record.levelname) for record in caplog.records] == [("searchlib.sources", "INFO")]
    assert "record 2" in caplog.records[0].getMessage()
