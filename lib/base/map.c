/* map - a file mapped for reading. */
#define _GNU_SOURCE /* madvise */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "private.h"

/* Map what fd is open on; the map lives on when fd is closed. */
static kh_status map_fd(kh_map *out, int fd, const char *path, kh_error *err)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot look at '%s'", path);
    if (!S_ISREG(info.st_mode))
        return kh_fail(err, KH_ERR_IO, "cannot map '%s': not a regular file", path);
    if (info.st_size == 0) {
        *out = (kh_map){ NULL, 0 };
        return KH_OK;
    }

    size_t len = (size_t)info.st_size;
    void *ptr = mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0);
    if (ptr == MAP_FAILED)
        return kh_fail_errno(err, KH_ERR_IO, "cannot map '%s'", path);
    *out = (kh_map){ ptr, len };
    return KH_OK;
}

kh_status kh_map_open(kh_map *out, const char *path, kh_error *err)
{
    int fd = -1;
    kh_status status = kh_open_to_read(&fd, path, err);
    if (status != KH_OK)
        return status;

    status = map_fd(out, fd, path, err);
    close(fd);
    return status;
}

void kh_map_close(kh_map *map)
{
    if (map->len > 0)
        munmap((void *)map->ptr, map->len);
    *map = (kh_map){ NULL, 0 };
}

void kh_map_let_go(const kh_map *map)
{
    if (map->len > 0)
        (void)madvise((void *)map->ptr, map->len, MADV_DONTNEED);
}
