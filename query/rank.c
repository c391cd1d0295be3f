/* rank - a plan as a request for the first stage.
 *
 * Conditions within conditions are flattened, and a choice among words is optional
 * groups; where one flag cannot say which of several must be there, and for NOT of what
 * must be together, the matcher is left to it.
 *
 * The request says what engine.c would have the matcher look for: at least what
 * matches. Of a phrase that is the words that it must have; of a phrase under a NOT it
 * is nothing, since only the record knows whether the words stand side by side. */
#include "query/rank.h"

typedef struct maker {
    kh_rank_request *request;
    kh_rank_group *groups;
    size_t groups_capacity;
    kh_rank_terms *filters;
    size_t filters_capacity;
    kh_rank_terms *nevers;
    size_t nevers_capacity;
    const kh_plan_node **mays; /* branches whose `may` is not yet added */
    size_t n_mays;
    size_t mays_capacity;
    kh_arena *arena;
} maker;

/* Terms of a word, with a field's prefix if it has one. */
static kh_rank_terms terms_of(maker *m, const kh_plan_terms *terms, kh_field field)
{
    if (field == KH_N_FIELDS)
        return (kh_rank_terms){ terms->terms, terms->n };
    kh_str *prefixed = kh_arena_alloc(m->arena, (terms->n + 1) * sizeof(*prefixed));
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    for (size_t i = 0; i < terms->n; i++) {
        kh_buf_reset(&term);
        kh_field_term(&term, field, terms->terms[i]);
        prefixed[i] = kh_arena_copy(m->arena, kh_buf_str(&term));
    }
    return (kh_rank_terms){ prefixed, terms->n };
}

static bool are_same(const kh_rank_terms *a, const kh_plan_terms *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!kh_str_equal(a->terms[i], b->terms[i]))
            return false;
    return true;
}

static void push_group(maker *m, kh_rank_group group)
{
    m->groups = kh_arena_grow(m->arena, m->groups, m->request->n_groups,
                              &m->groups_capacity, sizeof(*m->groups));
    m->groups[m->request->n_groups++] = group;
}

/* A word that stands in the query twice counts twice. */
static void add_group(maker *m, const kh_plan_terms *terms, bool is_required)
{
    size_t n = m->groups != NULL ? m->request->n_groups : 0;
    for (size_t i = 0, step = 0; i < n; i += step) {
        kh_rank_group *other = &m->groups[i];
        step = other->n_together > 0 ? other->n_together : 1;
        if (step == 1 && other->is_required == is_required &&
            are_same(&other->any, terms)) {
            other->factor += 1;
            return;
        }
    }
    push_group(m, (kh_rank_group){ .any = { terms->terms, terms->n },
                                   .factor = 1,
                                   .is_required = is_required });
}

static void add_filter(maker *m, kh_rank_terms terms)
{
    m->filters = kh_arena_grow(m->arena, m->filters, m->request->n_filters,
                               &m->filters_capacity, sizeof(*m->filters));
    m->filters[m->request->n_filters++] = terms;
}

static void add_never(maker *m, kh_rank_terms terms)
{
    m->nevers = kh_arena_grow(m->arena, m->nevers, m->request->n_nevers,
                              &m->nevers_capacity, sizeof(*m->nevers));
    m->nevers[m->request->n_nevers++] = terms;
}

/* Words that all must be there; those of a field filter by its terms, too. */
static void add_phrase(maker *m, const kh_plan_node *node)
{
    for (size_t i = 0; i < node->n_terms; i++) {
        add_group(m, &node->terms[i], true);
        if (node->field != KH_N_FIELDS)
            add_filter(m, terms_of(m, &node->terms[i], node->field));
    }
    if (node->n_terms == 0)
        add_filter(m, (kh_rank_terms){ NULL, 0 }); /* as the matcher: nothing */
}

static bool is_list_of_filters(const kh_plan_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->nodes[i]->kind != KH_PLAN_FILTER)
            return false;
    return list->n > 0;
}

