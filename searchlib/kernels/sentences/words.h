/* The words around a full stop, and what they say of it.
 *
 * No more than WORD_CHARS characters are looked at of a word, and no more than a few words: what is said of a full stop
 * takes constant time.
 */
#ifndef SEARCHLIB_WORDS_H
#define SEARCHLIB_WORDS_H

#include "sentences/rules.h"

static inline uint32_t kinds_at(const sentence_rules *r, const text_view *v, int64_t at) {
    return kinds_of(&r->tables, view_char(v, at));
}

static inline int is_space_in(const sentence_rules *r, const text_view *v, int64_t at) {
    return kinds_at(r, v, at) & SPACE_CHAR;
}

/* Letters, figures, and the marks that are written over and under them. */
static inline int is_word_char(const sentence_rules *r, uint32_t c) {
    uint32_t kinds = kinds_of(&r->tables, c);
    /* Punctuation begins at U+2000; what is below is in a class. */
    return kinds & WORD_CHAR || (c >= 0x300 && c < 0x2000 && !kinds && !classes_of(r, c));
}

static inline int is_word_at(const sentence_rules *r, const text_view *v, int64_t at) {
    return at >= 0 && at < v->length && is_word_char(r, view_char(v, at));
}

typedef struct {
    int64_t start, end;
    uint32_t letters[WORD_CHARS]; /* in small letters */
    int n;
    int is_number;  /* nothing but figures */
    int is_capital; /* the first letter is one */
    int is_caps;    /* all letters are */
    int n_letters;  /* without marks */
} text_word;

/* Look at the letters from word->start to word->end, of which there are no more than WORD_CHARS. */
static inline void read_letters(const sentence_rules *r, const text_view *v, text_word *word) {
    int n_upper = 0, n_digits = 0;
    word->n = (int)(word->end - word->start);
    word->n_letters = 0;
    for (int i = 0; i < word->n; i++) {
        uint32_t c = view_char(v, word->start + i), kinds = kinds_of(&r->tables, c);
        word->letters[i] = lower_char(&r->tables, c);
        n_upper += (kinds & UPPER_CHAR) != 0;
        n_digits += (kinds & DIGIT_CHAR) != 0;
        word->n_letters += (kinds & LETTER_CHAR) != 0;
    }
    word->is_number = n_digits == word->n;
    word->is_caps = n_upper && n_upper == word->n_letters;
    word->is_capital = word->n && kinds_at(r, v, word->start) & UPPER_CHAR;
}

/* The word that ends at `end`. Of one that is longer than WORD_CHARS n is 0, and start is not its start. */
static inline void read_word_before(const sentence_rules *r, const text_view *v, int64_t end, text_word *word) {
    word->start = word->end = end;
    while (word->start && end - word->start <= WORD_CHARS && is_word_at(r, v, word->start - 1)) word->start--;
    if (end - word->start <= WORD_CHARS)
        read_letters(r, v, word);
    else
        word->n = word->n_letters = word->is_number = word->is_capital = word->is_caps = 0;
}

/* The word that begins at `start`, or as much of it as is looked at. */
static inline void read_word_after(const sentence_rules *r, const text_view *v, int64_t start, text_word *word) {
    word->start = word->end = start;
    while (word->end - start < WORD_CHARS && is_word_at(r, v, word->end)) word->end++;
    read_letters(r, v, word);
}

static inline int is_roman(const text_word *word) {
    if (!word->is_caps) return 0;
    for (int i = 0; i < word->n; i++) {
        if (word->letters[i] >= 0x80 || !strchr("ivxlcdm", (int)word->letters[i])) return 0;
    }
    return 1;
}

/* --- what follows ----------------------------------------------------------------------------------------------- */

/* How the next word begins; it is NO_WORD if none follows in the line. */
enum { NO_WORD, LOWER_WORD, UPPER_WORD, NUMBER_WORD, UNCASED_WORD };

typedef struct {
    int kind;
    uint32_t known;
    text_word word;
} next_word;

enum { MOST_OPENERS = 8 };

/* What is known of the longest beginning of a word that is known: words of Thai are not set apart by spaces. */
static inline uint32_t known_of_beginning(const sentence_rules *r, const text_word *word) {
    uint32_t known = 0;
    for (int n = word->n; n > 1 && !known; n--) known = known_of(r, word->letters, n) & (STARTER | JOINER);
    return known;
}

