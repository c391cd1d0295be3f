/* check_rank - whether the first stage gives what adding every posting up gives, on a
 * real index.
 *
 * usage: check_rank INDEX QUERIES.tsv ...      (id<TAB>query a line, plain words). Each
 * query with 1, 10, 50, 100 and 200 wanted; again with its first word required, and
 * with its last forbidden. Exits with 1 if any differs. */
#include <stdio.h>

#include "base/alloc.h"
#include "support/rank_sum.h"

#include "rank_queries.h"

typedef struct checking {
    rank_queries queries;
    size_t n_checked;
    size_t n_wrong;
} checking;

static void check_limit(checking *c, const rank_query *query, const kh_match *all,
                        size_t n)
{
    const kh_rank_request *request = &query->request;
    kh_error err = { 0 };
    kh_rank_result found = { 0 };
    if (kh_rank_run(&found, c->queries.sources, c->queries.n_sources, request, &err) !=
        KH_OK) {
        printf("'%" KH_FMT "': %s\n", KH_ARG(query->text), err.message);
        c->n_wrong++;
        return;
    }
    bool is_same = found.n == rank_cut(all, n, request->limit) &&
                   (found.is_exact ? found.at_most == n : found.at_most >= n);
    for (size_t i = 0; i < found.n && is_same; i++)
        is_same = found.matches[i].document == all[i].document &&
                  found.matches[i].weight == all[i].weight;
    if (!is_same)
        printf("'%" KH_FMT "' differs, %u wanted\n", KH_ARG(query->text),
               request->limit);
    c->n_wrong += !is_same;
    c->n_checked++;
    kh_rank_release(&found);
}

static void check_request(checking *c, rank_query *query)
{
    static const uint32_t limits[] = { 1, 10, 50, 100, 200 };
    size_t n = 0;
    kh_match *all =
        rank_sum(&n, c->queries.sources, c->queries.n_sources, &query->request, false);
    for (size_t i = 0; i < KH_COUNT_OF(limits); i++) {
        query->request.limit = limits[i];
        check_limit(c, query, all, n);
    }
    kh_free(all);

    kh_rank_documents walked = { 0 };
    query->request.limit = 0;
    if (kh_rank_walk(&walked, c->queries.sources, c->queries.n_sources, &query->request,
                     NULL) != KH_OK ||
        walked.n != n) {
        printf("'%" KH_FMT "' is counted wrong\n", KH_ARG(query->text));
        c->n_wrong++;
    }
}

static void check_query(checking *c, rank_query *query)
{
    check_request(c, query);
    for (size_t g = 0; g < query->request.n_groups; g++)
        if (query->request.groups[g].n_together > 1)
            return; /* one less is another set */
    kh_rank_request plain = query->request;
    kh_rank_group groups[64];
    if (plain.n_groups < 2 || plain.n_groups > KH_COUNT_OF(groups))
        return;
    for (size_t i = 0; i < plain.n_groups; i++)
        groups[i] = plain.groups[i];
    query->request.groups = groups;
    groups[0].is_required = true;
    query->request.optional_is_free = c->n_checked % 2 == 0;
    check_request(c, query);
    groups[0].is_required = false;
    kh_rank_terms never = groups[--query->request.n_groups].any;
    query->request.nevers = &never;
    query->request.n_nevers = 1;
    check_request(c, query);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: check_rank INDEX QUERIES.tsv ...\n");
        return 2;
    }
    size_t n_wrong = 0;
    for (int i = 2; i < argc; i++) {
        checking c = { .n_wrong = 0 };
        rank_queries_open(&c.queries, argv[1], argv[i]);
        rank_query query;
        while (rank_queries_next(&query, &c.queries))
            check_query(&c, &query);
        printf("%s: %zu queries, %zu not for it, %zu answers compared, %zu wrong\n",
               argv[i], c.queries.n_read, c.queries.n_shapes, c.n_checked, c.n_wrong);
        n_wrong += c.n_wrong;
        rank_queries_close(&c.queries);
    }
    return n_wrong > 0;
}
