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
from searchlib.cli.rejects import Rejects, cause_of
from searchlib.engines import embedded
from searchlib.errors import SourceError
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

    assert result.exit_code == 0
    assert result.stdout.startswith("added 0, replaced 0, rejected 0 in ")
    assert result.stdout.endswith("1 file has not changed; --all-files reads them again\n")
    assert run("index", path, "--all-files").stdout.startswith("added 0, replaced 2, rejected 0 ")
    assert len(stored()) == 2


def test_several_paths_and_folders_are_one_load(run, write_jsonl, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "two.json").write_text(json.dumps([TWO]), encoding="utf-8")

    result = run("index", write_jsonl([ONE]), folder)

    assert result.stdout.startswith("added 2, ")
    with embedded.open("searchlib.index") as index:
        assert index.stats().generation == 1


@pytest.mark.parametrize("every", [None, 1, 2, 3])
def test_a_file_that_is_named_twice_gives_what_it_has(run, write_jsonl, every):
    path = write_jsonl([ONE, TWO])

    result = run("index", path, path, path, *([] if every is None else ["--commit-every", every]))

    assert result.stdout.startswith("added 2, replaced ")
    assert "deleted" not in result.stdout
    assert stored() == {"one": "Ferry strike ends", "two": "Ferry strike begins"}


def test_where_all_that_is_read_is_kept_out_that_is_said(run, write_jsonl):
    run("index", write_jsonl([ONE | {"published": "2024-05-01"}]))
    poorer = json.dumps(ONE | {"body": "The …"}).encode()

    result = run("index", "-", input=poorer)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("added 0, replaced 0, rejected 0, kept 1 in ")


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
        (["--kind", "pptx"], "'pptx' is not one of"),
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


def test_a_reason_that_is_cut_says_so_behind_what_to_do(run, write_jsonl):
    names = {f"{number:040}": "x" for number in range(20)}

    line = run("index", write_jsonl([ONE, names])).stderr.splitlines()[0]

    assert "--map NAME=body" in line
    assert line.endswith("…")


def test_rejects_of_one_cause_are_one_line_with_the_first_of_them(run, write_jsonl):
    path = write_jsonl([ONE] + [NO_ARTICLE] * 1200)

    lines = run("index", path).stderr.splitlines()

    assert len(lines) == 2
    assert lines[0].startswith("searchlib: rejected 1,200 × there is no text under a name known for a title")
    assert lines[0].endswith(f" (first: {path}, record 2)")
    assert lines[1] == "searchlib: rejected 1,200 in all; --rejects FILE writes them all"


def test_of_many_causes_the_ten_most_frequent_are_listed(run, write_jsonl):
    odd = [{**ONE, "language": "!" * number} for number in range(1, 13)]

    result = run("index", write_jsonl([*odd, {"id": "x"}, {"id": "y"}]), "--strict-dates")

    lines = result.stderr.splitlines()
    assert lines[0].startswith("searchlib: rejected 12 × language: … is not a language code such as … or … (first: ")
    assert lines[1].startswith("searchlib: rejected 2 × there is no text under")


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("the file is empty", "the file is empty"),
        (
            "the row has 3 cells and the table 12,345 columns; quote cells",
            "the row has … cells and the table … columns",
        ),
        ("'don\\'t' is not a date: there is \"x\"", "… is not a date: there is …"),
        ("byte 0x81 at offset 5.5 is not utf-8", "byte … at offset … is not utf-…"),
        ("XML whose outermost element is <h1>", "XML whose outermost element is <h1>"),
        ("no text. Say what it is", "no text"),
        ("the line is longer than 67,108,864 bytes, the most", "the line is longer than … bytes, the most"),
    ],
)
def test_a_cause_is_a_reason_without_its_values_and_details(reason, cause):
    assert cause_of(reason) == cause