/* Find the word from `at` on, behind quotation marks, brackets and dashes. */
static inline void read_next_word(const sentence_rules *r, const text_view *v, int64_t at, next_word *next) {
    int64_t limit = at + MOST_OPENERS;
    int is_name = 0;
    next->kind = NO_WORD;
    next->known = 0;
    next->word.n = 0;
    for (; at < v->length && at < limit && !is_word_at(r, v, at); at++) {
        uint32_t c = view_char(v, at);
        if (classes_of(r, c) & LINE_BREAK) return;
        is_name |= c == '@' || c == '#';
    }
    if (!is_word_at(r, v, at)) return;
    read_word_after(r, v, at, &next->word);
    const text_word *word = &next->word;
    uint32_t first = kinds_at(r, v, at);
    next->known = known_of(r, word->letters, word->n);
    /* "iPhone" is a name, and "@kim" too. */
    int is_camel = word->n > 1 && kinds_at(r, v, at + 1) & UPPER_CHAR;
    if (first & DIGIT_CHAR)
        next->kind = NUMBER_WORD;
    else if (first & LOWER_CHAR && !is_name)
        next->kind = is_camel ? UPPER_WORD : LOWER_WORD;
    else
        next->kind = first & UPPER_CHAR || is_name ? UPPER_WORD : UNCASED_WORD;
    /* The next one is an initial, or a shortened word itself. */
    if (word->n == 1 && word->end < v->length && classes_of(r, view_char(v, word->end)) & FULL_STOP) next->known = 0;
}

static inline int is_starter(const next_word *next) { return (next->known & STARTER) != 0; }

/* Whether it is said from the next word on who said what is quoted: "Kim asked", "asked Kim". */
static inline int is_attributed(const sentence_rules *r, const text_view *v, const next_word *next) {
    text_word word = next->word;
    for (int n = 0; n < 4 && word.n; n++) {
        if (known_of(r, word.letters, word.n) & SAYING) return 1;
        if (!word.is_capital || word.end >= v->length || view_char(v, word.end) != ' ') return 0;
        read_word_after(r, v, word.end + 1, &word);
    }
    return 0;
}

/* --- what a full stop does -------------------------------------------------------------------------------------- */

static inline int is_stop_at(const sentence_rules *r, const text_view *v, int64_t at) {
    return at >= 0 && at < v->length && (classes_of(r, view_char(v, at)) & FULL_STOP);
}

/* What is known of the characters from `start` to `end`, spaces left out; 0 where there are figures among them. */
static inline uint32_t known_of_range(const sentence_rules *r, const text_view *v, int64_t start, int64_t end) {
    uint32_t key[WORD_CHARS];
    int n = 0;
    for (int64_t at = start; at < end; at++) {
        uint32_t c = view_char(v, at), kinds = kinds_of(&r->tables, c);
        if (kinds & DIGIT_CHAR) return 0;
        if (!(kinds & SPACE_CHAR)) key[n++] = lower_char(&r->tables, c);
    }
    return known_of(r, key, n) & SHORTENED;
}

/* What is known of "z.B", "u. a", "U.S", "Ph.D", which end with `last`, as SHORTENED flags: of as many parts as are
 * known together. It is 0 if `last` is the only part. Spaces may stand between single letters. */
static inline uint32_t known_of_parts(const sentence_rules *r, const text_view *v, const text_word *last) {
    int64_t start = last->start, longest = last->n;
    uint32_t known = 0;
    int is_joined = 0;
    while (start > 1) {
        int64_t part_end = start - 1, part;
        if (last->n == 1 && is_space_in(r, v, part_end)) part_end--;
        if (!is_stop_at(r, v, part_end) || !is_word_at(r, v, part_end - 1)) break;
        for (part = part_end - 1; part && last->end - part <= WORD_CHARS && is_word_at(r, v, part - 1);) part--;
        if (last->end - part > WORD_CHARS) return known;
        if (part_end + 1 < start && part_end - part > 1) break;
        if (part_end - part > longest) longest = part_end - part;
        start = part;
        is_joined = 1;
        uint32_t known_now = known_of_range(r, v, start, last->end);
        if (known_now) known = known_now;
    }
    return known || !is_joined || longest > 3 ? known : SELDOM_LAST;
}

/* Whether a word of two to four letters has no vowel, and is no name in capitals: "Sgt", "str". Between consonants r
 * and l are vowels of Slavic words: "trh". */
static inline int is_without_vowel(const text_word *word) {
    if (word->n < 2 || word->n > 4 || word->is_caps) return 0;
    for (int i = 0; i < word->n; i++) {
        int is_inner = i && i + 1 < word->n;
        if (!is_ascii_letter(word->letters[i]) || strchr(is_inner ? "aeiouyrl" : "aeiouy", (int)word->letters[i]))
            return 0;
    }
    return 1;
}

