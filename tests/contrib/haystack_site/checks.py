"""What the backend of django-haystack does. `tests/contrib/test_haystack.py` runs this in a process of its own."""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haystack_site.settings")
django.setup()

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from haystack import connections  # noqa: E402
from haystack.exceptions import SearchBackendError  # noqa: E402
from haystack.inputs import AutoQuery, Clean, Exact, Not, Raw  # noqa: E402
from haystack.models import SearchResult  # noqa: E402
from haystack.query import SQ, SearchQuerySet  # noqa: E402

from haystack_site.stories.models import Comment, Story  # noqa: E402
from haystack_site.stories.search_indexes import CommentIndex, StoryIndex  # noqa: E402
from searchlib.contrib.haystack import SearchlibBackend  # noqa: E402

STORIES = [
    {
        "title": "Dockers strike",
        "text": "The dockers of Port Ellery walked out.\n\nThey want safer cranes.",
        "writer": "Mara Quint",
        "views": 5,
        "price": Decimal("1.50"),
        "rating": 4.5,
        "published": dt.datetime(2023, 9, 11, 14, 30),
        "topics": ["Port", "Labour law"],
    },
    {
        "title": "Cranes repaired",
        "text": "New cranes stand in the port.",
        "writer": "Tom Birch",
        "views": 50,
        "price": Decimal("24.99"),
        "is_free": False,
        "published": dt.datetime(2023, 10, 2, 9),
        "corrected": dt.date(2023, 10, 3),
        "topics": ["Port"],
    },
    {
        "title": "Old striking clocks",
        "text": "Clocks strike at noon & midnight.",
        "writer": "Mara Quint",
        "views": -3,
        "rating": -0.5,
        "published": dt.datetime(2024, 1, 5),
        "topics": [],
    },
    {"title": "A museum", "text": "Its ferry is old.", "views": 5, "topics": ["Labour"]},
]


@pytest.fixture(scope="module", autouse=True)
def _tables():
    with connection.schema_editor() as editor:
        editor.create_model(Story)
        editor.create_model(Comment)


def fill():
    Story.objects.all().delete()
    Comment.objects.all().delete()
    for number, story in enumerate(STORIES, start=1):
        Story.objects.create(id=number, **story)
    Comment.objects.create(id=1, text="I saw the dockers strike.")
    backend().clear()
    StoryIndex().update()
    CommentIndex().update()


@pytest.fixture(scope="module", autouse=True)
def _rows(_tables):
    fill()


@pytest.fixture
def _changing():
    """For a test that writes: the next one finds everything as it was."""
    yield
    fill()


def backend():
    return connections["default"].get_backend()


def stories():
    return SearchQuerySet().models(Story)


def pks(found):
    return sorted(int(each.pk) for each in found)


def filtered(**lookup):
    return pks(stories().filter(**lookup))


def test_a_result_has_the_fields_in_their_types():
    (result,) = stories().filter(id="stories.story.1")

    assert isinstance(result, SearchResult)
    assert (result.app_label, result.model_name, result.pk, result.id) == ("stories", "story", "1", "stories.story.1")
    assert result.text == STORIES[0]["text"]
    assert (result.title, result.writer, result.views, result.rating) == ("Dockers strike", "Mara Quint", 5, 4.5)
    assert (result.price, result.is_free, result.published) == ("1.50", True, dt.datetime(2023, 9, 11, 14, 30))
    assert (result.topics, result.unsearched) == (["Port", "Labour law"], "only kept")
    assert not hasattr(result, "secret") or result.secret is None
    assert result.object == Story.objects.get(pk=1)


def test_a_score_is_higher_for_the_better_document():
    first, second = stories().filter(content="cranes")

    assert (first.pk, second.pk) == ("2", "1")
    assert first.score > second.score > 0


def test_words_of_the_document_are_found_in_their_forms_and_all_have_to_be_there():
    assert filtered(content="crane") == [1, 2]
    assert filtered(content="crane port") == [1, 2]
    assert filtered(content="crane museum") == []
    assert filtered(text="crane") == [1, 2]


