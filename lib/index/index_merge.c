/* index_merge - what several segments say, as one: spellings, tags, documents of a
 * key. */
#include <stdlib.h>

#include "article/fields.h"
#include "index_private.h"
#include "spellings.h"
#include "tag_table.h"

kh_status kh_index_spellings(kh_spelling **out, size_t *n, kh_index *index, kh_str form,
                             kh_arena *arena, kh_error *err)
{
    kh_spellings all = { 0 };
    for (size_t i = 0; i < index->n_segments; i++) {
        kh_spelling *found = NULL;
        size_t n_found = 0;
        kh_database *database = kh_segment_database(index->segments[i]);
        kh_status status =
            kh_vocabulary_find(&found, &n_found, database, form, arena, err);
        if (status != KH_OK)
            return status;
        for (size_t k = 0; k < n_found; k++)
            kh_spellings_add(&all, &found[k], arena);
    }
    kh_spellings_merge(&all);
    *out = all.items;
    *n = all.n;
    return KH_OK;
}

/* NOLINTNEXTLINE(readability-function-size): its contract has so many parameters */
kh_status kh_index_prefix(kh_spelling **out, size_t *n, size_t *n_forms,
                          kh_index *index, kh_str prefix, size_t max, kh_arena *arena,
                          kh_error *err)
{
    kh_spellings all = { 0 };
    for (size_t i = 0; i < index->n_segments; i++) {
        kh_status status = kh_vocabulary_all(
            &all, kh_segment_database(index->segments[i]), prefix, arena, err);
        if (status != KH_OK)
            return status;
    }
    if (index->n_segments > 1)
        kh_spellings_merge(&all);
    *n_forms = kh_spellings_keep(&all, max);
    *out = all.items;
    *n = all.n;
    return KH_OK;
}

static void widen(kh_tag_entry *tag, uint32_t first, uint32_t last)
{
    if (first != 0 && (tag->first == 0 || first < tag->first))
        tag->first = first;
    if (last > tag->last)
        tag->last = last;
}

/* Count a tag of one segment again, without its dead articles. */
static kh_status recount(kh_tag_entry *tag, kh_index *index, size_t i, kh_error *err)
{
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_field_term(&term, KH_FIELD_TAG, tag->normal);
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_segment *segment = index->segments[i];
    kh_status status = kh_posting_cursor_open(&cursor, kh_segment_database(segment),
                                              kh_buf_str(&term), err);
    tag->n_articles = tag->first = tag->last = 0;
    while (status == KH_OK) {
        uint32_t document;
        status = kh_posting_cursor_next(cursor, &document, NULL, err);
        if (status != KH_OK || kh_dead_bits_has(&index->dead[i], document))
            continue;
        tag->n_articles++;
        uint32_t date = kh_record_head_of(kh_segment_records(segment), document).date;
        widen(tag, date, date);
    }
    return status == KH_END ? KH_OK : status;
}

/* A tag with the number of articles that its name stands for, to choose a name. */
static int compare_tags(const void *a, const void *b)
{
    const kh_tag_entry *left = a;
    const kh_tag_entry *right = b;
    int order = kh_str_compare(left->normal, right->normal);
    if (order == 0 && left->n_articles != right->n_articles)
        order = left->n_articles > right->n_articles ? -1 : 1;
    return order != 0 ? order : kh_str_compare(left->name, right->name);
}

/* One entry a tag, under the name it has where most articles have it. */
static void merge_tags(kh_tag_list *list)
{
    if (list->n > 1)
        qsort(list->items, list->n, sizeof(list->items[0]), compare_tags);
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        kh_tag_entry *tag = &list->items[i];
        if (tag->n_articles == 0)
            continue;
        kh_tag_entry *last = kept > 0 ? &list->items[kept - 1] : NULL;
        if (last && kh_str_equal(last->normal, tag->normal)) {
            last->n_articles += tag->n_articles;
            widen(last, tag->first, tag->last);
        } else {
            list->items[kept++] = *tag;
        }
    }
    list->n = kept;
}

kh_status kh_index_tags(kh_tag_entry **out, size_t *n, kh_index *index, kh_str prefix,
                        kh_arena *arena, kh_error *err)
{
    kh_tag_list all = { 0 };
    for (size_t i = 0; i < index->n_segments; i++) {
        size_t first = all.n;
        kh_database *database = kh_segment_database(index->segments[i]);
        kh_status status = kh_tag_table_read(&all, database, prefix, arena, err);
        for (size_t k = first; k < all.n && status == KH_OK; k++)
            if (index->dead[i].n_dead > 0)
                status = recount(&all.items[k], index, i, err);
        if (status != KH_OK)
            return status;
    }
    if (index->n_segments > 1 || index->has_dead)
        merge_tags(&all);
    *out = all.items;
    *n = all.n;
    return KH_OK;
}

/* Add the live documents of a term. */
static kh_status add_documents(uint32_t *out, size_t *n, size_t max, kh_index *index,
                               kh_str term, kh_error *err)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    kh_status status =
        kh_posting_cursor_open(&cursor, kh_index_database(index), term, err);
    while (status == KH_OK && *n < max) {
        uint32_t document;
        status = kh_posting_cursor_next(cursor, &document, NULL, err);
        if (status == KH_OK && !kh_index_is_dead(index, document))
            out[(*n)++] = document;
    }
    return status == KH_END ? KH_OK : status;
}

kh_status kh_index_find(uint32_t *out, size_t *n, size_t max, kh_index *index,
                        kh_str key_letters, kh_error *err)
{
    *n = 0;
    if (!kh_index_database(index) || key_letters.len == 0)
        return KH_OK;
    KH_AUTO_BUF prefix;
    kh_buf_init(&prefix, KH_BUF_MAX);
    kh_field_term(&prefix, KH_FIELD_ID, key_letters);
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *terms = NULL;
    kh_status status = kh_term_cursor_open(&terms, kh_index_database(index),
                                           kh_buf_str(&prefix), false, err);
    while (status == KH_OK && *n < max) {
        kh_str term;
        status = kh_term_cursor_next(terms, &term, NULL, err);
        if (status == KH_OK)
            status = add_documents(out, n, max, index, term, err);
    }
    return status == KH_END ? KH_OK : status;
}

/* Add the document of a whole key, if there is one. */
static kh_status add_key(uint32_t *out, size_t *n, size_t max, kh_index *index,
                         uint64_t key, kh_error *err)
{
    char letters[KH_KEY_CHARS + 1];
    size_t n_more = 0;
    kh_article_key_text(letters, key);
    kh_status status =
        kh_index_find(out + *n, &n_more, max - *n, index, kh_str_from(letters), err);
    *n += n_more;
    return status;
}

kh_status kh_index_find_id(uint32_t *out, size_t *n, size_t max, kh_index *index,
                           kh_str id, kh_error *err)
{
    const kh_manifest *manifest = kh_index_manifest(index);
    uint64_t key = kh_article_key(id);
    *n = 0;
    kh_status status = add_key(out, n, max, index, key, err);
    if (*n == 0) /* the first of them has the key itself */
        return status;
    for (size_t i = 0; i < manifest->n_inputs && *n < max && status == KH_OK; i++)
        status = add_key(out, n, max, index,
                         kh_article_key_in(key, kh_hash(manifest->inputs[i])), err);
    return status;
}
