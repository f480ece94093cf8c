"""The tokenizer's two sets of rules are one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchlib.analysis import tokenizer

NARROW = st.characters(max_codepoint=0x2FF) | st.sampled_from("’‘“”–—…‐.,&#+'·lL²½\u00ad")


@given(st.text(NARROW, max_size=30))
def test_narrow_texts_have_the_tokens_that_the_rules_for_all_texts_give_them(text):
    narrow, whole = tokenizer._rules(narrow=True), tokenizer._rules(narrow=False)

    assert tokenizer._NARROW.fullmatch(text)
    assert [(m.lastgroup, m.span()) for m in narrow.finditer(text)] == [
        (m.lastgroup, m.span()) for m in whole.finditer(text)
    ]
