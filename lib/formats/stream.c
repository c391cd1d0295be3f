/* stream - a window that moves over the bytes of one member, and counts lines. */
#include "stream.h"

#include "base/alloc.h"
#include "text/charset.h"

#define CHUNK_BYTES ((size_t)256 << 10)

struct kh_stream {
    kh_pack *pack; /* borrowed */
    char *buf;     /* owned */
    size_t start, end, capacity;
    uint64_t byte;      /* of buf[start] in the member */
    uint32_t line;      /* of buf[start] */
    uint64_t line_byte; /* where that line begins */
    bool is_at_end;
    kh_error failure; /* why the end is here; not told yet */
};

kh_stream *kh_stream_open(kh_pack *pack)
{
    kh_stream *stream = kh_alloc(sizeof(*stream));
    stream->pack = pack;
    kh_stream_reset(stream);
    return stream;
}

void kh_stream_free(kh_stream *stream)
{
    if (!stream)
        return;

    kh_free(stream->buf);
    kh_free(stream);
}

void kh_stream_reset(kh_stream *stream)
{
    stream->start = stream->end = 0;
    stream->byte = stream->line_byte = 0;
    stream->line = 1;
    stream->is_at_end = false;
    stream->failure.status = KH_OK;
}

/* Room for another chunk behind what is there. */
static void make_room(kh_stream *stream)
{
    if (stream->capacity - stream->end >= CHUNK_BYTES)
        return;

    size_t n = stream->end - stream->start;
    if (stream->start > 0 && n > 0)
        memmove(stream->buf, stream->buf + stream->start, n);
    stream->start = 0;
    stream->end = n;
    if (stream->capacity - n < CHUNK_BYTES) {
        stream->capacity = stream->capacity ? stream->capacity * 2 : CHUNK_BYTES;
        stream->buf = kh_realloc(stream->buf, stream->capacity);
    }
}

/* Read one more chunk; false at the end, where stream->failure says why. */
static bool read_more(kh_stream *stream)
{
    if (stream->is_at_end)
        return false;

    make_room(stream);
    size_t got = 0;
    kh_status status = kh_pack_read(stream->pack, &got, stream->buf + stream->end,
                                    stream->capacity - stream->end, &stream->failure);
    stream->failure.status = status;
    stream->is_at_end = status != KH_OK || got == 0;
    stream->end += got;
    return !stream->is_at_end;
}

static kh_str window_of(const kh_stream *stream)
{
    return kh_str_make(stream->buf ? stream->buf + stream->start : "",
                       stream->end - stream->start);
}

kh_status kh_stream_see(kh_stream *stream, size_t n, kh_str *window, kh_error *err)
{
    bool more = true;
    while (stream->end - stream->start < n && more)
        more = read_more(stream);

    kh_status status = stream->failure.status;
    if (status != KH_OK && stream->end - stream->start < n) {
        if (err)
            *err = stream->failure;
        stream->failure.status = KH_OK;
        stream->end = stream->start;
        return status;
    }
    *window = window_of(stream);
    return KH_OK;
}

kh_status kh_stream_peek(kh_stream *stream, size_t n, kh_str *window, kh_error *err)
{
    bool more = true;
    while (stream->end - stream->start < n && more)
        more = read_more(stream);

    if (stream->end == stream->start)
        return kh_stream_see(stream, 1, window, err);
    *window = window_of(stream);
    return KH_OK;
}

void kh_stream_take(kh_stream *stream, size_t n)
{
    const char *at = stream->buf + stream->start;
    const char *end = at + n;
    while (n > 0 && (at = memchr(at, '\n', (size_t)(end - at)))) {
        stream->line++;
        at++;
        stream->line_byte =
            stream->byte + (uint64_t)(at - (stream->buf + stream->start));
        if (at == end)
            break;
    }
    stream->start += n;
    stream->byte += n;
}

static kh_status fail_too_long(uint32_t line, kh_error *err)
{
    return kh_fail(err, KH_ERR_LIMIT, "line %u is longer than %zu MiB", line,
                   KH_RECORD_MAX_BYTES >> 20);
}

/* Pass over the rest of a line that is too long. */
static kh_status pass_over_line(kh_stream *stream, kh_error *err)
{
    uint32_t line = stream->line;
    for (;;) {
        kh_str window = { NULL, 0 };
        kh_status status = kh_stream_see(stream, 1, &window, err);
        if (status != KH_OK)
            return status;
        if (window.len == 0)
            return fail_too_long(line, err);

        const char *end = memchr(window.ptr, '\n', window.len);
        kh_stream_take(stream, end ? (size_t)(end - window.ptr) + 1 : window.len);
        if (end)
            return fail_too_long(line, err);
    }
}

kh_status kh_stream_line(kh_stream *stream, kh_str *line, kh_error *err)
{
    size_t searched = 0;
    for (;;) {
        kh_str window = { NULL, 0 };
        kh_status status = kh_stream_see(stream, searched + 1, &window, err);
        if (status != KH_OK)
            return status;
        if (window.len == 0)
            return KH_END;

        size_t n_new = window.len - searched;
        const char *end = n_new ? memchr(window.ptr + searched, '\n', n_new) : NULL;
        size_t n = end ? (size_t)(end - window.ptr) : window.len;
        if (n > KH_RECORD_MAX_BYTES)
            return pass_over_line(stream, err);
        if (end || n_new == 0) {
            kh_stream_take(stream, end ? n + 1 : n);
            if (n > 0 && window.ptr[n - 1] == '\r')
                n--;
            *line = kh_str_make(window.ptr, n);
            return KH_OK;
        }
        searched = window.len;
    }
}

kh_status kh_stream_all(kh_stream *stream, kh_str *bytes, kh_error *err)
{
    kh_status status = kh_stream_see(stream, KH_RECORD_MAX_BYTES + 1, bytes, err);
    if (status != KH_OK)
        return status;
    if (bytes->len > KH_RECORD_MAX_BYTES) {
        kh_stream_reset(stream);
        stream->is_at_end = true;
        return kh_fail(err, KH_ERR_LIMIT, "larger than %zu MiB",
                       KH_RECORD_MAX_BYTES >> 20);
    }
    return KH_OK;
}

kh_status kh_stream_convert(kh_stream *stream, kh_error *err)
{
    kh_str bytes;
    kh_status status = kh_stream_all(stream, &bytes, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    status = kh_charset_to_utf8(&text, bytes, NULL, NULL, err);
    if (status != KH_OK)
        return status;

    kh_free(stream->buf);
    stream->capacity = text.capacity;
    stream->start = 0;
    stream->end = text.len;
    stream->buf = text.ptr;
    stream->is_at_end = true;
    text.ptr = NULL;
    return KH_OK;
}

uint32_t kh_stream_line_number(const kh_stream *stream)
{
    return stream->line;
}

uint64_t kh_stream_byte(const kh_stream *stream)
{
    return stream->byte;
}

size_t kh_stream_column(const kh_stream *stream)
{
    return (size_t)(stream->byte - stream->line_byte) + 1;
}
