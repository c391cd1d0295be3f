/* packer - a thread's articles to packed records. */
#include "packer.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "unpacker.h"

/* For a rest of this and more zstd takes other parameters if the dictionary is shared;
 * no record may depend on that, so these have a context of their own. */
#define LARGE_BYTES ((size_t)128 << 10)

struct kh_record_packer {
    kh_layout layout;
    const kh_packing *packing;
    ZSTD_CCtx *zstd;
    ZSTD_CCtx *zstd_large; /* made when it is needed */
    kh_buf frame;
    kh_sign_maker *signs; /* owned; NULL: none */
};

static kh_status open_zstd(ZSTD_CCtx **out, kh_error *err)
{
    *out = ZSTD_createCCtx();
    if (*out == NULL)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    ZSTD_CCtx_setParameter(*out, ZSTD_c_compressionLevel, KH_RECORD_LEVEL);
    ZSTD_CCtx_setParameter(*out, ZSTD_c_dictIDFlag, 0);
    return KH_OK;
}

kh_status kh_record_packer_open(kh_record_packer **out, const kh_record_writer *writer,
                                kh_error *err)
{
    const kh_packing *packing = kh_record_writer_packing(writer);
    KH_AUTO(kh_record_packer_free) kh_record_packer *packer = kh_alloc(sizeof(*packer));
    kh_layout_init(&packer->layout, packing->numbers);
    kh_buf_init(&packer->frame, KH_BUF_MAX);
    packer->packing = packing;
    if (packing->signs != NULL)
        packer->signs = kh_sign_maker_open(packing->signs);
    kh_status status = open_zstd(&packer->zstd, err);
    if (status == KH_OK)
        *out = KH_TAKE(packer);
    return status;
}

void kh_record_packer_free(kh_record_packer *packer)
{
    if (packer == NULL)
        return;
    kh_layout_release(&packer->layout);
    ZSTD_freeCCtx(packer->zstd);
    ZSTD_freeCCtx(packer->zstd_large);
    kh_buf_release(&packer->frame);
    kh_sign_maker_free(packer->signs);
    kh_free(packer);
}

/* The context for the rest at hand, with its language's dictionary. */
static kh_status choose_zstd(ZSTD_CCtx **out, kh_record_packer *packer, bool is_large,
                             kh_error *err)
{
    const kh_dictionaries *dictionaries = &packer->packing->dictionaries;
    uint32_t lang = packer->layout.coder.lang;
    kh_str bytes = kh_dictionary_bytes(dictionaries, lang);
    *out = is_large ? packer->zstd_large : packer->zstd;
    size_t used = 0;
    if (!is_large)
        used = ZSTD_CCtx_refCDict(*out, kh_dictionary_made(dictionaries, lang));
    else
        used = ZSTD_CCtx_loadDictionary(*out, bytes.ptr, bytes.len);
    return ZSTD_isError(used)
               ? kh_fail(err, KH_ERR_LIMIT, "cannot use a dictionary: %s",
                         ZSTD_getErrorName(used))
               : KH_OK;
}

static kh_status compress_rest(kh_record_packer *packer, kh_error *err)
{
    kh_buf *frame = &packer->frame;
    kh_str plain = kh_buf_str(&packer->layout.plain);
    bool is_large = plain.len >= LARGE_BYTES;
    kh_status status = KH_OK;
    if (is_large && packer->zstd_large == NULL)
        status = open_zstd(&packer->zstd_large, err);
    ZSTD_CCtx *zstd = NULL;
    if (status == KH_OK)
        status = choose_zstd(&zstd, packer, is_large, err);
    if (status != KH_OK)
        return status;
    kh_buf_reset(frame);
    kh_buf_reserve(frame, ZSTD_compressBound(plain.len));
    size_t bytes =
        ZSTD_compress2(zstd, frame->ptr, frame->capacity, plain.ptr, plain.len);
    if (ZSTD_isError(bytes))
        return kh_fail(err, KH_ERR_LIMIT, "cannot compress: %s",
                       ZSTD_getErrorName(bytes));
    frame->len = bytes;
    return KH_OK;
}

kh_status kh_record_pack(kh_record_packer *packer, const kh_record_source *source,
                         kh_buf *out, kh_error *err)
{
    kh_status status = kh_layout_article(&packer->layout, source, err);
    if (status == KH_OK)
        status = compress_rest(packer, err);
    if (status != KH_OK)
        return status;
    kh_str stream = kh_buf_str(&packer->layout.stream);
    kh_str frame = kh_str_slice(kh_buf_str(&packer->frame), KH_FRAME_MAGIC_BYTES,
                                packer->frame.len);
    uint64_t sum = kh_checksum(frame, kh_checksum(stream, source->key));
    kh_buf_add_varint(out, stream.len);
    kh_buf_add_varint(out, frame.len);
    kh_buf_add_varint(out, packer->layout.coder.stored_bytes);
    kh_buf_add_u64(out, source->key);
    for (unsigned i = 0; i < KH_TEXT_HASH_BYTES; i++)
        kh_buf_add_char(out, (char)(source->text_hash >> 8 * i));
    kh_buf_add_u32(out, source->length);
    kh_buf_add_u32(out, kh_date_pack(&source->article->date));
    kh_buf_add(out, stream);
    kh_buf_add_u32(out, (uint32_t)sum);
    kh_buf_add(out, frame);
    const kh_coder *coder = &packer->layout.coder;
    if (packer->signs != NULL)
        kh_sign_make(out, packer->signs, coder->lang, coder->codes, coder->n_codes);
    return KH_OK;
}
