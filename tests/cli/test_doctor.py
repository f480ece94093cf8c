"""`searchlib doctor`: what it looks at, and that each problem comes with a command that mends it."""

from __future__ import annotations

import json
import shlex
import sys
from collections import namedtuple

import pytest

import searchlib
from searchlib.cli import doctor_extras, doctor_index, doctor_system
from searchlib.cli.doctor_extras import EXTRAS, extra_findings
from searchlib.cli.findings import Finding
from searchlib.index import WriteLock


@pytest.fixture
def found(run):
    """What is found, by part and name, and the exit code."""

    def found(*args: object) -> tuple[dict[tuple[str, str], Finding], int]:
        result = run("doctor", "--json", *args)
        findings = [Finding(**each) for each in json.loads(result.stdout)["findings"]]
        assert json.loads(result.stdout)["well"] == (result.exit_code == 0)
        return {(each.part, each.name): each for each in findings}, result.exit_code

    return found


def problems(found: dict[tuple[str, str], Finding]) -> dict[tuple[str, str], Finding]:
    return {key: each for key, each in found.items() if each.problem}


def test_versions_codec_and_kernels_are_named(found):
    all_found, _ = found()

    assert all_found["program", "searchlib"].value.startswith(searchlib.__version__)
    assert all_found["program", "python"].value.startswith(sys.version.split()[0])
    assert all_found["program", "kernels"].value == "9 compiled modules, all there"
    assert all_found["program", "codec"].value.startswith("native, index format")
    assert all_found["program", "whoosh"].value.startswith("whoosh3 ")


def test_an_index_that_nobody_asked_for_may_be_missing(found):
    all_found, code = found()

    assert (problems(all_found), code) == ({}, 0)
    assert all_found["index", "path"].value == "searchlib.index; there is none"


def test_an_index_that_was_asked_for_may_not(found, monkeypatch):
    by_option, code = found("--index", "my news.index")
    monkeypatch.setenv("SEARCHLIB_INDEX", "other.index")
    by_setting, _ = found()

    assert code == 1
    assert problems(by_option)["index", "path"].remedy == "searchlib index FILES --index 'my news.index'"
    assert problems(by_setting)["index", "path"].problem == "There is no index at other.index."


def test_a_sound_index_is_well_and_thorough_reads_all_of_it(found, own_index, monkeypatch):
    monkeypatch.setattr(doctor_index, "_IN_MEMORY", frozenset())
    quick, code = found("--index", own_index)
    thorough, thorough_code = found("--index", own_index, "--thorough")

    assert (code, thorough_code) == (0, 0)
    assert quick["index", "health"].value == "it opens; --thorough reads every byte"
    assert thorough["index", "health"].value == "every byte is as it was committed"
    assert quick["index", "articles"].value.startswith("4 in 1 segment")
    assert quick["index", "locks"].value.startswith("nobody writes it")


def test_damage_is_a_problem_that_thorough_finds(found, own_index):
    [stored] = own_index.glob("*.sto")
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.write_bytes(content)
    all_found, code = found("--index", own_index, "--thorough")

    assert code == 1
    assert str(stored.name) in (problems(all_found)["index", "health"].problem or "")


def test_an_index_that_does_not_open_says_why(found, own_index):
    for manifest in own_index.glob("manifest-*.json"):
        manifest.write_bytes(b"{}")
    all_found, code = found("--index", own_index)

    assert code == 1
    assert all_found["index", "health"].value == "it does not open"


def test_who_writes_and_who_reads_is_named(found, own_index):
    lock = WriteLock(own_index)
    lock.acquire(0)
    with searchlib.open(own_index):
        all_found, _ = found("--index", own_index)
    lock.release()

    assert "being written by process" in all_found["index", "locks"].value
    if sys.platform == "linux":
        assert "; read by process" in all_found["index", "locks"].value


