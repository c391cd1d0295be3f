/* path - names of files as texts. */
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

bool kh_path_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

bool kh_path_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Take the last part of the path that begins at start off again. */
static void drop_last(kh_buf *out, size_t start)
{
    while (out->len > start && out->ptr[out->len - 1] != '/')
        out->len--;
    if (out->len > start)
        out->len--;
}

/* Append each part of path as "/part", and go back at "..". */
static void add_parts(kh_buf *out, size_t start, kh_str path)
{
    size_t at = 0;

    while (at < path.len) {
        size_t end = kh_str_find(path, KH_STR("/"), at);
        end = end < path.len ? end : path.len;
        kh_str part = kh_str_slice(path, at, end);
        at = end + 1;
        if (part.len == 0 || kh_str_equal(part, KH_STR(".")))
            continue;
        if (kh_str_equal(part, KH_STR(".."))) {
            drop_last(out, start);
            continue;
        }
        kh_buf_add_char(out, '/');
        kh_buf_add(out, part);
    }
}

void kh_path_absolute(kh_buf *out, const char *path)
{
    char here[PATH_MAX];
    size_t start = out->len;

    if (path[0] != '/') {
        if (getcwd(here, sizeof(here)) == NULL) { /* removed: no name is right */
            kh_buf_add(out, kh_str_from(path));
            return;
        }
        add_parts(out, start, kh_str_from(here));
    }
    add_parts(out, start, kh_str_from(path));
    if (out->len == start)
        kh_buf_add_char(out, '/');
    if (out->ptr != NULL)
        out->ptr[out->len] = '\0'; /* drop_last() moved the end */
}

void kh_path_join(kh_buf *out, const char *folder, const char *name)
{
    kh_str head = kh_str_from(folder);

    kh_buf_add(out, head);
    if (head.len > 0 && !kh_str_ends(head, KH_STR("/")))
        kh_buf_add_char(out, '/');
    kh_buf_add(out, kh_str_from(name));
}
