/* search - a parsed query against an open index: candidates, verified, ranked, with
 * passages.
 *
 * Stage 2 ranks the first KH_RERANK_DEPTH candidates by the sum of the article's weight
 * and its best passage's; the candidates behind them follow in the order of stage 1.
 * Nothing of this depends on --limit or --offset, so that pages are windows on one
 * list. */
#include "query/search.h"

#include <stdlib.h>

#include "base/alloc.h"

#include "query/candidates.h"
#include "query/passages.h"
#include "query/results.h"

struct kh_search {
    kh_index *index; /* borrowed */
    kh_planner planner;
    kh_arena *scratch; /* for one article at a time */
};

kh_status kh_search_open(kh_search **out, kh_index *index, kh_error *err)
{
    KH_AUTO(kh_search_free) kh_search *search = kh_alloc(sizeof(*search));
    search->index = index;
    search->scratch = kh_arena_open();
    kh_status status = kh_planner_open(&search->planner, index, err);
    if (status != KH_OK)
        return status;
    *out = KH_TAKE(search);
    return KH_OK;
}

void kh_search_free(kh_search *search)
{
    if (search == NULL)
        return;
    kh_planner_close(&search->planner);
    kh_arena_free(search->scratch);
    kh_free(search);
}

typedef struct run {
    kh_search *search;
    const kh_search_options *options;
    const kh_plan *plan;
    kh_verifier verifier;
    kh_candidates candidates;
    kh_candidate_order order;
    kh_ranked *ranked; /* owned; the first ones, ranked again, in their final order */
    size_t n_ranked;
    size_t depth; /* candidates that they were made of */
    kh_arena *arena;
    kh_error *err;
} run;

static void run_release(run *r)
{
    kh_verifier_close(&r->verifier);
    kh_candidates_release(&r->candidates);
    kh_free(r->ranked);
}

static void note_damage(run *r, const kh_error *why)
{
    r->candidates.damage = *why;
    r->candidates.n_damaged++;
}

/* The passages of a candidate; an article that cannot be read is remembered and has
 * none. */
static kh_status find_passages(run *r, kh_passages *out, uint32_t document)
{
    kh_error why = { 0 };
    kh_record_hits hits;
    kh_status status =
        kh_results_hits(&hits, &r->verifier, document, r->search->scratch, &why);
    if (status == KH_ERR_CORRUPT) {
        note_damage(r, &why);
        *out = (kh_passages){ 0 };
        return KH_ERR_CORRUPT;
    }
    if (status != KH_OK) {
        if (r->err != NULL)
            *r->err = why;
        return status;
    }
    kh_passages_find(out, r->plan, &hits, KH_RANKED_PASSAGE_WORDS, 1,
                     r->search->scratch);
    return KH_OK;
}

static int compare_ranked(const void *a, const void *b)
{
    const kh_ranked *x = a;
    const kh_ranked *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->candidate.date != y->candidate.date)
        return x->candidate.date > y->candidate.date ? -1 : 1;
    return x->candidate.key < y->candidate.key ? -1
                                               : x->candidate.key > y->candidate.key;
}

/* Stage 2: the first candidates again, by article and best passage. */
static kh_status rank_again(run *r)
{
    size_t depth =
        r->candidates.n < KH_RERANK_DEPTH ? r->candidates.n : KH_RERANK_DEPTH;
    if (r->plan->n_words == 0)
        return KH_OK;
    r->ranked = kh_alloc((depth + 1) * sizeof(*r->ranked));
    r->depth = depth;
    for (size_t i = 0; i < depth; i++) {
        kh_arena_reset(r->search->scratch);
        kh_passages passages;
        kh_ranked ranked = { .candidate = r->candidates.items[i],
                             .score = r->candidates.items[i].weight };
        kh_status status = find_passages(r, &passages, ranked.candidate.document);
        if (status == KH_ERR_CORRUPT)
            continue; /* left out, remembered */
        if (status != KH_OK)
            return status;
        kh_rank(&ranked, r->plan, &passages);
        r->ranked[r->n_ranked++] = ranked;
    }
    qsort(r->ranked, r->n_ranked, sizeof(*r->ranked), compare_ranked);
    return KH_OK;
}

