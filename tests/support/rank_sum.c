/* rank_sum - what kh_rank_run() must give: every posting of every term added up. */
#include "support/rank_sum.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

typedef struct archive {
    const kh_rank_source *sources;
    size_t n_sources;
    const kh_rank_request *request;
    double n_documents;
    double average_length;
} archive;

/* One source: by document, from 1. */
typedef struct table {
    const kh_rank_source *source;
    uint32_t n;
    double *weights;
    uint32_t *wdfs;   /* of one group */
    uint8_t *has;     /* one of the group's terms */
    uint8_t *is_out;  /* lacks a condition */
    uint8_t *has_one; /* of the optional groups */
    uint8_t *has_all; /* of those that are together */
} table;

static void must(kh_status status, const kh_error *err)
{
    if (status == KH_OK)
        return;
    fprintf(stderr, "rank_sum: %s\n", err->message);
    exit(2);
}

static kh_database_stats statistics(kh_database *database)
{
    kh_error err = { 0 };
    kh_database_stats stats;
    must(kh_database_statistics(&stats, database, &err), &err);
    return stats;
}

static double idf(const archive *all, const kh_rank_group *group)
{
    double without = 1;
    double n_with = 0;
    for (size_t i = 0; i < group->any.n; i++) {
        n_with = 0;
        for (size_t s = 0; s < all->n_sources; s++) {
            kh_error err = { 0 };
            kh_term_stats stats;
            must(kh_database_term(&stats, all->sources[s].database, group->any.terms[i],
                                  &err),
                 &err);
            n_with += stats.n_documents;
        }
        without *= 1 - n_with / all->n_documents;
    }
    if (group->any.n > 1)
        n_with = floor(all->n_documents * (1 - without) + 0.5);
    double odds = (all->n_documents - n_with + 0.5) / (n_with + 0.5);
    return log(odds < 2 ? odds * 0.5 + 1 : odds);
}

/* Which documents have one of the terms, and how often all of them together. */
static void read_terms(table *t, const kh_rank_terms *terms)
{
    memset(t->has, 0, t->n + 1);
    memset(t->wdfs, 0, (t->n + 1) * sizeof(*t->wdfs));
    for (size_t i = 0; i < terms->n; i++) {
        kh_error err = { 0 };
        KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
        must(
            kh_posting_cursor_open(&cursor, t->source->database, terms->terms[i], &err),
            &err);
        uint32_t document = 0;
        uint32_t wdf = 0;
        kh_status status;
        while ((status = kh_posting_cursor_next(cursor, &document, &wdf, &err)) ==
               KH_OK) {
            t->has[document] = 1;
            t->wdfs[document] += wdf;
        }
        must(status == KH_END ? KH_OK : status, &err);
    }
}

static double norm_of(const archive *all, const table *t, uint32_t document)
{
    const kh_rank_request *request = all->request;
    uint32_t length = 0;
    for (int i = 3; i >= 0; i--)
        length = length << 8 |
                 t->source->lengths[(document - 1) * t->source->stride + (size_t)i];
    double normal = length * (1 / all->average_length);
    if (normal < request->min_normalised_length)
        normal = request->min_normalised_length;
    return request->k1 * (normal * request->b + (1 - request->b));
}

static void add_group(table *t, const archive *all, const kh_rank_group *group)
{
    double weight = group->factor * idf(all, group) * (all->request->k1 + 1);
    read_terms(t, &group->any);
    for (uint32_t d = 1; d <= t->n; d++) {
        if (t->wdfs[d] > 0 && t->has_all[d])
            t->weights[d] += weight * (t->wdfs[d] / (norm_of(all, t, d) + t->wdfs[d]));
        if (group->is_required)
            t->is_out[d] |= !t->has[d];
        else
            t->has_one[d] |= t->has[d] && t->has_all[d];
    }
}

