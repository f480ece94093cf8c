/* Impacts: what the best posting of a block can be, in eight bytes, whatever the statistics of the day are.
 *
 *     impacts  (impact(u8) norm(u8))*4     both ascending; unused pairs are 0, 0 at the end
 *
 * A score grows with a posting's weight and falls with its article's length. So only those (weight, norm) of a block
 * count that no other one beats in both. Four such pairs are kept; of more, two neighbours become one that beats both.
 * The bound of a block is the best score of its pairs, for any k1, b and mean length.
 *
 * An impact is a weight as a byte, never less than the weight: itself up to 127, rounded up; then 127 * 2^(n / 16) as
 * 127 + n; and 255 for all beyond what 254 stands for, some 31,000.
 *
 * Source: Ding & Suel, "Faster top-k document retrieval using block-max indexes", 2011; pairs instead of scores as in
 * Lucene's impacts.
 */
#ifndef SEARCHLIB_IMPACTS_H
#define SEARCHLIB_IMPACTS_H

#include "bytes/compiler.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { IMPACT_PAIRS = 4, IMPACT_BYTES = 2 * IMPACT_PAIRS };

static uint8_t impact_of_weight(float weight) {
    if (!(weight > 0)) return 0;
    if (weight <= 127) {
        uint8_t below = (uint8_t)weight;
        return (uint8_t)(below + ((float)below < weight));
    }
    float steps = ceilf(16 * log2f(weight / 127) - 1e-4f);
    return steps < 128 ? (uint8_t)(127 + steps) : 255;
}

/* The weight that an impact byte stands for; at least every weight that has it. */
static float weight_of_impact(uint8_t impact) {
    if (impact <= 127) return impact;
    return impact == 255 ? INFINITY : 127 * exp2f((impact - 127) / 16.0f) * 1.001f;
}

/* The best impact of each norm, and which norms have one. */
typedef struct {
    uint8_t best[256];
    uint8_t low, high; /* least and greatest norm; low > high if there is none */
} impacts;

static inline void impacts_clear(impacts *i) {
    memset(i->best, 0, sizeof i->best);
    i->low = 255;
    i->high = 0;
}

static inline void impacts_add(impacts *i, uint8_t impact, uint8_t norm) {
    if (i->best[norm] < impact) i->best[norm] = impact;
    if (norm < i->low) i->low = norm;
    if (norm > i->high) i->high = norm;
}

/* A stand-in for the score: it chooses the two neighbours that lose least by becoming one. */
static inline float impact_rank(uint8_t impact, uint8_t norm) {
    float weight = impact == 255 ? 1e6f : weight_of_impact(impact);
    return weight / (weight + 0.5f + 1.5f * exp2f((norm - 144) / 12.0f));
}

/* The pairs (impact, norm), norms ascending; unused ones are 0, 0. */
static void impacts_store(const impacts *i, uint8_t out[IMPACT_BYTES]) {
    uint8_t impact[256], norm[256];
    unsigned n = 0;
    uint8_t best = 0;
    for (unsigned k = i->low; k <= i->high; k++) {
        if (i->best[k] <= best) continue;
        impact[n] = best = i->best[k];
        norm[n++] = (uint8_t)k;
    }
    while (n > IMPACT_PAIRS) {
        unsigned chosen = 0;
        float least = INFINITY;
        for (unsigned k = 0; k + 1 < n; k++) {
            float loss = impact_rank(impact[k + 1], norm[k]) - impact_rank(impact[k + 1], norm[k + 1]);
            if (loss < least) {
                least = loss;
                chosen = k;
            }
        }
        norm[chosen + 1] = norm[chosen];
        n--;
        memmove(impact + chosen, impact + chosen + 1, n - chosen);
        memmove(norm + chosen, norm + chosen + 1, n - chosen);
    }
    memset(out, 0, IMPACT_BYTES);
    for (unsigned k = 0; k < n; k++) {
        out[2 * k] = impact[k];
        out[2 * k + 1] = norm[k];
    }
}

#endif