/* Articles in the answer, as far as known. */
static size_t n_in_order(const run *r)
{
    return r->n_ranked + r->candidates.n - r->depth;
}

/* The article at a place of the final order. */
static kh_ranked ranked_at(run *r, size_t i)
{
    if (r->options->is_reverse && r->order == KH_BY_WEIGHT)
        i = n_in_order(r) - 1 - i;
    if (i < r->n_ranked)
        return r->ranked[i];
    i += r->depth - r->n_ranked;
    kh_candidates_order(&r->candidates, r->order, i + 1);
    kh_candidate candidate = r->candidates.items[i];
    return (kh_ranked){ .candidate = candidate, .score = candidate.weight };
}

/* How many articles have to be ranked to show results offset .. offset + limit. */
static size_t articles_wanted(const kh_search_options *options)
{
    uint64_t last = (uint64_t)options->offset + options->limit;
    if (options->limit == UINT32_MAX || last > UINT32_MAX)
        return UINT32_MAX;
    return last < KH_RERANK_DEPTH ? KH_RERANK_DEPTH : (size_t)last;
}

/* An exact number of articles, if it is asked for: of plain words the first stage does
 * not know it. */
static kh_status count_all(run *r)
{
    bool is_cheap = !r->plan->root->needs_record;
    if (r->candidates.is_exact ||
        !(r->options->want_count || (r->options->want_total && is_cheap)))
        return KH_OK;
    return kh_candidates_count(&r->candidates, &r->verifier, r->err);
}

/* By date no article is verified before it is shown, unless all must be. */
static kh_status find_by_date(run *r)
{
    bool is_verified = r->options->want_count || r->options->limit == 0;
    kh_status status =
        kh_candidates_all(&r->candidates, &r->verifier, is_verified, r->err);
    r->order = r->options->is_reverse ? KH_BY_OLDEST : KH_BY_NEWEST;
    size_t wanted = articles_wanted(r->options);
    if (status == KH_OK)
        kh_candidates_order(&r->candidates, r->order,
                            wanted < r->candidates.n ? wanted : r->candidates.n);
    return status;
}

static kh_status find_candidates(run *r)
{
    if (r->options->want_count && r->options->limit == 0)
        return kh_candidates_count(&r->candidates, &r->verifier, r->err);
    if (r->options->sort == KH_SORT_DATE)
        return find_by_date(r);
    size_t wanted = r->options->is_reverse ? UINT32_MAX : articles_wanted(r->options);
    kh_status status = kh_candidates_best(&r->candidates, &r->verifier, wanted, r->err);
    return status == KH_OK ? count_all(r) : status;
}

static kh_status rank(run *r)
{
    kh_status status = find_candidates(r);
    if (status != KH_OK || r->order != KH_BY_WEIGHT || r->options->limit == 0)
        return status;
    return rank_again(r);
}

/* Results of one article: so many passages, or one without any. Adds to the answer. */
static kh_status add_article(run *r, kh_answer *answer, const kh_ranked *ranked,
                             uint64_t *n_passed, size_t *capacity)
{
    kh_arena_reset(r->search->scratch);
    kh_error why = { 0 };
    kh_article_results found;
    kh_results_request request = { .verifier = &r->verifier,
                                   .plan = r->plan,
                                   .options = r->options,
                                   .ranked = ranked,
                                   .scratch = r->search->scratch,
                                   .arena = r->arena };
    request.n_skip =
        r->options->offset > *n_passed ? r->options->offset - *n_passed : 0;
    request.n_left = r->options->limit == UINT32_MAX
                         ? SIZE_MAX
                         : r->options->limit - answer->n_results;
    kh_status status = kh_results_of(&found, &request, &why);
    if (status == KH_ERR_CORRUPT) {
        note_damage(r, &why);
        return KH_OK;
    }
    if (status != KH_OK) {
        if (r->err != NULL)
            *r->err = why;
        return status;
    }
    for (size_t i = 0; i < found.n_results; i++) {
        answer->results = kh_arena_grow(r->arena, answer->results, answer->n_results,
                                        capacity, sizeof(kh_result));
        kh_result *result = &answer->results[answer->n_results++];
        *result = found.results[i];
        result->rank = r->options->offset + (uint32_t)answer->n_results;
    }
    *n_passed += found.n_passed;
    return KH_OK;
}

