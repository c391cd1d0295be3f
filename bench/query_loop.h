/* query_loop - the queries of a file, one after the other, timed: the same for every
 * engine that is a library.
 *
 * A line of the file is OPERATION:KIND<TAB>TEXT. What is printed, a line a query and
 * round: OPERATION:KIND <TAB> round <TAB> thread CPU ns <TAB> wall ns <TAB> found.
 * Round 0 warms up and is not printed. */
#pragma once

#include <stdint.h>

#include "base/str.h"

/* What an engine is asked to do with a text. Each but the counts gives the best ten
 * articles, with what it marks or cuts out of their text. */
typedef enum kh_bench_op {
    KH_BENCH_RANK,   /* words, one is enough */
    KH_BENCH_PHRASE, /* words side by side */
    KH_BENCH_COUNT,  /* how many articles hold the phrase, exactly */
    KH_BENCH_MATCH,  /* how many articles hold one of the words */
    KH_BENCH_TAG,    /* a whole tag */
    KH_BENCH_BOOL,   /* AND, OR, NOT and brackets */
    KH_BENCH_DATE,   /* FIRST..LAST and words: days as 2025-06-05 */
    KH_BENCH_PREFIX, /* a word's beginning and a star */
    KH_BENCH_SORT,   /* words, the newest ten */
    KH_BENCH_N_OPS,
} kh_bench_op;

extern const char *const kh_bench_op_names[KH_BENCH_N_OPS];

/* Run one query; how many results or what count, -1 in trouble. */
typedef int64_t kh_bench_run(void *engine, kh_bench_op op, kh_str text);

/* Run all, `rounds` times and once before. 0, or 2 in trouble, which is said. */
int kh_bench_loop(const char *path, unsigned rounds, kh_bench_run *run, void *engine);

/* A date query cut in three; false if it is not one. */
bool kh_bench_date(kh_str text, kh_str *first, kh_str *last, kh_str *words);
