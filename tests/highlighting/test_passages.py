from __future__ import annotations

import pytest

from searchlib.analysis import analyzer_for
from searchlib.article import Article
from searchlib.highlighting import Highlighter
from searchlib.query.nodes import And, Node, Phrase, Word
from searchlib.results import Passage

KIM_PUTIN = And((Word("kim"), Word("putin")))

FILLER = "Nothing else of note was said on that long day in the capital, and everybody went home early."


def bracketed(passage: Passage) -> str:
    return "".join(f"[{piece}]" if marked else piece for piece, marked in passage.pieces())


def passages(tree: Node, *, count: int = 1, chars: int = 100, **fields: str) -> list[str]:
    snippet = Highlighter(tree, analyzer_for("en"), passages=count, passage_chars=chars).snippet(Article(**fields))
    return [bracketed(passage) for passage in snippet.passages]


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


def test_the_passage_with_more_of_the_query_is_better_than_an_earlier_one():
    body = paragraphs("Kim left the capital.", FILLER, "Kim met Putin.")

    assert passages(KIM_PUTIN, body=body, chars=40) == ["[Kim] met [Putin]."]


def test_of_equal_passages_the_earlier_is_better():
    body = paragraphs(
        "Kim went to the station with his men to wait.", FILLER, "Kim went to the harbour with his men to wait."
    )

    assert passages(Word("kim"), body=body) == ["[Kim] went to the station with his men to wait."]


def test_words_close_together_are_better_than_words_far_apart():
    far = "Kim was not there on Monday, nor on Tuesday, when they had all come to wait for Putin."
    near = "It was then that Kim and Putin met, and so all the others had to go home again by bus."

    assert passages(KIM_PUTIN, body=paragraphs(far, FILLER, near)) == [
        "It was then that [Kim] and [Putin] met, and so all the others had to go home again by bus."
    ]


def test_words_in_one_sentence_are_better_than_words_in_two():
    two = "Then there was Kim. Putin was not there at all, and nobody could say where he had gone."
    one = "At the end of a very long evening Kim also spoke a few friendly words to Mr Putin about it."

    assert passages(KIM_PUTIN, body=paragraphs(two, FILLER, one)) == [
        "At the end of a very long evening [Kim] also spoke a few friendly words to Mr [Putin] about it."
    ]


def test_a_phrase_is_worth_more_than_a_word():
    tree = And((Word("climate"), Phrase("prime minister")))
    body = paragraphs(f"The climate is mild. {FILLER}", FILLER, f"The prime minister slept. {FILLER}")

    assert passages(tree, body=body, chars=60)[0].startswith("The [prime minister] slept.")


def test_stop_words_do_not_make_a_passage_better():
    tree = And((Word("the"), Word("of"), Word("kim")))
    body = paragraphs("The end of the day.", FILLER, "Then Kim spoke.")

    assert passages(tree, body=body, chars=40) == ["Then [Kim] spoke."]


def test_the_second_passage_shows_what_the_first_does_not():
    tree = And((Word("kim"), Word("putin"), Word("vladivostok")))
    body = paragraphs(
        "Kim met Putin in a hotel of the town by the sea, and nobody else was there to see it.",
        "Kim met Putin once more on the day after that, and again nobody else was there to see it.",
        "The train is on its way to Vladivostok, where it will wait until the weather is better again.",
    )

    assert passages(tree, body=body, count=2) == [
        "[Kim] met [Putin] in a hotel of the town by the sea, and nobody else was there to see it.",
        "The train is on its way to [Vladivostok], where it will wait until the weather is better again.",
    ]


def test_the_second_passage_rather_shows_one_sentence_than_the_same_words_again():
    tree = And((Word("kim"), Word("putin"), Word("hotel"), Word("train")))
    body = paragraphs(
        "Kim met Putin in a hotel of the town by the sea, and nobody else was there to see it.",
        FILLER,
        "The guards were waiting in the rain all night at the station next to the train.",
        "That Kim would meet Putin was known to some of them, but none of them said so aloud.",
    )

    assert passages(tree, body=body, count=2) == [
        "[Kim] met [Putin] in a [hotel] of the town by the sea, and nobody else was there to see it.",
        "The guards were waiting in the rain all night at the station next to the [train].",
    ]


def test_a_short_sentence_takes_its_neighbours_with_it():
    body = "It had begun to rain hard. Kim came late. He had no umbrella. " + FILLER

    assert passages(Word("kim"), body=body) == ["It had begun to rain hard. [Kim] came late. He had no umbrella."]


def test_a_heading_is_no_part_of_a_sentence():
    body = paragraphs("Monday, September 11", "Kim came late to the station.", "Background")

    assert passages(Word("kim"), body=body) == ["[Kim] came late to the station."]


def test_a_long_sentence_is_cut_between_words_around_what_matched():
    body = "word " * 60 + "Kim met Putin " + "word " * 60 + "end."
    (passage,) = (
        Highlighter(KIM_PUTIN, analyzer_for("en"), passages=1, passage_chars=60).snippet(Article(body=body)).passages
    )

    assert passage.leading
    assert passage.trailing
    assert bracketed(passage) == "… word word word word [Kim] met [Putin] word word word word word …"


