"""Fields, segments and restrictions as other systems write them."""

from __future__ import annotations

import pytest
from query.reading import messages, read, tree_of

from searchlib.query import And, Word

# text: the same in our language, and what one of the diagnostics says.
UNDERSTOOD = {
    "headline(kim OR putin)": ("title:(kim OR putin)", "headline was read as title:"),
    '-HEADLINE("kim jong un")': ('-title:"kim jong un"', "HEADLINE was read as title:"),
    "title(kim)": ("title:(kim)", "title without a colon was read as title:"),
    "hlead(kim)": ("lead:kim", "which is the title and the first paragraph"),
    "lead(kim putin)": ("lead:(kim putin)", "which is the title and the first paragraph"),
    "byline(doe)": ("author:doe", "byline was read as author:"),
    "TI(kim) AND AU(doe)": ("title:kim AND author:doe", "TI was read as title:"),
    "publication(times)": ("publisher:times", "publication was read as publisher:"),
    "text(kim)": ("body:kim", "text was read as body:"),
    "length(>800)": ("length:>800", "length without a colon was read as length:"),
    "date(> 2020)": ("date:>2020", "date without a colon was read as date:"),
    "hd=putin": ("title:putin", "hd= was read as title:"),
    "hd=(kim OR putin)": ("title:(kim OR putin)", "hd= was read as title:"),
    'hlp="kim jong un"': ('lead:"kim jong un"', "hlp= was read as lead:"),
    "la=en": ("lang:en", "la= was read as language:"),
    "wc>500": ("length:>500", "wc was read as length:"),
    "wc<1000": ("length:<1000", "wc was read as length:"),
    "wc > 500 kim": ("length:>500 kim", "wc was read as length:"),
    "wc:>500": ("length:>500", "there is no field wc:; it was read as length:"),
    "length>500": ("length:>500", "length without a colon"),
    "date>1987-03": ("date:>1987-03", "date without a colon was read as date:"),
    "date>=1987-03": ("date:>=1987-03", "date without a colon was read as date:"),
    "date<1987": ("date:<1987", "date without a colon was read as date:"),
    "date > 1987-03": ("date:>1987-03", "date without a colon was read as date:"),
    "kim AND date = 1987": ("kim date:1987", "was read as date:"),
    "date is 1987": ("date:1987", "date is was read as date:"),
    "date aft 1987": ("after:1987", "date aft was read as after:"),
    "date bef 1987": ("before:1987", "date bef was read as before:"),
    "date geq 1987-03": ("since:1987-03", "date geq was read as since:"),
    "updated>2023": ("updated:>2023", "updated without a colon"),
    "published:2023": ("date:2023", "there is no field published:; it was read as date:"),
    "published: 2023 kim": ("date:2023 kim", "it was read as date:"),
    "published:>2023": ("date:>2023", "it was read as date:"),
    "published:yesterday": ("date:yesterday", "it was read as date:"),
    "year:2023": ("date:2023", "it was read as date:"),
    "on:2023-09-11": ("date:2023-09-11", "it was read as date:"),
    "date:[2020 TO 2022]": ("date:2020..2022", "was read together with '[2020 TO 2022]'"),
    "date:{2020 TO *]": ("date:2020..", "was read together with"),
    "inurl:kim": ("url:kim", "it was read as url:"),
    "allintitle: kim putin": ("title:(kim putin)", "allintitle: was read as title:( )"),
    "atl3(kim)": ("atleast3(kim)", ""),
    "ti,ab(kim)": ("kim", "write (title:a OR summary:a)"),
    "company(apple)": ("apple", "there is no field of this name"),
    'exact("kim")': ('"kim"', '="visits"'),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_what_another_system_has_a_word_for_is_read_as_ours(text: str):
    ours, said = UNDERSTOOD[text]

    assert tree_of(text) == tree_of(ours)
    assert said in " ".join(messages(text))


@pytest.mark.parametrize(
    "text", ["title(s) kim", "section(es)", "the date is set", "date after date", "a=b", "lead singer", "x>5", "words"]
)
def test_words_that_look_alike_stay_words(text: str):
    parsed = read(text)

    nodes = parsed.tree.nodes if isinstance(parsed.tree, And) else (parsed.tree,)
    assert all(isinstance(node, Word) and node.field is None for node in nodes)
    assert parsed.diagnostics == ()


def test_codes_that_no_field_has_are_named():
    assert "there are no codes for re= here" in " ".join(messages("re=uk"))