/* Which documents have all of the groups that are together from one on. */
static size_t read_together(table *t, const kh_rank_group *groups)
{
    size_t n = groups->n_together > 1 ? groups->n_together : 1;
    memset(t->has_all, 1, t->n + 1);
    for (size_t g = 0; g < n && n > 1; g++) {
        read_terms(t, &groups[g].any);
        for (uint32_t d = 1; d <= t->n; d++)
            t->has_all[d] &= t->has[d];
    }
    return n;
}

static void fill(table *t, const archive *all)
{
    const kh_rank_request *request = all->request;
    bool needs_one = false;
    for (size_t g = 0, end = 0; g < request->n_groups; g++) {
        if (g == end)
            end += read_together(t, &request->groups[g]);
        add_group(t, all, &request->groups[g]);
        needs_one |= !request->groups[g].is_required && !request->optional_is_free;
    }
    for (size_t i = 0; i < request->n_filters; i++) {
        read_terms(t, &request->filters[i]);
        for (uint32_t d = 1; d <= t->n; d++)
            t->is_out[d] |= !t->has[d];
    }
    for (size_t i = 0; i < request->n_nevers; i++) {
        read_terms(t, &request->nevers[i]);
        for (uint32_t d = 1; d <= t->n; d++)
            t->is_out[d] |= t->has[d];
    }
    for (uint32_t d = 1; d <= t->n; d++)
        t->is_out[d] |= needs_one && !t->has_one[d];
}

static bool is_accepted(const kh_rank_request *request, uint32_t document)
{
    bool is_in = true;
    kh_error err = { 0 };
    if (request->accept != NULL)
        must(request->accept(&is_in, request->context, document, &err), &err);
    return is_in;
}

static int by_weight(const void *a, const void *b)
{
    const kh_match *x = a;
    const kh_match *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->document < y->document ? -1 : x->document > y->document;
}

kh_match *rank_sum(size_t *n, const kh_rank_source *sources, size_t n_sources,
                   const kh_rank_request *request, bool is_boolean)
{
    archive all = { .sources = sources, .n_sources = n_sources, .request = request };
    double total_length = 0;
    for (size_t i = 0; i < n_sources; i++) {
        kh_database_stats stats = statistics(sources[i].database);
        all.n_documents += stats.n_documents;
        total_length += (double)stats.total_length;
    }
    all.average_length = total_length / all.n_documents;
    kh_match *matches = NULL;
    size_t capacity = 0;
    *n = 0;
    for (size_t i = 0; i < n_sources; i++) {
        table t = { .source = &sources[i], .n = sources[i].n_lengths };
        t.weights = kh_alloc((t.n + 1) * sizeof(*t.weights));
        t.wdfs = kh_alloc((t.n + 1) * sizeof(*t.wdfs));
        t.has = kh_alloc(t.n + 1);
        t.is_out = kh_alloc(t.n + 1);
        t.has_one = kh_alloc(t.n + 1);
        t.has_all = kh_alloc(t.n + 1);
        fill(&t, &all);
        for (uint32_t d = 1; d <= t.n; d++) {
            uint32_t document = (uint32_t)((d - 1) * n_sources + i + 1);
            if (t.is_out[d] || !is_accepted(request, document))
                continue;
            KH_PUSH(matches, *n, capacity) =
                (kh_match){ document, is_boolean ? 0 : t.weights[d] };
        }
        kh_free(t.weights);
        kh_free(t.wdfs);
        kh_free(t.has);
        kh_free(t.is_out);
        kh_free(t.has_one);
        kh_free(t.has_all);
    }
    if (*n > 1)
        qsort(matches, *n, sizeof(*matches), by_weight);
    return matches;
}

size_t rank_cut(const kh_match *matches, size_t n, uint32_t limit)
{
    size_t kept = n < limit ? n : limit;
    while (kept > 0 && kept < n && matches[kept].weight == matches[kept - 1].weight)
        kept++;
    return kept;
}
