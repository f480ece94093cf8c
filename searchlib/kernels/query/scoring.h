/* What a posting adds to a score: BM25F's saturation, from a table, in steps that add up the same in any order.
 *
 *     contribution = idf * tf(weight, norm)        tf = w * (k1 + 1) / (w + k1 * (1 - b + b * length / mean length))
 *
 * Which terms of a query are looked at first depends on what has been found so far. So that the score of an article does
 * not, every contribution is rounded to a multiple of one unit, small enough (2^-48 of the greatest score that the query
 * can give) to be lost in the result, and large enough that sums of doubles are exact.
 */
#ifndef SEARCHLIB_SCORING_H
#define SEARCHLIB_SCORING_H

#include "postings/posting_list_reader.h"

enum { TF_ROWS = 32, SMALL_WEIGHT_BITS = 4 /* weights less one that take so many bits have a row */ };

/* Of an index, for all queries. */
typedef struct {
    double k1;
    double saturation[256];     /* k1 * (1 - b + b * length / mean length) of each norm */
    float tf[TF_ROWS][256];     /* of whole weights below TF_ROWS, by norm */
    float region_weights[3];
} ranking;

static inline double tf_of(const ranking *r, double weight, uint8_t norm) {
    return weight > 0 ? (isinf(weight) ? r->k1 + 1 : weight * (r->k1 + 1) / (weight + r->saturation[norm])) : 0;
}

/* `lengths` are those that the 256 norms stand for, in tokens, ascending. */
static inline void ranking_fill(ranking *r, double k1, double b, double mean_length, const double lengths[256],
                         const float region_weights[3]) {
    r->k1 = k1;
    for (int norm = 0; norm < 256; norm++) {
        r->saturation[norm] = k1 * (1 - b + b * lengths[norm] / mean_length);
        for (int weight = 0; weight < TF_ROWS; weight++)
            r->tf[weight][norm] = (float)tf_of(r, weight, (uint8_t)norm);
    }
    memcpy(r->region_weights, region_weights, sizeof r->region_weights);
}

/* The greatest tf that the impacts of a block allow. */
static inline double tf_of_impacts(const ranking *r, const uint8_t *pairs) {
    double greatest = 0;
    for (int i = 0; i < IMPACT_PAIRS; i++) {
        uint8_t impact = pairs[2 * i], norm = pairs[2 * i + 1];
        double tf = impact < TF_ROWS ? r->tf[impact][norm] : tf_of(r, weight_of_impact(impact), norm);
        if (tf > greatest) greatest = tf;
    }
    return greatest;
}

/* Of one query: adding and taking away `magic` rounds to its unit. */
typedef struct {
    double unit, magic;
} rounding;

static inline rounding rounding_for(double greatest_score) {
    rounding r = {0, 0};
    if (greatest_score > 0 && isfinite(greatest_score)) {
        int exponent;
        frexp(greatest_score, &exponent);
        r.unit = ldexp(1.0, exponent - 48);
        r.magic = r.unit * 6755399441055744.0; /* 1.5 * 2^52 */
    }
    return r;
}

static inline double rounded(rounding r, double value) {
    return (value + r.magic) - r.magic;
}

#endif