/* One of several filters is a filter of all their terms. */
static void add_filters_as_one(maker *m, const kh_plan_list *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->nodes[i]->terms[0].n;
    kh_str *terms = kh_arena_alloc(m->arena, (n + 1) * sizeof(*terms));
    n = 0;
    for (size_t i = 0; i < list->n; i++)
        for (size_t t = 0; t < list->nodes[i]->terms[0].n; t++)
            terms[n++] = list->nodes[i]->terms[0].terms[t];
    add_filter(m, (kh_rank_terms){ terms, n });
}

static bool add_conditions(maker *m, const kh_plan_node *branch);

/* What a condition asks for in turn is a condition, too. */
static bool add_must(maker *m, const kh_plan_node *node)
{
    switch (node->kind) {
    case KH_PLAN_WORD:
        add_group(m, &node->terms[0], true);
        return true;
    case KH_PLAN_PHRASE:
        add_phrase(m, node);
        return true;
    case KH_PLAN_FILTER:
        add_filter(m, terms_of(m, &node->terms[0], KH_N_FIELDS));
        return true;
    case KH_PLAN_BRANCH:
        break;
    }
    if (node->must.n == 0 && node->never.n == 0 && !node->may_is_free &&
        is_list_of_filters(&node->may)) {
        add_filters_as_one(m, &node->may);
        return true;
    }
    return add_conditions(m, node);
}

/* How many words a node is that must all be there, of no field; 0: it is something
 * else. */
static size_t count_together(const kh_plan_node *node)
{
    if (node->kind == KH_PLAN_WORD || node->kind == KH_PLAN_PHRASE)
        return node->field == KH_N_FIELDS ? node->n_terms : 0;
    if (node->kind != KH_PLAN_BRANCH || node->may.n > 0 || node->never.n > 0)
        return 0;
    size_t n = 0;
    for (size_t i = 0; i < node->must.n; i++) {
        size_t more = count_together(node->must.nodes[i]);
        if (more == 0)
            return 0;
        n += more;
    }
    return n;
}

static void add_together(maker *m, const kh_plan_node *node, uint32_t *n)
{
    for (size_t i = 0; i < node->must.n; i++)
        add_together(m, node->must.nodes[i], n);
    for (size_t i = 0; i < node->n_terms; i++, *n = 0)
        push_group(m,
                   (kh_rank_group){ .any = { node->terms[i].terms, node->terms[i].n },
                                    .factor = 1,
                                    .n_together = *n });
}

static bool add_may(maker *m, const kh_plan_node *node)
{
    bool is_word = node->kind == KH_PLAN_WORD || node->kind == KH_PLAN_FILTER ||
                   (node->kind == KH_PLAN_PHRASE && node->n_terms == 1);
    if (is_word && node->field == KH_N_FIELDS) {
        add_group(m, &node->terms[0], false);
        return true;
    }
    uint32_t n = (uint32_t)count_together(node);
    if (n > 1) {
        add_together(m, node, &n);
        return true;
    }
    bool is_simple = node->kind == KH_PLAN_BRANCH && node->must.n == 0 &&
                     node->never.n == 0 && !node->may_is_free;
    for (size_t i = 0; i < node->may.n && is_simple; i++)
        is_simple = add_may(m, node->may.nodes[i]);
    return is_simple;
}

static bool add_not(maker *m, const kh_plan_node *node)
{
    switch (node->kind) {
    case KH_PLAN_WORD:
    case KH_PLAN_FILTER:
        add_never(m, terms_of(m, &node->terms[0],
                              node->kind == KH_PLAN_WORD ? node->field : KH_N_FIELDS));
        return true;
    case KH_PLAN_PHRASE:
        return true;
    case KH_PLAN_BRANCH:
        break;
    }
    bool is_simple = node->must.n == 0 && node->never.n == 0 && !node->may_is_free;
    for (size_t i = 0; i < node->may.n && is_simple; i++)
        is_simple = add_not(m, node->may.nodes[i]);
    return is_simple;
}

