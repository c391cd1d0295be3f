/* vocabulary_writer - counted spellings, as they come in order, into blocks.
 *
 *   key   form 00 folded 00 language 00 term 00 '0' or '1'
 *
 * None of the texts has a zero byte, so keys are in the order of spellings. */
#include "vocabulary_writer.h"

#include "vocabulary_block.h"

static kh_status write_block(kh_block_writer *block, const kh_metadata *out,
                             kh_error *err)
{
    KH_AUTO_BUF key;
    KH_AUTO_BUF value;
    kh_buf_init(&key, KH_BUF_MAX);
    kh_buf_init(&value, KH_BUF_MAX);
    kh_buf_add(&key, KH_STR(KH_VOCABULARY_PREFIX));
    kh_buf_add_bytes(&key, block->form, block->form_len);
    kh_block_writer_finish(block, &value);
    return kh_metadata_put_block(out, kh_buf_str(&key), &value, err);
}

bool kh_spelling_key(kh_buf *out, const kh_spelling *spelling)
{
    if (spelling->form.len == 0 || spelling->form.len > KH_FORM_MAX_BYTES ||
        spelling->folded.len == 0)
        return false;
    const kh_str parts[] = { spelling->form, spelling->folded, spelling->lang,
                             spelling->term };
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++) {
        kh_buf_add(out, parts[i]);
        kh_buf_add_char(out, '\0');
    }
    kh_buf_add_char(out, spelling->is_compound ? '1' : '0');
    return true;
}

/* The part of a key up to the next zero byte. */
static kh_str next_part(kh_str *rest)
{
    const char *end = rest->len > 0 ? memchr(rest->ptr, '\0', rest->len) : NULL;
    size_t len = end != NULL ? (size_t)(end - rest->ptr) : rest->len;
    kh_str part = kh_str_slice(*rest, 0, len);
    *rest = kh_str_slice(*rest, len + 1, rest->len);
    return part;
}

static kh_spelling read_key(kh_str key, uint64_t count)
{
    kh_spelling spelling = { 0 };
    spelling.form = next_part(&key);
    spelling.folded = next_part(&key);
    spelling.lang = next_part(&key);
    spelling.term = next_part(&key);
    spelling.is_compound = kh_str_equal(key, KH_STR("1"));
    spelling.n_documents = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
    return spelling;
}

typedef struct writing {
    const kh_metadata *out;
    kh_block_writer block;
    kh_arena *arena;   /* texts of the block's spellings */
    kh_spelling *form; /* owned; spellings of the form at hand */
    size_t n;
    size_t capacity;
} writing;

static kh_status end_form(writing *w, kh_error *err)
{
    if (w->n == 0)
        return KH_OK;
    kh_block_writer_add(&w->block, w->form, w->n);
    w->n = 0;
    if (!kh_block_writer_is_full(&w->block))
        return KH_OK;
    kh_status status = write_block(&w->block, w->out, err);
    kh_arena_reset(w->arena);
    return status;
}

static kh_status write_all(writing *w, kh_counts_merge *spellings, kh_error *err)
{
    kh_str key;
    uint64_t count = 0;
    kh_status status;
    while ((status = kh_counts_merge_next(spellings, &key, &count, err)) == KH_OK) {
        kh_spelling spelling = read_key(key, count);
        if (w->n > 0 && !kh_str_equal(w->form[0].form, spelling.form))
            status = end_form(w, err);
        if (status != KH_OK)
            return status;
        KH_PUSH(w->form, w->n, w->capacity) = kh_spelling_copy(&spelling, w->arena);
    }
    if (status == KH_END)
        status = end_form(w, err);
    if (status == KH_OK && w->block.entries.len > 0)
        status = write_block(&w->block, w->out, err);
    return status;
}

kh_status kh_vocabulary_write(kh_counts_merge *spellings, const kh_metadata *out,
                              kh_error *err)
{
    writing w = { .out = out, .arena = kh_arena_open() };
    kh_block_writer_init(&w.block);
    kh_status status = write_all(&w, spellings, err);
    kh_block_writer_release(&w.block);
    kh_free(w.form);
    kh_arena_free(w.arena);
    return status;
}
