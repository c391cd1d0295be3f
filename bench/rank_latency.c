/* rank_latency - how long the first stage takes: MaxScore, and the engine's matcher.
 *
 * usage: rank_latency INDEX QUERIES.tsv [WANTED [COPIES [WAY]]]      (id<TAB>query a
 * line, plain words; WANTED 50; COPIES 1: the index opened so many times as one, for a
 * larger archive of the same articles; WAY: the number of one way, for a profile).
 * Prints percentiles of thread CPU, ms: of each query the best of three. Without
 * bounds: as if the index had no file of them. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"

#include "rank_queries.h"

enum { MATCHER, WITHOUT_BOUNDS, MAXSCORE, COUNT, PLAN, N_WAYS };
static const char *const names[N_WAYS] = { "matcher", "without bounds", "maxscore",
                                           "count all", "parse and plan" };

typedef struct timing {
    rank_queries queries;
    kh_rank_source *sources; /* owned; copies of all */
    size_t n_sources;
    kh_database *combined; /* owned */
    uint32_t wanted;
    double *ms[N_WAYS];
    size_t n[N_WAYS];
    size_t capacity[N_WAYS];
    uint64_t n_postings;
    uint64_t n_looked_at; /* of one maxscore run a query */
    double sum_ms;
    uint64_t n_matched;
} timing;

static void must(kh_status status, const kh_error *err)
{
    if (status == KH_OK)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(2);
}

/* The index so many times: the postings of each segment opened as often. */
static void open_copies(timing *t, size_t copies)
{
    kh_error err = { 0 };
    size_t n = t->queries.n_sources * copies;
    t->n_sources = n;
    t->sources = kh_alloc(n * sizeof(*t->sources));
    const char **paths = kh_alloc(n * sizeof(*paths));
    for (size_t i = 0; i < n; i++) {
        size_t segment = i % t->queries.n_sources;
        kh_str name = kh_index_manifest(t->queries.index)->segments[segment];
        paths[i] = kh_arena_printf(t->queries.arena, "%s/segments/%" KH_FMT "/postings",
                                   kh_index_folder(t->queries.index), KH_ARG(name))
                       .ptr;
        t->sources[i] = t->queries.sources[segment];
        must(kh_database_open(&t->sources[i].database, &paths[i], 1, &err), &err);
    }
    must(kh_database_open(&t->combined, paths, n, &err), &err);
    kh_free(paths);
}

static void run_matcher(timing *t, const rank_query *query)
{
    kh_error err = { 0 };
    kh_matches found = { 0 };
    kh_match_options options = { .limit = t->wanted,
                                 .k1 = KH_BM25_K1,
                                 .b = KH_BM25_B,
                                 .min_normalised_length = KH_BM25_MIN_LENGTH };
    KH_AUTO(kh_query_free) kh_query *engine = kh_plan_query(t->combined, query->root);
    must(kh_match_run(&found, t->combined, engine, &options, &err), &err);
    t->n_matched += found.n;
    kh_matches_release(&found);
}

static void run_rank(timing *t, const rank_query *query)
{
    kh_error err = { 0 };
    kh_rank_result found = { 0 };
    must(kh_rank_run(&found, t->sources, t->n_sources, &query->request, &err), &err);
    t->n_postings += found.n_postings;
    t->n_matched += found.n;
    kh_rank_release(&found);
}

static void run_count(timing *t, const rank_query *query)
{
    kh_error err = { 0 };
    kh_rank_documents found = { 0 };
    kh_rank_request request = query->request;
    request.limit = 0;
    must(kh_rank_walk(&found, t->sources, t->n_sources, &request, &err), &err);
    t->n_matched += found.n;
}

static void run_way(timing *t, int way, const rank_query *query)
{
    kh_rank_find_bounds *find = t->sources[0].find_bounds;
    for (size_t i = 0; i < t->n_sources && way == WITHOUT_BOUNDS; i++)
        t->sources[i].find_bounds = NULL;
    double best = 1e9;
    uint64_t before = t->n_postings;
    for (int i = 0; i < 3; i++) {
        double start = rank_cpu_ms();
        if (way == MATCHER)
            run_matcher(t, query);
        else if (way == COUNT)
            run_count(t, query);
        else
            run_rank(t, query);
        double ms = rank_cpu_ms() - start;
        best = ms < best ? ms : best;
    }
    for (size_t i = 0; i < t->n_sources; i++)
        t->sources[i].find_bounds = find;
    KH_PUSH(t->ms[way], t->n[way], t->capacity[way]) = best;
    if (way == MAXSCORE) {
        t->n_looked_at += (t->n_postings - before) / 3;
        t->sum_ms += best;
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print(const timing *t)
{
    for (int way = 0; way < N_WAYS; way++) {
        size_t n = t->n[way];
        if (n == 0)
            continue;
        double *ms = t->ms[way];
        qsort(ms, n, sizeof(*ms), by_value);
        printf("%-15s p50 %6.2f  p90 %6.2f  p99 %6.2f  max %6.2f  (%zu queries)\n",
               names[way], ms[n / 2], ms[n * 9 / 10], ms[n * 99 / 100], ms[n - 1], n);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr,
                "usage: rank_latency INDEX QUERIES.tsv [WANTED [COPIES [WAY]]]\n");
        return 2;
    }
    timing t = { .wanted = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 50 };
    rank_queries_open(&t.queries, argv[1], argv[2]);
    open_copies(&t, argc > 4 ? strtoul(argv[4], NULL, 10) : 1);
    rank_query query;
    while (rank_queries_next(&query, &t.queries)) {
        query.request.limit = t.wanted;
        for (int way = 0; way < PLAN; way++) {
            if (argc < 6 || atoi(argv[5]) == way)
                run_way(&t, way, &query);
        }
        KH_PUSH(t.ms[PLAN], t.n[PLAN], t.capacity[PLAN]) = query.plan_ms;
    }
    print(&t);
    if (t.n[MAXSCORE] > 0)
        printf("maxscore: %.0f postings looked at a query, %.0f ns each\n",
               (double)t.n_looked_at / (double)t.n[MAXSCORE],
               t.sum_ms * 1e6 / (double)t.n_looked_at);
    for (size_t i = 0; i < t.n_sources; i++)
        kh_database_free(t.sources[i].database);
    for (int way = 0; way < N_WAYS; way++)
        kh_free(t.ms[way]);
    kh_free(t.sources);
    kh_database_free(t.combined);
    rank_queries_close(&t.queries);
    return 0;
}
