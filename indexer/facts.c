/* facts - the small record of an article that the archive-wide stage decides by. */
#include "indexer/facts.h"

void kh_facts_write(kh_buf *out, const kh_facts *facts)
{
    kh_buf_add_u64(out, facts->key);
    kh_buf_add_u64(out, facts->input_hash);
    kh_buf_add_u64(out, facts->text_hash);
    kh_buf_add_u32(out, facts->length);
    kh_buf_add_u32(out, facts->date);
    kh_buf_add_varint(out, facts->stored_bytes);
    kh_buf_add_string(out, facts->lang);
    kh_buf_add_string(out, facts->glue);
    kh_buf_add_varint(out, facts->n_tags);
    for (size_t i = 0; i < facts->n_tags; i++)
        kh_buf_add_string(out, facts->tags[i]);
}

kh_status kh_facts_read(kh_facts *out, kh_cursor *cursor, kh_arena *arena,
                        kh_error *err)
{
    kh_facts facts = { 0 };
    facts.key = kh_cursor_u64(cursor);
    facts.input_hash = kh_cursor_u64(cursor);
    facts.text_hash = kh_cursor_u64(cursor);
    facts.length = kh_cursor_u32(cursor);
    facts.date = kh_cursor_u32(cursor);
    facts.stored_bytes = kh_cursor_varint(cursor);
    facts.lang = kh_cursor_string(cursor);
    facts.glue = kh_cursor_string(cursor);
    uint64_t n = kh_cursor_varint(cursor);
    if (cursor->is_bad || n > (uint64_t)(cursor->end - cursor->ptr))
        return kh_fail(err, KH_ERR_CORRUPT, "the facts of an article are damaged");
    facts.n_tags = (size_t)n;
    facts.tags = kh_arena_alloc(arena, (facts.n_tags + 1) * sizeof(kh_str));
    for (size_t i = 0; i < facts.n_tags; i++)
        facts.tags[i] = kh_cursor_string(cursor);
    if (cursor->is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "the facts of an article are damaged");
    *out = facts;
    return KH_OK;
}
