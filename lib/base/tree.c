/* tree - a folder with all that lies below it. Symbolic links are never followed. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "private.h"

#define DEPTH_MAX 128 /* folders in one another; an index has three */

/* What is done with each file, and with each folder after all that is in it. */
typedef struct visitor {
    kh_status (*visit)(void *data, const char *path, const struct stat *info,
                       kh_error *err);
    void *data;
} visitor;

static kh_status walk(const visitor *v, kh_buf *path, int depth, kh_error *err);

static kh_status walk_inside(const visitor *v, kh_buf *path, int depth, kh_error *err)
{
    if (depth >= DEPTH_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "more than %d folders in one another: '%s'",
                       DEPTH_MAX, kh_buf_text(path));

    kh_names inside = { 0 };
    kh_status status = kh_folder_list(&inside, kh_buf_text(path), err);
    size_t len = path->len;
    for (size_t i = 0; i < inside.n && status == KH_OK; i++) {
        kh_buf_printf(path, "/%s", inside.names[i]);
        status = walk(v, path, depth + 1, err);
        path->len = len;
        path->ptr[len] = '\0';
    }
    kh_names_release(&inside);
    return status;
}

static kh_status walk(const visitor *v, kh_buf *path, int depth, kh_error *err)
{
    struct stat info;

    if (lstat(kh_buf_text(path), &info) != 0)
        return kh_fail_errno(err, kh_status_of_errno(errno), "cannot look at '%s'",
                             kh_buf_text(path));
    if (S_ISDIR(info.st_mode)) {
        kh_status status = walk_inside(v, path, depth, err);
        if (status != KH_OK)
            return status;
    }
    return v->visit(v->data, kh_buf_text(path), &info, err);
}

static kh_status walk_from(const char *path, const visitor *v, kh_error *err)
{
    KH_AUTO_BUF room;
    kh_buf_init(&room, KH_BUF_MAX);
    kh_buf_add(&room, kh_str_from(path));
    return walk(v, &room, 0, err);
}

static kh_status remove_visit(void *data, const char *path, const struct stat *info,
                              kh_error *err)
{
    (void)data;
    int failed = S_ISDIR(info->st_mode) ? rmdir(path) : unlink(path);
    if (failed && errno != ENOENT)
        return kh_fail_errno(err, KH_ERR_IO, "cannot remove '%s'", path);
    return KH_OK;
}

kh_status kh_folder_remove(const char *path, kh_error *err)
{
    struct stat info;
    if (lstat(path, &info) != 0) {
        if (errno == ENOENT)
            return KH_OK;
        return kh_fail_errno(err, KH_ERR_IO, "cannot look at '%s'", path);
    }
    if (!S_ISDIR(info.st_mode))
        return kh_fail(err, KH_ERR_IO, "cannot remove '%s': not a folder", path);

    visitor v = { remove_visit, NULL };
    return walk_from(path, &v, err);
}

static kh_status sync_visit(void *data, const char *path, const struct stat *info,
                            kh_error *err)
{
    (void)data;
    if (S_ISDIR(info->st_mode))
        return kh_folder_sync(path, err);
    if (!S_ISREG(info->st_mode))
        return KH_OK;

    int fd = -1;
    kh_status status = kh_open_to_read(&fd, path, err);
    if (status != KH_OK)
        return status;
    if (fsync(fd) != 0)
        status = kh_fail_errno(err, KH_ERR_IO, "cannot sync '%s'", path);
    close(fd);
    return status;
}

kh_status kh_tree_sync(const char *path, kh_error *err)
{
    visitor v = { sync_visit, NULL };
    return walk_from(path, &v, err);
}

static kh_status bytes_visit(void *data, const char *path, const struct stat *info,
                             kh_error *err)
{
    (void)path;
    (void)err;
    if (S_ISREG(info->st_mode))
        *(uint64_t *)data += (uint64_t)info->st_size;
    return KH_OK;
}

kh_status kh_tree_bytes(uint64_t *out, const char *path, kh_error *err)
{
    uint64_t sum = 0;
    visitor v = { bytes_visit, &sum };

    kh_status status = walk_from(path, &v, err);
    if (status == KH_OK)
        *out = sum;
    return status;
}