def test_causes_beyond_the_tenth_are_counted(capsys):
    rejects = Rejects(None)
    for number, letter in enumerate("abcdefghijkl", start=1):
        for record in range(number):
            rejects.add(SourceError("f", f"because of {letter}", record=record + 1))

    rejects.tell()

    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "searchlib: rejected 12 × because of l (first: f, record 1)"
    assert len(lines) == 11
    assert lines[-1] == "searchlib: rejected 3 more of 2 other causes; --rejects FILE writes them all"


def test_all_rejects_are_written_where_asked(run, write_jsonl):
    path = write_jsonl([ONE] + [NO_ARTICLE] * 12)

    result = run("index", path, "--rejects", "rejects.jsonl")

    rejects = [json.loads(line) for line in Path("rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(reject["source"], reject["record"]) for reject in rejects] == [
        (str(path), number) for number in range(2, 14)
    ]
    assert all(reject["reason"] for reject in rejects)
    assert result.stderr.endswith("rejected 12 in all; all are in rejects.jsonl\n")


def test_a_date_that_cannot_be_read_is_noted_and_the_article_goes_in(run, write_jsonl):
    path = write_jsonl([ONE, {**TWO, "published": "11-12 September 2023"}])

    result = run("index", path)

    assert result.exit_code == 0
    assert result.stdout.startswith("added 2, replaced 0, rejected 0, noted 1 ")
    assert result.stderr.startswith(
        f"searchlib: noted {path}, record 2: published: '11-12 September 2023' is not a date: "
    )
    assert "undated" in run("show", "two").stdout


def test_notes_of_one_cause_are_one_line_and_all_are_written_where_asked(run, write_jsonl):
    path = write_jsonl([{**ONE, "id": f"n{number}", "published": "soon"} for number in range(12)])

    result = run("index", path, "--notes", "notes.jsonl")

    assert "noted 12 × published: 'soon' is not a date" in result.stderr
    assert result.stderr.endswith("noted 12 in all; all are in notes.jsonl\n")
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
    assert "photos is a folder with other files in it, and no index" in result.stderr
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
        "searchlib: searchlib.index: No space left on device. Free some space ('df -h' says where) and run it again; "
        "what was committed before is kept\n"
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
        result = run("index", path, "--all-files", "--timeout-s", "0")

    assert result.exit_code == 2
    assert "is being written by process" in result.stderr


def test_names_of_files_do_not_drive_the_terminal(run, tmp_path):
    (tmp_path / "evil\x1b[31m.jsonl").write_text("{}\n", encoding="utf-8")

    result = run("index", tmp_path / "evil\x1b[31m.jsonl")

    assert "evil" in result.stderr
    assert "\x1b" not in result.stderr


@pytest.fixture
def folder(tmp_path):
    """Two pages of JSON, a picture, hidden files and drafts."""
    files = {
        "a.json": json.dumps(ONE), "2023/may/b.json": json.dumps(TWO), "cat.jpg": "\xff\xd8\xff", ".DS_Store": "", ".git/x": "",
        "drafts/c.json": json.dumps({**ONE, "id": "draft"}), ".z": "",
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="latin-1")
    return tmp_path / "articles"


def test_files_are_counted_by_kind_and_hidden_ones_are_said_to_be_passed_over(run, folder):
    result = run("index", folder)

    assert result.stdout.splitlines()[1:3] == [
        "read 4 files: json 3",
        "passed over 2 hidden files, 1 hidden folder",
    ]


def test_one_hidden_file_is_one(run, write_jsonl, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / ".hidden").touch()
    (folder / "a.json").write_text(json.dumps(ONE))

    assert run("index", folder).stdout.splitlines()[1] == "passed over 1 hidden file"


@pytest.mark.parametrize(
    ("options", "ids", "left_out"),
    [
        (["--include", "*.json"], {"one", "two", "draft"}, 1),
        (["--include", "*.json", "--exclude", "drafts/"], {"one", "two"}, 2),
        (["--exclude", "drafts", "--exclude", "*.jpg"], {"one", "two"}, 2),
        (["--include", "2023/**/*.json"], {"two"}, 3),
        (["--include", "/a.json", "--include", "b.*"], {"one", "two"}, 2),
        (["--exclude", "*", "--exclude", "!a.json"], {"one"}, 3),
    ],
)
def test_globs_say_which_files_are_read(run, folder, options, ids, left_out):
    result = run("index", folder, *options)

    assert set(stored()) == ids
    assert f"{left_out} by --include and --exclude" in result.stdout


def test_what_the_load_writes_into_the_folder_is_not_read(run, folder):
    result = run(
        "index", folder, "--index", folder / "x.index", "--rejects", folder / "r.jsonl", "--notes", folder / "n"
    )

    assert result.stdout.startswith("added 3, replaced 0, rejected 1 in ")


def test_a_file_that_is_named_is_left_out_by_a_pattern_too(run, folder):
    run("index", folder / "a.json", folder / "2023" / "may" / "b.json", "--exclude", "a*")

    assert set(stored()) == {"two"}


def test_a_pattern_that_is_none_is_an_error(run, folder):
    assert run("index", folder, "--include", " ").exit_code == 2


def test_the_summary_for_programs_is_one_object_and_nothing_else(run, folder):
    (folder / "bad.jsonl").write_text('{"title": "T", "date": "soon"}\nx\ny\n')

    result = run("index", folder, "--json")

    summary = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert (summary["added"], summary["replaced"], summary["rejected"], summary["noted"]) == (4, 0, 3, 1)
    assert (summary["generation"], summary["files"], summary["unchanged_files"]) == (1, 5, 0)
    assert summary["kinds"] == {"json": 3, "jsonl": 1}
    assert summary["passed_over"] == {
        "hidden_files": 2,
        "hidden_folders": 1,
        "links": 0,
        "left_out": 0,
        "beside_pages": 0,
        "indexes": 0,
    }
    assert [(cause["count"], cause["first"]["record"]) for cause in summary["rejects"]] == [(2, 2), (1, None)]
    assert summary["notes"][0]["first"]["value"] == "soon"
    assert summary["seconds"] >= 0


def test_a_dry_run_says_what_would_be_and_writes_nothing(run, folder):
    result = run("index", folder, "--dry-run")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:4] == [
        f"undated  Ferry strike begins  {folder / '2023' / 'may' / 'b.json'}, record 1",
        f"undated  Ferry strike ends  {folder / 'a.json'}, record 1",
        f"undated  Ferry strike ends  {folder / 'drafts' / 'c.json'}, record 1",
        "would add 3 and replace 0; of 3 articles nothing was written",
    ]
    assert "rejected" in result.stderr
    assert not Path("searchlib.index").exists()


