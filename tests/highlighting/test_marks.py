from __future__ import annotations

from datetime import datetime, timezone

import pytest

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.highlighting import Highlighter
from searchlib.query.nodes import (
    And,
    AtLeast,
    Boosted,
    DateRange,
    Everything,
    Exact,
    Expression,
    Fuzzy,
    Has,
    LengthRange,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Sequence,
    Value,
    Wildcard,
    Word,
)
from searchlib.results import Passage


def bracketed(passage: Passage) -> str:
    return "".join(f"[{piece}]" if marked else piece for piece, marked in passage.pieces())


def body(tree: Node, text: str, *, language: str = "en") -> str:
    """The text as one passage, what matched in brackets."""
    highlighter = Highlighter(tree, analyzer_for(language), passages=1, passage_chars=1000)
    (passage,) = highlighter.snippet(Article(body=text)).passages
    return bracketed(passage)


def test_a_word_is_marked_wherever_it_occurs():
    assert body(Word("kim"), "Kim met Putin. Later Kim left.") == "[Kim] met Putin. Later [Kim] left."


def test_a_stemmed_match_marks_the_whole_word_as_printed():
    assert body(Word("visit"), "His visits, her visiting: a visit.") == "His [visits], her [visiting]: a [visit]."


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("reelection campaign", "A re-election campaign.", "A [re-election campaign]."),
        ("reelection election", "A re-election campaign.", "A re-election campaign."),
        ("re-election campaign", "A reelection campaign.", "A [reelection campaign]."),
        ("email server", "An e-mail server.", "An [e-mail server]."),
        ("new putinkim summit", "A new Putin-Kim summit.", "A [new Putin-Kim summit]."),
        ("running wolf", "A run-ning wolf.", "A [run-ning wolf]."),
        ("run ning wolf", "A run-ning wolf.", "A [run-ning wolf]."),
        ("model s", "Model S, and Model sales.", "[Model S], and Model sales."),
    ],
)
def test_a_joined_form_is_marked_where_the_phrase_goes_over_it(phrase: str, text: str, expected: str):
    assert body(Phrase(phrase), text) == expected


def test_a_loose_phrase_has_its_joined_forms_marked_whole():
    marked = body(Phrase("reelection campaign", slop=1), "The re-election big campaign, re-election very big campaign.")

    assert marked == "The [re-election] big [campaign], re-election very big campaign."


def test_a_joined_form_is_near_what_stands_after_its_last_part():
    tree = Near(Word("putinkim"), Word("summit"), 1, True)

    assert body(tree, "A Putin-Kim summit.") == "A [Putin-Kim] [summit]."


def test_a_possessive_is_marked_with_its_word():
    assert body(Word("russia"), "In Russia’s east.") == "In [Russia’s] east."


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("us", "The U.S. said so.", "The [U.S.] said so."),
        ("cafe", "Our cafe\u0301 is shut.", "Our [cafe\u0301] is shut."),
        ("10000", "Some 10,000 came.", "Some [10,000] came."),
        ("fish", "The ﬁsh is gone.", "The [ﬁsh] is gone."),
        ("istanbul", "In İstanbul now.", "In [İstanbul] now."),
        ("at&t", "Shares of AT&T fell.", "Shares of [AT&T] fell."),
        ("at&t", "Shares of AT & T fell.", "Shares of [AT & T] fell."),
        ("jk", "By J. K. Rowling.", "By [J. K.] Rowling."),
        ("k", "By J.K. Rowling.", "By J.[K]. Rowling."),
        ("10000", "Some 10 000 came.", "Some [10 000] came."),
        ("a10", "An A-10, no a 10.", "An [A-10], no a 10."),
        ("f16", "Two F-16s flew.", "Two [F-16s] flew."),
        ("neal", "O’Neal’s dunk.", "O’[Neal’s] dunk."),
        ("can", "They can’t go.", "They [can’t] go."),
        ("19", "The covid19 wave.", "The covid[19] wave."),
        ("20", "On May 20th.", "On May [20th]."),
    ],
)
def test_what_folding_changes_is_marked_as_it_was_printed(query: str, text: str, expected: str):
    assert body(Word(query), text) == expected


