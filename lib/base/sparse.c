/* sparse - a file of which little is looked at: mapped, but at first read. */
#include <errno.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "private.h"

kh_status kh_sparse_open(kh_sparse *out, const char *path, kh_error *err)
{
    kh_sparse file = { .fd = -1, .n_reads = KH_SPARSE_READS };
    kh_status status = kh_map_open(&file.map, path, err);
    if (status == KH_OK)
        status = kh_open_to_read(&file.fd, path, err);
    if (status != KH_OK) {
        kh_map_close(&file.map);
        return status;
    }
    file.is_open = true;
    *out = file;
    return KH_OK;
}

void kh_sparse_close(kh_sparse *file)
{
    kh_map_close(&file->map);
    kh_free(file->room);
    if (file->is_open)
        close(file->fd);
    *file = (kh_sparse){ .fd = -1 };
}

/* False: the map has to do. */
static bool read_at(kh_sparse *file, uint64_t offset, size_t len)
{
    if (len > file->capacity) {
        file->capacity = len + len / 2 + KH_SPARSE_ROOM;
        kh_free(file->room);
        file->room = kh_alloc(file->capacity);
    }
    for (size_t got = 0; got < len;) {
        ssize_t n = pread(file->fd, file->room + got, len - got, (off_t)(offset + got));
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        got += n > 0 ? (size_t)n : 0;
    }
    return true;
}

const unsigned char *kh_sparse_at(kh_sparse *file, uint64_t offset, size_t len)
{
    if (len == 0)
        return (const unsigned char *)"";
    if (file->n_reads > 0 && len <= KH_SPARSE_MAX) {
        file->n_reads--;
        if (read_at(file, offset, len))
            return (const unsigned char *)file->room;
    }
    return file->map.ptr + offset;
}
