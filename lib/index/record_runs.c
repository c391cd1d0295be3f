/* record_runs - what the analyser made of runs between white space, remembered. */
#include "record_runs.h"

#include "base/alloc.h"

#define RUNS_MAX    262144u /* then all are forgotten: memory stays bounded */
#define FIRST_SLOTS 4096u

void kh_runs_release(kh_runs *runs)
{
    kh_arena_free(runs->arena);
    kh_free(runs->runs);
    kh_free(runs->tokens);
    *runs = (kh_runs){ 0 };
}

void kh_runs_reset(kh_runs *runs)
{
    if (runs->arena != NULL)
        kh_arena_reset(runs->arena);
    if (runs->runs != NULL)
        memset(runs->runs, 0, runs->n_slots * sizeof(kh_run));
    runs->n = 0;
    runs->n_tokens = 0;
}

/* Eight bytes at a time; of the table only, no part of any format. */
static uint64_t hash_of(kh_str bytes)
{
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
    size_t at = 0;
    for (; at + 8 <= bytes.len; at += 8) {
        uint64_t eight;
        memcpy(&eight, bytes.ptr + at, 8);
        hash = (hash ^ eight) * UINT64_C(0x9FB21C651E98DF25);
        hash ^= hash >> 32;
    }
    uint64_t last = 0;
    memcpy(&last, bytes.ptr + at, bytes.len - at);
    hash = (hash ^ last ^ (uint64_t)bytes.len << 56) * UINT64_C(0x9FB21C651E98DF25);
    return hash ^ hash >> 29;
}

static kh_run *slot_of(const kh_runs *runs, kh_str bytes, uint64_t hash)
{
    size_t at = (size_t)hash & (runs->n_slots - 1);
    for (;;) {
        kh_run *run = &runs->runs[at];
        if (!run->is_present || (run->hash == hash && kh_str_equal(run->bytes, bytes)))
            return run;
        at = (at + 1) & (runs->n_slots - 1);
    }
}

static void grow(kh_runs *runs)
{
    size_t n_old = runs->n_slots;
    kh_run *old = runs->runs;
    runs->n_slots = n_old ? 2 * n_old : FIRST_SLOTS;
    runs->runs = kh_alloc(runs->n_slots * sizeof(kh_run));
    for (size_t i = 0; i < n_old; i++)
        if (old[i].is_present)
            *slot_of(runs, old[i].bytes, old[i].hash) = old[i];
    kh_free(old);
}

static bool needs_context(const kh_lexeme *lexeme)
{
    if (lexeme->surface.len > 4 || kh_acronym_term(lexeme->form).len == 0)
        return false;
    for (size_t i = 0; i < lexeme->surface.len; i++)
        if (lexeme->surface.ptr[i] < 'A' || lexeme->surface.ptr[i] > 'Z')
            return false;
    return true;
}

static kh_run analyse(kh_runs *runs, kh_analyser *analyser, kh_str bytes)
{
    kh_run run = { .bytes = bytes, .first = (uint32_t)runs->n_tokens };
    kh_analyser_reset(analyser, bytes, 0);
    kh_token token;
    while (kh_analyser_next(analyser, &token)) {
        run.n_units += token.kind == KH_TOKEN_WORD;
        run.needs_context |= needs_context(token.lexeme);
        run.n_tokens++;
        KH_PUSH(runs->tokens, runs->n_tokens, runs->tokens_capacity) =
            (kh_run_token){ .lexeme = token.lexeme,
                            .number = token.lexeme->number,
                            .position = token.position,
                            .n_units = token.n_units,
                            .start = (uint32_t)token.start };
    }
    return run;
}

const kh_run *kh_runs_find(kh_runs *runs, kh_analyser *analyser, kh_str bytes)
{
    if (bytes.len > KH_RUN_BYTES_MAX) {
        runs->long_run = analyse(runs, analyser, bytes);
        runs->n_tokens =
            runs->long_run.first; /* used before the next call, then gone */
        return &runs->long_run;
    }
    if (runs->arena == NULL)
        runs->arena = kh_arena_open();
    if (runs->n >= RUNS_MAX)
        kh_runs_reset(runs);
    if (4 * runs->n >= 3 * runs->n_slots)
        grow(runs);
    uint64_t hash = hash_of(bytes);
    kh_run *run = slot_of(runs, bytes, hash);
    if (!run->is_present) {
        *run = analyse(runs, analyser, bytes);
        run->bytes = kh_arena_copy(runs->arena, bytes);
        run->hash = hash;
        run->is_present = true;
        runs->n++;
    }
    return run;
}