def test_a_phrase_is_marked_where_its_words_stand_together_and_nowhere_else():
    text = "In prime time the prime minister spoke. A minister left, prime."

    assert body(Phrase("prime minister"), text) == "In prime time the [prime minister] spoke. A minister left, prime."


def test_a_phrase_does_not_run_from_one_field_into_the_next():
    highlighter = Highlighter(Phrase("prime minister"), analyzer_for("en"))
    snippet = highlighter.snippet(Article(title="The prime", body="Minister resigns."))

    assert snippet.title.marks == ()
    assert snippet.passages[0].marks == ()


def test_a_word_that_is_several_to_the_analyzer_is_marked_only_where_they_stand_together():
    text = "The Putin-Kim summit: Putin spoke, Kim listened. Then Putin, Kim and Xi."

    assert body(Word("putin-kim"), text) == (
        "The [Putin-Kim] summit: Putin spoke, Kim listened. Then [Putin, Kim] and Xi."
    )


def test_a_part_of_a_hyphenated_word_is_marked_alone():
    assert body(Word("putin"), "The Putin-Kim summit.") == "The [Putin]-Kim summit."


def test_the_joined_form_marks_the_hyphenated_word():
    assert body(Word("email"), "Send an e-mail, or mail.") == "Send an [e-mail], or mail."


def test_overlapping_phrases_are_one_mark():
    assert body(Phrase("to be to"), "To be to be to go.") == "[To be to be to] go."


def test_words_side_by_side_that_are_no_phrase_are_marked_one_by_one():
    tree = And((Word("prime"), Word("minister")))

    assert body(tree, "The prime minister.") == "The [prime] [minister]."


def test_a_loose_phrase_marks_its_words_where_few_enough_others_stand_among_them():
    text = "Kim will soon visit Russia. Kim said nobody would ever want to visit Russia."

    assert body(Phrase("kim visit russia", slop=2), text) == (
        "[Kim] will soon [visit] [Russia]. Kim said nobody would ever want to visit Russia."
    )


def test_a_loose_phrase_wants_its_words_in_order():
    assert "[" not in body(Phrase("russia visit", slop=3), "A visit to Russia.")


def test_near_marks_both_sides_where_they_are_near():
    text = "Putin and Kim met. Much later, and very far from there, Putin slept. It was a calm night for Kim too."

    assert body(Near(Word("kim"), Word("putin"), distance=2), text) == (
        "[Putin] and [Kim] met. Much later, and very far from there, Putin slept. It was a calm night for Kim too."
    )


def test_ordered_near_wants_the_left_side_first():
    text = "Putin and Kim met."

    assert "[" not in body(Near(Word("kim"), Word("putin"), distance=2, ordered=True), text)
    assert body(Near(Word("putin"), Word("kim"), distance=2, ordered=True), text) == "[Putin] and [Kim] met."


def test_a_word_is_not_near_itself():
    assert "[" not in body(Near(Word("kim"), Word("kim"), distance=5), "Kim met Putin.")


def test_sides_of_near_may_be_phrases_and_alternatives():
    tree = Near(Phrase("kim jong un"), Or((Word("putin"), Boosted(Word("xi"), 2.0))), distance=3)

    assert body(tree, "Kim Jong Un saw Xi. Kim saw Putin.") == "[Kim Jong Un] saw [Xi]. Kim saw Putin."


def test_a_side_of_near_without_a_word_leaves_the_other_alone():
    assert body(Near(Word("kim"), Word("…"), distance=3), "Kim met Putin.") == "[Kim] met Putin."


def test_near_may_be_a_side_of_near():
    tree = Near(Near(Word("kim"), Word("putin"), distance=2), Word("train"), distance=3)

    assert body(tree, "Kim and Putin left by train.") == "[Kim] and [Putin] left by [train]."
    assert "[" not in body(tree, "Kim and Xi left by train.")


