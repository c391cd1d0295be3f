/* candidates_best - the best candidates, in the order of weights.
 *
 * Where only records can tell whether an article matches, as of a phrase, they are
 * asked as late as pays: of all that the lists leave if few match, which signs tell
 * without a record; else of the best by weight, until enough match. */
#include "base/alloc.h"

#include "query/finding.h"

#define FIRST_SLACK 32u /* asked for beyond what is wanted: ties, a few dead ones */
#define GROWTH      4u

/* How a phrase is looked for that few articles hold: docs/decisions.md. */
#define WALKED_MAX   1e6 /* articles that may hold it; more are not gone through */
#define SIFT_SAMPLE  256u
#define VERIFIED_MAX 2000u

/* So many of the best, by the lists or by the matcher; all that tie with the last. */
static kh_status run_first_stage(kh_finding *f, kh_matches *out, uint32_t limit)
{
    *out = (kh_matches){ 0 };
    kh_database *database = kh_index_database(f->verifier->index);
    if (database == NULL)
        return KH_OK;
    if (f->is_simple) {
        kh_rank_result found;
        f->request.limit = limit;
        kh_status status =
            kh_rank_run(&found, f->sources, f->n_sources, &f->request, f->err);
        if (status != KH_OK)
            return status;
        f->out->n_postings += found.n_postings;
        out->matches = found.matches;
        out->n = found.n;
        out->upper_bound =
            found.at_most < UINT32_MAX ? (uint32_t)found.at_most : UINT32_MAX;
        out->lower_bound = found.is_exact ? out->upper_bound : (uint32_t)found.n;
        return KH_OK;
    }
    KH_AUTO(kh_query_free) kh_query *query = NULL;
    kh_status status = kh_finding_query(f, &query);
    if (status != KH_OK)
        return status;
    kh_match_options options = { .limit = limit,
                                 .k1 = KH_BM25_K1,
                                 .b = KH_BM25_B,
                                 .min_normalised_length = KH_BM25_MIN_LENGTH };
    return kh_match_run(out, database, query, &options, f->err);
}

/* Consider matches from *used on; stops early once enough are found and no tie is cut.
 */
