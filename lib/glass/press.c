/* press - deflate for the engine's reader.
 *
 * The reader inflates through 8,192 bytes and gives up if all input is used when they
 * are full but the stream is not at its end; so a tag that is longer would now and then
 * be lost, with the engine's own writer, too. An empty block behind the data, and the
 * end of the stream in another, are input that is left at any such moment. To store
 * documents' data as it is would not do: the engine compresses it when it compacts. */
#include "press.h"

#include <zlib.h>

#include "base/alloc.h"
#include "base/buf.h"

/* With 6, 16 KB are cleared for each tag; with the 9 of the engine 128 KB, for nothing:
 * a tag is a few KB. */
#define LEVEL        4 /* of 6, the engine's: .8 of the time, .005 more bytes */
#define MEMORY_LEVEL 6
#define WINDOW_BITS  15
#define READER_BYTES 8192u
#define ENDING_MAX   8u /* what the safe ending takes more than the plain one */

struct kh_glass_press {
    z_stream deflate;
    bool has_deflate;
    kh_buf packed;
};

kh_status kh_glass_press_open(kh_glass_press **out, kh_error *err)
{
    KH_AUTO(kh_glass_press_free) kh_glass_press *press = kh_alloc(sizeof(*press));
    kh_buf_init(&press->packed, KH_BUF_MAX);
    if (deflateInit2(&press->deflate, LEVEL, Z_DEFLATED, -WINDOW_BITS, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return kh_fail(err, KH_ERR_LIMIT, "cannot compress: out of memory");
    press->has_deflate = true;
    *out = KH_TAKE(press);
    return KH_OK;
}

void kh_glass_press_free(kh_glass_press *press)
{
    if (press == NULL)
        return;
    if (press->has_deflate)
        deflateEnd(&press->deflate);
    kh_buf_release(&press->packed);
    kh_free(press);
}

bool kh_glass_pack(kh_str *packed, kh_glass_press *press, kh_str tag)
{
    z_stream *z = &press->deflate;
    size_t bound = deflateBound(z, (uLong)tag.len) + ENDING_MAX;
    kh_buf_reset(&press->packed);
    kh_buf_reserve(&press->packed, bound);
    (void)deflateReset(z);
    z->next_in = (z_const Bytef *)tag.ptr;
    z->avail_in = (uInt)tag.len;
    z->next_out = (Bytef *)press->packed.ptr;
    z->avail_out = (uInt)bound;

    size_t more = 0;
    if (tag.len > READER_BYTES) {
        more = ENDING_MAX;
        (void)deflate(z, Z_SYNC_FLUSH);
    }
    bool is_whole = deflate(z, Z_FINISH) == Z_STREAM_END;
    press->packed.len = bound - z->avail_out;
    *packed = kh_buf_str(&press->packed);
    return is_whole && packed->len < tag.len + more;
}
