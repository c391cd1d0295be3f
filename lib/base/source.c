/* source - a file that is read from front to end, through a buffer. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

/* Small: some hundred runs are read at once. */
#define BUFFER_BYTES ((size_t)16 << 10)

struct kh_source {
    int fd;          /* owned */
    char *path;      /* owned; for messages */
    char *buffer;    /* owned */
    size_t capacity; /* of the buffer */
    size_t at;       /* bytes of it that were read */
    size_t end;      /* bytes of it that are there */
    uint64_t offset; /* of the buffer's first byte in the file */
    bool is_ended;   /* the file has no more */
    kh_error first;  /* the first bad read */
};

kh_status kh_source_open(kh_source **out, const char *path, kh_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return kh_fail_errno(err, errno == ENOENT ? KH_ERR_NOT_FOUND : KH_ERR_IO,
                             "cannot open '%s'", path);
    kh_source *source = kh_alloc(sizeof(*source));
    source->fd = fd;
    source->path = kh_str_dup(kh_str_from(path));
    source->capacity = BUFFER_BYTES;
    source->buffer = kh_alloc(source->capacity);
    *out = source;
    return KH_OK;
}

void kh_source_free(kh_source *source)
{
    if (source == NULL)
        return;
    close(source->fd);
    kh_free(source->path);
    kh_free(source->buffer);
    kh_free(source);
}

/* Have at least len bytes in the buffer behind `at`, if the file has them. */
static size_t fill(kh_source *source, size_t len)
{
    size_t there = source->end - source->at;
    if (there >= len || source->is_ended)
        return there;
    memmove(source->buffer, source->buffer + source->at, there);
    source->offset += source->at;
    source->at = 0;
    source->end = there;
    if (len > source->capacity) {
        source->capacity = len;
        source->buffer = kh_realloc(source->buffer, len);
    }
    while (source->end < len && !source->is_ended) {
        ssize_t n = pread(source->fd, source->buffer + source->end,
                          source->capacity - source->end,
                          (off_t)(source->offset + source->end));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            kh_fail_errno(&source->first, KH_ERR_IO, "cannot read '%s'", source->path);
        if (n <= 0)
            source->is_ended = true;
        else
            source->end += (size_t)n;
    }
    return source->end - source->at;
}

static bool has(kh_source *source, size_t len)
{
    if (source->first.status != KH_OK)
        return false;
    if (source->end - source->at >= len || fill(source, len) >= len)
        return true;
    if (source->first.status == KH_OK)
        kh_fail(&source->first, KH_ERR_CORRUPT, "cut short: '%s'", source->path);
    return false;
}

kh_str kh_source_bytes(kh_source *source, size_t len)
{
    if (!has(source, len))
        return KH_STR("");
    kh_str bytes = kh_str_make(source->buffer + source->at, len);
    source->at += len;
    return bytes;
}

static uint64_t varint_slowly(kh_source *source)
{
    if (source->end - source->at < KH_VARINT_MAX)
        (void)fill(source, KH_VARINT_MAX);
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (!has(source, 1))
            return 0;
        unsigned char byte = (unsigned char)source->buffer[source->at++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    if (source->first.status == KH_OK)
        kh_fail(&source->first, KH_ERR_CORRUPT, "damaged: '%s'", source->path);
    return 0;
}

uint64_t kh_source_varint(kh_source *source)
{
    bool is_short = source->end - source->at >= 2 && source->first.status == KH_OK;
    const unsigned char *at = (const unsigned char *)source->buffer + source->at;
    if (is_short && at[0] < 0x80) {
        source->at += 1;
        return at[0];
    }
    if (is_short && at[1] < 0x80) {
        source->at += 2;
        return (at[0] & 0x7Fu) | (uint64_t)at[1] << 7;
    }
    return varint_slowly(source);
}

kh_str kh_source_string(kh_source *source)
{
    uint64_t len = kh_source_varint(source);
    if (len > KH_BUF_MAX) {
        if (source->first.status == KH_OK)
            kh_fail(&source->first, KH_ERR_CORRUPT, "damaged: '%s'", source->path);
        return KH_STR("");
    }
    return kh_source_bytes(source, (size_t)len);
}

bool kh_source_is_at_end(kh_source *source)
{
    return source->first.status != KH_OK ||
           (source->at == source->end && fill(source, 1) == 0);
}

void kh_source_seek(kh_source *source, uint64_t offset)
{
    source->offset = offset;
    source->at = source->end = 0;
    source->is_ended = false;
    source->first = (kh_error){ 0 };
}

kh_status kh_source_status(const kh_source *source, kh_error *err)
{
    if (source->first.status != KH_OK && err != NULL)
        *err = source->first;
    return source->first.status;
}
