/* candidates - the articles that match, in the order of the first stage.
 *
 * What the plan asks runs as a request to xapian-c/rank.h if it has the shape for it,
 * else through the engine's matcher. Either gives so many of the best; dead and
 * unverified ones leave, and if too few stay more is asked for. Order never ends in
 * document numbers, which change with the number of segments: ties at the end of a list
 * are taken whole and ordered by date and key instead. */
#include "query/candidates.h"

#include "base/alloc.h"

#include "query/rank.h"

#define FIRST_SLACK 32u /* asked for beyond what is wanted: ties, a few dead ones */
#define GROWTH      4u

void kh_candidates_release(kh_candidates *candidates)
{
    kh_free(candidates->items);
    *candidates = (kh_candidates){ 0 };
}

/* One search for candidates. */
typedef struct finding {
    kh_candidates *out;
    kh_verifier *verifier;
    kh_rank_source *sources;
    size_t n_sources;
    kh_rank_request request;
    bool is_simple; /* the request says it all */
    kh_arena *arena;
    kh_error *err;
} finding;

static void finding_release(finding *f)
{
    kh_arena_free(f->arena);
}

static void finding_open(finding *f, kh_candidates *out, kh_verifier *verifier,
                         kh_error *err)
{
    *f = (finding){ .out = out, .verifier = verifier, .err = err };
    f->arena = kh_arena_open();
    f->sources = kh_rank_sources_of(&f->n_sources, verifier->index, f->arena);
    f->is_simple = kh_rank_request_of(&f->request, verifier->plan->root, f->arena);
    f->request.k1 = KH_BM25_K1;
    f->request.b = KH_BM25_B;
    f->request.min_normalised_length = KH_BM25_MIN_LENGTH;
    out->by_matcher = !f->is_simple;
}

kh_status kh_candidates_verify(bool *out, kh_candidates *candidates,
                               kh_verifier *verifier, uint32_t document, kh_error *err)
{
    kh_error why = { 0 };
    *out = false;
    kh_status status = kh_verify(out, verifier, document, &why);
    if (status == KH_ERR_CORRUPT) {
        candidates->damage = why;
        candidates->n_damaged++;
        *out = false;
        return KH_OK;
    }
    if (status != KH_OK && err != NULL)
        *err = why;
    return status;
}

/* A kh_rank_accept: what lives. */
static kh_status accept_living(bool *out, void *context, uint32_t document,
                               kh_error *err)
{
    const finding *f = context;
    (void)err;
    *out = !kh_index_is_dead(f->verifier->index, document);
    return KH_OK;
}

/* A kh_rank_accept: what lives and matches. */
static kh_status accept_verified(bool *out, void *context, uint32_t document,
                                 kh_error *err)
{
    const finding *f = context;
    *out = false;
    if (kh_index_is_dead(f->verifier->index, document))
        return KH_OK;
    return kh_candidates_verify(out, f->out, f->verifier, document, err);
}

/* Which of the two is asked; none if all live and the lists alone decide. */
static void choose_accept(finding *f, bool is_verified)
{
    f->request.context = f;
    f->request.accept = NULL;
    if (is_verified && f->verifier->plan->root->needs_record)
        f->request.accept = accept_verified;
    else if (kh_index_has_dead(f->verifier->index))
        f->request.accept = accept_living;
}

static void push(finding *f, uint32_t document, double weight)
{
    kh_candidates *out = f->out;
    kh_record_head head = kh_index_head(f->verifier->index, document);
    KH_PUSH(out->items, out->n, out->capacity) = (kh_candidate){
        .document = document, .date = head.date, .key = head.key, .weight = weight
    };
}

/* Append a document if it lives and matches. */
static kh_status consider(finding *f, const kh_match *match, bool is_verified)
{
    if (kh_index_is_dead(f->verifier->index, match->document))
        return KH_OK;
    bool is_match = true;
    kh_status status = KH_OK;
    if (is_verified && f->verifier->plan->root->needs_record)
        status = kh_candidates_verify(&is_match, f->out, f->verifier, match->document,
                                      f->err);
    if (status == KH_OK && is_match)
        push(f, match->document, match->weight);
    return status;
}

