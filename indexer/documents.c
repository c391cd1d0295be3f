/* documents - the articles that stay, numbered: what the merge and the records go by.
 */
#include <stdlib.h>

#include "article/fields.h"
#include "base/alloc.h"
#include "indexer/resolve_entries.h"
#include "runs/inversion.h"
#include "text/language.h"

uint64_t kh_resolve_n(const kh_resolve *resolve)
{
    return resolve->n;
}

bool kh_resolve_is_glued(const kh_resolve *resolve, uint64_t number, kh_str *lang)
{
    const kh_resolve_entry *e = &resolve->entries[number];
    *lang = resolve->langs.texts[e->lang];
    return !e->is_dead && e->glue != KH_NO_GLUE;
}

void kh_resolve_lengthen(kh_resolve *resolve, uint64_t number, uint32_t length)
{
    resolve->entries[number].length += length;
}

static int by_code(const void *a, const void *b)
{
    return kh_str_compare(*(const kh_str *)a, *(const kh_str *)b);
}

static void list_languages(kh_resolve *resolve, const bool *is_used, kh_documents *out)
{
    size_t n_rows;
    const kh_language *rows = kh_language_table(&n_rows);
    resolve->languages = kh_alloc((n_rows + 1) * sizeof(kh_str));
    for (size_t i = 0; i < n_rows; i++) {
        bool occurs = false;
        for (size_t k = 0; k < resolve->langs.n; k++)
            occurs |=
                is_used[k] && kh_language_find(resolve->langs.texts[k]) == &rows[i];
        if (occurs && rows[i].stemmer != NULL)
            resolve->languages[out->n_languages++] = kh_str_from(rows[i].code);
    }
    if (out->n_languages > 1)
        qsort(resolve->languages, out->n_languages, sizeof(kh_str), by_code);
    out->languages = resolve->languages;
}

kh_status kh_resolve_number(kh_resolve *resolve, kh_documents *out, kh_error *err)
{
    *out = (kh_documents){ 0 };
    if (resolve->n_stamps >= UINT32_MAX - 1)
        return kh_fail(err, KH_ERR_LIMIT, "too many articles in a segment");
    resolve->documents = kh_alloc((resolve->n + 1) * sizeof(uint32_t));
    resolve->lengths = kh_alloc((resolve->n_stamps + 1) * sizeof(uint32_t));
    resolve->dates = kh_alloc((resolve->n_stamps + 1) * sizeof(uint32_t));
    bool *is_used = kh_alloc(resolve->langs.n + 1);
    for (size_t i = 0; i < resolve->n; i++) {
        const kh_resolve_entry *e = &resolve->entries[i];
        if (e->is_dead)
            continue;
        resolve->lengths[out->n] = e->length;
        resolve->dates[out->n] = e->date;
        resolve->documents[i] = ++out->n;
        out->text_bytes += e->stored_bytes;
        is_used[e->lang] = true;
    }
    list_languages(resolve, is_used, out);
    kh_free(is_used);
    out->map = (kh_article_map){ resolve->documents, resolve->n };
    out->lengths = resolve->lengths;
    out->dates = resolve->dates;
    return KH_OK;
}

kh_status kh_resolve_write_ids(const kh_resolve *resolve, const char *path,
                               kh_error *err)
{
    kh_run_writer *writer = NULL;
    kh_status status = kh_run_writer_open(&writer, path, err);
    if (status != KH_OK)
        return status;
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    for (size_t i = 0; i < resolve->n_stamps; i++) {
        const kh_stamp *stamp = &resolve->stamps[i];
        if (i == 0 || stamp->key != resolve->stamps[i - 1].key) {
            char text[KH_KEY_CHARS + 1];
            kh_article_key_text(text, stamp->key);
            kh_buf_reset(&term);
            kh_field_term(&term, KH_FIELD_ID, kh_str_from(text));
            kh_run_writer_term(writer, kh_buf_str(&term));
        }
        kh_run_writer_add(writer, stamp->number, 0);
    }
    return kh_run_writer_close(writer, err);
}
