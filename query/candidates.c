/* candidates - the articles that match, in the order of the first stage.
 *
 * The engine gives so many of the best; dead and unverified ones leave, and if too few
 * stay it is asked for more. Its own order ends in document numbers, which change with
 * the number of segments: ties at the end of a list are taken whole and ordered by date
 * and key instead. */
#include "query/candidates.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FIRST_SLACK                                                  \
    32u /* asked for beyond what is wanted: ties and a few dead ones \
         */
#define GROWTH 4u

void kh_candidates_release(kh_candidates *candidates)
{
    kh_free(candidates->items);
    *candidates = (kh_candidates){ 0 };
}

static int by_key(const kh_candidate *x, const kh_candidate *y)
{
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Newest first; articles without date (0) come last by themselves. */
static int by_date(const kh_candidate *x, const kh_candidate *y)
{
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    return by_key(x, y);
}

static int compare_weight(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_date(x, y);
}

static int compare_newest(const void *a, const void *b)
{
    return by_date(a, b);
}

static int compare_oldest(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    if ((x->date == 0) != (y->date == 0))
        return x->date == 0 ? 1 : -1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return by_key(x, y);
}

void kh_candidates_by_weight(kh_candidate *items, size_t n)
{
    if (n > 1)
        qsort(items, n, sizeof(*items), compare_weight);
}

void kh_candidates_by_date(kh_candidate *items, size_t n, bool is_reverse)
{
    if (n > 1)
        qsort(items, n, sizeof(*items), is_reverse ? compare_oldest : compare_newest);
}

/* Append a document if it lives and matches. A damaged one is left out and remembered.
 */
static kh_status consider(kh_candidates *out, kh_verifier *verifier,
                          const kh_match *match, kh_error *err)
{
    if (kh_index_is_dead(verifier->index, match->document))
        return KH_OK;
    if (verifier->plan->root->needs_record) {
        bool is_match = false;
        kh_error why = { 0 };
        kh_status status = kh_verify(&is_match, verifier, match->document, &why);
        if (status == KH_ERR_CORRUPT) {
            out->damage = why;
            out->n_damaged++;
            return KH_OK;
        }
        if (status != KH_OK) {
            if (err != NULL)
                *err = why;
            return status;
        }
        if (!is_match)
            return KH_OK;
    }
    kh_record_head head = kh_index_head(verifier->index, match->document);
    KH_PUSH(out->items, out->n, out->capacity) =
        (kh_candidate){ .document = match->document,
                        .date = head.date,
                        .key = head.key,
                        .weight = match->weight };
    return KH_OK;
}

static kh_status run_engine(kh_matches *out, kh_verifier *verifier, uint32_t limit,
                            bool is_boolean, kh_error *err)
{
    *out = (kh_matches){ 0 };
    kh_database *database = kh_index_database(verifier->index);
    if (database == NULL)
        return KH_OK;
    KH_AUTO(kh_query_free) kh_query *query = kh_plan_query(verifier->plan->root);
    kh_match_options options = { .limit = limit,
                                 .k1 = KH_BM25_K1,
                                 .b = KH_BM25_B,
                                 .min_normalised_length = KH_BM25_MIN_LENGTH,
                                 .is_boolean = is_boolean };
    return kh_match_run(out, database, query, &options, err);
}

/* Consider matches from..n; stops early once enough are found and no tie is cut. */
static kh_status consider_all(kh_candidates *out, kh_verifier *verifier,
                              const kh_matches *matches, size_t wanted, size_t *used,
                              kh_error *err)
{
    for (; *used < matches->n; ++*used) {
        const kh_match *match = &matches->matches[*used];
        if (out->n >= wanted && out->n > 0 &&
            match->weight < out->items[out->n - 1].weight)
            return KH_OK;
        kh_status status = consider(out, verifier, match, err);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

kh_status kh_candidates_best(kh_candidates *out, kh_verifier *verifier, size_t wanted,
                             kh_error *err)
{
    *out = (kh_candidates){ 0 };
    bool is_weightless = verifier->plan->root->is_filter;
    bool is_hard = verifier->plan->root->needs_record || is_weightless;
    size_t limit = is_hard ? (wanted + FIRST_SLACK) * GROWTH : wanted + FIRST_SLACK;
    size_t used = 0;
    kh_status status = KH_OK;
    for (;;) {
        if (is_weightless || limit >= UINT32_MAX)
            limit = UINT32_MAX; /* all tie: the date decides, so all are needed */
        kh_matches matches;
        status = run_engine(&matches, verifier, (uint32_t)limit, false, err);
        if (status != KH_OK)
            break;
        bool is_all = matches.n < limit || limit == UINT32_MAX;
        status = consider_all(out, verifier, &matches, wanted, &used, err);
        bool is_used_up = used == matches.n;
        out->n_matches = is_all && is_used_up ? out->n : matches.upper_bound;
        bool has_dead = kh_index_has_dead(verifier->index);
        out->is_exact = (is_all && is_used_up) ||
                        (!verifier->plan->root->needs_record && !has_dead &&
                         matches.lower_bound == matches.upper_bound);
        kh_matches_release(&matches);
        if (status != KH_OK || is_all || !is_used_up)
            break;
        limit *=
            GROWTH; /* the engine's order is stable: what was used is not asked again */
    }
    kh_candidates_by_weight(out->items, out->n);
    return status;
}

kh_status kh_candidates_all(kh_candidates *out, kh_verifier *verifier, kh_error *err)
{
    *out = (kh_candidates){ 0 };
    kh_matches matches;
    kh_status status = run_engine(&matches, verifier, UINT32_MAX, true, err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n && status == KH_OK; i++) {
        matches.matches[i].weight = 0;
        status = consider(out, verifier, &matches.matches[i], err);
    }
    kh_matches_release(&matches);
    out->n_matches = out->n;
    out->is_exact = true;
    return status;
}