def test_what_is_mostly_deleted_is_to_be_merged(found, own_index, run, monkeypatch):
    # By itself a commit merges what is mostly deleted, where it can.
    monkeypatch.setattr(doctor_index, "_DELETED_SHARE", 0.2)
    run("delete", "oslo", "--index", own_index)
    all_found, code = found("--index", own_index)
    remedy = problems(all_found)["index", "deleted"].remedy or ""
    run(*shlex.split(remedy)[1:])
    after, _ = found("--index", own_index)

    assert code == 1
    assert remedy == f"searchlib merge --index {own_index}"
    assert ("index", "deleted") not in problems(after)


@pytest.mark.parametrize(("kind", "said"), [("nfs4", "network file system"), ("tmpfs", "in memory"), ("ext4", None)])
def test_file_systems_that_lose_locks_or_files_are_problems(found, own_index, monkeypatch, kind, said):
    monkeypatch.setattr("searchlib.engines.condition.file_system_of", lambda _: kind)
    problem = found("--index", own_index)[0]["index", "file system"].problem

    assert problem is None if said is None else said in (problem or "")


def test_too_little_room_for_a_merge_is_a_problem(found, own_index, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(10, 9, 1))

    assert problems(found("--index", own_index)[0])["index", "size"].value.endswith("; 1 bytes free")


def test_an_encoding_that_lacks_letters_is_a_problem(process):
    doctor = process("doctor", "--json", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    answer = json.loads(doctor.communicate()[0])
    [problem] = [each for each in answer["findings"] if each["problem"]]

    assert doctor.returncode == 1
    assert (problem["name"], problem["value"]) == ("encoding", "cp1252")
    assert problem["remedy"] == "export LC_ALL=C.UTF-8"


def test_a_file_of_questions_that_is_not_there_is_a_problem(found, monkeypatch):
    monkeypatch.setenv("SEARCHLIB_QUESTIONS", "nowhere.toml")

    assert problems(found()[0])["settings", "$SEARCHLIB_QUESTIONS"].remedy == "unset SEARCHLIB_QUESTIONS"


def test_two_distributions_of_whoosh_are_a_problem(found, monkeypatch):
    versions = {"whoosh3": "3.54.0", "Whoosh": "2.7.4"}
    monkeypatch.setattr(doctor_system, "installed_version", versions.get)
    problem = problems(found()[0])["program", "whoosh"]

    assert problem.value == "whoosh3 3.54.0, Whoosh 2.7.4"
    assert problem.remedy == "pip uninstall -y Whoosh && pip install --force-reinstall whoosh3"


def test_programs_of_whoosh_on_the_path_are_explained(found, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    value = found()[0]["programs", "whoosh-mcp"].value

    assert value == "/bin/whoosh-mcp; whoosh3 installs it, and searchlib does not use it"


def test_every_extra_of_users_is_known(project_root):
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has no TOML of its own")
    extras = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert set(extras["optional-dependencies"]) - {"all", "test", "bench", "bench-html", "site"} == set(EXTRAS)


@pytest.mark.parametrize(
    ("installed", "value", "is_problem"),
    [
        (None, "not installed: PDF; pip install 'searchlib[pdf]'", False),
        ("5.0", "PDF: pypdfium2 5.0", False),
        ("5", "PDF: pypdfium2 5", False),
        ("4.30.1", "PDF: pypdfium2 4.30.1", True),
    ],
)
def test_an_extra_may_be_missing_and_may_not_be_too_old(monkeypatch, installed, value, is_problem):
    monkeypatch.setattr(doctor_extras, "installed_version", {"pypdfium2": installed}.get)
    [finding] = extra_findings(["pypdfium2>=5.0; extra == 'pdf'", 'pypdfium2>=5; extra == "all"', "click>=8"])

    assert (finding.value, bool(finding.problem)) == (value, is_problem)
    assert finding.remedy == ("pip install 'searchlib[pdf]' --upgrade" if is_problem else None)


def test_people_read_problems_and_commands_last(run):
    lines = run("doctor", "--index", "news.index").stdout.splitlines()

    assert lines[-3:] == [
        "index, path: There is no index at news.index.",
        "    searchlib index FILES --index news.index",
        "1 problem",
    ]
