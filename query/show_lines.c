/* show_lines - answers as plain lines: TREC runs, files, ids, counts. */
#include "query/show.h"

#include "base/table.h"

void kh_show_raw(kh_buf *out, kh_str text, const kh_settings *settings)
{
    if (settings->terminal.is_terminal)
        kh_output_clean(out, text, true);
    else
        kh_buf_add(out, text);
}

/* White space and % as %20, %25, so that a line has six columns whatever the id. */
static void add_trec_name(kh_buf *out, kh_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool is_c1 =
            c == 0xC2 && i + 1 < name.len && (unsigned char)name.ptr[i + 1] < 0xA0;
        if (c <= ' ' || c == '%' || c == 0x7F || is_c1)
            kh_buf_printf(out, "%%%02X", c);
        else
            kh_buf_add_char(out, (char)c);
    }
}

void kh_show_trec(kh_buf *out, const kh_shown *shown)
{
    kh_str query_id = shown->query_id.ptr != NULL ? shown->query_id : KH_STR("1");
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        const kh_result *result = &shown->answer->results[i];
        add_trec_name(out, query_id);
        kh_buf_add(out, KH_STR(" Q0 "));
        add_trec_name(out, result->article.id);
        kh_buf_printf(out, " %u %.6f ", result->rank, result->score);
        add_trec_name(out, shown->settings->trec_tag);
        kh_buf_add_char(out, '\n');
    }
}

/* What stands behind a name: a path or an id may have a line end in it. */
static char name_end(const kh_settings *settings)
{
    return settings->ends_names_in_nul ? '\0' : '\n';
}

void kh_show_tags_names(kh_buf *out, const kh_shown_tags *shown)
{
    for (size_t i = 0; i < shown->n; i++) {
        kh_show_raw(out, shown->tags[i].tag.name, shown->settings);
        kh_buf_add_char(out, name_end(shown->settings));
    }
}

void kh_show_files(kh_buf *out, const kh_shown *shown)
{
    kh_table seen;
    kh_table_init(&seen);
    uint32_t limit = shown->settings->search.limit;
    for (size_t i = 0; i < shown->answer->n_results && seen.n < limit; i++) {
        kh_str path = shown->answer->results[i].article.path;
        size_t before = seen.n;
        if (path.len == 0 || kh_table_add(&seen, path, kh_table_hash(path)) < before)
            continue;
        kh_show_raw(out, path, shown->settings);
        kh_buf_add_char(out, name_end(shown->settings));
    }
    kh_table_release(&seen);
}

void kh_show_ids(kh_buf *out, const kh_shown *shown)
{
    for (size_t i = 0; i < shown->answer->n_results; i++) {
        kh_show_raw(out, shown->answer->results[i].article.id, shown->settings);
        kh_buf_add_char(out, name_end(shown->settings));
    }
}

void kh_show_count(kh_buf *out, const kh_shown *shown)
{
    if (shown->query_id.ptr != NULL) {
        kh_show_raw(out, shown->query_id, shown->settings);
        kh_buf_add_char(out, '\t');
    }
    kh_buf_printf(out, "%llu\n", (unsigned long long)shown->answer->n_articles);
}