def test_a_dry_run_knows_what_is_in_the_index(run, folder, write_jsonl):
    run("index", write_jsonl([ONE]))

    summary = json.loads(run("index", folder, "--dry-run", "--json").stdout)

    assert (summary["dry_run"], summary["added"], summary["replaced"]) == (True, 2, 1)
    assert [article["id"] for article in summary["first"]] == ["two", "one", "draft"]
    assert len(stored()) == 1


def test_a_dry_run_passes_over_what_has_not_changed_and_keeps_what_is_richer(run, write_jsonl, tmp_path):
    page, feed = tmp_path / "page.jsonl", tmp_path / "feed.jsonl"
    url = "https://example.com/storm"
    page.write_text(json.dumps({"title": "Storm", "url": url, "text": "The storm was long. " * 50}) + "\n")
    feed.write_text(json.dumps({"title": "Storm", "url": url, "summary": "The storm was long. …"}) + "\n")
    run("index", page)

    result = run("index", page, feed, "--dry-run")

    assert result.exit_code == 0
    assert "would add 0 and replace 0, keep 1 as they are" in result.stdout
    assert "1 file has not changed" in result.stdout
    everything = json.loads(
        run("index", page, feed, "--dry-run", "--all-files", "--replace", "always", "--json").stdout
    )
    assert (everything["replaced"], everything["kept"], everything["unchanged_files"]) == (2, 0, 0)


