/* candidates - the articles that match, in the order of the first stage.
 *
 * What the plan asks runs as a request to xapian-c/rank.h if it has the shape for it,
 * else through the engine's matcher. Either gives so many of the best; dead and
 * unverified ones leave, and if too few stay more is asked for. Order never ends in
 * document numbers, which change with the number of segments: ties at the end of a list
 * are taken whole and ordered by date and key instead. */
#include "query/candidates.h"

#include "base/alloc.h"

#include "query/finding.h"

void kh_candidates_release(kh_candidates *candidates)
{
    kh_free(candidates->items);
    kh_free(candidates->documents);
    *candidates = (kh_candidates){ 0 };
}

void kh_finding_release(kh_finding *f)
{
    kh_arena_free(f->arena);
}

void kh_finding_open(kh_finding *f, kh_candidates *out, kh_verifier *verifier,
                     kh_error *err)
{
    *f = (kh_finding){ .out = out, .verifier = verifier, .err = err };
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
    const kh_finding *f = context;
    (void)err;
    *out = !kh_index_is_dead(f->verifier->index, document);
    return KH_OK;
}

/* A kh_rank_accept: what lives and matches. */
static kh_status accept_verified(bool *out, void *context, uint32_t document,
                                 kh_error *err)
{
    const kh_finding *f = context;
    *out = false;
    if (kh_index_is_dead(f->verifier->index, document))
        return KH_OK;
    return kh_candidates_verify(out, f->out, f->verifier, document, err);
}

void kh_finding_accept(kh_finding *f, bool is_verified)
{
    f->request.context = f;
    f->request.accept = NULL;
    if (is_verified && f->verifier->plan->root->needs_record)
        f->request.accept = accept_verified;
    else if (kh_index_has_dead(f->verifier->index))
        f->request.accept = accept_living;
}

void kh_finding_push(kh_finding *f, uint32_t document, double weight)
{
    kh_candidates *out = f->out;
    kh_record_head head = kh_index_head(f->verifier->index, document);
    KH_PUSH(out->items, out->n, out->capacity) = (kh_candidate){
        .document = document, .date = head.date, .key = head.key, .weight = weight
    };
}

kh_status kh_finding_consider(kh_finding *f, const kh_match *match, bool is_verified)
{
    if (kh_index_is_dead(f->verifier->index, match->document))
        return KH_OK;
    bool is_match = true;
    kh_status status = KH_OK;
    if (is_verified && f->verifier->plan->root->needs_record)
        status = kh_candidates_verify(&is_match, f->out, f->verifier, match->document,
                                      f->err);
    if (status == KH_OK && is_match)
        kh_finding_push(f, match->document, match->weight);
    return status;
}

kh_status kh_finding_query(kh_finding *f, kh_query **out)
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

/* ---- the lists alone, then the records ---- */

kh_status kh_finding_walk(kh_rank_documents *out, kh_finding *f, uint32_t limit)
{
    *out = (kh_rank_documents){ 0 };
    kh_finding_accept(f, false);
    f->request.limit = limit;
    return kh_rank_walk(out, f->sources, f->n_sources, &f->request, f->err);
}

kh_status kh_finding_verify(kh_finding *f, kh_rank_documents *found, bool keeps)
{
    uint64_t n = 0;
    kh_status status = kh_verify_sift(f->verifier, found->documents, &found->n, f->err);
    f->verifier->is_sifted = true;
    for (size_t i = 0; i < found->n && status == KH_OK; i++) {
        bool is_match = false;
        kh_verify_ahead(f->verifier, found->documents, found->n, i);
        status = kh_candidates_verify(&is_match, f->out, f->verifier,
                                      found->documents[i], f->err);
        if (status != KH_OK || !is_match)
            continue;
        n++;
        if (keeps)
            kh_finding_push(f, found->documents[i], 0);
    }
    f->verifier->is_sifted = false;
    f->out->n_matches = n;
    f->out->n_postings += found->n_postings;
    return status;
}

/* ---- all of them ---- */

static kh_status all_by_matcher(kh_finding *f, bool is_verified)
{
    kh_database *database = kh_index_database(f->verifier->index);
    if (database == NULL)
        return KH_OK;
    KH_AUTO(kh_query_free) kh_query *query = NULL;
    kh_status status = kh_finding_query(f, &query);
    if (status != KH_OK)
        return status;
    kh_match_options options = { .limit = UINT32_MAX, .is_boolean = true };
    kh_matches matches;
    status = kh_match_run(&matches, database, query, &options, f->err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < matches.n && status == KH_OK; i++) {
        matches.matches[i].weight = 0;
        status = kh_finding_consider(f, &matches.matches[i], is_verified);
    }
    kh_matches_release(&matches);
    return status;
}

/* All that the lists say, then the records of each in turn. */
static kh_status walk_and_verify(kh_finding *f, bool keeps)
{
    KH_CLEANUP(kh_rank_documents_release) kh_rank_documents found;
    kh_status status = kh_finding_walk(&found, f, UINT32_MAX);
    return status == KH_OK ? kh_finding_verify(f, &found, keeps) : status;
}

kh_status kh_candidates_all(kh_candidates *out, kh_verifier *verifier, bool is_verified,
                            kh_error *err)
{
    bool needs_record = verifier->plan->root->needs_record;
    *out = (kh_candidates){ .is_verified = is_verified || !needs_record };
    KH_CLEANUP(kh_finding_release) kh_finding f;
    kh_finding_open(&f, out, verifier, err);
    kh_status status = KH_OK;
    if (!f.is_simple) {
        status = all_by_matcher(&f, is_verified);
    } else if (f.n_sources > 0 && is_verified && needs_record) {
        status = walk_and_verify(&f, true);
        out->is_walk = true;
    } else if (f.n_sources > 0) {
        kh_rank_documents found;
        kh_finding_accept(&f, is_verified);
        f.request.limit = UINT32_MAX;
        status = kh_rank_walk(&found, f.sources, f.n_sources, &f.request, err);
        if (status != KH_OK)
            return status;
        out->documents = KH_TAKE(found.documents);
        out->index = verifier->index;
        out->n = found.n;
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
    KH_CLEANUP(kh_finding_release) kh_finding f;
    kh_finding_open(&f, &counted, verifier, err);
    kh_status status = KH_OK;
    if (f.is_simple && f.n_sources > 0 && verifier->plan->root->needs_record) {
        status = walk_and_verify(&f, false);
        out->is_walk = out->n == 0;
    } else if (f.is_simple && f.n_sources > 0) {
        kh_rank_documents found;
        kh_finding_accept(&f, true);
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
