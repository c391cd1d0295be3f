/* spool - articles on their way: from the reader to a worker, from a worker to the
 * writer. */
#include "indexer/spool.h"

#include <errno.h>
#include <stdio.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/file.h"

#define PACK_LEVEL 1 /* the file is read a few times and removed */

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
#define N_TEXTS 13
static void texts_of(kh_str *out[N_TEXTS], kh_article *article)
{
    kh_str *texts[N_TEXTS] = { &article->id,
                               &article->title,
                               &article->deck,
                               &article->place,
                               &article->source,
                               &article->section,
                               &article->lang,
                               &article->url,
                               &article->raw_tags,
                               &article->input,
                               &article->path,
                               &article->member,
                               NULL };
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

void kh_spool_article_write(kh_buf *out, const kh_article *article)
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

kh_status kh_spool_article_read(kh_article *out, kh_cursor *cursor, kh_arena *arena,
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

void kh_spool_entry_write(kh_buf *out, const kh_article *article, uint64_t text_hash,
                          kh_str cut)
{
    kh_article copy = *article;
    copy.n_blocks = 0;
    kh_spool_article_write(out, &copy);
    kh_buf_add_u64(out, text_hash);
    kh_buf_add_varint(out,
                      (is_block(article, KH_BLOCK_TITLE, article->title) ? 1u : 0u) |
                          (is_block(article, KH_BLOCK_DECK, article->deck) ? 2u : 0u));
    kh_buf_add_string(out, cut);
}

kh_status kh_spool_entry_read(kh_spool_entry *out, kh_cursor *cursor, kh_arena *arena,
                              kh_error *err)
{
    kh_spool_entry entry = { 0 };
    kh_status status = kh_spool_article_read(&entry.article, cursor, arena, err);
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

void kh_spool_postings_write(kh_buf *out, const kh_posting *postings, size_t n)
{
    kh_buf_add_varint(out, n);
    for (size_t i = 0; i < n; i++) {
        kh_buf_add_string(out, postings[i].term);
        kh_buf_add_varint(out, postings[i].wdf);
    }
}

kh_status kh_spool_postings_read(kh_posting **out, size_t *n, kh_cursor *cursor,
                                 kh_arena *arena, kh_error *err)
{
    size_t n_postings = read_count(cursor);
    kh_posting *postings = kh_arena_alloc(arena, (n_postings + 1) * sizeof(*postings));
    for (size_t i = 0; i < n_postings; i++) {
        postings[i].term = kh_cursor_string(cursor);
        postings[i].wdf = (uint32_t)kh_cursor_varint(cursor);
    }
    if (cursor->is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    *out = postings;
    *n = n_postings;
    return KH_OK;
}

/* ---- the file: u64 packed bytes, u64 bytes, packed piece; again ---- */

struct kh_spool {
    FILE *file; /* owned */
    char *path; /* owned; for messages */
    ZSTD_CCtx *packer;
    ZSTD_DCtx *unpacker;
    kh_buf packed;
    kh_buf piece;
    uint64_t bytes;
};

kh_status kh_spool_create(kh_spool **out, const char *path, kh_error *err)
{
    KH_AUTO(kh_spool_free) kh_spool *spool = kh_alloc(sizeof(*spool));
    kh_buf_init(&spool->packed, KH_BUF_MAX);
    kh_buf_init(&spool->piece, KH_BUF_MAX);
    spool->path = kh_str_dup(kh_str_from(path));
    spool->file = fopen(path, "wb+");
    if (spool->file == NULL)
        return kh_fail_errno(err, KH_ERR_IO, "cannot write '%s'", path);
    spool->packer = ZSTD_createCCtx();
    spool->unpacker = ZSTD_createDCtx();
    if (spool->packer == NULL || spool->unpacker == NULL)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    *out = KH_TAKE(spool);
    return KH_OK;
}

void kh_spool_free(kh_spool *spool)
{
    if (spool == NULL)
        return;
    if (spool->file != NULL)
        (void)fclose(spool->file);
    ZSTD_freeCCtx(spool->packer);
    ZSTD_freeDCtx(spool->unpacker);
    kh_buf_release(&spool->packed);
    kh_buf_release(&spool->piece);
    kh_free(spool->path);
    kh_free(spool);
}

kh_status kh_spool_add(kh_spool *spool, kh_str piece, kh_error *err)
{
    size_t bound = ZSTD_compressBound(piece.len);
    kh_buf_reset(&spool->packed);
    kh_buf_reserve(&spool->packed, bound);
    size_t packed = ZSTD_compressCCtx(spool->packer, spool->packed.ptr, bound,
                                      piece.ptr, piece.len, PACK_LEVEL);
    if (ZSTD_isError(packed))
        return kh_fail(err, KH_ERR_LIMIT, "cannot pack a piece of '%s': %s",
                       spool->path, ZSTD_getErrorName(packed));
    uint64_t header[2] = { packed, piece.len };
    if (fwrite(header, sizeof(header), 1, spool->file) != 1 ||
        fwrite(spool->packed.ptr, 1, packed, spool->file) != packed)
        return kh_fail_errno(err, KH_ERR_IO, "cannot write '%s'", spool->path);
    spool->bytes += sizeof(header) + packed;
    return KH_OK;
}

kh_status kh_spool_rewind(kh_spool *spool, kh_error *err)
{
    if (fflush(spool->file) != 0 || fseek(spool->file, 0, SEEK_SET) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot write '%s'", spool->path);
    return KH_OK;
}

kh_status kh_spool_next(kh_spool *spool, kh_str *piece, kh_error *err)
{
    uint64_t header[2];
    if (fread(header, sizeof(header), 1, spool->file) != 1)
        return feof(spool->file)
                   ? KH_END
                   : kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", spool->path);
    if (header[0] > KH_BUF_MAX || header[1] > KH_BUF_MAX)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged: '%s'",
                       spool->path);
    kh_buf_reset(&spool->packed);
    kh_buf_reset(&spool->piece);
    kh_buf_reserve(&spool->packed, header[0]);
    kh_buf_reserve(&spool->piece, header[1] + 1);
    if (fread(spool->packed.ptr, 1, header[0], spool->file) != header[0])
        return kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", spool->path);
    size_t n = ZSTD_decompressDCtx(spool->unpacker, spool->piece.ptr, header[1],
                                   spool->packed.ptr, header[0]);
    if (ZSTD_isError(n) || n != header[1])
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged: '%s'",
                       spool->path);
    *piece = kh_str_make(spool->piece.ptr, n);
    return KH_OK;
}

uint64_t kh_spool_bytes(const kh_spool *spool)
{
    return spool->bytes;
}
