/* spool - packed pieces in a file, written once and read from front to end. */
#include "indexer/spool.h"

#include <zstd.h>

#include "base/alloc.h"
#include "base/file.h"

#define PACK_LEVEL -20 /* hardly at all: it is read once or twice and removed */

struct kh_spool {
    char *path;        /* owned */
    kh_sink *sink;     /* while it is written */
    kh_source *source; /* while it is read */
    kh_buf head;
};

kh_status kh_spool_create(kh_spool **out, const char *path, kh_error *err)
{
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, path, err);
    if (status != KH_OK)
        return status;
    kh_spool *spool = kh_alloc(sizeof(*spool));
    spool->path = kh_str_dup(kh_str_from(path));
    spool->sink = sink;
    kh_buf_init(&spool->head, KH_BUF_MAX);
    *out = spool;
    return KH_OK;
}

void kh_spool_free(kh_spool *spool)
{
    if (spool == NULL)
        return;
    kh_sink_free(spool->sink);
    kh_source_free(spool->source);
    kh_buf_release(&spool->head);
    kh_free(spool->path);
    kh_free(spool);
}

kh_status kh_spool_add(kh_spool *spool, const kh_piece_head *head, kh_str packed,
                       kh_error *err)
{
    kh_buf *out = &spool->head;
    kh_buf_reset(out);
    kh_buf_add_varint(out, head->first);
    kh_buf_add_varint(out, head->n_articles);
    kh_buf_add_varint(out, head->batch);
    kh_buf_add_varint(out, head->plain_bytes);
    kh_buf_add_varint(out, packed.len);
    kh_sink_add(spool->sink, out->ptr, out->len);
    kh_sink_add(spool->sink, packed.ptr, packed.len);
    return kh_sink_status(spool->sink, err);
}

uint64_t kh_spool_bytes(const kh_spool *spool)
{
    return spool->sink != NULL ? kh_sink_offset(spool->sink) : 0;
}

kh_status kh_spool_rewind(kh_spool *spool, kh_error *err)
{
    kh_status status = KH_OK;
    if (spool->sink != NULL)
        status = kh_sink_close_unsynced(KH_TAKE(spool->sink), err);
    if (status == KH_OK && spool->source == NULL)
        status = kh_source_open(&spool->source, spool->path, err);
    if (status == KH_OK)
        kh_source_seek(spool->source, 0);
    return status;
}

kh_status kh_spool_next(kh_spool *spool, kh_piece_head *head, kh_buf *packed,
                        kh_error *err)
{
    kh_source *source = spool->source;
    kh_status status;
    if (kh_source_is_at_end(source)) {
        status = kh_source_status(source, err);
        return status == KH_OK ? KH_END : status;
    }
    head->first = kh_source_varint(source);
    head->n_articles = (uint32_t)kh_source_varint(source);
    head->batch = (uint32_t)kh_source_varint(source);
    head->plain_bytes = kh_source_varint(source);
    kh_str bytes = kh_source_string(source);
    status = kh_source_status(source, err);
    if (status == KH_OK)
        kh_buf_add(packed, bytes);
    return status;
}

/* ---- pieces ---- */

struct kh_press {
    ZSTD_CCtx *packer;
    ZSTD_DCtx *unpacker;
};

kh_status kh_press_open(kh_press **out, kh_error *err)
{
    KH_AUTO(kh_press_free) kh_press *press = kh_alloc(sizeof(*press));
    press->packer = ZSTD_createCCtx();
    press->unpacker = ZSTD_createDCtx();
    if (press->packer == NULL || press->unpacker == NULL)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    *out = KH_TAKE(press);
    return KH_OK;
}

void kh_press_free(kh_press *press)
{
    if (press == NULL)
        return;
    ZSTD_freeCCtx(press->packer);
    ZSTD_freeDCtx(press->unpacker);
    kh_free(press);
}

kh_status kh_press_pack(kh_press *press, kh_buf *out, kh_str plain, kh_error *err)
{
    size_t bound = ZSTD_compressBound(plain.len);
    kh_buf_reserve(out, bound);
    size_t n = ZSTD_compressCCtx(press->packer, out->ptr + out->len, bound, plain.ptr,
                                 plain.len, PACK_LEVEL);
    if (ZSTD_isError(n))
        return kh_fail(err, KH_ERR_LIMIT, "cannot pack a piece of the spool: %s",
                       ZSTD_getErrorName(n));
    out->len += n;
    return KH_OK;
}

kh_status kh_press_unpack(kh_press *press, kh_buf *out, kh_str packed,
                          uint64_t plain_bytes, kh_error *err)
{
    size_t n = 0;
    if (plain_bytes <= KH_BUF_MAX) {
        kh_buf_reserve(out, (size_t)plain_bytes + 1);
        n = ZSTD_decompressDCtx(press->unpacker, out->ptr + out->len,
                                (size_t)plain_bytes, packed.ptr, packed.len);
    }
    if (plain_bytes > KH_BUF_MAX || ZSTD_isError(n) || n != plain_bytes)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    out->len += n;
    return KH_OK;
}
