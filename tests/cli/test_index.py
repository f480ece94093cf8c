"""`searchlib index` on real files and real indexes."""

from __future__ import annotations

import errno
import gzip
import json
import re
import sys
from pathlib import Path

import pytest

from searchlib.cli.index import command
from searchlib.engines import embedded
from searchlib.index.commit import commit
from searchlib.sources import KINDS

ONE = {"id": "one", "title": "Ferry strike ends", "body": "The ferries sail again."}
TWO = {"id": "two", "title": "Ferry strike begins", "body": "No ferry sails."}
NO_ARTICLE = {"id": "three"}


def stored(path: str | Path = "searchlib.index") -> dict[str, str]:
    with embedded.open(path) as index:
        return {article.id: article.title for article in index.articles()}


def test_a_load_says_what_became_of_it(run, write_jsonl):
    result = run("index", write_jsonl([ONE, TWO]), "--language", "en")

    assert result.exit_code == 0
    assert re.fullmatch(r"added 2, replaced 0, rejected 0 in \d+\.\d s \([\d,]+ articles/s\)\n", result.stdout)
    assert result.stderr == ""
    assert stored() == {"one": "Ferry strike ends", "two": "Ferry strike begins"}


def test_the_same_load_again_adds_no_duplicates(run, write_jsonl):
    path = write_jsonl([ONE, TWO])
    run("index", path)

    result = run("index", path)

    assert result.stdout.startswith("added 0, replaced 2, rejected 0 ")
    assert len(stored()) == 2


def test_several_paths_and_folders_are_one_load(run, write_jsonl, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "two.json").write_text(json.dumps([TWO]), encoding="utf-8")

    result = run("index", write_jsonl([ONE]), folder)

    assert result.stdout.startswith("added 2, ")
    with embedded.open("searchlib.index") as index:
        assert index.stats().generation == 1


def test_standard_input(run, write_jsonl):
    packed = gzip.compress(write_jsonl([ONE, TWO]).read_bytes())

    assert run("index", "-", input=packed).stdout.startswith("added 2, ")


def test_names_can_be_mapped_and_defaults_given(run, tmp_path):
    source = tmp_path / "old.csv"
    source.write_text("kop;tekst\nVeerstaking voorbij;De veren varen weer.\n", encoding="utf-8")

    result = run(
        "index", source, "--kind", "csv", "--map", "kop=title", "--map", "tekst=body", "--default", "publisher=Het Veer"
    )

    assert result.exit_code == 0, result.output
    with embedded.open("searchlib.index") as index:
        (article,) = index.articles()
    assert (article.title, article.body, article.publisher) == (
        "Veerstaking voorbij",
        "De veren varen weer.",
        "Het Veer",
    )


def test_days_first(run, write_jsonl):
    path = write_jsonl([{**ONE, "date": "05/06/2023"}])

    run("index", path, "--day-first")

    assert "2023-06-05" in run("show", "one").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--map", "headline"], "'headline' is not NAME=FIELD"),
        (["--default", "publisher="], "'publisher=' is not FIELD=VALUE"),
        (["--map", "headline=colour"], "colour"),
        (["--default", "colour=red"], "colour"),
        (["--encoding", "latin-99"], "latin-99"),
        (["--timezone", "Mars/Base"], "Mars/Base"),
        (["--language", "klingon"], "klingon"),
        (["--kind", "pdf"], "'pdf' is not one of"),
        (["--commit-every", "0"], "commit-every"),
        (["nowhere.jsonl"], "nowhere.jsonl"),
        (["--rejects", "no/folder/rejects.jsonl"], "no/folder/rejects.jsonl"),
    ],
)
def test_what_cannot_be_is_one_line_and_leaves_no_index(run, write_jsonl, args, message):
    result = run("index", write_jsonl([ONE]), *args)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("searchlib: ")
    assert result.stderr.count("\n") == 1
    assert not Path("searchlib.index").exists()


def test_a_new_index_gets_its_language_and_time_zone(run, write_jsonl):
    run("index", write_jsonl([ONE]), "--language", "de", "--timezone", "Europe/Berlin")

    with embedded.open("searchlib.index") as index:
        stats = index.stats()
    assert (stats.language, stats.timezone) == ("de", "Europe/Berlin")


def test_a_new_index_is_of_many_languages(run, write_jsonl):
    run("index", write_jsonl([ONE, {**TWO, "language": "fr-CA"}]), "--fallback-language", "de")

    with embedded.open("searchlib.index") as index:
        stats = index.stats()
    assert (stats.language, stats.fallback_language) == ("auto", "de")
    assert ("fr", 1) in [(each.code, each.articles) for each in stats.languages]


