/* All operators, by the number of their kind of clause: a new one is a file and a line here. */
#ifndef SEARCHLIB_OPERATORS_H
#define SEARCHLIB_OPERATORS_H

#include "query/all.h"
#include "query/among.h"
#include "query/any_of.h"
#include "query/best_of.h"
#include "query/except.h"
#include "query/positional.h"
#include "query/published_within.h"
#include "query/term.h"

/* The kinds of clauses, of locators, and of terms that are more than their text. `searching/clauses.py` gives each of its types one of these numbers. */
enum {
    CLAUSE_TERM,
    CLAUSE_POSITIONAL,
    CLAUSE_ALL,
    CLAUSE_ANY_OF,
    CLAUSE_BEST_OF,
    CLAUSE_EXCEPT,
    CLAUSE_WITHIN,
    CLAUSE_AMONG,
    CLAUSE_KINDS,
    LOCATOR_PHRASE = CLAUSE_KINDS,
    LOCATOR_SEQUENCE,
    LOCATOR_NEAR,
    LOCATOR_LONE,
    LOCATOR_LEAD,
    TERM_SHARED,
    TERM_PRINTED,
    TERM_RATED,
};

static const operator_type *const OPERATORS[CLAUSE_KINDS] = {
    [CLAUSE_TERM] = &TERM_OPERATOR,
    [CLAUSE_POSITIONAL] = &POSITIONAL_OPERATOR,
    [CLAUSE_ALL] = &ALL_OPERATOR,
    [CLAUSE_ANY_OF] = &ANY_OF_OPERATOR,
    [CLAUSE_BEST_OF] = &BEST_OF_OPERATOR,
    [CLAUSE_EXCEPT] = &EXCEPT_OPERATOR,
    [CLAUSE_WITHIN] = &PUBLISHED_WITHIN_OPERATOR,
    [CLAUSE_AMONG] = &AMONG_OPERATOR,
};

#endif
