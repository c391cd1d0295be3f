/* asked - questions to an index of a test, and answers as short texts. */
#include "asked.h"

#include <stdlib.h>

void asked_open(asked *a, const made_article *articles, size_t n, int n_segments)
{
    *a = (asked){ .folder = made_folder(), .arena = kh_arena_open() };
    if (n_segments == 1)
        make_index(a->folder, articles, n);
    else
        make_index_split(a->folder, articles, n, n_segments > 3);
    a->index = made_open(a->folder);
    a->options = (kh_search_options){ .dates = { 0, UINT32_MAX },
                                      .limit = UINT32_MAX,
                                      .per_article = 1,
                                      .passage_words = 120,
                                      .want_passages = true };
    kh_error err;
    kh_status status = kh_search_open(&a->search, a->index, &err);
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err.message);
}

void asked_close(asked *a)
{
    kh_search_free(a->search);
    kh_index_free(a->index);
    kh_arena_free(a->arena);
    made_remove(a->folder);
}

void ask(asked *a, const char *query)
{
    const kh_parse_options options = {
        .today = { .year = 2025, .month = 6, .day = 5, .precision = KH_DATE_DAY }
    };
    kh_arena_reset(a->arena);
    kh_parsed parsed;
    kh_error err = { 0 };
    kh_status status = kh_parse(&parsed, kh_str_from(query), &options, a->arena, &err);
    if (status == KH_OK)
        status =
            kh_search_run(&a->answer, a->search, &parsed, &a->options, a->arena, &err);
    cr_assert(eq(int, (int)status, (int)KH_OK), "'%s': %s", query, err.message);
    cr_assert(eq(int, (int)a->answer.damage, (int)KH_OK), "'%s'", query);
}

static int by_bytes(const void *a, const void *b)
{
    return kh_str_compare(*(const kh_str *)a, *(const kh_str *)b);
}

const char *asked_ids(asked *a, bool is_sorted)
{
    size_t n = a->answer.n_results;
    kh_str *ids = kh_arena_alloc(a->arena, (n + 1) * sizeof(kh_str));
    for (size_t i = 0; i < n; i++)
        ids[i] = a->answer.results[i].article.id;
    if (is_sorted && n > 1)
        qsort(ids, n, sizeof(kh_str), by_bytes);
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < n; i++)
        kh_buf_printf(&text, "%s%" KH_FMT, i > 0 ? " " : "", KH_ARG(ids[i]));
    return kh_arena_copy(a->arena, kh_str_from(kh_buf_text(&text))).ptr;
}

const char *asked_marked(asked *a, size_t i)
{
    if (i >= a->answer.n_results || !a->answer.results[i].has_passage)
        return "";
    const kh_excerpt *excerpt = &a->answer.results[i].excerpt;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    size_t at = 0;
    for (size_t k = 0; k < excerpt->n_highlights; k++) {
        kh_span span = excerpt->highlights[k];
        cr_assert(le(sz, at, span.start));
        kh_buf_add(&text, kh_str_slice(excerpt->text, at, span.start));
        kh_buf_printf(&text, "[%" KH_FMT "]",
                      KH_ARG(kh_str_slice(excerpt->text, span.start, span.end)));
        at = span.end;
    }
    kh_buf_add(&text, kh_str_slice(excerpt->text, at, excerpt->text.len));
    return kh_arena_copy(a->arena, kh_str_from(kh_buf_text(&text))).ptr;
}

const char *asked_notes(asked *a)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (size_t i = 0; i < a->answer.n_notes; i++)
        kh_buf_printf(&text, "%s%" KH_FMT, i > 0 ? "; " : "",
                      KH_ARG(a->answer.notes[i]));
    return kh_arena_copy(a->arena, kh_str_from(kh_buf_text(&text))).ptr;
}
