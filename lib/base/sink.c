/* sink - a file that is written from front to end, through a buffer. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

#define BUFFER_BYTES ((size_t)256 << 10)
#define MAPPED_BYTES ((size_t)2 << 20) /* a large page */

struct kh_sink {
    int fd;          /* owned */
    char *path;      /* owned; for messages */
    char *buffer;    /* owned */
    size_t capacity; /* of it: what is written at once */
    size_t waiting;  /* bytes in it */
    uint64_t offset; /* bytes added so far */
    kh_error first;  /* the first failure; all after it is dropped */
};

static kh_status open_sink(kh_sink **out, const char *path, size_t capacity,
                           kh_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot create '%s'", path);

    kh_sink *sink = kh_alloc(sizeof(*sink));
    sink->fd = fd;
    sink->path = kh_str_dup(kh_str_from(path));
    sink->buffer = kh_alloc(capacity);
    sink->capacity = capacity;
    *out = sink;
    return KH_OK;
}

kh_status kh_sink_open(kh_sink **out, const char *path, kh_error *err)
{
    return open_sink(out, path, BUFFER_BYTES, err);
}

kh_status kh_sink_open_mapped(kh_sink **out, const char *path, kh_error *err)
{
    return open_sink(out, path, MAPPED_BYTES, err);
}

static void write_out(kh_sink *sink, const char *bytes, size_t len)
{
    while (len > 0 && sink->first.status == KH_OK) {
        ssize_t n = write(sink->fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            kh_fail_errno(&sink->first, KH_ERR_IO, "cannot write '%s'", sink->path);
            return;
        }
        bytes += n;
        len -= (size_t)n;
    }
}

static void flush(kh_sink *sink)
{
    write_out(sink, sink->buffer, sink->waiting);
    sink->waiting = 0;
}

void kh_sink_add(kh_sink *sink, const void *bytes, size_t len)
{
    sink->offset += len;
    const char *at = bytes;
    while (len > 0) {
        size_t room = sink->capacity - sink->waiting;
        size_t n = len < room ? len : room;
        memcpy(sink->buffer + sink->waiting, at, n);
        sink->waiting += n;
        at += n;
        len -= n;
        if (sink->waiting == sink->capacity)
            flush(sink);
    }
}

kh_status kh_sink_flush(kh_sink *sink, kh_error *err)
{
    flush(sink);
    return kh_sink_status(sink, err);
}

uint64_t kh_sink_offset(const kh_sink *sink)
{
    return sink->offset;
}

kh_status kh_sink_status(const kh_sink *sink, kh_error *err)
{
    if (sink->first.status != KH_OK && err != NULL)
        *err = sink->first;
    return sink->first.status;
}

static kh_status close_sink(kh_sink *sink, bool is_synced, kh_error *err)
{
    flush(sink);
    if (is_synced && sink->first.status == KH_OK && fsync(sink->fd) != 0)
        kh_fail_errno(&sink->first, KH_ERR_IO, "cannot sync '%s'", sink->path);
    int closed = close(sink->fd);
    sink->fd = -1;
    if (sink->first.status == KH_OK && closed != 0)
        kh_fail_errno(&sink->first, KH_ERR_IO, "cannot close '%s'", sink->path);

    kh_status status = sink->first.status;
    if (status != KH_OK && err != NULL)
        *err = sink->first;
    kh_sink_free(sink);
    return status;
}

kh_status kh_sink_close(kh_sink *sink, kh_error *err)
{
    return close_sink(sink, true, err);
}

kh_status kh_sink_close_unsynced(kh_sink *sink, kh_error *err)
{
    return close_sink(sink, false, err);
}

void kh_sink_free(kh_sink *sink)
{
    if (sink == NULL)
        return;
    if (sink->fd >= 0)
        close(sink->fd);
    kh_free(sink->path);
    kh_free(sink->buffer);
    kh_free(sink);
}
