/* buf - text that grows up to a maximum; appends are sticky, one check at the end. */
#pragma once

#include <stdarg.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/str.h"
#include "base/varint.h"

KH_BEGIN_DECLS

typedef struct kh_buf {
    char *ptr; /* owned; NUL-terminated whenever it is not NULL */
    size_t len;
    size_t capacity;
    size_t max;       /* bytes; what would go over it is not appended */
    bool is_over_max; /* an append did not fit; nothing was appended since */
} kh_buf;

/* The maximum of buffers whose size something else bounds. */
#define KH_BUF_MAX ((size_t)1 << 34)

void kh_buf_init(kh_buf *buf, size_t max_bytes);
void kh_buf_release(kh_buf *buf); /* frees; the buffer may be used again */
void kh_buf_reset(kh_buf *buf);   /* empty again, keeps the memory */
/* Memory for so many more and a NUL, whatever the maximum is: to be written in place.
 */
void kh_buf_reserve(kh_buf *buf, size_t more_bytes);

void kh_buf_add(kh_buf *buf, kh_str text);
void kh_buf_add_bytes(kh_buf *buf, const void *bytes, size_t len);
void kh_buf_add_code_point(kh_buf *buf, uint32_t code_point);
void kh_buf_add_string(kh_buf *buf, kh_str text); /* varint length, bytes */
void kh_buf_add_u32(kh_buf *buf, uint32_t value); /* little endian */
void kh_buf_add_u64(kh_buf *buf, uint64_t value); /* little endian */
void kh_buf_printf(kh_buf *buf, const char *format, ...) KH_PRINTF(2, 3);
void kh_buf_vprintf(kh_buf *buf, const char *format, va_list args) KH_PRINTF(2, 0);

/* Append where there is no room, or one might not fit: what the inline ones leave. */
void kh_buf_add_char_slowly(kh_buf *buf, char c);
void kh_buf_add_varint_slowly(kh_buf *buf, uint64_t value);

/* Whether so many more and a NUL fit into the memory that is there, and are allowed. */
static inline bool kh_buf_has_room(const kh_buf *buf, size_t more_bytes)
{
    return more_bytes < buf->capacity - buf->len && buf->len + more_bytes <= buf->max &&
           !buf->is_over_max;
}

static inline void kh_buf_add_char(kh_buf *buf, char c)
{
    if (!kh_buf_has_room(buf, 1)) {
        kh_buf_add_char_slowly(buf, c);
        return;
    }
    buf->ptr[buf->len++] = c;
    buf->ptr[buf->len] = '\0';
}

/* varint.h */
static inline void kh_buf_add_varint(kh_buf *buf, uint64_t value)
{
    if (!kh_buf_has_room(buf, KH_VARINT_MAX)) {
        kh_buf_add_varint_slowly(buf, value);
        return;
    }
    char *end = kh_varint_put(buf->ptr + buf->len, value);
    buf->len = (size_t)(end - buf->ptr);
    *end = '\0';
}

static inline kh_str kh_buf_str(const kh_buf *buf)
{
    return kh_str_make(buf->ptr, buf->len);
}

/* The text NUL-terminated; "" when nothing was appended. */
const char *kh_buf_text(const kh_buf *buf);

#define KH_AUTO_BUF KH_CLEANUP(kh_buf_release) kh_buf

/* Read what kh_buf_add_... wrote. Sticky: after a bad read all reads give 0 or "". */
typedef struct kh_cursor {
    const char *ptr;
    const char *end;
    bool is_bad; /* something was cut short or too long */
} kh_cursor;

static inline kh_cursor kh_cursor_of(kh_str bytes)
{
    kh_cursor c = { bytes.ptr, bytes.len > 0 ? bytes.ptr + bytes.len : bytes.ptr,
                    false };
    return c;
}

uint64_t kh_cursor_varint(kh_cursor *cursor);
kh_str kh_cursor_string(kh_cursor *cursor); /* a view of the bytes */
kh_str kh_cursor_bytes(kh_cursor *cursor, size_t len);
uint32_t kh_cursor_u32(kh_cursor *cursor);
uint64_t kh_cursor_u64(kh_cursor *cursor);

KH_END_DECLS
