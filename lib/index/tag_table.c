/* tag_table - read the tags of a database. */
#include "tag_table.h"

/* Read an entry; the normal form is made in normal, which holds that of the last. */
static bool read_entry(kh_cursor *cursor, kh_buf *normal, kh_tag_entry *out)
{
    uint64_t shared = kh_cursor_varint(cursor);
    kh_str rest = kh_cursor_string(cursor);
    kh_str name = kh_cursor_string(cursor);
    uint64_t n_articles = kh_cursor_varint(cursor);
    uint64_t first = kh_cursor_varint(cursor);
    uint64_t more = kh_cursor_varint(cursor);
    if (cursor->is_bad || shared > normal->len || n_articles > UINT32_MAX ||
        first > UINT32_MAX || more > UINT32_MAX - first)
        return false;

    normal->len = (size_t)shared;
    kh_buf_add(normal, rest);
    out->normal = kh_buf_str(normal);
    out->name = name.len > 0 ? name : out->normal;
    out->n_articles = (uint32_t)n_articles;
    out->first = (uint32_t)first;
    out->last = (uint32_t)(first + more);
    return true;
}

static void append(kh_tag_list *list, const kh_tag_entry *entry, kh_arena *arena)
{
    if (list->n == list->capacity)
        list->items = kh_arena_grow(arena, list->items, list->n, &list->capacity,
                                    sizeof(list->items[0]));
    kh_tag_entry *copy = &list->items[list->n++];
    *copy = *entry;
    copy->normal = kh_arena_copy(arena, entry->normal);
    copy->name = kh_arena_copy(arena, entry->name);
}

/* Append what of a block begins with the prefix; *is_done: the block goes past it. */
static kh_status read_block(kh_tag_list *list, kh_str block, kh_str prefix,
                            kh_arena *arena, bool *is_done)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_cursor cursor = kh_cursor_of(block);
    while (cursor.ptr < cursor.end && !*is_done) {
        kh_tag_entry entry;
        if (!read_entry(&cursor, &normal, &entry))
            return KH_ERR_CORRUPT;
        if (kh_str_starts(entry.normal, prefix))
            append(list, &entry, arena);
        else
            *is_done = kh_str_compare(entry.normal, prefix) > 0;
    }
    return KH_OK;
}

static kh_status open_keys(kh_term_cursor **out, kh_database *database, kh_str prefix,
                           kh_error *err)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *keys = NULL;
    kh_status status =
        kh_term_cursor_open(&keys, database, KH_STR(KH_TAG_PREFIX), true, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF key;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_buf_add(&key, KH_STR(KH_TAG_PREFIX));
    kh_buf_add(&key, kh_str_slice(prefix, 0, KH_TAG_KEY_MAX_BYTES));
    status = kh_term_cursor_seek(keys, kh_buf_str(&key), err);
    if (status == KH_OK)
        *out = KH_TAKE(keys);
    return status;
}

kh_status kh_tag_table_read(kh_tag_list *list, kh_database *database, kh_str prefix,
                            kh_arena *arena, kh_error *err)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *keys = NULL;
    kh_status status = open_keys(&keys, database, prefix, err);
    KH_AUTO_BUF block;
    kh_buf_init(&block, KH_BUF_MAX);
    bool is_done = false;
    while (status == KH_OK && !is_done) {
        kh_str key;
        status = kh_term_cursor_next(keys, &key, NULL, err);
        if (status != KH_OK)
            break;
        kh_buf_reset(&block);
        status = kh_database_metadata(&block, database, key, err);
        kh_str bytes = kh_buf_str(&block);
        if (status == KH_OK &&
            (!kh_metadata_block(&bytes, key) ||
             read_block(list, bytes, prefix, arena, &is_done) != KH_OK))
            return kh_fail(err, KH_ERR_CORRUPT, "damaged table of tags");
    }
    return status == KH_END ? KH_OK : status;
}
