/* peer_fts5 - the same articles and queries through SQLite's FTS5.
 *
 *   peer_fts5 build FILE.db < ARTICLES.jsonl
 *   peer_fts5 query FILE.db QUERIES [ROUNDS]
 *
 * Words are cut and stemmed by "porter unicode61"; ranked by its bm25; ten results with
 * a snippet() of 64 tokens, the most it gives. Built in one transaction without a
 * journal and optimised, so that it is one segment as the others are. Text is stored.
 * Dates stand in a table of their own, for a column of FTS5 has no order. The form of
 * QUERIES and of what is printed: query_loop.h. */
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "query_loop.h"

#define TEN      "SELECT id, title, snippet(news, 1, '[', ']', '...', 64) FROM news "
#define BY_RANK  " ORDER BY rank LIMIT 10"
#define MATCHING "WHERE news MATCH ?1 "
#define DATED    "CROSS JOIN days ON days.article = news.rowid "

static const char *const statements[KH_BENCH_N_OPS] = {
    [KH_BENCH_RANK] = TEN MATCHING BY_RANK,
    [KH_BENCH_PHRASE] = TEN MATCHING BY_RANK,
    [KH_BENCH_COUNT] = "SELECT count(*) FROM news " MATCHING,
    [KH_BENCH_MATCH] = "SELECT count(*) FROM news " MATCHING,
    [KH_BENCH_TAG] = TEN MATCHING BY_RANK,
    [KH_BENCH_BOOL] = TEN MATCHING BY_RANK,
    [KH_BENCH_DATE] = TEN DATED MATCHING "AND day BETWEEN ?2 AND ?3" BY_RANK,
    [KH_BENCH_PREFIX] = TEN MATCHING BY_RANK,
    /* the ten first, their snippets then: else every match is cut into one */
    [KH_BENCH_SORT] =
        TEN MATCHING "AND rowid IN (SELECT news.rowid FROM news " DATED MATCHING
                     "ORDER BY day DESC LIMIT 10)",
};

typedef struct engine {
    sqlite3 *db;
    sqlite3_stmt *statements[KH_BENCH_N_OPS];
    kh_buf text;
} engine;

static int trouble(sqlite3 *db)
{
    fprintf(stderr, "peer_fts5: %s\n", sqlite3_errmsg(db));
    return 2;
}

static bool run_sql(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* ---- build ---- */

static void bind_field(sqlite3_stmt *insert, int at, const json_t *article,
                       const char *name)
{
    const json_t *field = json_object_get(article, name);
    if (json_is_string(field))
        (void)sqlite3_bind_text(insert, at, json_string_value(field),
                                (int)json_string_length(field), SQLITE_TRANSIENT);
    else
        (void)sqlite3_bind_text(insert, at, "", 0, SQLITE_STATIC);
}

/* A tag is told from the next by a word that no text has, so that a phrase of the whole
 * tag and its two neighbours is the tag and no part of one. */
static void bind_tags(sqlite3_stmt *insert, int at, const json_t *article)
{
    KH_AUTO_BUF tags;
    kh_buf_init(&tags, KH_BUF_MAX);
    kh_buf_add(&tags, KH_STR("xtagx"));
    size_t i;
    json_t *tag;
    json_array_foreach(json_object_get(article, "tags"), i,
                       tag) if (json_is_string(tag))
        kh_buf_printf(&tags, " %s xtagx", json_string_value(tag));
    (void)sqlite3_bind_text(insert, at, kh_buf_text(&tags), (int)tags.len,
                            SQLITE_TRANSIENT);
}

static bool add_article(sqlite3 *db, sqlite3_stmt *insert, sqlite3_stmt *insert_day,
                        const char *line)
{
    json_t *article = json_loads(line, 0, NULL);
    if (article == NULL)
        return true; /* as the others: a bad line costs itself */
    bind_field(insert, 1, article, "title");
    bind_field(insert, 2, article, "body");
    bind_tags(insert, 3, article);
    bind_field(insert, 4, article, "id");
    bool is_well = sqlite3_step(insert) == SQLITE_DONE;
    const char *date = json_string_value(json_object_get(article, "date"));
    (void)sqlite3_bind_int64(insert_day, 1, sqlite3_last_insert_rowid(db));
    (void)sqlite3_bind_text(insert_day, 2, date != NULL ? date : "",
                            date != NULL && strlen(date) > 10 ? 10 : -1,
                            SQLITE_TRANSIENT);
    is_well = is_well && sqlite3_step(insert_day) == SQLITE_DONE;
    (void)sqlite3_reset(insert);
    (void)sqlite3_reset(insert_day);
    json_decref(article);
    return is_well;
}

static bool add_all(sqlite3 *db)
{
    sqlite3_stmt *insert = NULL;
    sqlite3_stmt *insert_day = NULL;
    bool is_well = sqlite3_prepare_v2(db, "INSERT INTO news VALUES (?1, ?2, ?3, ?4)",
                                      -1, &insert, NULL) == SQLITE_OK &&
                   sqlite3_prepare_v2(db, "INSERT INTO days VALUES (?1, ?2)", -1,
                                      &insert_day, NULL) == SQLITE_OK;
    char *line = NULL;
    size_t capacity = 0;
    while (is_well && getline(&line, &capacity, stdin) > 0)
        is_well = add_article(db, insert, insert_day, line);
    free(line);
    (void)sqlite3_finalize(insert);
    (void)sqlite3_finalize(insert_day);
    return is_well;
}

static int build(sqlite3 *db)
{
    bool is_well =
        run_sql(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                    "PRAGMA cache_size=-262144;"
                    "CREATE VIRTUAL TABLE news USING fts5(title, body, tags, "
                    "id UNINDEXED, tokenize='porter unicode61');"
                    "CREATE TABLE days(article INTEGER PRIMARY KEY, day TEXT);"
                    "BEGIN") &&
        add_all(db) && run_sql(db, "COMMIT") &&
        run_sql(db, "INSERT INTO news(news) VALUES ('optimize')");
    return is_well ? 0 : trouble(db);
}

/* ---- query ---- */

/* Words in quotes with OR between: what they hold is never an operator then. */
static void add_words(kh_buf *out, kh_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ')
            end++;
        if (end > at)
            kh_buf_printf(out, "%s\"%" KH_FMT "\"", out->len > 0 ? " OR " : "",
                          KH_ARG(kh_str_slice(text, at, end)));
        at = end + 1;
    }
}