static kh_status show(run *r, kh_answer *answer)
{
    uint64_t n_passed = 0;
    size_t capacity = 0;
    size_t i = 0;
    size_t n = n_in_order(r);
    if (r->options->per_article == 1 && r->candidates.is_verified) {
        /* one result an article: no need to look at these */
        i = r->options->offset < n ? r->options->offset : n;
        n_passed = i;
    }
    for (; i < n && answer->n_results < r->options->limit; i++) {
        kh_ranked ranked = ranked_at(r, i);
        bool is_match = true;
        kh_status status = KH_OK;
        if (!r->candidates.is_verified)
            status = kh_candidates_verify(&is_match, &r->candidates, &r->verifier,
                                          ranked.candidate.document, r->err);
        if (status == KH_OK && is_match)
            status = add_article(r, answer, &ranked, &n_passed, &capacity);
        if (status != KH_OK)
            return status;
    }
    return KH_OK;
}

static void copy_notes(kh_answer *out, const kh_plan *plan)
{
    out->notes = plan->notes;
    out->n_notes = plan->n_notes;
}

static void explain(kh_answer *out, const run *r, const kh_parsed *query)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_add(&text, KH_STR("read as "));
    kh_node_describe(&text, query->root);
    kh_buf_add_char(&text, '\n');
    kh_plan_describe(&text, r->plan);
    KH_AUTO(kh_query_free)
    kh_query *engine =
        r->plan->root != NULL
            ? kh_plan_query(kh_index_database(r->search->index), r->plan->root)
            : kh_query_none();
    kh_buf_add(&text, KH_STR("engine "));
    if (kh_query_describe(&text, engine, NULL) == KH_OK)
        kh_buf_add_char(&text, '\n');
    if (r->plan->root != NULL && r->candidates.by_matcher)
        kh_buf_add(&text, KH_STR("first stage: matcher\n"));
    else if (r->plan->root != NULL)
        kh_buf_printf(&text, "first stage: %s, %llu postings looked at\n",
                      r->candidates.is_walk ? "walk" : "maxscore",
                      (unsigned long long)r->candidates.n_postings);
    out->explain = kh_arena_copy(r->arena, kh_buf_str(&text));
}

kh_status kh_search_run(kh_answer *out, kh_search *search, const kh_parsed *query,
                        const kh_search_options *options, kh_arena *arena,
                        kh_error *err)
{
    kh_answer answer = { .is_count_exact = true, .n_all_words = UINT64_MAX };
    kh_plan *plan = kh_arena_alloc(arena, sizeof(*plan));
    kh_status status = kh_plan_make(plan, &search->planner, query, options, arena, err);
    if (status != KH_OK)
        return status;
    KH_CLEANUP(run_release)
    run r = {
        .search = search, .options = options, .plan = plan, .arena = arena, .err = err
    };
    if (plan->root != NULL) {
        kh_verifier_open(&r.verifier, search->index, plan);
        status = rank(&r);
        if (status == KH_OK)
            status = show(&r, &answer);
        if (status != KH_OK)
            return status;
        answer.n_articles = r.candidates.n_matches;
        answer.is_count_exact = r.candidates.is_exact;
        if (r.candidates.n_damaged > 0) {
            answer.damage = KH_ERR_CORRUPT;
            answer.damage_text =
                kh_arena_copy(arena, kh_str_from(r.candidates.damage.message));
        }
    }
    if (options->want_explain)
        explain(&answer, &r, query);
    copy_notes(&answer, plan);
    *out = answer;
    return KH_OK;
}

