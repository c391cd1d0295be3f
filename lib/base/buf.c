/* buf - text that grows. Memory doubles, and one byte more than the text is kept for
 * the NUL. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "private.h"

#define FIRST_BYTES 64

void kh_buf_init(kh_buf *buf, size_t max_bytes)
{
    *buf = (kh_buf){ .max = max_bytes };
}

void kh_buf_release(kh_buf *buf)
{
    kh_free(buf->ptr);
    kh_buf_init(buf, buf->max);
}

void kh_buf_reset(kh_buf *buf)
{
    buf->len = 0;
    buf->is_over_max = false;
    if (buf->ptr != NULL)
        buf->ptr[0] = '\0';
}

static inline bool has_room(const kh_buf *buf, size_t more_bytes)
{
    return buf->ptr != NULL && more_bytes < buf->capacity - buf->len;
}

static void grow(kh_buf *buf, size_t more_bytes)
{
    size_t wanted = buf->capacity > 0 ? buf->capacity : FIRST_BYTES;
    while (wanted - buf->len <= more_bytes && wanted <= SIZE_MAX / 2)
        wanted *= 2;
    if (wanted - buf->len <= more_bytes)
        kh_out_of_memory(more_bytes);
    buf->ptr = kh_realloc(buf->ptr, wanted);
    buf->capacity = wanted;
    buf->ptr[buf->len] = '\0';
}

void kh_buf_reserve(kh_buf *buf, size_t more_bytes)
{
    if (!has_room(buf, more_bytes))
        grow(buf, more_bytes);
}

/* Room for len bytes at the end, which are then part of the text; NULL if over max. */
static inline char *extend(kh_buf *buf, size_t len)
{
    if (buf->is_over_max || len > buf->max || buf->len > buf->max - len) {
        buf->is_over_max = true;
        return NULL;
    }
    if (!has_room(buf, len))
        grow(buf, len);
    char *at = buf->ptr + buf->len;
    buf->len += len;
    buf->ptr[buf->len] = '\0';
    return at;
}

void kh_buf_add_bytes(kh_buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    char *at = extend(buf, len);
    if (at != NULL)
        memcpy(at, bytes, len);
}

void kh_buf_add(kh_buf *buf, kh_str text)
{
    kh_buf_add_bytes(buf, text.ptr, text.len);
}

void kh_buf_add_char_slowly(kh_buf *buf, char c)
{
    char *at = extend(buf, 1);
    if (at != NULL)
        *at = c;
}

void kh_buf_add_code_point(kh_buf *buf, uint32_t code_point)
{
    char bytes[4];
    kh_buf_add_bytes(buf, bytes, kh_utf8_put(bytes, code_point));
}

void kh_buf_add_varint_slowly(kh_buf *buf, uint64_t value)
{
    char bytes[KH_VARINT_MAX];
    char *end = kh_varint_put(bytes, value);
    kh_buf_add_bytes(buf, bytes, (size_t)(end - bytes));
}

void kh_buf_add_string(kh_buf *buf, kh_str text)
{
    char bytes[KH_VARINT_MAX];
    size_t n = (size_t)(kh_varint_put(bytes, text.len) - bytes);

    char *at = text.len <= SIZE_MAX - n ? extend(buf, n + text.len) : NULL;
    if (at == NULL)
        return;
    at = kh_varint_put(at, text.len); /* again: sooner done than copied */
    if (text.len > 0)
        memcpy(at, text.ptr, text.len);
}

static void add_little_endian(kh_buf *buf, uint64_t value, size_t n_bytes)
{
    char *at = extend(buf, n_bytes);

    for (size_t i = 0; at != NULL && i < n_bytes; i++)
        at[i] = (char)(value >> (8 * i));
}

void kh_buf_add_u32(kh_buf *buf, uint32_t value)
{
    add_little_endian(buf, value, sizeof(value));
}

void kh_buf_add_u64(kh_buf *buf, uint64_t value)
{
    add_little_endian(buf, value, sizeof(value));
}

void kh_buf_printf(kh_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    kh_buf_vprintf(buf, format, args);
    va_end(args);
}

void kh_buf_vprintf(kh_buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(NULL, 0, format, args);
    assert(needed >= 0); /* the formats are our own */

    size_t len = (size_t)needed;
    char *at = extend(buf, len);
    if (at != NULL)
        vsnprintf(at, len + 1, format, again);
    va_end(again);
}

const char *kh_buf_text(const kh_buf *buf)
{
    return buf->ptr != NULL ? buf->ptr : "";
}
