from __future__ import annotations

from hypothesis import given
from searching.planning import Words
from strategies import trees

from searchlib.analysis import analyzer_for
from searchlib.query import And, Boosted, DateRange, Everything, Node, Not, Or, Phrase, Word
from searchlib.searching.clauses import EVERYTHING, All, AnyOf, Except, Term, Within
from searchlib.searching.plan import plan
from searchlib.searching.planned_parts import PlannedPart, planned_parts

EN = analyzer_for("en")
KIM, PUTIN, TRAIN = Word("kim"), Word("putin"), Word("train")


def parts_of(tree: Node) -> PlannedPart:
    return planned_parts(tree, plan(tree, EN, Words()))


def kim(boost: float = 1.0) -> Term:
    return Term("text", "kim", boost)


def test_a_word_alone_is_its_own_part():
    assert parts_of(KIM) == PlannedPart(KIM, kim())


def test_each_part_has_the_clause_that_it_was_planned_as():
    root = parts_of(And((KIM, Or((PUTIN, TRAIN)), DateRange())))

    assert [type(part.clause) for part in root.parts] == [Term, AnyOf, Within]
    assert [part.clause.term for part in root.parts[1].parts] == ["putin", "train"]


def test_weights_go_down_to_the_words():
    root = parts_of(Boosted(And((KIM, Boosted(KIM, 3.0))), 2.0))

    both = root.parts[0]
    assert [part.clause for part in both.parts] == [kim(2.0), kim(6.0)]


def test_what_has_no_word_has_no_clause_and_the_others_keep_theirs():
    root = parts_of(And((Word("!"), KIM, Or((Word("?"), PUTIN)))))

    assert [part.clause for part in root.parts] == [None, kim(), Term("text", "putin", 1.0)]
    assert [part.clause for part in root.parts[2].parts] == [None, Term("text", "putin", 1.0)]


def test_an_and_inside_an_and_keeps_its_own_parts():
    root = parts_of(And((And((KIM, DateRange())), And((PUTIN, TRAIN)), Everything())))

    assert isinstance(root.clause, All)
    assert [len(part.parts) for part in root.parts] == [2, 2, 0]
    assert root.parts[2].clause == EVERYTHING
    assert root.parts[1].parts[0].clause == Term("text", "putin", 1.0)


def test_leaves_are_what_ranks_or_restricts_and_nothing_that_is_excluded():
    root = parts_of(And((Not(KIM), Boosted(Phrase("kim train"), 2.0), DateRange())))

    assert isinstance(root.parts[0].clause, Except)
    assert [type(leaf.node) for leaf in root.leaves()] == [Phrase, DateRange]


@given(trees)
def test_every_and_or_and_not_of_a_tree_has_as_many_parts_as_nodes(tree):
    def check(part: PlannedPart) -> None:
        if isinstance(part.node, (And, Or)):
            assert tuple(each.node for each in part.parts) == part.node.nodes
        elif isinstance(part.node, (Not, Boosted)):
            assert [each.node for each in part.parts] == [part.node.node]
        else:
            assert part.parts == ()
        for each in part.parts:
            check(each)

    planned = plan(tree, EN, AnyWords())
    root = planned_parts(tree, planned)

    assert root.clause == planned.clause
    check(root)


class AnyWords(Words):
    """A vocabulary whose fields have no words."""

    def terms(self, field, automaton, limit, check=None):
        return super().terms("author", automaton, limit, check)