kh_status kh_search_positions(uint32_t **out, size_t *n, kh_search *search,
                              const kh_parsed *query, uint32_t document,
                              kh_arena *arena, kh_error *err)
{
    kh_search_options options = { .dates = { 0, UINT32_MAX } };
    kh_plan *plan = kh_arena_alloc(arena, sizeof(*plan));
    kh_status status =
        kh_plan_make(plan, &search->planner, query, &options, arena, err);
    *out = NULL;
    *n = 0;
    if (status != KH_OK || plan->root == NULL || plan->n_words == 0)
        return status;
    KH_CLEANUP(kh_verifier_close) kh_verifier verifier;
    kh_verifier_open(&verifier, search->index, plan);
    kh_record_hits hits;
    status = kh_results_hits(&hits, &verifier, document, arena, err);
    if (status == KH_OK)
        *out = kh_results_positions(n, plan, &hits, arena);
    return status;
}

/* ---- tags of the matches ---- */

static int compare_counts(const void *a, const void *b)
{
    const kh_tag_count *x = a;
    const kh_tag_count *y = b;
    if (x->n_in_match != y->n_in_match)
        return x->n_in_match > y->n_in_match ? -1 : 1;
    return kh_str_compare(x->tag.name, y->tag.name);
}

/* How many documents of a term have their bit set. */
static kh_status count_postings(uint32_t *out, kh_database *database, kh_str term,
                                const uint8_t *bits, kh_error *err)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status = kh_posting_cursor_open(&cursor, database, term, err);
    *out = 0;
    uint32_t document = 0;
    while (status == KH_OK) {
        status = kh_posting_cursor_next(cursor, &document, NULL, err);
        if (status == KH_OK)
            *out += (bits[document / 8] >> (document % 8)) & 1;
    }
    return status == KH_END ? KH_OK : status;
}

static kh_status count_tags(run *r, kh_tag_count **out, size_t *n,
                            const kh_tag_entry *tags, size_t n_tags)
{
    kh_database *database = kh_index_database(r->search->index);
    uint8_t *bits = kh_alloc((size_t)r->search->planner.stats.last_document *
                                 (kh_index_n_segments(r->search->index) + 1) / 8 +
                             2);
    for (size_t i = 0; i < r->candidates.n; i++) {
        uint32_t document = kh_candidates_document(&r->candidates, i);
        bits[document / 8] |= (uint8_t)(1u << (document % 8));
    }
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_status status = KH_OK;
    size_t capacity = 0;
    for (size_t i = 0; i < n_tags && database != NULL && status == KH_OK; i++) {
        uint32_t n_in_match = 0;
        kh_buf_reset(&term);
        kh_field_term(&term, KH_FIELD_TAG, tags[i].normal);
        status = count_postings(&n_in_match, database, kh_buf_str(&term), bits, r->err);
        if (n_in_match == 0)
            continue;
        *out = kh_arena_grow(r->arena, *out, *n, &capacity, sizeof(kh_tag_count));
        (*out)[(*n)++] = (kh_tag_count){ .tag = tags[i], .n_in_match = n_in_match };
    }
    kh_free(bits);
    return status;
}

kh_status kh_search_tags(kh_tag_count **out, size_t *n, uint64_t *n_matches,
                         kh_search *search, const kh_parsed *query,
                         const kh_search_options *options, kh_arena *arena,
                         kh_error *err)
{
    *out = NULL;
    *n = 0;
    *n_matches = 0;
    kh_plan *plan = kh_arena_alloc(arena, sizeof(*plan));
    kh_status status = kh_plan_make(plan, &search->planner, query, options, arena, err);
    if (status != KH_OK || plan->root == NULL)
        return status;
    KH_CLEANUP(run_release)
    run r = {
        .search = search, .options = options, .plan = plan, .arena = arena, .err = err
    };
    kh_verifier_open(&r.verifier, search->index, plan);
    kh_tag_entry *tags = NULL;
    size_t n_tags = 0;
    status = kh_candidates_all(&r.candidates, &r.verifier, true, err);
    if (status == KH_OK)
        status = kh_index_tags(&tags, &n_tags, search->index, KH_STR(""), arena, err);
    if (status == KH_OK)
        status = count_tags(&r, out, n, tags, n_tags);
    if (status != KH_OK)
        return status;
    *n_matches = r.candidates.n;
    if (*n > 1)
        qsort(*out, *n, sizeof(kh_tag_count), compare_counts);
    return KH_OK;
}
