/* folder - one folder: made, listed, synced; the room on its disk. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "private.h"

/* One mkdir(); a folder that is there already is fine. */
static kh_status make_one(const char *path, kh_error *err)
{
    if (mkdir(path, 0777) == 0)
        return KH_OK;
    int number = errno;
    if (kh_path_is_folder(path))
        return KH_OK;
    errno = number;
    return kh_fail_errno(err, KH_ERR_IO, "cannot make folder '%s'", path);
}

kh_status kh_folder_make(const char *path, kh_error *err)
{
    KH_AUTO_BUF part;
    kh_buf_init(&part, KH_BUF_MAX);
    kh_str whole = kh_str_from(path);
    size_t slash = 0; /* a leading one begins no part */

    while ((slash = kh_str_find(whole, KH_STR("/"), slash + 1)) < whole.len) {
        kh_buf_reset(&part);
        kh_buf_add(&part, kh_str_slice(whole, 0, slash));
        kh_status status = make_one(kh_buf_text(&part), err);
        if (status != KH_OK)
            return status;
    }
    return make_one(path, err);
}

kh_status kh_folder_sync(const char *path, kh_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return kh_fail_errno(err, kh_status_of_errno(errno), "cannot open folder '%s'",
                             path);

    kh_status status = KH_OK;
    if (fsync(fd) != 0)
        status = kh_fail_errno(err, KH_ERR_IO, "cannot sync folder '%s'", path);
    close(fd);
    return status;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static kh_status read_names(kh_names *out, DIR *folder, const char *path, kh_error *err)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL && errno != 0)
            return kh_fail_errno(err, KH_ERR_IO, "cannot list folder '%s'", path);
        if (entry == NULL)
            return KH_OK;
        if (!is_dots(entry->d_name))
            KH_PUSH(out->names, out->n, out->capacity) =
                kh_str_dup(kh_str_from(entry->d_name));
    }
}

kh_status kh_folder_list(kh_names *out, const char *path, kh_error *err)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return kh_fail_errno(err, kh_status_of_errno(errno), "cannot open folder '%s'",
                             path);

    kh_names found = { 0 };
    kh_status status = read_names(&found, folder, path, err);
    closedir(folder);
    if (status != KH_OK) {
        kh_names_release(&found);
        return status;
    }
    if (found.n > 0)
        qsort(found.names, found.n, sizeof(*found.names), compare_names);
    *out = found;
    return KH_OK;
}

void kh_names_release(kh_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        kh_free(names->names[i]);
    kh_free(names->names);
    *names = (kh_names){ 0 };
}

kh_status kh_disk_free(uint64_t *out, const char *path, kh_error *err)
{
    struct statvfs disk;

    if (statvfs(path, &disk) != 0)
        return kh_fail_errno(err, kh_status_of_errno(errno),
                             "cannot look at disk of '%s'", path);
    *out = (uint64_t)disk.f_bavail * disk.f_frsize;
    return KH_OK;
}