def test_what_is_excluded_is_not_marked():
    tree = And((Word("kim"), Not(Word("putin"))))

    assert body(tree, "Kim met nobody, not even putins.") == "[Kim] met nobody, not even putins."


def test_a_word_that_is_asked_for_and_excluded_elsewhere_is_marked():
    tree = Or((Word("kim"), Not(Word("kim"))))

    assert body(tree, "Kim met Putin.") == "[Kim] met Putin."


def test_an_alternative_that_the_article_does_not_meet_is_not_marked():
    tree = Or((And((Word("kim"), Word("putin"))), Word("summit")))

    assert body(tree, "Kim is at the summit.") == "Kim is at the [summit]."


def test_an_alternative_that_an_exclusion_rules_out_is_not_marked():
    tree = Or((And((Word("kim"), Not(Word("putin")))), Word("summit")))

    assert body(tree, "Kim and Putin are at the summit.") == "Kim and Putin are at the [summit]."


def test_what_the_text_cannot_tell_is_taken_to_hold():
    dates = DateRange(since=datetime(2023, 9, 1, tzinfo=timezone.utc))
    tree = Or((And((Word("kim"), dates, Word("reuters", field="agency"))), Word("summit")))

    assert body(tree, "Kim is at the summit.") == "[Kim] is at the [summit]."


def test_an_article_that_is_no_hit_is_marked_with_what_it_has_of_the_words():
    tree = And((Word("kim"), Word("putin"), Not(Word("met"))))

    assert body(tree, "Kim met Xi.") == "[Kim] met Xi."


def test_words_of_a_field_are_marked_in_that_field_only():
    highlighter = Highlighter(Word("kim", field="title"), analyzer_for("en"))
    snippet = highlighter.snippet(Article(title="Kim arrives", summary="Kim is here.", body="Kim came by train."))

    assert bracketed(snippet.title) == "[Kim] arrives"
    assert all(passage.marks == () for passage in snippet.passages)


@pytest.mark.parametrize(
    "tree",
    [
        Everything(),
        Nothing(),
        DateRange(),
        Word("kim", field="author"),
        Phrase("kim came", field="tag"),
        Near(Word("kim", field="author"), Word("came"), distance=5),
        Near(Word("kim", field="title"), Word("came", field="body"), distance=5),
        Word("…"),
        Not(Word("kim")),
    ],
    ids=repr,
)
def test_what_asks_for_nothing_in_the_text_marks_nothing(tree: Node):
    snippet = Highlighter(tree, analyzer_for("en")).snippet(Article(title="Kim came", body="Kim came."))

    assert snippet.title.marks == ()
    assert [passage.text for passage in snippet.passages] == ["Kim came."]
    assert snippet.passages[0].marks == ()


def test_a_boosted_word_is_marked():
    assert body(Boosted(Word("kim"), 3.0), "Kim came.") == "[Kim] came."


def test_a_run_of_chinese_is_marked_in_one_piece():
    assert body(Word("北京大学"), "他在北京大学读书。", language="zh") == "他在[北京大学]读书。"


def test_a_mark_holds_whole_graphemes():
    family = "👨\u200d👩\u200d👧"

    assert body(Word("👩"), f"A {family} came.") == f"A [{family}] came."


def test_a_phrase_of_thousands_of_words_in_a_text_of_one_word_is_answered():
    tree = Or((Phrase("no " * 2000), Phrase("no " * 2000, slop=5)))

    assert body(tree, "no " * 20_000).startswith("[no")