def test_a_load_says_which_languages_were_detected(run, write_jsonl):
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    german = {"id": "3", "body": "Der Minister sagte, das neue Gesetz werde nächste Woche im Parlament beraten."}

    result = run(
        "index", write_jsonl([german, {**german, "id": "4"}, {"id": "5", "body": "12 34"}]), "--commit-every", "1"
    )

    assert result.stdout.splitlines()[1:] == ["language detected: de 2; unsure 1 → en"]
    assert result.stderr == ""


def test_a_load_without_the_library_says_what_to_install(run, write_jsonl, monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)

    result = run("index", write_jsonl([ONE, {**TWO, "language": "fr"}]))

    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "1 that name none are read as 'en'; pip install 'searchlib[languages]'" in result.stderr


def test_an_index_that_is_there_keeps_them(run, write_jsonl):
    path = write_jsonl([ONE])
    run("index", path, "--timezone", "Europe/Berlin", "--fallback-language", "fr")

    assert run("index", path).exit_code == 0
    assert run("index", path, "--timezone", "Europe/Berlin", "--language", "auto").exit_code == 0
    assert run("index", path, "--fallback-language", "fr").exit_code == 0
    for option, value in (("--timezone", "UTC"), ("--language", "de"), ("--fallback-language", "en")):
        result = run("index", path, option, value)

        assert result.exit_code == 2
        assert f"leave out {option}, or make another index with --index" in result.stderr


def test_rejects_are_listed_and_the_others_go_in(run, write_jsonl):
    path = write_jsonl([ONE, NO_ARTICLE, TWO])

    result = run("index", path)

    assert result.exit_code == 0
    assert result.stdout.startswith("added 2, replaced 0, rejected 1 ")
    assert result.stderr.startswith(f"searchlib: rejected {path}, record 2: ")
    assert result.stderr.count("\n") == 1


def test_of_many_rejects_the_first_ten_are_listed(run, write_jsonl):
    result = run("index", write_jsonl([ONE] + [NO_ARTICLE] * 12))

    lines = result.stderr.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "searchlib: rejected 2 more; --rejects FILE writes them all"