@pytest.mark.parametrize(
    ("lookup", "found"),
    [
        ({"writer": "quint"}, [1, 3]),
        ({"writer": "mara quint"}, [1, 3]),
        ({"writer__contains": "uin"}, [1, 3]),
        ({"writer__startswith": "bir"}, [2]),
        ({"writer__endswith": "INT"}, [1, 3]),
        ({"writer__fuzzy": "quimt"}, [1, 3]),
        ({"writer__exact": "mara quint"}, [1, 3]),
        ({"writer__exact": "quint mara"}, []),
        ({"writer_exact": "Mara Quint"}, [1, 3]),
        ({"writer_exact": "Quint"}, []),
        ({"writer__in": ["Tom Birch", "Nobody"]}, [2]),
        ({"writer__in": []}, []),
        ({"writer__gt": "n"}, [2]),
        ({"writer__range": ["mara", "n"]}, [1, 3]),
        ({"title": "strikes"}, [1, 3]),
        ({"title__exact": "striking clocks"}, [3]),
        ({"title__startswith": "strik"}, [1, 3]),
        ({"begins": "doc"}, [1]),
        ({"begins": "ock"}, []),
        ({"inside": "ock"}, [1, 3]),
        ({"views": 5}, [1, 4]),
        ({"views__gt": 5}, [2]),
        ({"views__gte": 5}, [1, 2, 4]),
        ({"views__lt": 0}, [3]),
        ({"views__lte": 5}, [1, 3, 4]),
        ({"views__in": [50, -3]}, [2, 3]),
        ({"views__range": (-3, 5)}, [1, 3, 4]),
        ({"price__gt": Decimal("1.5")}, [2]),
        ({"price": Decimal("24.99")}, [2]),
        ({"rating__lt": 0}, [3]),
        ({"is_free": False}, [2]),
        ({"is_free__exact": True}, [1, 3, 4]),
        ({"published__gte": dt.datetime(2023, 9, 11, 14, 30)}, [1, 2, 3]),
        ({"published__gt": dt.datetime(2023, 9, 11, 14, 30)}, [2, 3]),
        ({"published__lt": dt.date(2023, 10, 2)}, [1]),
        ({"published__range": (dt.date(2023, 9, 1), dt.date(2023, 12, 31))}, [1, 2]),
        ({"published": dt.date(2023, 10, 2)}, [2]),
        ({"published": dt.datetime(2023, 10, 2, 9)}, [2]),
        ({"corrected": dt.date(2023, 10, 3)}, [2]),
        ({"corrected__lte": dt.date(2023, 10, 2)}, []),
        ({"topics": "Port"}, [1, 2]),
        ({"topics": "labour LAW"}, [1]),
        ({"topics": "labour"}, [4]),
        ({"topics__in": ["Labour", "Labour law"]}, [1, 4]),
        ({"topics__contains": "abou"}, [1, 4]),
        ({"secret": "hidden"}, [1, 2, 3, 4]),
        ({"unsearched": "kept"}, []),
        ({"django_id": 2}, [2]),
        ({"django_id__in": [1, 3]}, [1, 3]),
        ({"django_ct": "stories.story"}, [1, 2, 3, 4]),
        ({"id__in": ["stories.story.4", "stories.comment.1"]}, [4]),
        ({"content__startswith": "crane"}, [1, 2]),
        ({"content__contains": "ran"}, [1, 2]),
        ({"content__endswith": "rry"}, [4]),
        ({"content__exact": "safer cranes"}, [1]),
        ({"content__exact": "cranes safer"}, []),
        ({"content__fuzzy": "crames"}, [1, 2]),
        ({"content__in": ["safer cranes", "ferry"]}, [1, 4]),
    ],
    ids=str,
)
def test_lookups(lookup, found):
    assert filtered(**lookup) == found