@pytest.mark.parametrize(
    ("node", "text", "expected"),
    [
        (Exact("visits"), "His visits, her visit; VISITS.", "His [visits], her visit; [VISITS]."),
        (Exact("café"), "A cafe, two cafés.", "A [cafe], two cafés."),
        (Exact("jong-un"), "Kim Jong-un and Kim Jong un.", "Kim [Jong-un] and Kim Jong un."),
        (Exact("visits russia"), "He visits Russia; a visit to Russia.", "He [visits Russia]; a visit to Russia."),
        (
            Exact("visits russia", slop=1),
            "Visits to Russia; visiting Russia.",
            "[Visits] to [Russia]; visiting Russia.",
        ),
        (Exact("can"), "They can’t, but we can.", "They can’t, but we [can]."),
        (Wildcard("nucl*"), "Nuclear, nucleus; unclear.", "[Nuclear], [nucleus]; unclear."),
        (Wildcard("*update*"), "An updated page of updates.", "An [updated] page of [updates]."),
        (Wildcard("wom?n"), "A woman, women; wom.", "A [woman], [women]; wom."),
        (Wildcard("putin*"), "The Putin-Kim summit.", "The [Putin-Kim] summit."),
        (Wildcard(r"c\*t"), "A cat.", "A cat."),
        (Wildcard("Über*"), "Überlingen, uberrima.", "[Überlingen], [uberrima]."),
        (Expression("mi(ss)+ile"), "Missile, mississile.", "[Missile], mississile."),
        (Expression("[a-c]{2,}"), "Ab, abd, cab.", "[Ab], abd, [cab]."),
        (Expression("(("), "What cannot be read.", "What cannot be read."),
        (Fuzzy("zelensky"), "Zelenskyy, Zelenski, Selenskyj.", "[Zelenskyy], [Zelenski], Selenskyj."),
        (Fuzzy("zelensky", distance=2), "Zelenskyy, Selenskyj, Selenskij.", "[Zelenskyy], [Selenskyj], Selenskij."),
        (Fuzzy("wrold"), "The world.", "The [world]."),
    ],
)
def test_a_pattern_marks_the_whole_printed_word_that_it_matches(node: Node, text: str, expected: str):
    assert body(node, text) == expected


def test_a_sequence_is_marked_where_its_sides_stand_in_order():
    tree = Sequence((Word("missile"), Or((Word("test"), Word("launch")))))
    text = "A missile test, missile launches; a test of a missile, a launch."

    assert body(tree, text) == "A [missile test], [missile launches]; a test of a missile, a launch."


def test_a_loose_sequence_marks_its_sides_and_not_what_stands_among_them():
    tree = Sequence((Wildcard("nucl*"), Phrase("weapons test"), Exact("site")), slop=2)
    text = "A nuclear or other weapons test site; nuclear and any other big weapons test site."

    assert body(tree, text) == (
        "A [nuclear] or other [weapons test] [site]; nuclear and any other big weapons test site."
    )


def test_a_side_of_a_sequence_without_a_word_leaves_the_others():
    assert body(Sequence((Word("kim"), Word("…"), Word("putin"))), "Kim, Putin. Kim.") == "[Kim, Putin]. Kim."


def test_near_in_a_sentence_marks_both_sides_in_one_sentence():
    tree = Near(Word("kim"), Word("putin"), 0, unit="sentence")
    text = "Kim went home by train and Putin did not. Kim slept. Putin slept."

    assert body(tree, text) == "[Kim] went home by train and [Putin] did not. Kim slept. Putin slept."


def test_a_nearer_word_of_another_sentence_does_not_hide_one_of_the_same():
    tree = Near(Word("kim"), Word("putin"), 0, unit="sentence")

    assert body(tree, "Putin slept. Kim saw that man, Putin.") == "Putin slept. [Kim] saw that man, [Putin]."


def test_near_in_a_paragraph_marks_both_sides_in_one_paragraph():
    tree = Near(Word("kim"), Word("putin"), 0, ordered=True, unit="paragraph")
    text = "Kim slept. So did Putin.\n\nThen Kim left.\n\nPutin stayed."

    assert body(tree, text) == "[Kim] slept. So did [Putin]. Then Kim left. Putin stayed."


@pytest.mark.parametrize(("negated", "expected"), [(False, "Kim. Putin visit."), (True, "[Kim. Putin] visit.")])
def test_a_phrase_over_two_paragraphs_is_in_the_same_as_nothing(negated: bool, expected: str):
    tree = Near(Phrase("kim putin"), Word("visit"), 0, unit="paragraph", negated=negated)

    assert body(tree, "Kim.\n\nPutin visit.") == expected


