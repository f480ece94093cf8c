"""What agencies print around a story is no part of its text; what is the story's stays."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.people.bylines import Byline
from searchlib.sources.wire.wire_copy import read_wire_copy, without_editorial

FIRST = "Oslo (dpa) - The ferry sails again, the harbour said on Monday."
SECOND = "Passengers had waited since November."
TEXT = f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "above",
    [
        "Norway/traffic/",
        "Verkehr/Schifffahrt/Norwegen/",
        "1ST LEAD",
        "2nd Ld",
        "EXTRA",
        "Eil",
        "Zusammenfassung 2",
        "(Achtung)",
        "11.10.2022 11:14",
        "11.10.2022 11:14 Uhr",
        "bdt0234 4 vm 312 dpa 0456",
        "APA0123 5 AA 0234",
        "Eds: With AP Photos.",
        "(Eds: Minor edits. A longer version is available.)",
        "AP Photo OSL101, OSL102",
        "ATTENTION - AJOUTE déclarations ///",
        "(Adds comment from the harbour, details)",
        "Hinweis an die Redaktionen: Bilder folgen",
    ],
)
def test_what_stands_above_a_story_for_editors_is_no_text(above: str):
    copy = read_wire_copy(f"{above}\n\n{TEXT}")

    assert copy.body == TEXT
    assert copy.editorial == (above,)


@pytest.mark.parametrize(
    "below",
    [
        "hh/ph/ts/hd",
        "mjm-jp",
        "(ab/cd)",
        "dpa wsz jln npr",
        "AFP sn",
        "AAP RTV ar",
        "EFE gr/bp",
        "###",
        "-30-",
        "(Schluss) abc",
        "ENDS",
        "==Kyodo",
        "=KYODO",
        "* * * *",
        "Tel: +49 30 2852 31472; <desk@wire.example>",
        "Rückfragehinweis: Hafenamt, Tel.: 01/123 45 67",
        "+47 22 12 34 56",
        "desk@wire.example",
        "APA0123 2012-05-10/12:00",
        "101200 Mai 12",
        "VR/S04 QBXB",
        "(foto)(vídeo)",
        "51 77 03 CRO01 1113 APE4800 GEST GEST03",
    ],
)
def test_what_stands_below_a_story_for_editors_is_no_text(below: str):
    copy = read_wire_copy(f"{TEXT}\n\n{below}")

    assert copy.body == TEXT
    assert copy.editorial == (below,)


@pytest.mark.parametrize(
    "heading",
    [
        "# dpa NOTEBOOK",
        "# Notizblock",
        "## Redaktionelle Hinweise",
        "The following information is not for publication",
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
    ],
)
def test_a_notebook_is_for_editors_to_its_end(heading: str):
    copy = read_wire_copy(f"{TEXT}\n\n{heading}\n\nReporting by: Ana Ruiz, who knows the harbour well.\n\ndpa ar xy")

    assert copy.body == TEXT
    assert copy.byline == Byline((), "dpa")


def test_all_above_a_headline_that_is_printed_again_is_no_text():
    head = ["Fußball", "Deutschland", "Champions League", "11.10.2022 11:14", "Extra", "Ferry sails again"]
    copy = read_wire_copy("\n\n".join([*head, TEXT]), ["Ferry sails again"])

    assert copy.body == TEXT
    assert copy.editorial == tuple(head[:-1])


def test_a_sentence_above_a_headline_is_text():
    body = f"The harbour had been closed.\n\nFerry sails again\n\n{TEXT}"

    assert read_wire_copy(body, ["Ferry sails again"]).body == body


def test_what_the_article_says_elsewhere_is_no_text():
    fields = {
        "title": "Ferry",
        "tags": ["Traffic", "Norway"],
        "extra": {"slugline": "norway-ferry", "version": "2"},
        "body": f"NORWAY-ferry\n\nTraffic\n\n{TEXT}",
    }
    found = without_editorial(fields)

    assert found["body"] == TEXT
    assert found["extra"] == {"slugline": "norway-ferry", "version": "2", "editorial": ["NORWAY-ferry", "Traffic"]}


def test_a_byline_above_the_text_is_who_wrote_it():
    copy = read_wire_copy(f"By Ana Ruiz and Tom Bell\n\n{TEXT}")

    assert (copy.body, copy.byline.authors, copy.editorial) == (TEXT, ("Ana Ruiz", "Tom Bell"), ())


def test_a_byline_that_names_others_than_are_known_stays():
    body = f"By Ana Ruiz\n\n{TEXT}"

    assert read_wire_copy(body, byline=Byline(("Tom Bell",))).body == body
    assert read_wire_copy(body, byline=Byline(("Ana Ruiz",))).body == TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "Attention turned to the harbour on Tuesday.",
        "Editors at the paper said so.",
        "Reuters reported the same.",
        "End of the line for the ferry",
        "EDITOR'S NOTE — This is part of a series.",
        "(Reporting by Ana Ruiz; Editing by Tom Bell)",
        "Ferry 2, Fishermen 1",
        "Contact was lost at 10 p.m.",
        "1 2 3 4 5 6",
        "The result: 54-51",
        "With pictures of the harbour on every wall, the café is full by noon.",
        "Extra trains run from Monday.",
    ],
)
def test_what_is_the_storys_own_stays(paragraph: str):
    assert read_wire_copy(f"{paragraph}\n\n{TEXT}").body == f"{paragraph}\n\n{TEXT}"
    assert read_wire_copy(f"{TEXT}\n\n{paragraph}").body == f"{TEXT}\n\n{paragraph}"


def test_an_agency_below_initials_signs_and_one_alone_is_a_credit():
    assert read_wire_copy(f"{TEXT}\n\nar/tb\n\nAFP") == (TEXT, Byline((), "AFP"), ("ar/tb", "AFP"))
    assert read_wire_copy(f"{TEXT}\n\nAFP").body == f"{TEXT}\n\nAFP"


def test_an_end_mark_behind_the_last_sentence_goes():
    assert read_wire_copy(f"{TEXT}==Kyodo").body == TEXT
    assert read_wire_copy(f"{TEXT} (Schluss) abc").body == TEXT


@pytest.mark.parametrize("body", ["", "###", "Eil", "Eil\n\n###", "EXTRA\n\nEil\n\nab/cd"])
def test_a_story_keeps_a_paragraph(body: str):
    assert read_wire_copy(body).body in body.split("\n\n")


@given(st.lists(st.sampled_from(["Eil", "###", FIRST, "ab/cd", "A/", "By Ana Ruiz", "# Notizblock", ""]), max_size=8))
def test_nothing_is_lost_but_bylines_and_end_marks(paragraphs: list[str]):
    body = "\n\n".join(paragraphs)
    copy = read_wire_copy(body)

    left = Counter([*copy.body.split("\n\n"), *copy.editorial])
    assert Counter(paragraph for paragraph in paragraphs if paragraph != "By Ana Ruiz") <= left
    assert copy.body in body
