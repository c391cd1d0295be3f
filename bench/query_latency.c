/* query_latency - how long queries take inside one process of khabar, as --batch has
 * it: read, searched, their answer written as JSON (and thrown away).
 *
 *   query_latency INDEX QUERIES [ROUNDS]
 *
 * The form of QUERIES and of what is printed: query_loop.h. */
#include <stdio.h>
#include <stdlib.h>

#include "query/run.h"
#include "query_loop.h"

#define N_ARGUMENTS 8

typedef struct engine {
    kh_session session;
    kh_settings settings[KH_BENCH_N_OPS];
    kh_buf text;
} engine;

/* What one would type for each operation. */
static const char *const options_of[KH_BENCH_N_OPS][N_ARGUMENTS] = {
    [KH_BENCH_RANK] = { "--json", "-F" },
    [KH_BENCH_PHRASE] = { "--json" },
    [KH_BENCH_COUNT] = { "-c" },
    [KH_BENCH_MATCH] = { "-c", "-F" },
    [KH_BENCH_TAG] = { "--json" },
    [KH_BENCH_BOOL] = { "--json" },
    [KH_BENCH_DATE] = { "--json" },
    [KH_BENCH_PREFIX] = { "--json" },
    [KH_BENCH_SORT] = { "--json", "-F", "--sort", "date" },
};

static kh_status read_settings(engine *e, const char *folder, kh_arena *arena,
                               kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < KH_BENCH_N_OPS && status == KH_OK; i++) {
        const char *arguments[N_ARGUMENTS + 5] = { "query_latency", "--index", folder,
                                                   "--batch", "-" };
        int n = 5;
        for (size_t j = 0; options_of[i][j] != NULL; j++)
            arguments[n++] = options_of[i][j];
        status =
            kh_settings_read(&e->settings[i], n, (char *const *)arguments, arena, err);
    }
    return status;
}

static kh_str text_of(engine *e, kh_bench_op op, kh_str text)
{
    kh_buf_reset(&e->text);
    if (op == KH_BENCH_PHRASE || op == KH_BENCH_COUNT)
        kh_buf_printf(&e->text, "\"%" KH_FMT "\"", KH_ARG(text));
    else if (op == KH_BENCH_TAG)
        kh_buf_printf(&e->text, "tag:\"%" KH_FMT "\"", KH_ARG(text));
    else
        kh_buf_printf(&e->text, "%s%" KH_FMT, op == KH_BENCH_DATE ? "date:" : "",
                      KH_ARG(text));
    return kh_buf_str(&e->text);
}

static size_t count_lines(kh_str text)
{
    size_t n = 0;
    kh_str line;
    while (kh_str_line(&text, &line))
        n++;
    return n;
}

/* The number behind "q<TAB>". */
static int64_t read_count(kh_str out)
{
    unsigned long long n = 0;
    kh_str number = kh_str_slice(kh_str_trim(out), 2, out.len);
    return kh_str_number(number, INT64_MAX, &n) ? (int64_t)n : -1;
}

static int64_t run(void *pointer, kh_bench_op op, kh_str text)
{
    engine *e = pointer;
    kh_session *session = &e->session;
    session->settings = &e->settings[op];
    kh_arena_reset(session->arena);
    kh_buf_reset(&session->out);
    kh_error err = { 0 };
    bool is_found = false;
    if (kh_session_query(session, text_of(e, op, text), KH_STR("q"), &is_found, &err) !=
        KH_OK) {
        fprintf(stderr, "query_latency: %s\n", err.message);
        return -1;
    }
    kh_str out = kh_buf_str(&session->out);
    bool is_count = op == KH_BENCH_COUNT || op == KH_BENCH_MATCH;
    return is_count ? read_count(out) : (int64_t)count_lines(out);
}

static int measure(engine *e, char **argv, kh_arena *arena, unsigned rounds)
{
    kh_session *session = &e->session;
    kh_error err = { 0 };
    if (read_settings(e, argv[1], arena, &err) != KH_OK ||
        kh_index_open(&session->index, argv[1], 0, &err) != KH_OK ||
        kh_search_open(&session->search, session->index, &err) != KH_OK)
        return kh_session_error(session, &err);
    return kh_bench_loop(argv[2], rounds, run, e);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: query_latency INDEX QUERIES [ROUNDS]\n");
        return 2;
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    engine e = { .session = { .arena = kh_arena_open() } };
    kh_buf_init(&e.session.out, KH_BUF_MAX);
    kh_buf_init(&e.text, KH_BUF_MAX);
    int code = measure(&e, argv, arena, argc > 3 ? (unsigned)atoi(argv[3]) : 3);
    kh_search_free(e.session.search);
    kh_index_free(e.session.index);
    kh_arena_free(e.session.arena);
    kh_buf_release(&e.session.out);
    kh_buf_release(&e.text);
    return code;
}