static bool add_conditions(maker *m, const kh_plan_node *branch)
{
    bool is_simple = true;
    for (size_t i = 0; i < branch->must.n && is_simple; i++)
        is_simple = add_must(m, branch->must.nodes[i]);
    for (size_t i = 0; i < branch->never.n && is_simple; i++)
        is_simple = add_not(m, branch->never.nodes[i]);
    if (branch->may.n == 0)
        return is_simple;
    m->mays = kh_arena_grow(m->arena, m->mays, m->n_mays, &m->mays_capacity,
                            sizeof(kh_plan_node *));
    m->mays[m->n_mays++] = branch;
    return is_simple;
}

/* Append the terms of a choice of words and brackets of such; false if there is more to
 * it. */
static bool add_terms(kh_plan_terms *out, const kh_plan_list *choice, kh_arena *arena)
{
    for (size_t k = 0; k < choice->n; k++) {
        const kh_plan_node *node = choice->nodes[k];
        bool is_word = node->kind == KH_PLAN_WORD && node->field == KH_N_FIELDS;
        bool is_choice = node->kind == KH_PLAN_BRANCH && node->must.n == 0 &&
                         node->never.n == 0 && !node->may_is_free;
        if (!is_word && !(is_choice && add_terms(out, &node->may, arena)))
            return false;
        for (size_t i = 0; is_word && i < node->terms[0].n; i++) {
            out->terms = kh_arena_grow(arena, out->terms, out->n, &out->capacity,
                                       sizeof(*out->terms));
            out->terms[out->n++] = node->terms[0].terms[i];
        }
    }
    return true;
}

/* A choice of one is none. */
static bool add_lone_mays(maker *m)
{
    size_t n = 0;
    bool is_simple = true;
    for (size_t i = 0; i < m->n_mays && is_simple && m->n_mays > 1; i++) {
        const kh_plan_node *branch = m->mays[i];
        if (branch->may_is_free || branch->may.n != 1)
            m->mays[n++] = branch;
        else
            is_simple = add_must(m, branch->may.nodes[0]);
    }
    if (m->n_mays > 1)
        m->n_mays = n;
    return is_simple;
}

/* What is optional is one choice, or only adds. Of several choices, one of words is a
 * filter of all these, which then only add. */
static bool add_mays(maker *m)
{
    size_t n_free = 0;
    bool is_simple = add_lone_mays(m);
    for (size_t i = 0; i < m->n_mays; i++) {
        kh_plan_terms terms = { 0 };
        bool is_free = m->mays[i]->may_is_free;
        if (!is_free && m->n_mays > 1 &&
            add_terms(&terms, &m->mays[i]->may, m->arena)) {
            add_filter(m, (kh_rank_terms){ terms.terms, terms.n });
            is_free = true;
        }
        n_free += is_free;
    }
    m->request->optional_is_free = n_free > 0;
    if (n_free != m->n_mays && m->n_mays > 1)
        return false;
    for (size_t i = 0; i < m->n_mays; i++)
        for (size_t k = 0; k < m->mays[i]->may.n && is_simple; k++)
            is_simple = add_may(m, m->mays[i]->may.nodes[k]);
    return is_simple;
}

bool kh_rank_request_of(kh_rank_request *out, const kh_plan_node *root, kh_arena *arena)
{
    *out = (kh_rank_request){ 0 };
    maker m = { .request = out, .arena = arena };
    bool is_simple = add_conditions(&m, root) && add_mays(&m);
    out->groups = m.groups;
    out->filters = m.filters;
    out->nevers = m.nevers;
    return is_simple;
}

kh_rank_source *kh_rank_sources_of(size_t *n, kh_index *index, kh_arena *arena)
{
    *n = kh_index_n_segments(index);
    kh_rank_source *sources = kh_arena_alloc(arena, (*n + 1) * sizeof(*sources));
    for (size_t i = 0; i < *n; i++)
        sources[i] = kh_segment_source(kh_index_segment(index, i));
    return sources;
}
