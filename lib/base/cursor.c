/* cursor - read bytes that kh_buf_add_...() wrote and something may have damaged. */
#include "base/buf.h"

static size_t left(const kh_cursor *cursor)
{
    return cursor->is_bad ? 0 : (size_t)(cursor->end - cursor->ptr);
}

static uint64_t varint_slowly(kh_cursor *cursor)
{
    size_t most = left(cursor);
    uint64_t value = 0;

    most = most < KH_VARINT_MAX ? most : KH_VARINT_MAX;
    for (size_t i = 0; i < most; i++) {
        unsigned char byte = (unsigned char)cursor->ptr[i];
        if (i == KH_VARINT_MAX - 1 && byte > 1)
            break; /* bits over the 64th */
        value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            cursor->ptr += i + 1;
            return value;
        }
    }
    cursor->is_bad = true;
    return 0;
}

uint64_t kh_cursor_varint(kh_cursor *cursor)
{
    bool is_short = !cursor->is_bad && cursor->ptr < cursor->end &&
                    (unsigned char)*cursor->ptr < 0x80;
    return is_short ? (unsigned char)*cursor->ptr++ : varint_slowly(cursor);
}

kh_str kh_cursor_bytes(kh_cursor *cursor, size_t len)
{
    if (cursor->is_bad || len > left(cursor)) {
        cursor->is_bad = true;
        return kh_str_make(NULL, 0);
    }
    kh_str bytes = kh_str_make(cursor->ptr, len);
    if (len > 0)
        cursor->ptr += len;
    return bytes;
}

kh_str kh_cursor_string(kh_cursor *cursor)
{
    uint64_t len = kh_cursor_varint(cursor);

    return kh_cursor_bytes(cursor, len <= SIZE_MAX ? (size_t)len : SIZE_MAX);
}

static uint64_t little_endian(kh_cursor *cursor, size_t n_bytes)
{
    kh_str bytes = kh_cursor_bytes(cursor, n_bytes);
    uint64_t value = 0;

    for (size_t i = 0; i < bytes.len; i++)
        value |= (uint64_t)(unsigned char)bytes.ptr[i] << (8 * i);
    return value;
}

uint32_t kh_cursor_u32(kh_cursor *cursor)
{
    return (uint32_t)little_endian(cursor, sizeof(uint32_t));
}

uint64_t kh_cursor_u64(kh_cursor *cursor)
{
    return little_endian(cursor, sizeof(uint64_t));
}
