/* rank_queries - a file of queries as requests for the first stage. */
#include "rank_queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void must(kh_status status, const kh_error *err)
{
    if (status == KH_OK)
        return;
    fprintf(stderr, "%s\n", err->message);
    exit(2);
}

double rank_cpu_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void rank_queries_open(rank_queries *out, const char *index, const char *path)
{
    kh_error err = { 0 };
    *out = (rank_queries){ .arena = kh_arena_open(), .scratch = kh_arena_open() };
    must(kh_index_open(&out->index, index, 0, &err), &err);
    must(kh_planner_open(&out->planner, out->index, &err), &err);
    out->sources = kh_rank_sources_of(&out->n_sources, out->index, out->arena);
    out->file = fopen(path, "r");
    if (out->file == NULL)
        must(kh_fail(&err, KH_ERR_IO, "cannot open '%s'", path), &err);
}

void rank_queries_close(rank_queries *queries)
{
    fclose(queries->file);
    kh_planner_close(&queries->planner);
    kh_index_free(queries->index);
    kh_arena_free(queries->arena);
    kh_arena_free(queries->scratch);
}

static bool make(rank_query *out, rank_queries *queries)
{
    kh_error err = { 0 };
    kh_parsed parsed;
    kh_parse_options literal = { .is_literal = true };
    kh_search_options options = { .dates = { 0, UINT32_MAX } };
    kh_plan *plan = kh_arena_alloc(queries->scratch, sizeof(*plan));
    double start = rank_cpu_ms();
    must(kh_parse(&parsed, out->text, &literal, queries->scratch, &err), &err);
    must(kh_plan_make(plan, &queries->planner, &parsed, &options, queries->scratch,
                      &err),
         &err);
    if (plan->root == NULL)
        return false;
    out->root = plan->root;
    bool is_simple = kh_rank_request_of(&out->request, plan->root, queries->scratch);
    queries->n_shapes += !is_simple;
    out->plan_ms = rank_cpu_ms() - start;
    out->request.k1 = KH_BM25_K1;
    out->request.b = KH_BM25_B;
    out->request.min_normalised_length = KH_BM25_MIN_LENGTH;
    return is_simple;
}

bool rank_queries_next(rank_query *out, rank_queries *queries)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    bool is_found = false;
    while (!is_found && (n = getline(&line, &capacity, queries->file)) > 0) {
        kh_arena_reset(queries->scratch);
        char *tab = memchr(line, '\t', (size_t)n);
        kh_str text = kh_str_make(line, (size_t)n);
        if (tab != NULL)
            text = kh_str_slice(text, (size_t)(tab - line) + 1, (size_t)n);
        *out =
            (rank_query){ .text = kh_arena_copy(queries->scratch, kh_str_trim(text)) };
        queries->n_read++;
        is_found = make(out, queries);
    }
    free(line);
    return is_found;
}