def test_lookups_are_joined_and_negated():
    assert pks(stories().filter(SQ(writer="quint") | SQ(views__gt=10))) == [1, 2, 3]
    assert pks(stories().filter(content="cranes").exclude(writer="birch")) == [1]
    assert pks(stories().filter(~SQ(views=5), SQ(published__lt=dt.date(2024, 1, 1)) | SQ(rating__lt=0))) == [2, 3]
    assert pks(stories().filter_or(writer="birch").filter_or(title="museum")) == [2, 4]
    assert pks(stories().filter(content="cranes") & stories().filter(writer="quint")) == [1]
    assert pks(stories().filter(content="ferry") | stories().filter(writer="birch")) == [2, 4]


def test_many_values_are_one_lookup():
    assert filtered(django_id__in=list(range(3, 3000))) == [3, 4]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dockers cranes", [1]),
        ('"safer cranes"', [1]),
        ("cranes -dockers", [2]),
        ("noon & (midnight", [3]),
        ('noon "', [3]),
        ("title:cranes", []),
        (" ", [1, 2, 3, 4]),
    ],
)
def test_what_users_type_is_words_phrases_and_exclusions(text, found):
    assert pks(stories().auto_query(text)) == found


def test_input_types():
    assert filtered(content=Exact("safer cranes")) == [1]
    assert filtered(content=Clean("cranes OR")) == []
    assert filtered(content=Not("cranes")) == [3, 4]
    assert filtered(content=Raw("ferry OR (cranes NEAR/3 safer)")) == [1, 4]
    assert filtered(title=AutoQuery("cranes -old")) == [2]


def test_a_raw_query_is_in_the_query_language_with_the_fields():
    def raw(text):
        return pks(SearchQuerySet().raw_search(text))

    assert raw('writer:"mara quint" -clocks django_ct:stories.story') == [1]
    assert raw("views:3..60 published:>=2023-09-12") == [2]
    assert raw("views:[5 TO 50] writer:*") == [1, 2]
    assert raw("views:[5 TO 50] -writer:*") == [4]
    assert raw("published:[2023-10-02 TO *] OR writer:(tom OR nobody)") == [2, 3]
    assert raw("views:{5 TO 50]") == [2]
    assert raw('writer:="MARA QUINT" since:2024') == [3]
    assert raw("writer:(quint -tom)^2 (cranes OR clocks)") == [1, 3]
    assert raw("writer:quimt~ views:<0") == [3]
    assert raw(r"title:cran\es topics:p?rt") == [2]
    assert raw('"writer:quint"') == []


def test_queries_narrow():
    assert pks(stories().narrow('writer_exact:="Mara Quint"').narrow("views:>0")) == [1]
    assert pks(stories().auto_query("strike").narrow("topics:Port")) == [1]


def test_models_narrow_and_content_types_come_together():
    found = SearchQuerySet().filter(content="dockers")

    assert {(each.model_name, each.pk) for each in found} == {("story", "1"), ("comment", "1")}
    assert [each.model_name for each in found.models(Comment)] == ["comment"]
    assert found.models(Story, Comment).count() == 2
    assert {type(each.object) for each in found.load_all()} == {Story, Comment}


def test_a_model_that_is_indexed_no_longer_is_left_out():
    index = connections["default"].get_unified_index()
    kept = index._indexes.pop(Comment)
    try:
        assert SearchQuerySet().filter(content="dockers").count() == 1
        found = backend().search("dockers", limit_to_registered_models=False)
        assert (len(found["results"]), found["hits"]) == (1, 1)
    finally:
        index._indexes[Comment] = kept


def test_facets_of_fields():
    counts = stories().facet("writer").facet("views").facet("topics").facet_counts()["fields"]

    assert counts["writer"] == [("Mara Quint", 2), ("Tom Birch", 1), (None, 1)]
    assert counts["views"] == [(5, 2), (-3, 1), (50, 1)]
    assert counts["topics"] == [("Port", 2), ("Labour", 1), ("Labour law", 1), (None, 1)]
    assert stories().filter(content="cranes").facet("writer").facet_counts()["fields"]["writer"] == [
        ("Mara Quint", 1),
        ("Tom Birch", 1),
    ]
    assert stories().facet("views", limit=1).facet_counts()["fields"]["views"] == [(5, 2)]


