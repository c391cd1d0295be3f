/* query_latency - how long queries take inside one process, answer printed and thrown
 * away.
 *
 * usage: query_latency INDEX QUERIES.tsv [-F] [-v] [-p]      (id<TAB>query a line; -F
 * literal; -v a line a query; -p each query as a phrase). Prints the percentiles of
 * thread CPU time and wall time, ms. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "query/run.h"

typedef struct times {
    double *cpu;
    double *wall;
    size_t n;
    size_t capacity;
    size_t wall_capacity;
} times;

static double clock_ms(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print_row(const char *name, double *ms, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += ms[i];
    qsort(ms, n, sizeof(double), by_value);
    printf("%s ms: p50 %.2f  p90 %.2f  p99 %.2f  max %.2f  mean %.2f  (%zu queries)\n",
           name, ms[n / 2], ms[n * 9 / 10], ms[n * 99 / 100], ms[n - 1],
           sum / (double)n, n);
}

static void run_one(kh_session *session, kh_str line, times *t, bool is_verbose,
                    bool is_phrase)
{
    const char *tab = memchr(line.ptr, '\t', line.len);
    kh_str text =
        tab != NULL ? kh_str_slice(line, (size_t)(tab - line.ptr) + 1, line.len) : line;
    kh_error err = { 0 };
    bool is_found = false;
    double cpu = clock_ms(CLOCK_THREAD_CPUTIME_ID);
    double wall = clock_ms(CLOCK_MONOTONIC);
    kh_arena_reset(session->arena);
    if (is_phrase)
        text = kh_arena_printf(session->arena, "\"%" KH_FMT "\"", KH_ARG(text));
    if (kh_session_query(session, text, KH_STR("q"), &is_found, &err) != KH_OK)
        fprintf(stderr, "%s\n", err.message);
    cpu = clock_ms(CLOCK_THREAD_CPUTIME_ID) - cpu;
    wall = clock_ms(CLOCK_MONOTONIC) - wall;
    kh_buf_reset(&session->out);
    KH_PUSH(t->cpu, t->n, t->capacity) = cpu;
    t->n--;
    KH_PUSH(t->wall, t->n, t->wall_capacity) = wall;
    if (is_verbose)
        printf("%8.2f %8.2f  %.*s\n", cpu, wall, (int)line.len, line.ptr);
}

int main(int argc, char **argv)
{
    bool is_literal = false;
    bool is_verbose = false;
    bool is_phrase = false;
    for (int i = 3; i < argc; i++) {
        is_literal |= strcmp(argv[i], "-F") == 0;
        is_verbose |= strcmp(argv[i], "-v") == 0;
        is_phrase |= strcmp(argv[i], "-p") == 0;
    }
    if (argc < 3) {
        fprintf(stderr, "usage: query_latency INDEX QUERIES.tsv [-F] [-v] [-p]\n");
        return 2;
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_settings settings;
    char *arguments[] = {
        argv[0],   "--json", "--index", argv[1], is_literal ? "-F" : "-i",
        "--batch", argv[2],  NULL
    };
    kh_error err = { 0 };
    kh_session session = { .settings = &settings, .arena = kh_arena_open() };
    kh_buf_init(&session.out, KH_BUF_MAX);
    if (kh_settings_read(&settings, 7, arguments, arena, &err) != KH_OK ||
        kh_index_open(&session.index, settings.folder, 0, &err) != KH_OK ||
        kh_search_open(&session.search, session.index, &err) != KH_OK)
        return kh_session_error(&err);
    FILE *file = fopen(argv[2], "r");
    if (file == NULL)
        return 2;
    times t = { 0 };
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n = 0;
    while ((n = getline(&line, &capacity, file)) > 0)
        run_one(&session, kh_str_trim(kh_str_make(line, (size_t)n)), &t, is_verbose,
                is_phrase);
    if (t.n > 0) {
        print_row("cpu ", t.cpu, t.n);
        print_row("wall", t.wall, t.n);
    }
    free(line);
    (void)fclose(file);
    kh_free(t.cpu);
    kh_free(t.wall);
    kh_search_free(session.search);
    kh_index_free(session.index);
    kh_arena_free(session.arena);
    kh_buf_release(&session.out);
    return 0;
}
