"""Which language a text is in. Skipped where the library for it is not installed; the last tests need none."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from searchlib.analysis import Detector
from searchlib.errors import MissingExtraError

SHARED = Path(os.environ.get("SEARCHLIB_SHARED", Path(__file__).parents[3] / "shared")) / "languages"


@pytest.fixture
def detector() -> Detector:
    pytest.importorskip("eldc", reason="pip install 'searchlib[languages]'")
    return Detector()


_TEXTS = {
    "en": "The minister said that the new law would be discussed by parliament next week.",
    "de": "Der Minister sagte, das neue Gesetz werde nächste Woche im Parlament beraten.",
    "fr": "Le ministre a déclaré que la nouvelle loi serait examinée la semaine prochaine.",
    "es": "El ministro dijo que la nueva ley se debatirá la próxima semana en el parlamento.",
    "ru": "Министр сказал, что новый закон будет обсуждаться в парламенте на следующей неделе.",
    "uk": "Міністр сказав, що новий закон обговорюватимуть у парламенті наступного тижня.",
    "el": "Ο υπουργός δήλωσε ότι ο νέος νόμος θα συζητηθεί στη βουλή την επόμενη εβδομάδα.",
    "ja": "大臣は、新しい法律が来週国会で審議されると述べた。",
    "id": "Menteri mengatakan undang-undang baru akan dibahas di parlemen pekan depan.",
    "bg": "Министърът каза, че новият закон ще бъде обсъден в парламента следващата седмица.",
}


@pytest.mark.parametrize("code", _TEXTS)
def test_a_sentence_is_enough(detector, code):
    assert detector.language_of(_TEXTS[code]) == code


@pytest.mark.parametrize(
    "text", ["", " ", "12 345 67,8", "XQ", "Kim Jong Un", "Putin-Kim summit", "asdkj qwpeoi zmxnc lkjasd qpwoei zxmcn"]
)
def test_a_text_that_says_little_says_no_language(detector, text):
    assert detector.language_of(text) == ""


def test_a_language_that_the_library_does_not_know_is_none(detector):
    irish = "Is alt é seo i nGaeilge faoin rialtas agus faoin ngeilleagar sa tír seo. Tá sé an-tábhachtach inniu."

    assert detector.language_of(irish) == ""


def test_only_the_beginning_is_looked_at_and_the_first_text_first(detector):
    assert detector.language_of(_TEXTS["de"] * 20, _TEXTS["fr"] * 500) == "de"
    assert detector.language_of("", "", _TEXTS["fr"]) == "fr"


def test_capitals_are_words_too(detector):
    assert detector.language_of(_TEXTS["de"].upper()) == "de"


@pytest.mark.skipif(not SHARED.exists(), reason=f"no extracts in {SHARED}")
def test_extracts_of_two_hundred_characters_are_right_in_99_of_100(detector):
    asked = right = 0
    for path in sorted(SHARED.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [" ".join(json.loads(line)["sentences"]) for line in lines]
        extracts = [text[at : at + 200] for text in texts for at in range(0, len(text) - 199, 200)]
        found = [detector.language_of(extract) for extract in extracts]
        asked += len(extracts)
        right += found.count(path.name[:2])

    assert asked > 6000
    assert right / asked >= 0.999


def test_without_the_library_the_error_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)

    with pytest.raises(MissingExtraError, match=r"searchlib\[languages\]"):
        Detector()