def test_a_cut_passage_begins_after_a_comma_where_one_is_near():
    body = "word " * 30 + "said the officials, who added at night that Kim had left " + "word " * 30

    assert passages(Word("kim"), body=body, chars=80)[0].startswith("… who added at night that [Kim] had left")


def test_the_beginning_of_a_sentence_is_kept_where_it_fits():
    body = f"{FILLER} Kim came, " + "and then " * 30 + "he left."

    assert passages(Word("kim"), body=body, chars=60) == [
        "[Kim] came, and then and then and then and then and then and …"
    ]


def test_a_mark_that_fits_is_not_torn_by_the_cut():
    tree = And((Word("kim"), Word("spoke"), Word("putin"), Phrase("armoured train")))
    body = "Kim spoke to Putin for a long time about the armoured train that was to carry him to the border."

    assert passages(tree, body=body, chars=54) == ["[Kim] [spoke] to [Putin] for a long time about the …"]


def test_a_match_that_is_longer_than_a_passage_is_shown_from_its_beginning():
    words = " ".join(f"w{number}x" for number in range(40))

    (shown,) = passages(Phrase(words), body=words, chars=40)

    assert shown == f"[{words[:39]}] …"


def test_a_word_longer_than_a_passage_is_cut_inside():
    assert passages(Word("kim"), title="Kim", body="x" * 300, chars=20) == ["x" * 20 + " …"]


def test_a_text_without_spaces_is_cut_between_characters():
    body = "他" * 100 + "金正恩" + "他" * 100

    assert passages(Word("金正恩"), body=body, chars=21) == ["… " + "他" * 9 + "[金正恩]" + "他" * 9 + " …"]


def test_passages_do_not_repeat_the_title_or_one_another():
    body = paragraphs("Kim Visits Russia", "Kim came by train.", FILLER, "Kim came by train.", FILLER)

    assert passages(Word("kim"), title="Kim visits Russia", body=body, count=3, chars=30) == ["[Kim] came by train."]


def test_a_passage_that_repeats_the_title_is_better_than_none():
    assert passages(Word("kim"), title="Kim visits", body="Kim visits") == ["[Kim] visits"]


def test_the_body_is_preferred_to_the_summary():
    assert passages(Word("kim"), summary="Kim came on Monday.", body="Kim came by train.") == ["[Kim] came by train."]


def test_the_summary_is_shown_where_the_body_has_no_match():
    snippet = Highlighter(Word("kim"), analyzer_for("en")).snippet(Article(summary="Kim came.", body="It rained."))

    assert [(passage.field, bracketed(passage)) for passage in snippet.passages] == [("summary", "[Kim] came.")]


def test_the_summary_is_shown_where_it_has_more_of_the_query():
    shown = passages(KIM_PUTIN, count=2, summary="Kim met Putin in a hotel.", body="Kim came by train.")

    assert shown == ["[Kim] met [Putin] in a hotel.", "[Kim] came by train."]


def test_an_article_found_by_its_title_alone_begins_with_its_summary():
    assert passages(Word("kim"), title="Kim", summary="It rained.", body="It snowed.") == ["It rained."]


def test_without_a_match_the_passage_is_the_first_running_text():
    body = paragraphs("Monday, September 11", "It rained. It also snowed.", "END")

    assert passages(Word("kim"), title="Kim", body=body) == ["It rained. It also snowed."]


def test_a_text_of_headings_is_shown_from_its_beginning():
    assert passages(Word("kim"), title="Kim", body="One\n\nTwo") == ["One"]


def test_an_article_of_a_title_alone_has_no_passages():
    assert passages(Word("kim"), title="Kim") == []


def test_offsets_are_into_the_field():
    article = Article(title="A", body=paragraphs(FILLER, "Then Kim came."))
    (passage,) = Highlighter(Word("kim"), analyzer_for("en"), passages=1, passage_chars=30).snippet(article).passages

    assert article.body[passage.start : passage.end] == passage.source == "Then Kim came."
    assert [article.body[mark.start : mark.end] for mark in passage.marks] == ["Kim"]


def test_a_long_body_is_searched_to_its_end():
    body = f"The Kim of it all. {FILLER} " * 5000 + "Then Putin came."

    assert passages(KIM_PUTIN, body=body, chars=40, count=2)[-1].endswith("Then [Putin] came.")


@pytest.mark.parametrize(
    "limits", [{"passages": 0}, {"passages": 101}, {"passage_chars": 19}, {"passage_chars": 10_001}]
)
def test_limits_that_make_no_passage_are_refused(limits: dict[str, int]):
    with pytest.raises(ValueError, match="passage"):
        Highlighter(Word("kim"), analyzer_for("en"), **limits)


def test_the_phrase_of_a_real_article_is_marked(shared):
    page = next((shared / "articles" / "text").iterdir()).read_text(encoding="utf-8")
    tree = And((Phrase("armoured train"), Word("vladivostok")))
    snippet = Highlighter(tree, analyzer_for("en")).snippet(Article(body=page))

    assert any("[armoured train] to [Vladivostok]" in bracketed(passage) for passage in snippet.passages)
