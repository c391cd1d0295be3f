/* spooled - articles as bytes, written and read. */
#include "indexer/spooled.h"

static void write_date(kh_buf *out, const kh_date *date)
{
    kh_buf_add_varint(out, (uint64_t)date->precision);
    if (date->precision == KH_DATE_NONE)
        return;
    kh_buf_add_varint(out, (uint64_t)date->year);
    const uint8_t rest[] = { date->month,  date->day,    date->hour,
                             date->minute, date->second, date->has_offset };
    kh_buf_add_bytes(out, rest, sizeof(rest));
    kh_buf_add_varint(out, (uint64_t)(date->offset_minutes + 32768));
}

static kh_date read_date(kh_cursor *cursor)
{
    kh_date date = { 0 };
    date.precision = (kh_date_precision)kh_cursor_varint(cursor);
    if (date.precision == KH_DATE_NONE)
        return date;
    date.year = (int32_t)kh_cursor_varint(cursor);
    kh_str rest = kh_cursor_bytes(cursor, 6);
    if (rest.len == 6) {
        date.month = (uint8_t)rest.ptr[0];
        date.day = (uint8_t)rest.ptr[1];
        date.hour = (uint8_t)rest.ptr[2];
        date.minute = (uint8_t)rest.ptr[3];
        date.second = (uint8_t)rest.ptr[4];
        date.has_offset = rest.ptr[5] != 0;
    }
    date.offset_minutes = (int16_t)((int64_t)kh_cursor_varint(cursor) - 32768);
    return date;
}

/* The plain text fields, in one order for writing and reading. */
#define N_TEXTS 14
static void texts_of(kh_str *out[N_TEXTS], kh_article *article)
{
    kh_str *texts[N_TEXTS] = { &article->id,     &article->title,
                               &article->deck,   &article->place,
                               &article->source, &article->section,
                               &article->lang,   &article->lang_tag,
                               &article->url,    &article->raw_tags,
                               &article->input,  &article->path,
                               &article->member, NULL };
    memcpy(out, texts, sizeof(texts));
}

static void write_lists(kh_buf *out, const kh_article *article)
{
    kh_buf_add_varint(out, article->n_authors);
    for (size_t i = 0; i < article->n_authors; i++)
        kh_buf_add_string(out, article->authors[i]);
    kh_buf_add_varint(out, article->n_tags);
    for (size_t i = 0; i < article->n_tags; i++) {
        kh_buf_add_string(out, article->tags[i].name);
        kh_buf_add_varint(out, (uint64_t)article->tags[i].origin);
        kh_buf_add_varint(out, (uint64_t)(article->tags[i].confidence * 1000.0f));
    }
    kh_buf_add_varint(out, article->n_blocks);
    for (size_t i = 0; i < article->n_blocks; i++) {
        const kh_block *block = &article->blocks[i];
        kh_buf_add_varint(out,
                          (uint64_t)block->kind << 1 | (block->is_verbatim ? 1u : 0u));
        kh_buf_add_varint(out, block->line);
        kh_buf_add_varint(out, block->byte);
        kh_buf_add_string(out, block->text);
    }
}

void kh_whole_write(kh_buf *out, const kh_article *article)
{
    kh_article copy = *article;
    kh_str *texts[N_TEXTS];
    texts_of(texts, &copy);
    for (size_t i = 0; texts[i] != NULL; i++)
        kh_buf_add_string(out, *texts[i]);
    kh_buf_add_string(out, kh_str_from(article->format));
    kh_buf_add_varint(out, article->has_own_id);
    kh_buf_add_varint(out, article->record);
    write_date(out, &article->date);
    write_date(out, &article->updated);
    write_lists(out, article);
}

/* How many items a list may have: each takes a byte at least. */
static size_t read_count(kh_cursor *cursor)
{
    uint64_t n = kh_cursor_varint(cursor);
    if (n > (uint64_t)(cursor->end - cursor->ptr)) {
        cursor->is_bad = true;
        return 0;
    }
    return (size_t)n;
}

