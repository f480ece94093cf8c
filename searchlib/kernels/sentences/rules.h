/* What ends sentences in a language, as data: classes of characters, and words with what a full stop after them means.
 *
 * The values come from `searchlib.analysis.sentences`, the only place that has them; no language is known here. Rules
 * do not change once a text is read by them. Any number of texts and threads share them.
 */
#ifndef SEARCHLIB_RULES_H
#define SEARCHLIB_RULES_H

#include "bytes/faults.h"
#include "sentences/characters.h"

/* Classes of characters, one bit each; a character may be in several. Those of ANY_END are where a sentence may end. */
enum {
    FULL_STOP = 1,      /* before white space, unless the word before it is shortened by it */
    ELLIPSIS = 2,       /* before white space; several full stops are one too */
    QUESTION = 4,       /* before white space; so are exclamation marks */
    BAR = 8,            /* wherever it stands */
    DOUBLED_BAR = 16,   /* a bar where two stand side by side */
    LINE_BREAK = 32,
    GAP = 64,           /* white space, before a word that begins sentences */
    CLOSER = 128,       /* may stand after the end of a sentence, and belongs to it */
    OPENER = 256,       /* may stand before the first word of a sentence */
    FOOTNOTE = 512,     /* a raised figure or sign, which may stand after the end */
    RESUMER = 1024,     /* goes on after a quotation that ends in a bar: a comma, a particle */
};
enum { SPACED_END = FULL_STOP | ELLIPSIS | QUESTION, ANY_END = SPACED_END | BAR | DOUBLED_BAR | LINE_BREAK | GAP };

/* What is known of a word, one bit each. The first five say what a full stop after it means. */
enum {
    NEVER_LAST = 1,    /* a title, or a word that another follows always: no end */
    SELDOM_LAST = 2,   /* no end, unless a word that begins sentences follows */
    BEFORE_NUMBER = 4, /* no end before a figure or a number in Roman letters */
    /* The end before a capital if a figure stands before the word and the sentence is not short; else SELDOM_LAST. */
    AFTER_NUMBER = 8,
    /* The end before a capital. With AFTER_NUMBER: but not soon after the sentence's beginning. */
    OFTEN_LAST = 16,
    STARTER = 32,      /* begins sentences, and hardly ever a name */
    SAYING = 64,       /* said, asked: after a quotation it goes on */
    JOINER = 128,      /* goes on after white space that could end a sentence */
    ENDING = 256,      /* three letters that a shortened word ends with, as SELDOM_LAST */
    CAPITALISED = 512, /* what is said of a full stop holds where the word has a capital */
};
enum { SHORTENED = NEVER_LAST | SELDOM_LAST | BEFORE_NUMBER | AFTER_NUMBER | OFTEN_LAST };

/* How a language writes. */
enum {
    ORDINALS = 1,      /* "3. Mai": a full stop after a figure makes it an ordinal */
    NAMED_ORDINALS = 2, /* what an ordinal counts may have a capital */
    STOPS_SHORTEN = 4, /* spaces end sentences, and full stops only shorten words: Thai */
};

enum {
    WORD_CHARS = 24,  /* the longest word that is known */
    ENDING_CHARS = 3, /* of an ENDING */
    BMP_PAGES = 256,
    PAGE_CHARS = 256,
    MAX_PAGES = 80,
    ALL_PAGES = 512,     /* characters below 0x20000 */
    FIRST_MIXED = 0x580, /* below are but a few characters that may end a sentence, */
    PLAIN_ENDS = 6,      /* so many at most */
    LINE_FEED = 0x0a,
};

typedef struct {
    uint32_t start;
    uint16_t length, known;
} rules_word;

typedef struct {
    char_tables tables;
    uint32_t habits;
    /* Classes: of page 0 are all characters without one. */
    uint8_t page_of[ALL_PAGES];
    uint16_t pages[MAX_PAGES][PAGE_CHARS];
    int n_pages;
    uint8_t narrow_ends[PAGE_CHARS]; /* whether a character below 0x100 may end a sentence */
    /* All characters from ' ' to FIRST_MIXED that may end a sentence, in no order; the last is repeated. For each width
     * of characters; among the narrow ones, LINE_FEED stands for those that are wide. */
    uint8_t plain_ends_1[PLAIN_ENDS];
    uint16_t plain_ends_2[PLAIN_ENDS];
    uint32_t plain_ends_4[PLAIN_ENDS];
    int n_plain_ends;
    /* Words, found by their hash. No word is empty. */
    rules_word *words;
    uint32_t n_words, mask;
    uint32_t *letters;
    uint32_t n_letters, letter_capacity;
} sentence_rules;