static kh_str without_quotes(kh_buf *out, kh_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '"')
            kh_buf_add_char(out, text.ptr[i]);
    return kh_buf_str(out);
}

static void write_query(kh_buf *out, kh_bench_op op, kh_str text)
{
    KH_AUTO_BUF bare;
    kh_buf_init(&bare, KH_BUF_MAX);
    kh_buf_reset(out);
    kh_str plain = without_quotes(&bare, text);
    switch (op) {
    case KH_BENCH_PHRASE:
    case KH_BENCH_COUNT:
        kh_buf_printf(out, "\"%" KH_FMT "\"", KH_ARG(plain));
        break;
    case KH_BENCH_TAG:
        kh_buf_printf(out, "tags : \"xtagx %" KH_FMT " xtagx\"", KH_ARG(plain));
        break;
    case KH_BENCH_BOOL:
    case KH_BENCH_PREFIX:
        kh_buf_add(out, text);
        break;
    default:
        add_words(out, plain);
    }
}

static int64_t run(void *pointer, kh_bench_op op, kh_str text)
{
    engine *e = pointer;
    sqlite3_stmt *statement = e->statements[op];
    kh_str first;
    kh_str last;
    if (op == KH_BENCH_DATE) {
        if (!kh_bench_date(text, &first, &last, &text))
            return -1;
        (void)sqlite3_bind_text(statement, 2, first.ptr, (int)first.len, SQLITE_STATIC);
        (void)sqlite3_bind_text(statement, 3, last.ptr, (int)last.len, SQLITE_STATIC);
    }
    write_query(&e->text, op, text);
    (void)sqlite3_bind_text(statement, 1, kh_buf_text(&e->text), (int)e->text.len,
                            SQLITE_STATIC);
    bool is_count = op == KH_BENCH_COUNT || op == KH_BENCH_MATCH;
    int64_t found = 0;
    int state;
    while ((state = sqlite3_step(statement)) == SQLITE_ROW)
        found = is_count ? sqlite3_column_int64(statement, 0) : found + 1;
    if (state != SQLITE_DONE) {
        fprintf(stderr, "peer_fts5: %s: %s\n", sqlite3_errmsg(e->db),
                kh_buf_text(&e->text));
        found = -1;
    }
    (void)sqlite3_reset(statement);
    return found;
}

static int query(sqlite3 *db, const char *path, unsigned rounds)
{
    engine e = { .db = db };
    kh_buf_init(&e.text, KH_BUF_MAX);
    int code =
        run_sql(db, "PRAGMA mmap_size=17179869184; PRAGMA cache_size=-262144") ? 0 : 2;
    for (size_t i = 0; i < KH_BENCH_N_OPS && code == 0; i++)
        if (sqlite3_prepare_v2(db, statements[i], -1, &e.statements[i], NULL) !=
            SQLITE_OK)
            code = trouble(db);
    if (code == 0)
        code = kh_bench_loop(path, rounds, run, &e);
    for (size_t i = 0; i < KH_BENCH_N_OPS; i++)
        (void)sqlite3_finalize(e.statements[i]);
    kh_buf_release(&e.text);
    return code;
}

int main(int argc, char **argv)
{
    bool is_build = argc == 3 && strcmp(argv[1], "build") == 0;
    bool is_query = argc >= 4 && strcmp(argv[1], "query") == 0;
    if (argc == 2 && strcmp(argv[1], "version") == 0) {
        puts(sqlite3_libversion());
        return 0;
    }
    if (!is_build && !is_query) {
        fprintf(stderr, "usage: peer_fts5 build FILE.db < ARTICLES.jsonl\n"
                        "       peer_fts5 query FILE.db QUERIES [ROUNDS]\n"
                        "       peer_fts5 version\n");
        return 2;
    }
    if (is_build)
        (void)remove(argv[2]);
    sqlite3 *db = NULL;
    int code = sqlite3_open(argv[2], &db) == SQLITE_OK ? 0 : trouble(db);
    if (code == 0 && is_build)
        code = build(db);
    if (code == 0 && is_query)
        code = query(db, argv[3], argc > 4 ? (unsigned)atoi(argv[4]) : 3);
    (void)sqlite3_close(db);
    return code;
}