def test_all_rejects_are_written_where_asked(run, write_jsonl):
    path = write_jsonl([ONE] + [NO_ARTICLE] * 12)

    result = run("index", path, "--rejects", "rejects.jsonl")

    rejects = [json.loads(line) for line in Path("rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(reject["source"], reject["record"]) for reject in rejects] == [
        (str(path), number) for number in range(2, 14)
    ]
    assert all(reject["reason"] for reject in rejects)
    assert result.stderr.endswith("2 more; all are in rejects.jsonl\n")


def test_a_date_that_cannot_be_read_is_noted_and_the_article_goes_in(run, write_jsonl):
    path = write_jsonl([ONE, {**TWO, "published": "11-12 September 2023"}])

    result = run("index", path)

    assert result.exit_code == 0
    assert result.stdout.startswith("added 2, replaced 0, rejected 0, noted 1 ")
    assert result.stderr.startswith(
        f"searchlib: noted {path}, record 2: published: '11-12 September 2023' is not a date: "
    )
    assert "undated" in run("show", "two").stdout


def test_of_many_notes_the_first_ten_are_listed_and_all_are_written_where_asked(run, write_jsonl):
    path = write_jsonl([{**ONE, "id": f"n{number}", "published": "soon"} for number in range(12)])

    result = run("index", path, "--notes", "notes.jsonl")

    assert result.stderr.endswith("noted 2 more; all are in notes.jsonl\n")
    notes = [json.loads(line) for line in Path("notes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(note["source"], note["record"]) for note in notes] == [(str(path), number) for number in range(1, 13)]
    assert {(note["field"], note["value"]) for note in notes} == {("published", "soon")}
    assert all(note["reason"] for note in notes)


def test_where_dates_are_strict_what_has_an_unreadable_one_is_rejected(run, write_jsonl):
    result = run("index", write_jsonl([ONE, {**TWO, "published": "soon"}]), "--strict-dates")

    assert result.stdout.startswith("added 1, replaced 0, rejected 1 in ")


@pytest.mark.parametrize(("order", "day"), [("dmy", "2023-06-05"), ("mdy", "2023-05-06")])
def test_the_order_of_dates_is_the_runs(run, write_jsonl, order, day):
    run("index", write_jsonl([{**ONE, "date": "05/06/2023"}]), "--date-order", order)

    assert day in run("show", "one").stdout


def test_the_publishers_clock_is_shown_and_exported(run, write_jsonl):
    run("index", write_jsonl([{**ONE, "published": "2020-05-01T23:30-05:00"}]), "--timezone", "Asia/Singapore")

    assert "by the publisher's clock: 2020-05-01 23:30-05:00" in run("show", "one").stdout
    exported = json.loads(run("export").stdout)
    assert (exported["published"], exported["published_offset"]) == ("2020-05-02T12:30+08:00", "-05:00")
    Path("copy.jsonl").write_text(run("export").stdout, encoding="utf-8")
    run("index", "copy.jsonl", "--index", "copy.index")
    assert json.loads(run("export", "--index", "copy.index").stdout)["published_offset"] == "-05:00"


def test_a_date_that_the_time_zone_of_the_index_cannot_have_is_a_reject(run, write_jsonl):
    late = {**TWO, "published": "9999-12-31T23:30Z"}

    result = run("index", write_jsonl([ONE, late]), "--timezone", "Asia/Tokyo")

    assert result.stdout.startswith("added 1, replaced 0, rejected 1 ")
    assert "9999" in result.stderr


def test_where_nothing_could_be_added_it_ends_with_2_and_makes_no_index(run, write_jsonl):
    result = run("index", write_jsonl([NO_ARTICLE, NO_ARTICLE]))

    assert result.exit_code == 2
    assert result.stderr.endswith("searchlib: nothing could be added\n")
    assert not Path("searchlib.index").exists()


def test_a_folder_that_was_there_stays_when_nothing_could_be_added(run, write_jsonl):
    Path("searchlib.index").mkdir()

    run("index", write_jsonl([NO_ARTICLE]))

    assert list(Path("searchlib.index").iterdir()) == []


def test_an_empty_folder_has_nothing_to_read(run, tmp_path):
    (tmp_path / "empty").mkdir()

    result = run("index", tmp_path / "empty")

    assert result.exit_code == 2
    assert "nothing" in result.stderr


def test_an_index_that_is_there_stays_where_nothing_could_be_added(run, write_jsonl):
    run("index", write_jsonl([ONE]))

    assert run("index", write_jsonl([NO_ARTICLE])).exit_code == 2
    assert stored() == {"one": "Ferry strike ends"}


def test_a_folder_of_other_things_is_not_made_an_index(run, write_jsonl, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"\xff\xd8\xff")

    result = run("index", write_jsonl([ONE]), "--index", "photos")

    assert result.exit_code == 2
    assert "photos already holds other files" in result.stderr
    assert (tmp_path / "photos" / "cat.jpg").exists()


def test_a_commit_after_every_n_articles(run, write_jsonl):
    articles = [{"id": str(number), "title": f"Ferry {number}"} for number in range(7)]

    result = run("index", write_jsonl(articles), "--commit-every", "3")

    assert result.stdout.startswith("added 7, replaced 0, ")
    with embedded.open("searchlib.index") as index:
        assert (index.stats().articles, index.stats().generation) == (7, 3)


def test_an_interrupt_when_the_commit_is_already_made_says_so(run, write_jsonl, monkeypatch):
    def commit_and_be_interrupted(*args):
        commit(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr("searchlib.index.writer.commit", commit_and_be_interrupted)

    result = run("index", write_jsonl([ONE, TWO]))

    assert result.exit_code == 130
    assert (
        result.stderr
        == "searchlib: interrupted; 2 articles of this load were committed and stay; run it again to go on\n"
    )
    assert len(stored()) == 2


def test_a_failure_in_a_later_step_says_what_stays(run, write_jsonl, monkeypatch):
    def commit_until_the_disk_is_full(directory, last, segments, *ledger):
        if last.segments:
            raise OSError(errno.ENOSPC, "No space left on device")
        return commit(directory, last, segments)

    monkeypatch.setattr("searchlib.index.writer.commit", commit_until_the_disk_is_full)

    result = run("index", write_jsonl([ONE, TWO]), "--commit-every", "1")

    assert result.exit_code == 2
    assert result.stderr == (
        "searchlib: 1 article of this load was committed and stays; run it again to go on\n"
        "searchlib: No space left on device\n"
    )
    assert stored() == {"one": "Ferry strike ends"}


def test_quiet_prints_only_what_went_wrong(run, write_jsonl):
    result = run("index", write_jsonl([ONE, NO_ARTICLE]), "--quiet")

    assert result.stdout == ""
    assert result.stderr.startswith("searchlib: rejected ")


def test_another_writer_is_named(run, write_jsonl):
    path = write_jsonl([ONE])
    run("index", path)

    with embedded.open("searchlib.index") as index, index.writer():
        result = run("index", path, "--timeout-s", "0")

    assert result.exit_code == 2
    assert "is being written by process" in result.stderr


def test_names_of_files_do_not_drive_the_terminal(run, tmp_path):
    (tmp_path / "evil\x1b[31m.jsonl").write_text("{}\n", encoding="utf-8")

    result = run("index", tmp_path / "evil\x1b[31m.jsonl")

    assert "evil" in result.stderr
    assert "\x1b" not in result.stderr


def test_every_kind_can_be_named():
    kind = next(param for param in command.params if param.name == "kind")

    assert tuple(kind.type.choices) == KINDS
