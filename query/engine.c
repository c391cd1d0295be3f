/* engine - from a plan to the engine's query: every article that may match, none that
 * cannot.
 *
 * Order and distance of words are the record's to decide. So two readings of a node are
 * needed: `upper` finds at least what matches, `lower` at most; under a NOT they change
 * places. */
#include "query/plan.h"

#include "base/alloc.h"
#include "index/bounds.h"

static kh_query *upper(kh_database *database, const kh_plan_node *node);
static kh_query *lower(kh_database *database, const kh_plan_node *node);

/* Frees a list of parts at the end of its scope. */
typedef struct parts {
    kh_query **items;
    size_t n;
    size_t capacity;
} parts;

static void parts_release(parts *list)
{
    for (size_t i = 0; i < list->n; i++)
        kh_query_free(list->items[i]);
    kh_free(list->items);
}

static void parts_add(parts *list, kh_query *query)
{
    KH_PUSH(list->items, list->n, list->capacity) = query;
}

#define AUTO_PARTS KH_CLEANUP(parts_release) parts

static kh_query *and_of(const parts *list)
{
    return kh_query_and((const kh_query *const *)list->items, list->n);
}

static kh_query *or_of(const parts *list)
{
    return kh_query_or((const kh_query *const *)list->items, list->n);
}

/* The terms of one word, with a field's prefix if it has one; as a group they weigh as
 * one. */
static kh_query *terms_query(kh_database *database, const kh_plan_terms *terms,
                             kh_field field, bool is_group)
{
    static const kh_match_options options = {
        .k1 = KH_BM25_K1, .b = KH_BM25_B, .min_normalised_length = KH_BM25_MIN_LENGTH
    };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_str *texts = kh_arena_alloc(arena, (terms->n + 1) * sizeof(kh_str));
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    for (size_t i = 0; i < terms->n; i++) {
        texts[i] = terms->terms[i];
        if (field == KH_N_FIELDS)
            continue;
        kh_buf_reset(&term);
        kh_field_term(&term, field, terms->terms[i]);
        texts[i] = kh_arena_copy(arena, kh_buf_str(&term));
    }
    return kh_query_word(database, texts, terms->n, is_group, &options);
}

/* A word of a field scores by its text term and filters by the field's. */
static kh_query *scored_word(kh_database *database, const kh_plan_terms *terms,
                             kh_field field)
{
    kh_query *word = terms_query(database, terms, KH_N_FIELDS, true);
    if (field == KH_N_FIELDS)
        return word;
    kh_query *filter = terms_query(database, terms, field, false);
    kh_query *both = kh_query_filter(word, filter);
    kh_query_free(word);
    kh_query_free(filter);
    return both;
}

static kh_query *all_words(kh_database *database, const kh_plan_node *node)
{
    AUTO_PARTS list = { 0 };
    for (size_t i = 0; i < node->n_terms; i++)
        parts_add(&list, scored_word(database, &node->terms[i], node->field));
    return and_of(&list);
}

typedef kh_query *reading(kh_database *database, const kh_plan_node *node);

static kh_query *list_query(kh_database *database, const kh_plan_list *nodes,
                            bool is_and, bool with_filters, reading *read)
{
    AUTO_PARTS list = { 0 };
    for (size_t i = 0; i < nodes->n; i++)
        if (nodes->nodes[i]->is_filter == with_filters || !is_and)
            parts_add(&list, read(database, nodes->nodes[i]));
    return is_and ? and_of(&list) : or_of(&list);
}

static size_t count_filters(const kh_plan_list *nodes)
{
    size_t n = 0;
    for (size_t i = 0; i < nodes->n; i++)
        n += nodes->nodes[i]->is_filter;
    return n;
}

/* out = combine(*query, right), both freed. */
static kh_query *joined(kh_query *left, kh_query *right,
                        kh_query *(*combine)(const kh_query *, const kh_query *))
{
    kh_query *both = combine(left, right);
    kh_query_free(left);
    kh_query_free(right);
    return both;
}

static kh_query *both_of(const kh_query *left, const kh_query *right)
{
    const kh_query *two[] = { left, right };
    return kh_query_and(two, 2);
}

static kh_query *branch_query(kh_database *database, const kh_plan_node *node,
                              reading *read, reading *read_not)
{
    size_t n_filters = count_filters(&node->must);
    size_t n_must = node->must.n - n_filters;
    kh_query *query = NULL;
    if (n_must > 0)
        query = list_query(database, &node->must, true, false, read);
    if (node->may.n > 0) {
        kh_query *may = list_query(database, &node->may, false, false, read);
        if (query == NULL && !node->may_is_free)
            query = may;
        else
            query = joined(query != NULL ? query : kh_query_all(), may,
                           node->may_is_free ? kh_query_maybe : both_of);
    }
    if (query == NULL)
        query = kh_query_all();
    if (n_filters > 0)
        query = joined(query, list_query(database, &node->must, true, true, read),
                       kh_query_filter);
    if (node->never.n > 0)
        query =
            joined(query, list_query(database, &node->never, false, false, read_not),
                   kh_query_not);
    return query;
}

static kh_query *upper(kh_database *database, const kh_plan_node *node)
{
    switch (node->kind) {
    case KH_PLAN_WORD:
        return scored_word(database, &node->terms[0], node->field);
    case KH_PLAN_PHRASE:
        return all_words(database, node);
    case KH_PLAN_FILTER:
        return terms_query(database, &node->terms[0], KH_N_FIELDS, false);
    case KH_PLAN_BRANCH:
        break;
    }
    return branch_query(database, node, upper, lower);
}

static kh_query *lower(kh_database *database, const kh_plan_node *node)
{
    switch (node->kind) {
    case KH_PLAN_WORD:
        return terms_query(database, &node->terms[0], node->field, false);
    case KH_PLAN_PHRASE:
        return kh_query_none();
    case KH_PLAN_FILTER:
        return terms_query(database, &node->terms[0], KH_N_FIELDS, false);
    case KH_PLAN_BRANCH:
        break;
    }
    return branch_query(database, node, lower, upper);
}

kh_query *kh_plan_query(kh_database *database, const kh_plan_node *node)
{
    return upper(database, node);
}

static size_t widest_of(const kh_plan_list *list);

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the query */
size_t kh_plan_widest(const kh_plan_node *node)
{
    size_t most = 0;
    for (size_t i = 0; i < node->n_terms; i++)
        most = node->terms[i].n > most ? node->terms[i].n : most;
    const kh_plan_list *lists[] = { &node->must, &node->may, &node->never };
    for (size_t i = 0; i < KH_COUNT_OF(lists); i++) {
        size_t inside = widest_of(lists[i]);
        most = inside > most ? inside : most;
    }
    return most;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the query */
static size_t widest_of(const kh_plan_list *list)
{
    size_t most = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t inside = kh_plan_widest(list->nodes[i]);
        most = inside > most ? inside : most;
    }
    return most;
}