static void read_lists(kh_article *out, kh_cursor *cursor, kh_arena *arena)
{
    out->n_authors = read_count(cursor);
    out->authors = kh_arena_alloc(arena, (out->n_authors + 1) * sizeof(kh_str));
    for (size_t i = 0; i < out->n_authors; i++)
        out->authors[i] = kh_cursor_string(cursor);
    out->n_tags = read_count(cursor);
    out->tags = kh_arena_alloc(arena, (out->n_tags + 1) * sizeof(kh_tag));
    for (size_t i = 0; i < out->n_tags; i++) {
        out->tags[i].name = kh_cursor_string(cursor);
        out->tags[i].origin = (kh_tag_origin)kh_cursor_varint(cursor);
        out->tags[i].confidence = (float)kh_cursor_varint(cursor) / 1000.0f;
    }
    out->n_blocks = read_count(cursor);
    out->blocks = kh_arena_alloc(arena, (out->n_blocks + 1) * sizeof(kh_block));
    for (size_t i = 0; i < out->n_blocks; i++) {
        uint64_t kind = kh_cursor_varint(cursor);
        out->blocks[i].kind = (kh_block_kind)(kind >> 1);
        out->blocks[i].is_verbatim = (kind & 1) != 0;
        out->blocks[i].line = (uint32_t)kh_cursor_varint(cursor);
        out->blocks[i].byte = kh_cursor_varint(cursor);
        out->blocks[i].text = kh_cursor_string(cursor);
    }
}

kh_status kh_whole_read(kh_article *out, kh_cursor *cursor, kh_arena *arena,
                        kh_error *err)
{
    kh_article article = { 0 };
    kh_str *texts[N_TEXTS];
    texts_of(texts, &article);
    for (size_t i = 0; texts[i] != NULL; i++)
        *texts[i] = kh_cursor_string(cursor);
    kh_str format = kh_cursor_string(cursor);
    article.format = kh_arena_copy(arena, format).ptr;
    article.has_own_id = kh_cursor_varint(cursor) != 0;
    article.record = (uint32_t)kh_cursor_varint(cursor);
    article.date = read_date(cursor);
    article.updated = read_date(cursor);
    read_lists(&article, cursor, arena);
    if (cursor->is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    *out = article;
    return KH_OK;
}

/* Whether a text is that of the first block of a kind. */
static bool is_block(const kh_article *article, kh_block_kind kind, kh_str text)
{
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == kind && article->blocks[i].text.len > 0)
            return kh_str_equal(article->blocks[i].text, text);
    return text.len == 0;
}

void kh_spooled_write(kh_buf *out, const kh_article *article, uint64_t text_hash,
                      kh_str cut)
{
    kh_article copy = *article;
    copy.n_blocks = 0;
    kh_whole_write(out, &copy);
    kh_buf_add_u64(out, text_hash);
    kh_buf_add_varint(out,
                      (is_block(article, KH_BLOCK_TITLE, article->title) ? 1u : 0u) |
                          (is_block(article, KH_BLOCK_DECK, article->deck) ? 2u : 0u));
    kh_buf_add_string(out, cut);
}

kh_status kh_spooled_read(kh_spooled *out, kh_cursor *cursor, kh_arena *arena,
                          kh_error *err)
{
    kh_spooled entry = { 0 };
    kh_status status = kh_whole_read(&entry.article, cursor, arena, err);
    if (status != KH_OK)
        return status;
    entry.text_hash = kh_cursor_u64(cursor);
    uint64_t flags = kh_cursor_varint(cursor);
    entry.title_is_block = (flags & 1) != 0;
    entry.deck_is_block = (flags & 2) != 0;
    entry.cut = kh_cursor_string(cursor);
    if (cursor->is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    *out = entry;
    return KH_OK;
}