static inline void rules_init(sentence_rules *r, char_questions ask, uint32_t habits) {
    memset(r, 0, sizeof *r);
    tables_init(&r->tables, ask);
    r->habits = habits;
    r->n_pages = 1;
}

static inline void rules_free(sentence_rules *r) {
    free(r->words);
    free(r->letters);
}

static inline uint32_t classes_of(const sentence_rules *r, uint32_t c) {
    return c < ALL_PAGES * PAGE_CHARS ? r->pages[r->page_of[c / PAGE_CHARS]][c % PAGE_CHARS] : 0;
}

/* Put a character into classes. Returns FAULT_ORDER if it is past 0x1ffff or there is no room. */
static inline int rules_add_char(sentence_rules *r, uint32_t c, uint32_t classes) {
    if (c >= ALL_PAGES * PAGE_CHARS) return FAULT_ORDER;
    uint8_t *page = &r->page_of[c / PAGE_CHARS];
    if (!*page) {
        if (r->n_pages == MAX_PAGES) return FAULT_ORDER;
        *page = (uint8_t)r->n_pages++;
    }
    r->pages[*page][c % PAGE_CHARS] |= (uint16_t)classes;
    if (c < PAGE_CHARS) r->narrow_ends[c] = (r->pages[*page][c] & ANY_END) != 0;
    if (!(classes & ANY_END) || c < ' ' || c >= FIRST_MIXED) return 0;
    if (r->n_plain_ends == PLAIN_ENDS) return FAULT_ORDER;
    for (int i = r->n_plain_ends++; i < PLAIN_ENDS; i++) {
        r->plain_ends_1[i] = (uint8_t)(c < PAGE_CHARS ? c : LINE_FEED);
        r->plain_ends_2[i] = (uint16_t)c;
        r->plain_ends_4[i] = c;
    }
    return 0;
}

static inline uint32_t hash_letters(const uint32_t *letters, int n) {
    uint32_t hash = 2166136261u;
    for (int i = 0; i < n; i++) hash = (hash ^ letters[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where a word is kept, or would be. There is always room. */
static inline rules_word *word_slot(const sentence_rules *r, const uint32_t *letters, int n) {
    uint32_t at = hash_letters(letters, n) & r->mask;
    for (;; at = (at + 1) & r->mask) {
        rules_word *word = &r->words[at];
        if (!word->length) return word;
        if (word->length == n && !memcmp(r->letters + word->start, letters, (size_t)n * sizeof *letters)) return word;
    }
}

/* What is known of a word in small letters; 0 if it is unknown. */
static inline uint32_t known_of(const sentence_rules *r, const uint32_t *letters, int n) {
    return n > 0 && r->n_words ? word_slot(r, letters, n)->known : 0;
}

static inline int grow_words(sentence_rules *r) {
    uint32_t size = r->words ? (r->mask + 1) * 2 : 256;
    rules_word *old = r->words, *end = old ? old + r->mask + 1 : NULL;
    rules_word *words = (rules_word *)calloc(size, sizeof *words);
    if (!words) return FAULT_MEMORY;
    r->words = words;
    r->mask = size - 1;
    for (rules_word *word = old; word < end; word++) {
        if (word->length) *word_slot(r, r->letters + word->start, word->length) = *word;
    }
    free(old);
    return 0;
}

/* Say what is known of a word, besides what is known of it already. It is kept in small letters. Returns FAULT_ORDER if
 * it is empty or longer than WORD_CHARS, or FAULT_MEMORY. */
static inline int rules_add_word(sentence_rules *r, const text_view *v, uint32_t known) {
    uint32_t letters[WORD_CHARS];
    if (!v->length || v->length > WORD_CHARS) return FAULT_ORDER;
    if (r->n_words * 2 >= (r->words ? r->mask + 1 : 0) && grow_words(r)) return FAULT_MEMORY;
    if (r->n_letters + WORD_CHARS > r->letter_capacity) {
        uint32_t capacity = r->letter_capacity * 2 + 64 * WORD_CHARS;
        uint32_t *grown = (uint32_t *)realloc(r->letters, capacity * sizeof *grown);
        if (!grown) return FAULT_MEMORY;
        r->letters = grown;
        r->letter_capacity = capacity;
    }
    for (int64_t i = 0; i < v->length; i++) letters[i] = lower_char(&r->tables, view_char(v, i));
    rules_word *word = word_slot(r, letters, (int)v->length);
    if (!word->length) {
        memcpy(r->letters + r->n_letters, letters, (size_t)v->length * sizeof *letters);
        *word = (rules_word){r->n_letters, (uint16_t)v->length, 0};
        r->n_letters += (uint32_t)v->length;
        r->n_words++;
    }
    word->known |= (uint16_t)known;
    return 0;
}

#endif
