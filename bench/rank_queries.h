/* rank_queries - a file of queries as requests for the first stage, for the benches of
 * it. */
#pragma once

#include <stdio.h>

#include "query/rank.h"

typedef struct rank_queries {
    kh_index *index;
    kh_planner planner;
    kh_rank_source *sources;
    size_t n_sources;
    FILE *file;
    kh_arena *arena;   /* of the index */
    kh_arena *scratch; /* of one query */
    size_t n_read;
    size_t n_shapes; /* of them not for rank.h: the matcher takes them */
} rank_queries;

typedef struct rank_query {
    kh_str text;
    const kh_plan_node *root;
    kh_rank_request request; /* limit not set */
    double plan_ms;          /* thread CPU from text to request */
} rank_query;

/* Open an index and a file of `id<TAB>query` lines, queries being plain words; ends the
 * program if that fails. */
void rank_queries_open(rank_queries *out, const char *index, const char *path);
void rank_queries_close(rank_queries *queries);

/* The next one that is for rank.h, until the one after it; false behind the last. */
bool rank_queries_next(rank_query *out, rank_queries *queries);

double rank_cpu_ms(void); /* of this thread */