@pytest.mark.usefixtures("_changing")
@pytest.mark.parametrize("field", ["published", "corrected"])
def test_facets_of_dates(field):
    Story.objects.update(corrected=dt.date(2023, 10, 3))
    Story.objects.filter(pk=1).update(corrected=dt.date(2023, 9, 11))
    StoryIndex().update()
    asked = {"start_date": dt.date(2023, 9, 1), "end_date": dt.date(2024, 1, 1), "gap_by": "month", "gap_amount": 2}

    counts = stories().date_facet(field, **asked).facet_counts()["dates"][field]

    spans = {"autumn": (dt.datetime(2023, 9, 1), dt.datetime(2023, 11, 1))}
    assert counts == ([(spans["autumn"], 2), (None, 2)] if field == "published" else [(spans["autumn"], 4)])


@pytest.mark.parametrize(
    ("gap_by", "start", "span"),
    [
        ("hour", dt.datetime(2023, 9, 11), (dt.datetime(2023, 9, 11, 14), dt.datetime(2023, 9, 11, 15))),
        ("day", dt.datetime(2023, 9, 10, 12), (dt.datetime(2023, 9, 11, 12), dt.datetime(2023, 9, 12, 12))),
        ("day", dt.date(2023, 9, 10), (dt.datetime(2023, 9, 11), dt.datetime(2023, 9, 12))),
        ("year", dt.date(2020, 2, 29), (dt.datetime(2023, 2, 28), dt.datetime(2024, 2, 29))),
    ],
)
def test_spans_of_dates_begin_where_they_are_asked_to(gap_by, start, span):
    found = stories().filter(id="stories.story.1")
    counts = found.date_facet("published", start, dt.date(2023, 9, 20), gap_by).facet_counts()["dates"]["published"]

    assert counts == [(span, 1)]


def test_facets_of_queries():
    counts = stories().query_facet("views", "[5 TO *]").query_facet("writer", "quint").facet_counts()["queries"]

    assert counts == {"views_exact:[5 TO *]": 3, "writer_exact:quint": 0}


def test_what_matched_is_highlighted_and_the_rest_escaped():
    (result,) = stories().filter(content="midnight").highlight()
    assert result.highlighted == {"text": ["Clocks strike at noon &amp; <em>midnight</em>."]}

    (result,) = stories().filter(content="midnight").highlight(pre_tags=["<b>"], post_tags=["</b>"])
    assert result.highlighted["text"] == ["Clocks strike at noon &amp; <b>midnight</b>."]


def test_results_are_sliced_and_counted():
    found = SearchQuerySet().order_by("id")

    assert len(found) == found.count() == 5
    assert [each.id for each in found[1:3]] == ["stories.story.1", "stories.story.2"]
    assert found[4].id == "stories.story.4"
    assert list(found[5:9]) == []
    assert len(backend().search("*", start_offset=0, end_offset=2)["results"]) == 2
    assert backend().search("*", start_offset=4, end_offset=9)["hits"] == 5
    with pytest.raises(IndexError):
        found[5]


def test_results_are_ordered_by_any_fields_in_either_direction():
    def ordered(*fields):
        return [int(each.pk) for each in stories().order_by(*fields)]

    assert ordered("published") == [1, 2, 3, 4]
    assert ordered("-published") == [3, 2, 1, 4]
    assert ordered("views", "-title") == [3, 1, 4, 2]
    assert ordered("-views", "title") == [2, 4, 1, 3]
    assert ordered("rating", "id") == [3, 1, 2, 4]
    assert ordered("-rating", "-id") == [1, 3, 4, 2]
    assert [int(each.pk) for each in stories().order_by("-title")[1:3]] == [1, 2]


def test_values_of_results():
    found = stories().order_by("views", "id")

    assert [tuple(each) for each in found.values_list("views", "pk")[:2]] == [(-3, "3"), (5, "1")]
    assert list(found.values_list("pk", flat=True)[:2]) == ["3", "1"]
    assert found.values("title")[0] == {"title": "Old striking clocks"}


