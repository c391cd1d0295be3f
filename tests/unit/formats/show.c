/* show - articles as short texts, so that a test is a table of inputs and outcomes. */
#include "show.h"

#include <stdlib.h>

#include "base/file.h"

static char shown[SHOW_BYTES];

static void add(kh_buf *out, const char *label, kh_str text)
{
    if (text.len == 0)
        return;

    if (out->len > 0 && out->ptr[out->len - 1] != '\n')
        kh_buf_add_char(out, ' ');
    kh_buf_printf(out, "%s", label);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            kh_buf_add(out, KH_STR("\\n"));
        else if (text.ptr[i] == '\r')
            kh_buf_add(out, KH_STR("\\r"));
        else
            kh_buf_add_char(out, text.ptr[i]);
    }
}

static void add_blocks(kh_buf *out, const kh_article *article)
{
    static const char *const labels[] = { "?:", "P:", "H:", "T:", "D:" };
    for (size_t i = 0; i < article->n_blocks; i++)
        add(out, labels[article->blocks[i].kind], article->blocks[i].text);
}

static void add_date(kh_buf *out, const char *label, const kh_date *date)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_date_format(&text, date);
    add(out, label, kh_buf_str(&text));
}

static void add_fields(kh_buf *out, const kh_article *article)
{
    if (article->has_own_id)
        add(out, "id=", article->id);
    add(out, "title=", article->title);
    add(out, "deck=", article->deck);
    for (size_t i = 0; i < article->n_authors; i++)
        add(out, "author=", article->authors[i]);
    add(out, "place=", article->place);
    add_date(out, "date=", &article->date);
    add_date(out, "updated=", &article->updated);
    add(out, "source=", article->source);
    add(out, "section=", article->section);
    add(out, "lang=", kh_article_lang(article));
    add(out, "url=", article->url);
    for (size_t i = 0; i < article->n_tags; i++)
        add(out, "tag=", article->tags[i].name);
    add(out, "raw=", article->raw_tags);
}

static void add_failure(kh_buf *out, const kh_reader *reader, const kh_error *err)
{
    kh_place place = { 0 };
    if (reader)
        place = kh_reader_place(reader);
    kh_buf_printf(out, "!%s", kh_status_name(err->status));
    if (place.record)
        kh_buf_printf(out, " %u", place.record);
    kh_buf_printf(out, ": %s", err->message);
}

static const char *show(kh_str bytes, const char *name,
                        const kh_reader_options *options,
                        void (*add_article)(kh_buf *, const kh_article *))
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_error err = { 0 };
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_status status =
        kh_reader_open_memory(&reader, bytes, name, KH_STR("input"), options, &err);
    if (status != KH_OK)
        add_failure(&out, NULL, &err);

    while (status == KH_OK) {
        kh_article *article = NULL;
        kh_status one = kh_reader_next(reader, &article, &err);
        if (one == KH_END)
            break;
        if (out.len > 0)
            kh_buf_add_char(&out, '\n');
        if (one == KH_OK)
            add_article(&out, article);
        else
            add_failure(&out, reader, &err);
    }
    snprintf(shown, sizeof(shown), "%s", kh_buf_text(&out));
    return shown;
}

const char *show_all(kh_str bytes, const char *name, const kh_reader_options *options)
{
    return show(bytes, name, options, add_blocks);
}

const char *show_fields(kh_str bytes, const char *name,
                        const kh_reader_options *options)
{
    return show(bytes, name, options, add_fields);
}

const char *show_path(const char *name)
{
    static char path[1024];
    snprintf(path, sizeof(path), "%s/tests/data/formats/%s", KH_SOURCE_DIR, name);
    return path;
}

static kh_buf fixture;

static void release_fixture(void)
{
    kh_buf_release(&fixture);
}

kh_str show_fixture(const char *name)
{
    if (!fixture.ptr) {
        kh_buf_init(&fixture, KH_BUF_MAX);
        atexit(release_fixture);
    }
    kh_buf_reset(&fixture);
    cr_assert(eq(int, (int)kh_file_read(&fixture, show_path(name), 1 << 20, NULL), 0),
              "%s", name);
    return kh_buf_str(&fixture);
}

kh_reader *show_open(const char *name)
{
    kh_error err = { 0 };
    kh_reader *reader = NULL;
    kh_status status =
        kh_reader_open(&reader, show_path(name), KH_STR("input"), NULL, &err);
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s", err.message);
    return reader;
}