static kh_status consider_best(kh_finding *f, const kh_matches *matches, size_t wanted,
                               size_t *used)
{
    for (; *used < matches->n; ++*used) {
        const kh_match *match = &matches->matches[*used];
        if (f->out->n >= wanted && f->out->n > 0 &&
            match->weight < f->out->items[f->out->n - 1].weight)
            return KH_OK;
        kh_status status = kh_finding_consider(f, match, true);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

/* Ask for more and more, and verify in the order of weights: no article is verified
 * that is not better than the last one wanted. */
static kh_status best_by_asking_again(kh_finding *f, size_t wanted)
{
    kh_candidates *out = f->out;
    bool needs_record = f->verifier->plan->root->needs_record;
    bool has_dead = kh_index_has_dead(f->verifier->index);
    size_t slack = f->is_simple && !needs_record && !has_dead ? 0 : FIRST_SLACK;
    size_t limit = (wanted + slack) * (needs_record ? GROWTH : 1);
    size_t used = 0;
    for (;;) {
        if (limit >= UINT32_MAX || wanted >= UINT32_MAX)
            limit = UINT32_MAX;
        kh_matches matches;
        kh_status status = run_first_stage(f, &matches, (uint32_t)limit);
        if (status != KH_OK)
            return status;
        bool is_all = matches.n < limit || limit == UINT32_MAX;
        status = consider_best(f, &matches, wanted, &used);
        bool is_used_up = used == matches.n;
        out->n_matches = is_all && is_used_up ? out->n : matches.upper_bound;
        out->is_exact =
            (is_all && is_used_up) ||
            (!needs_record && !has_dead && matches.lower_bound == matches.upper_bound);
        kh_matches_release(&matches);
        bool is_enough = f->is_simple && out->n >= wanted; /* its ties are whole */
        if (status != KH_OK || is_all || !is_used_up || is_enough)
            return status;
        limit *= GROWTH; /* the order is stable: what was used is not asked again */
    }
}

/* Verify as part of the search, whose threshold rises with what was found: where few
 * hold the phrase, that costs one search, and asking again would cost many. */
static kh_status best_by_accepting(kh_finding *f, size_t wanted)
{
    kh_candidates *out = f->out;
    out->n = 0;
    out->n_damaged = 0;
    kh_finding_accept(f, true);
    kh_matches matches;
    kh_status status = run_first_stage(
        f, &matches, wanted < UINT32_MAX ? (uint32_t)wanted : UINT32_MAX);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n; i++)
        kh_finding_push(f, matches.matches[i].document, matches.matches[i].weight);
    out->n_matches = matches.upper_bound;
    out->is_exact = matches.lower_bound == matches.upper_bound;
    kh_matches_release(&matches);
    return KH_OK;
}

/* How many articles there are for each that was passed until a document was found. */
static double times_as_many(const kh_finding *f, uint32_t document)
{
    size_t last = (document - 1) % f->n_sources;
    double passed = (document - 1) / (double)f->n_sources + 1;
    double all = 0;
    for (size_t i = 0; i < f->n_sources; i++) {
        passed += i < last ? f->sources[i].n_lengths : 0;
        all += f->sources[i].n_lengths;
    }
    return all / passed;
}

/* Whether few of so many are left when all are sifted, by some of them. */
static kh_status are_few_left(bool *out, kh_finding *f, uint32_t *sample, double n_all)
{
    uint64_t n = SIFT_SAMPLE;
    kh_status status = kh_verify_sift(f->verifier, sample, &n, f->err);
    *out = n_all <= WALKED_MAX && (double)n * n_all / SIFT_SAMPLE <= VERIFIED_MAX;
    return status;
}

/* All that may hold the phrase, if few hold it: by the first of them, then by some of
 * all, since what is news lies together. */
static kh_status walk_if_few(kh_rank_documents *out, bool *are_few, kh_finding *f)
{
    kh_status status = kh_finding_walk(out, f, SIFT_SAMPLE);
    *are_few = out->n < SIFT_SAMPLE; /* these are all */
    if (status != KH_OK || *are_few)
        return status;
    double n_all = SIFT_SAMPLE * times_as_many(f, out->documents[out->n - 1]);
    status = are_few_left(are_few, f, out->documents, n_all);
    if (status != KH_OK || !*are_few)
        return status;

    kh_rank_documents_release(out);
    status = kh_finding_walk(out, f, UINT32_MAX);
    if (status != KH_OK || out->n <= VERIFIED_MAX)
        return status;
    uint32_t sample[SIFT_SAMPLE];
    for (size_t i = 0; i < SIFT_SAMPLE; i++)
        sample[i] = out->documents[i * out->n / SIFT_SAMPLE];
    return are_few_left(are_few, f, sample, (double)out->n);
}

/* Where few articles hold the phrase, all of them are found, and only these weighed. */
static kh_status best_of_few(bool *are_few, kh_finding *f, size_t wanted)
{
    kh_candidates *out = f->out;
    *are_few = false;
    if (f->n_sources == 0)
        return KH_OK;
    KH_CLEANUP(kh_rank_documents_release) kh_rank_documents found = { 0 };
    kh_status status = walk_if_few(&found, are_few, f);
    if (status != KH_OK || !*are_few)
        return status;
    status = kh_finding_verify(f, &found, true);
    out->is_exact = true;
    if (status != KH_OK || out->n == 0)
        return status;

    uint32_t *only = kh_arena_alloc(f->arena, out->n * sizeof(*only));
    for (size_t i = 0; i < out->n; i++)
        only[i] = out->items[i].document;
    f->request.only = only;
    f->request.n_only = out->n;
    f->request.accept = NULL;
    out->n = 0;
    kh_matches matches;
    status = run_first_stage(f, &matches,
                             wanted < UINT32_MAX ? (uint32_t)wanted : UINT32_MAX);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n; i++)
        kh_finding_push(f, matches.matches[i].document, matches.matches[i].weight);
    kh_matches_release(&matches);
    return KH_OK;
}

/* The first of the best in the order of weights, and only if that is not enough all
 * over again. */
static kh_status best_by_both(kh_finding *f, size_t wanted)
{
    bool are_few;
    kh_status status = best_of_few(&are_few, f, wanted);
    if (status != KH_OK || are_few)
        return status;
    f->request.accept = NULL;
    size_t limit = (wanted + FIRST_SLACK) * GROWTH;
    if (wanted < UINT32_MAX && limit < UINT32_MAX) {
        kh_matches matches;
        size_t used = 0;
        status = run_first_stage(f, &matches, (uint32_t)limit);
        if (status != KH_OK)
            return status;
        status = consider_best(f, &matches, wanted, &used);
        bool is_all = matches.n < limit;
        bool is_used_up = used == matches.n;
        f->out->is_exact = is_all && is_used_up;
        f->out->n_matches = f->out->is_exact ? f->out->n : matches.upper_bound;
        kh_matches_release(&matches);
        if (status != KH_OK || is_all || f->out->n >= wanted)
            return status;
    }
    return best_by_accepting(f, wanted);
}

kh_status kh_candidates_best(kh_candidates *out, kh_verifier *verifier, size_t wanted,
                             kh_error *err)
{
    if (verifier->plan->root->is_filter) { /* all weigh 0: the date decides */
        kh_status status = kh_candidates_all(out, verifier, true, err);
        if (status == KH_OK)
            kh_candidates_order(out, KH_BY_WEIGHT, wanted);
        return status;
    }
    *out = (kh_candidates){ .is_verified = true };
    KH_CLEANUP(kh_finding_release) kh_finding f;
    kh_finding_open(&f, out, verifier, err);
    kh_status status = f.is_simple && verifier->plan->root->needs_record
                           ? best_by_both(&f, wanted)
                           : best_by_asking_again(&f, wanted);
    if (status == KH_OK)
        kh_candidates_order(out, KH_BY_WEIGHT, out->n);
    return status;
}