def test_documents_like_one():
    found = SearchQuerySet().models(Story).more_like_this(Story.objects.get(pk=1))

    assert pks(found) == [2, 3]
    assert found.count() == 2
    assert pks(found.filter(writer="birch")) == [2]
    assert [each.model_name for each in SearchQuerySet().models(Comment).more_like_this(Story.objects.get(pk=1))] == [
        "comment"
    ]
    assert list(SearchQuerySet().more_like_this(Story(pk=99))) == []


def test_spelling():
    assert stories().auto_query("dokcers").spelling_suggestion() == "dockers"
    assert stories().filter(content="dokcers", writer="quint").spelling_suggestion() == "dockers"
    assert stories().auto_query("dockers").spelling_suggestion() is None
    assert stories().filter(writer="x").spelling_suggestion("musuem") == "museum"


def test_a_boost_ranks_and_does_not_restrict():
    assert [int(each.pk) for each in stories().filter(content="cranes").boost("dockers", 5)] == [1, 2]
    assert pks(stories().filter(content="ferry").boost("dockers", 5)) == [4]


@pytest.mark.usefixtures("_changing")
def test_documents_are_updated_removed_and_cleared():
    Story.objects.filter(pk=4).update(text="Its tram is late.")
    StoryIndex().update_object(Story.objects.get(pk=4))
    assert (filtered(content="ferry"), filtered(content="tram")) == ([], [4])

    StoryIndex().remove_object(Story.objects.get(pk=4))
    backend().remove("stories.story.3")
    assert pks(stories()) == [1, 2]

    backend().clear([Comment])
    assert SearchQuerySet().count() == 2
    backend().clear([Story, Comment])
    assert SearchQuerySet().count() == 0


@pytest.mark.usefixtures("_changing")
def test_what_is_to_be_skipped_is_skipped_and_an_empty_text_is_no_document(caplog):
    Story.objects.create(id=5, text="skip")
    Story.objects.create(id=6, text="")
    with caplog.at_level(logging.ERROR, "haystack"):
        silent = connections["silent"].get_backend()
        silent.update(StoryIndex(), Story.objects.all())

    assert silent.index.stats().articles == 4
    assert "Preparing object for update" in caplog.text


@pytest.mark.usefixtures("_changing")
def test_commands_of_haystack():
    call_command("rebuild_index", interactive=False, verbosity=0, using=["default"])
    assert SearchQuerySet().count() == 5

    Story.objects.filter(pk=1).delete()
    call_command("update_index", verbosity=0, remove=True, using=["default"])
    assert pks(stories()) == [2, 3, 4]

    call_command("clear_index", interactive=False, verbosity=0, using=["default"])
    assert SearchQuerySet().count() == 0


@pytest.mark.usefixtures("_changing")
def test_threads_and_other_processes_see_every_commit():
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: SearchQuerySet().count(), range(8))) == [5] * 8
        backend().remove("stories.story.1")
        assert list(threads.map(lambda _: SearchQuerySet().count(), range(8))) == [4] * 8

    process = multiprocessing.get_context("fork").Process(target=_remove, args=("stories.story.2",))
    process.start()
    process.join(60)
    assert (process.exitcode, pks(stories())) == (0, [3, 4])


def _remove(identifier):
    connections["default"].reset_sessions()
    backend().remove(identifier)


def test_what_cannot_be_asked_is_an_error_or_logged(caplog):
    for lookup in ({"content__gt": "a"}, {"views__gt": "many"}, {"views__contains": "5"}, {"published__lt": "soon"}):
        with pytest.raises(SearchBackendError):
            list(stories().filter(**lookup))
    with pytest.raises(SearchBackendError, match="map"):
        backend().search("*", dwithin={"field": "place"})

    with caplog.at_level(logging.ERROR, "haystack"):
        found = connections["silent"].get_backend().search("views:>many")
    assert found["hits"] == 0
    assert "views:>many" in caplog.text


def test_a_connection_needs_a_path_that_can_be_written(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="PATH"):
        SearchlibBackend("default")
    if os.geteuid():
        tmp_path.chmod(0o500)
        with pytest.raises(OSError, match="written"):
            SearchlibBackend("default", PATH=str(tmp_path)).setup()