/* The engine's query of a plan that the lists cannot say. */
static kh_status matcher_query(finding *f, kh_query **out)
{
    const kh_plan_node *root = f->verifier->plan->root;
    size_t widest = kh_plan_widest(root);
    if (widest > KH_MATCHER_TERMS_MAX) {
        kh_fail(f->err, KH_ERR_LIMIT,
                "a part of the query stands for %zu tags, addresses or words: %d are "
                "the most inside brackets",
                widest, KH_MATCHER_TERMS_MAX);
        kh_hint(f->err, "write it longer, or outside the brackets");
        return KH_ERR_LIMIT;
    }
    *out = kh_plan_query(kh_index_database(f->verifier->index), root);
    return KH_OK;
}

/* ---- the best ---- */

/* So many of the best, by the lists or by the matcher; all that tie with the last. */
static kh_status run_first_stage(finding *f, kh_matches *out, uint32_t limit)
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
    kh_status status = matcher_query(f, &query);
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
static kh_status consider_best(finding *f, const kh_matches *matches, size_t wanted,
                               size_t *used)
{
    for (; *used < matches->n; ++*used) {
        const kh_match *match = &matches->matches[*used];
        if (f->out->n >= wanted && f->out->n > 0 &&
            match->weight < f->out->items[f->out->n - 1].weight)
            return KH_OK;
        kh_status status = consider(f, match, true);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

/* Ask for more and more, and verify in the order of weights: no article is verified
 * that is not better than the last one wanted. */
static kh_status best_by_asking_again(finding *f, size_t wanted)
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
static kh_status best_by_accepting(finding *f, size_t wanted)
{
    kh_candidates *out = f->out;
    out->n = 0;
    out->n_damaged = 0;
    choose_accept(f, true);
    kh_matches matches;
    kh_status status = run_first_stage(
        f, &matches, wanted < UINT32_MAX ? (uint32_t)wanted : UINT32_MAX);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n; i++)
        push(f, matches.matches[i].document, matches.matches[i].weight);
    out->n_matches = matches.upper_bound;
    out->is_exact = matches.lower_bound == matches.upper_bound;
    kh_matches_release(&matches);
    return KH_OK;
}

/* The first of the best in the order of weights, and only if that is not enough all
 * over again. */
static kh_status best_by_both(finding *f, size_t wanted)
{
    size_t limit = (wanted + FIRST_SLACK) * GROWTH;
    if (wanted < UINT32_MAX && limit < UINT32_MAX) {
        kh_matches matches;
        size_t used = 0;
        kh_status status = run_first_stage(f, &matches, (uint32_t)limit);
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
    KH_CLEANUP(finding_release) finding f;
    finding_open(&f, out, verifier, err);
    kh_status status = f.is_simple && verifier->plan->root->needs_record
                           ? best_by_both(&f, wanted)
                           : best_by_asking_again(&f, wanted);
    if (status == KH_OK)
        kh_candidates_order(out, KH_BY_WEIGHT, out->n);
    return status;
}

/* ---- all of them ---- */

static kh_status all_by_matcher(finding *f, bool is_verified)
{
    kh_database *database = kh_index_database(f->verifier->index);
    if (database == NULL)
        return KH_OK;
    KH_AUTO(kh_query_free) kh_query *query = NULL;
    kh_status status = matcher_query(f, &query);
    if (status != KH_OK)
        return status;
    kh_match_options options = { .limit = UINT32_MAX, .is_boolean = true };
    kh_matches matches;
    status = kh_match_run(&matches, database, query, &options, f->err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n && status == KH_OK; i++) {
        matches.matches[i].weight = 0;
        status = consider(f, &matches.matches[i], is_verified);
    }
    kh_matches_release(&matches);
    return status;
}

/* All that the lists say, then the records of each in turn: they are fetched ahead.
 * keeps: whether the articles themselves are wanted, not only how many. */
static kh_status walk_and_verify(finding *f, bool keeps)
{
    kh_rank_documents found;
    choose_accept(f, false);
    f->request.limit = UINT32_MAX;
    kh_status status =
        kh_rank_walk(&found, f->sources, f->n_sources, &f->request, f->err);
    if (status != KH_OK)
        return status;
    uint64_t n = 0;
    status = kh_verify_sift(f->verifier, found.documents, &found.n, f->err);
    f->verifier->is_sifted = true;
    for (size_t i = 0; i < found.n && status == KH_OK; i++) {
        bool is_match = false;
        kh_verify_ahead(f->verifier, found.documents, found.n, i);
        status = kh_candidates_verify(&is_match, f->out, f->verifier,
                                      found.documents[i], f->err);
        if (status != KH_OK || !is_match)
            continue;
        n++;
        if (keeps)
            push(f, found.documents[i], 0);
    }
    f->verifier->is_sifted = false;
    f->out->n_matches = n;
    f->out->n_postings = found.n_postings;
    kh_rank_documents_release(&found);
    return status;
}

kh_status kh_candidates_all(kh_candidates *out, kh_verifier *verifier, bool is_verified,
                            kh_error *err)
{
    bool needs_record = verifier->plan->root->needs_record;
    *out = (kh_candidates){ .is_verified = is_verified || !needs_record };
    KH_CLEANUP(finding_release) finding f;
    finding_open(&f, out, verifier, err);
    kh_status status = KH_OK;
    if (!f.is_simple) {
        status = all_by_matcher(&f, is_verified);
    } else if (f.n_sources > 0 && is_verified && needs_record) {
        status = walk_and_verify(&f, true);
        out->is_walk = true;
    } else if (f.n_sources > 0) {
        kh_rank_documents found;
        choose_accept(&f, is_verified);
        f.request.limit = UINT32_MAX;
        status = kh_rank_walk(&found, f.sources, f.n_sources, &f.request, err);
        if (status != KH_OK)
            return status;
        out->items = kh_alloc((found.n + 1) * sizeof(*out->items));
        out->capacity = found.n + 1;
        for (size_t i = 0; i < found.n; i++)
            push(&f, found.documents[i], 0);
        out->is_walk = true;
        out->n_postings = found.n_postings;
        kh_rank_documents_release(&found);
    }
    out->n_matches = out->n;
    out->is_exact = out->is_verified;
    return status;
}

kh_status kh_candidates_count(kh_candidates *out, kh_verifier *verifier, kh_error *err)
{
    KH_CLEANUP(kh_candidates_release) kh_candidates counted = { 0 };
    KH_CLEANUP(finding_release) finding f;
    finding_open(&f, &counted, verifier, err);
    kh_status status = KH_OK;
    if (f.is_simple && f.n_sources > 0 && verifier->plan->root->needs_record) {
        status = walk_and_verify(&f, false);
        out->is_walk = out->n == 0;
    } else if (f.is_simple && f.n_sources > 0) {
        kh_rank_documents found;
        choose_accept(&f, true);
        f.request.limit = 0;
        status = kh_rank_walk(&found, f.sources, f.n_sources, &f.request, err);
        if (status == KH_OK) {
            counted.n_matches = found.n;
            counted.n_postings = found.n_postings;
            out->is_walk = out->n == 0;
        }
    } else if (!f.is_simple) {
        status = all_by_matcher(&f, true);
        counted.n_matches = counted.n;
    }
    if (status != KH_OK)
        return status;
    out->n_matches = counted.n_matches;
    out->is_exact = true;
    out->n_postings += counted.n_postings;
    out->by_matcher = counted.by_matcher;
    if (counted.n_damaged > 0) {
        out->damage = counted.damage;
        out->n_damaged = counted.n_damaged;
    }
    return KH_OK;
}
