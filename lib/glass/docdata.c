/* docdata - key: uint-sort document; tag: its data, as a raw deflate stream if that is
 * shorter.
 *
 * The reader inflates through 8,192 bytes and gives up if all input is used when they
 * are full but the stream is not at its end; so data that is longer would now and then
 * be lost, with the engine's own writer, too. An empty block behind the data, and the
 * end of the stream in another, are input that is left at any such moment. To store
 * such data as it is would not do: the engine compresses it when it compacts. */
#include "docdata.h"

#include <zlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "version.h"

#define LEVEL        6 /* the engine's own */
#define MEMORY_LEVEL 9
#define WINDOW_BITS  15
#define READER_BYTES 8192u
#define ENDING_MAX   8u /* what the safe ending takes more than the plain one */

struct kh_glass_docdata {
    kh_glass_table *table;
    z_stream deflate;
    bool has_deflate;
    kh_buf packed;
};

kh_status kh_glass_docdata_open(kh_glass_docdata **out, const char *folder,
                                uint32_t block_bytes, kh_error *err)
{
    KH_AUTO(kh_glass_docdata_free)
    kh_glass_docdata *docdata = kh_alloc(sizeof(*docdata));
    kh_buf_init(&docdata->packed, KH_BUF_MAX);
    if (deflateInit2(&docdata->deflate, LEVEL, Z_DEFLATED, -WINDOW_BITS, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return kh_fail(err, KH_ERR_LIMIT, "cannot compress: out of memory");
    docdata->has_deflate = true;

    kh_status status =
        kh_glass_table_open(&docdata->table, folder, "docdata", block_bytes, err);
    if (status == KH_OK)
        *out = KH_TAKE(docdata);
    return status;
}

void kh_glass_docdata_free(kh_glass_docdata *docdata)
{
    if (docdata == NULL)
        return;
    kh_glass_table_free(docdata->table);
    if (docdata->has_deflate)
        deflateEnd(&docdata->deflate);
    kh_buf_release(&docdata->packed);
    kh_free(docdata);
}

/* The data packed, in docdata->packed; is it to be stored in place of the data? */
static bool is_packed(kh_glass_docdata *docdata, kh_str data)
{
    z_stream *z = &docdata->deflate;
    size_t bound = deflateBound(z, (uLong)data.len) + ENDING_MAX;
    kh_buf_reset(&docdata->packed);
    kh_buf_reserve(&docdata->packed, bound);
    (void)deflateReset(z);
    z->next_in = (z_const Bytef *)data.ptr;
    z->avail_in = (uInt)data.len;
    z->next_out = (Bytef *)docdata->packed.ptr;
    z->avail_out = (uInt)bound;

    size_t more = 0;
    if (data.len > READER_BYTES) {
        more = ENDING_MAX;
        (void)deflate(z, Z_SYNC_FLUSH);
    }
    bool is_whole = deflate(z, Z_FINISH) == Z_STREAM_END;
    docdata->packed.len = bound - z->avail_out;
    return is_whole && docdata->packed.len < data.len + more;
}

kh_status kh_glass_docdata_add(kh_glass_docdata *docdata, uint32_t document,
                               kh_str data, kh_error *err)
{
    char bytes[KH_GLASS_SORT_MAX];
    const char *end = kh_glass_put_uint_sort(bytes, document);
    kh_str key = kh_str_make(bytes, (size_t)(end - bytes));

    if (data.len > KH_GLASS_COMPRESS_MIN && is_packed(docdata, data))
        return kh_glass_table_add(docdata->table, key, kh_buf_str(&docdata->packed),
                                  true, err);
    return kh_glass_table_add(docdata->table, key, data, false, err);
}

kh_status kh_glass_docdata_close(kh_glass_root *out, kh_glass_docdata *docdata,
                                 kh_error *err)
{
    KH_AUTO(kh_glass_docdata_free) kh_glass_docdata *owned = docdata;
    return kh_glass_table_close(out, KH_TAKE(owned->table), err);
}