def test_an_index_in_a_folder_is_passed_over_and_no_folder_of_articles(run, write_jsonl, tmp_path):
    run("index", write_jsonl([ONE]), "--index", tmp_path / "in" / "old.index")
    (tmp_path / "in" / "two.json").write_text(json.dumps([TWO]), encoding="utf-8")

    result = run("index", tmp_path / "in", "--index", "new.index")

    assert result.stdout.startswith("added 1, replaced 0, rejected 0 ")
    assert "passed over 1 of searchlib's indexes" in result.stdout
    assert "it is an index, and no folder of articles" in run("index", tmp_path / "in" / "old.index").stderr


def test_a_dry_run_of_nothing_ends_with_2(run, write_jsonl):
    assert run("index", write_jsonl([NO_ARTICLE]), "--dry-run").exit_code == 2


@pytest.mark.parametrize("jobs", ["0", "two"])
def test_the_number_of_processes_is_a_number_from_1(run, write_jsonl, jobs):
    assert run("index", write_jsonl([ONE]), "--jobs", jobs).exit_code == 2


def test_several_processes_load_what_one_does(run, tmp_path, monkeypatch):
    monkeypatch.setattr("searchlib.sources.processes.parallel._ENOUGH_WORK_BYTES", 1)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.json").write_text(json.dumps({"id": str(number), "title": f"Ferry {number}"}))
    (folder / "x.json").write_text("{")

    one = run("index", folder, "--jobs", "1", "--index", "one.index")
    two = run("index", folder, "--jobs", "2", "--index", "two.index")

    assert stored("one.index") == stored("two.index")
    assert one.stderr == two.stderr
    assert two.stdout.startswith("added 30, replaced 0, rejected 1 ")


def test_every_kind_can_be_named():
    kind = next(param for param in command.params if param.name == "kind")

    assert tuple(kind.type.choices) == KINDS


def test_a_column_that_nothing_has_is_said_with_the_nearest(run, tmp_path):
    (tmp_path / "a.csv").write_text("kop,tekst,datum\nHaring duurder,Vis,2023-01-01\n")
    (tmp_path / "b.csv").write_text("kop,tekst\nHaring goedkoper,Vis\n")

    result = run("index", "a.csv", "b.csv", "--map", "tekts=body", "--map", "kop=title", "--index", "i")

    (said,) = [line for line in result.stderr.splitlines() if "--map names" in line]
    assert said == "searchlib: nothing that was read has a column 'tekts', which --map names; the nearest are 'tekst'"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_column_that_one_file_has_is_there(run, write_jsonl, tmp_path, jobs):
    for number in range(40):
        write_jsonl([{"kop": f"Haring {number}", "tekst": "Vis " * 20_000}], f"{number}.jsonl")
    write_jsonl([{"kop": "x", "sectie": "Zee"}], "last.jsonl")

    result = run("index", ".", "--map", "SECTIE=section", "--map", "nergens=place", "--jobs", jobs, "--index", "i")

    assert [line.split("'")[1] for line in result.stderr.splitlines() if "--map names" in line] == ["nergens"]


def test_where_files_are_not_read_again_no_column_is_missed(run, write_jsonl):
    source = write_jsonl([{"kop": "x", "sectie": "Zee"}])
    run("index", source, "--map", "sectie=section", "--index", "i")

    again = run("index", source, "--map", "sectie=section", "--index", "i")

    assert "--map names" not in again.stderr


def test_two_columns_of_one_field_are_said_once(run, tmp_path):
    (tmp_path / "a.csv").write_text("title,titel,body\nHerring,Hering,Fish\nCod,Kabeljau,Fish\nSame,Same,Fish\n")

    result = run("index", "a.csv", "--index", "i")

    assert result.stderr.count("are both the title") == 1
    assert (
        "columns 'title' and 'titel' are both the title; 'title' was taken, and 'titel' is kept in extra"
        in result.stderr
    )
    assert set(run("query", "*", "--index", "i", "--columns", "title").stdout.split()) == {"Herring", "Cod", "Same"}
