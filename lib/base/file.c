/* file - whole files: read, replaced in one step, digested. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/alloc.h"
#include "private.h"

#define CHUNK_BYTES     ((size_t)64 << 10)
#define SUM_CHUNK_BYTES ((size_t)32 << 10)

kh_status kh_status_of_errno(int number)
{
    return number == ENOENT || number == ENOTDIR ? KH_ERR_NOT_FOUND : KH_ERR_IO;
}

kh_status kh_open_to_read(int *out, const char *path, kh_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return kh_fail_errno(err, kh_status_of_errno(errno), "cannot open '%s'", path);
    *out = fd;
    return KH_OK;
}

/* One read(): its bytes in *got, 0 at the end. */
static kh_status read_some(size_t *got, int fd, char *room, size_t size,
                           const char *path, kh_error *err)
{
    ssize_t n;

    do
        n = read(fd, room, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot read '%s'", path);
    *got = (size_t)n;
    return KH_OK;
}

static kh_status read_all(kh_buf *out, int fd, const char *path, size_t max_bytes,
                          kh_error *err)
{
    size_t start = out->len;

    for (;;) {
        kh_buf_reserve(out, CHUNK_BYTES);
        size_t got = 0;
        kh_status status =
            read_some(&got, fd, out->ptr + out->len, CHUNK_BYTES, path, err);
        if (status != KH_OK || got == 0)
            return status;
        if (got > max_bytes - (out->len - start) || got > out->max - out->len)
            return kh_fail(err, KH_ERR_LIMIT, "'%s' is larger than %zu bytes", path,
                           max_bytes);
        out->len += got;
    }
}

kh_status kh_file_read(kh_buf *out, const char *path, size_t max_bytes, kh_error *err)
{
    int fd = -1;
    kh_status status = kh_open_to_read(&fd, path, err);
    if (status != KH_OK)
        return status;

    size_t start = out->len;
    status = read_all(out, fd, path, max_bytes, err);
    close(fd);
    if (status != KH_OK)
        out->len = start;
    out->ptr[out->len] = '\0';
    return status;
}

static kh_status write_aside(const char *aside, kh_str content, kh_error *err)
{
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, aside, err);
    if (status != KH_OK)
        return status;

    kh_sink_add(sink, content.ptr, content.len);
    return kh_sink_close(sink, err);
}

kh_status kh_parent_sync(const char *path, kh_error *err)
{
    char *copy = kh_str_dup(kh_str_from(path)); /* dirname() writes into it */
    kh_status status = kh_folder_sync(dirname(copy), err);

    kh_free(copy);
    return status;
}

kh_status kh_file_replace(const char *path, kh_str content, kh_error *err)
{
    KH_AUTO_BUF aside;
    kh_buf_init(&aside, KH_BUF_MAX);
    kh_buf_printf(&aside, "%s.new-%ld", path, (long)getpid());

    kh_status status = write_aside(kh_buf_text(&aside), content, err);
    if (status == KH_OK && rename(kh_buf_text(&aside), path) != 0)
        status = kh_fail_errno(err, KH_ERR_IO, "cannot replace '%s'", path);
    if (status != KH_OK) {
        unlink(kh_buf_text(&aside));
        return status;
    }
    return kh_parent_sync(path, err);
}

kh_status kh_file_digest(kh_digest *out, const char *path, kh_error *err)
{
    int fd = -1;
    kh_status status = kh_open_to_read(&fd, path, err);
    if (status != KH_OK)
        return status;

    KH_AUTO(kh_digester_free) kh_digester *digester = kh_digester_open();
    char room[SUM_CHUNK_BYTES];
    size_t got = 0;
    while (status == KH_OK) {
        status = read_some(&got, fd, room, sizeof(room), path, err);
        if (status != KH_OK || got == 0)
            break;
        kh_digester_add(digester, kh_str_make(room, got));
    }
    close(fd);
    if (status == KH_OK)
        *out = kh_digester_read(digester);
    return status;
}
