/* query_loop - the queries of a file, one after the other, timed. */
#include "query_loop.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "base/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 30)

const char *const kh_bench_op_names[KH_BENCH_N_OPS] = { "rank",  "phrase", "count",
                                                        "match", "tag",    "bool",
                                                        "date",  "prefix", "sort" };

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool find_op(kh_bench_op *out, kh_str kind)
{
    for (size_t i = 0; i < KH_BENCH_N_OPS; i++) {
        kh_str name = kh_str_from(kh_bench_op_names[i]);
        if (kh_str_starts(kind, name) && kind.len > name.len &&
            kind.ptr[name.len] == ':') {
            *out = (kh_bench_op)i;
            return true;
        }
    }
    return false;
}

static bool run_line(kh_str line, unsigned round, kh_bench_run *run, void *engine)
{
    size_t tab = kh_str_find(line, KH_STR("\t"), 0);
    kh_str kind = kh_str_slice(line, 0, tab);
    kh_bench_op op;
    if (tab == SIZE_MAX || !find_op(&op, kind)) {
        fprintf(stderr, "no OPERATION:KIND<TAB>TEXT: %" KH_FMT "\n", KH_ARG(line));
        return false;
    }
    int64_t cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
    int64_t wall = clock_ns(CLOCK_MONOTONIC);
    int64_t found = run(engine, op, kh_str_slice(line, tab + 1, line.len));
    cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu;
    wall = clock_ns(CLOCK_MONOTONIC) - wall;
    if (round > 0)
        printf("%" KH_FMT "\t%u\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n", KH_ARG(kind),
               round, cpu, wall, found);
    return found >= 0;
}

int kh_bench_loop(const char *path, unsigned rounds, kh_bench_run *run, void *engine)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, FILE_BYTES_MAX);
    kh_error err;
    if (kh_file_read(&text, path, FILE_BYTES_MAX, &err) != KH_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 2;
    }
    size_t n_failed = 0;
    for (unsigned round = 0; round <= rounds; round++) {
        kh_str rest = kh_buf_str(&text);
        kh_str line;
        while (kh_str_line(&rest, &line))
            n_failed += line.len > 0 && !run_line(line, round, run, engine);
    }
    if (n_failed > 0)
        fprintf(stderr, "%zu queries failed\n", n_failed);
    return n_failed > 0 ? 2 : 0;
}

bool kh_bench_date(kh_str text, kh_str *first, kh_str *last, kh_str *words)
{
    size_t dots = kh_str_find(text, KH_STR(".."), 0);
    size_t space = kh_str_find(text, KH_STR(" "), 0);
    if (dots == SIZE_MAX || space == SIZE_MAX || dots > space)
        return false;
    *first = kh_str_slice(text, 0, dots);
    *last = kh_str_slice(text, dots + 2, space);
    *words = kh_str_slice(text, space + 1, text.len);
    return true;
}