/* Whether the word before is a name, whose number this one is: "Karel IV." */
static inline int is_after_name(const sentence_rules *r, const text_view *v, const text_word *word) {
    text_word before;
    if (word->start < 2 || !is_space_in(r, v, word->start - 1)) return 0;
    read_word_before(r, v, word->start - 1, &before);
    return before.is_capital;
}

/* What is known of the word before a full stop, as SHORTENED flags. */
static inline uint32_t known_before(const sentence_rules *r, const text_view *v, const text_word *word) {
    uint32_t known = known_of_parts(r, v, word);
    if (known) return known;
    known = known_of(r, word->letters, word->n);
    if (known & CAPITALISED && !word->is_capital) known = 0;
    known &= SHORTENED;
    if (known && word->n_letters > 1) return known;
    if (word->n_letters == 1 && !is_dense_char(word->letters[0])) {
        uint32_t before = word->start ? view_char(v, word->start - 1) : ' ';
        /* Part of a word: "it's", "vitamin-C". Behind a full stop, as in "J.-P.", it is an initial. */
        int is_part = before == '\'' || before == 0x2019 || (before == '-' && is_word_at(r, v, word->start - 2));
        return is_part ? known : known | SELDOM_LAST;
    }
    if (r->habits & ORDINALS && is_roman(word))
        return r->habits & NAMED_ORDINALS || !is_after_name(r, v, word) ? SELDOM_LAST : 0;
    int has_ending = word->n > ENDING_CHARS &&
                     known_of(r, word->letters + word->n - ENDING_CHARS, ENDING_CHARS) & ENDING;
    return has_ending || is_without_vowel(word) ? SELDOM_LAST : 0;
}

/* Whether a figure stands before the word: "5 p.m.", "1990 r." */
static inline int is_after_number(const sentence_rules *r, const text_view *v, int64_t at) {
    for (int n = 0; n < 12 && at > 0; n++) {
        uint32_t c = view_char(v, --at), kinds = kinds_of(&r->tables, c);
        if (kinds & DIGIT_CHAR) return 1;
        /* Between them may be a space and, in "a.m.", the other parts. */
        int is_part = kinds & WORD_CHAR && is_stop_at(r, v, at + 1);
        if (!(kinds & SPACE_CHAR) && !(classes_of(r, c) & FULL_STOP) && !is_part) return 0;
    }
    return 0;
}

/* Whether a sentence ends after a figure and a full stop. */
static inline int ends_after_number(const sentence_rules *r, const text_view *v, const text_word *word,
                                    const next_word *next) {
    if (!(r->habits & ORDINALS) || word->n > 2) return 1;
    uint32_t before = word->start ? view_char(v, word->start - 1) : ' ';
    if (next->kind == NUMBER_WORD) return 0;
    /* The end of "3,5", "1:0" or "$25". */
    if (!(kinds_of(&r->tables, before) & SPACE_CHAR) && !(classes_of(r, before) & (OPENER | FULL_STOP))) return 1;
    return is_starter(next) || !(r->habits & NAMED_ORDINALS);
}

/* So near its beginning a sentence only says when or where: "In 1990 r. Kim". */
enum { SOON_CHARS = 20 };

/* Whether a sentence ends with the full stop at `stop`, which `next` follows after white space and in no small letter.
 * The sentence begins at `start`. */
static inline int ends_after_word(const sentence_rules *r, const text_view *v, int64_t start, int64_t stop,
                                  const next_word *next) {
    text_word word;
    read_word_before(r, v, stop, &word);
    if (!word.n) return 1;
    if (r->habits & STOPS_SHORTEN && next->kind == UNCASED_WORD) return 0;
    /* "1.", "a.", "IV.": the number of an item, or an initial. */
    if (word.start == start && (word.is_number || word.n == 1 || is_roman(&word))) return 0;
    if (word.is_number) return ends_after_number(r, v, &word, next);
    uint32_t known = known_before(r, v, &word);
    if (!known) return 1;
    if (known & NEVER_LAST) return 0;
    if (known & BEFORE_NUMBER) {
        if (next->kind == NUMBER_WORD || (next->word.n > 1 && is_roman(&next->word))) return 0;
        if (!(known & ~BEFORE_NUMBER)) return 1;
    }
    if (next->kind == NO_WORD || is_starter(next)) return 1;
    int is_soon = known & AFTER_NUMBER && word.start - start <= SOON_CHARS;
    if (known & OFTEN_LAST) return !is_soon;
    return known & AFTER_NUMBER && !is_soon && next->kind != NUMBER_WORD && is_after_number(r, v, word.start);
}

#endif