def test_negated_near_marks_what_has_nothing_of_the_right_near():
    tree = Near(Word("crude"), Word("oil"), 2, negated=True)
    text = "Crude is not oil of mine; crude oil. Crude remarks; oil."

    assert body(tree, text) == "[Crude] is not oil of mine; crude oil. Crude remarks; oil."


def test_negated_ordered_near_only_minds_what_follows():
    tree = Near(Word("crude"), Word("oil"), 1, ordered=True, negated=True)

    assert body(tree, "The oil crude; the crude oil.") == "The oil [crude]; the crude oil."


def test_negated_near_in_a_sentence_marks_what_is_in_no_sentence_of_the_right():
    tree = Near(Word("kim"), Word("putin"), 0, unit="sentence", negated=True)

    assert body(tree, "Kim met Putin there. Kim slept.") == "Kim met Putin there. [Kim] slept."


def test_negated_near_marks_nothing_where_its_left_side_has_no_word():
    assert body(Near(Word("…"), Word("kim"), 2, negated=True), "Kim came.") == "Kim came."


@pytest.mark.parametrize(
    ("count", "expected"), [(3, "[Kim] and [Putin]; [Kim]. So it went."), (4, "Kim and Putin; Kim. So it went.")]
)
def test_at_least_marks_all_occurrences_where_they_are_enough(count: int, expected: str):
    tree = Or((AtLeast(Or((Word("kim"), Word("putin"))), count), Nothing()))

    assert body(Or((tree, LengthRange(at_least=1))), "Kim and Putin; Kim. So it went.") == expected


def test_at_least_counts_occurrences_of_all_fields():
    tree = Or((AtLeast(Word("kim"), 3), AtLeast(Word("putin"), 2), Has("author")))
    snippet = Highlighter(tree, analyzer_for("en")).snippet(
        Article(title="Kim", summary="Kim and Putin.", body="Kim came. Nobody else did.", authors=["Jane Doe"])
    )

    assert bracketed(snippet.title) == "[Kim]"
    assert [bracketed(passage) for passage in snippet.passages] == ["[Kim] and Putin.", "[Kim] came. Nobody else did."]


def test_at_least_counts_a_loose_phrase_once_for_each_beginning():
    tree = Or((AtLeast(Phrase("kim putin", slop=3), 2), Has("author")))

    assert body(tree, "Kim Putin Putin.") == "Kim Putin Putin."
    assert body(tree, "Kim Kim Putin.") == "[Kim] [Kim] [Putin]."


def test_words_of_the_lead_are_marked_in_the_title_and_the_first_paragraph():
    highlighter = Highlighter(Word("kim", field="lead"), analyzer_for("en"), passage_chars=1000)
    snippet = highlighter.snippet(Article(title="Kim arrives", summary="Kim is here.", body="Kim came.\n\nKim left."))

    assert bracketed(snippet.title) == "[Kim] arrives"
    assert [bracketed(passage) for passage in snippet.passages][-1:] == ["[Kim] came. Kim left."]


def test_near_in_the_lead_minds_nothing_behind_it():
    tree = Near(Word("kim", field="lead"), Word("putin", field="lead"), 5, negated=True)

    assert body(tree, "They saw Kim.\n\nPutin left. Kim too.") == "They saw [Kim]. Putin left. Kim too."


@pytest.mark.parametrize("node", [Value("jane doe", "author"), Has("summary"), LengthRange(at_least=2), Has("title")])
def test_a_condition_on_the_article_marks_nothing_and_is_taken_to_hold(node: Node):
    assert body(And((node, Word("kim"))), "Kim is a summary by Jane Doe.") == "[Kim] is a summary by Jane Doe."
    assert body(Or((And((node, Word("kim"))), Word("jane"))), "Kim and Jane.") == "[Kim] and [Jane]."


def test_patterns_on_other_fields_mark_nothing():
    assert body(And((Wildcard("j*", field="author"), Word("kim"))), "Kim and Jane.") == "[Kim] and Jane."
