/* record_runs - what the analyser made of runs between white space, remembered.
 *
 * News says the same things in the same way: a run that is more than a plain word comes
 * again and again, in this article and the next, for this query and the next. So its
 * tokens are kept with the analyser whose lexemes they point to. Internal to lib/index.
 */
#pragma once

#include "base/arena.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

#define KH_RUN_BYTES_MAX 64u /* a longer run is not remembered */

typedef struct kh_run_token {
    const kh_lexeme *lexeme; /* the analyser's */
    uint32_t number;         /* of the lexeme */
    uint32_t position;       /* of its first unit, from 0 in the run */
    uint32_t n_units;
    uint32_t start; /* bytes, in the run */
} kh_run_token;

typedef struct kh_run {
    uint64_t hash;
    kh_str bytes;
    uint32_t first; /* of its tokens */
    uint32_t n_tokens;
    uint32_t n_units;
    bool is_present;
    bool needs_context; /* holds US, IT or WHO: the words around it decide what they are
                         */
} kh_run;

typedef struct kh_runs {
    kh_arena *arena; /* owned; bytes of the runs */
    kh_run *runs;    /* owned; open addressing */
    size_t n;
    size_t n_slots;
    kh_run_token *tokens; /* owned */
    size_t n_tokens;
    size_t tokens_capacity;
    kh_run long_run; /* the last one that was too long to be remembered */
} kh_runs;

void kh_runs_release(kh_runs *runs);

/* Forget all: when the analyser has forgotten its lexemes. */
void kh_runs_reset(kh_runs *runs);

/* A run, analysed now or before; until the next call. Its tokens: kh_run_tokens(). */
const kh_run *kh_runs_find(kh_runs *runs, kh_analyser *analyser, kh_str bytes);

static inline const kh_run_token *kh_run_tokens(const kh_runs *runs, const kh_run *run)
{
    return runs->tokens + run->first;
}

KH_END_DECLS
