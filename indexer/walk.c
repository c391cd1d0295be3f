/* walk - from the inputs named to the files to read, in the order of their bytes. */
#include "indexer/walk.h"

#include <errno.h>

#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "formats/reader.h"

#define DEPTH_MAX 100 /* folders in folders */

typedef struct walker {
    kh_walk *walk;
    const kh_walk_options *options;
    kh_str input;
    kh_arena *arena;
    kh_error *err;
} walker;

static bool is_excluded(const walker *w, const char *path, const char *name)
{
    const char *below = path + w->input.len;
    while (*below == '/')
        below++;
    for (size_t i = 0; i < w->options->n_excludes; i++) {
        const char *glob = w->options->excludes[i].ptr; /* NUL-terminated: from argv */
        if (fnmatch(glob, name, 0) == 0 || fnmatch(glob, below, 0) == 0)
            return true;
    }
    return false;
}

static void leave_alone(walker *w, const char *name)
{
    kh_walk *walk = w->walk;
    const char *dot = strrchr(name, '.');
    kh_str suffix = kh_str_from(dot != NULL && dot != name ? dot : "");
    walk->n_all_left_alone++;
    for (size_t i = 0; i < walk->n_left_alone; i++) {
        if (!kh_str_equal(walk->left_alone[i].suffix, suffix))
            continue;
        walk->left_alone[i].n++;
        return;
    }
    walk->left_alone = kh_arena_grow(w->arena, walk->left_alone, walk->n_left_alone,
                                     &walk->left_capacity, sizeof(kh_left_alone));
    walk->left_alone[walk->n_left_alone++] =
        (kh_left_alone){ kh_arena_copy(w->arena, suffix), 1 };
}

static int64_t mtime_of(const struct stat *info)
{
    return (int64_t)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;
}

static void take_file(walker *w, const char *path, const struct stat *info,
                      bool is_named)
{
    kh_walk *walk = w->walk;
    walk->files = kh_arena_grow(w->arena, walk->files, walk->n_files, &walk->capacity,
                                sizeof(kh_walk_file));
    walk->files[walk->n_files++] =
        (kh_walk_file){ .path = kh_arena_copy(w->arena, kh_str_from(path)),
                        .input = w->input,
                        .bytes = (uint64_t)info->st_size,
                        .mtime_ns = mtime_of(info),
                        .is_named = is_named,
                        .is_once = !S_ISREG(info->st_mode) };
    walk->bytes += (uint64_t)info->st_size;
}

/* What would be read if the system let us: a failure, as a file that it does not let us
 * open, and like that the same for the next build as long as it is so. */
static void take_unread(walker *w, const char *path, const char *why)
{
    static const struct stat unknown = { .st_mode = S_IFREG };
    take_file(w, path, &unknown, false);
    kh_walk_file *file = &w->walk->files[w->walk->n_files - 1];
    file->is_unread = true;
    file->why = kh_arena_copy(w->arena, kh_str_from(why));
}

static void take_unread_errno(walker *w, const char *path)
{
    kh_error why;
    (void)kh_fail_errno(&why, KH_ERR_IO, "cannot look at '%s'", path);
    take_unread(w, path, why.message);
}

/* Whether a file looks like something we read; one that cannot be opened is taken, so
 * that the reader says why. */
static bool is_known(const char *path)
{
    char first[KH_SNIFF_BYTES];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return true;
    ssize_t n = read(file, first, sizeof(first));
    (void)close(file);
    return kh_reader_knows(path, kh_str_make(first, n > 0 ? (size_t)n : 0));
}

static bool is_index(const char *folder)
{
    static const char *const names[] = { "current", "lock", "segments" };
    KH_AUTO_BUF path;
    kh_buf_init(&path, 1 << 16);
    size_t n = 0;
    for (size_t i = 0; i < KH_COUNT_OF(names); i++) {
        kh_buf_reset(&path);
        kh_path_join(&path, folder, names[i]);
        n += kh_path_exists(kh_buf_text(&path));
    }
    return n >= 2;
}

/* A folder that is being walked, and the one that it was found in. */
typedef struct level {
    const char *folder;
    dev_t device;
    ino_t inode;
    unsigned depth;
    const struct level *above; /* NULL: it is an input */
} level;

static level level_of(const char *folder, const struct stat *info, const level *above)
{
    return (level){ .folder = folder,
                    .device = info->st_dev,
                    .inode = info->st_ino,
                    .depth = above != NULL ? above->depth + 1 : 0,
                    .above = above };
}

static bool is_within_itself(const level *here)
{
    for (const level *at = here->above; at != NULL; at = at->above)
        if (at->device == here->device && at->inode == here->inode)
            return true;
    return false;
}

static kh_status walk_folder(walker *w, const level *here, kh_error *err);

/* A folder below an input that cannot be read costs itself. */
static void walk_below(walker *w, const level *here)
{
    kh_error why;
    kh_status status = walk_folder(w, here, &why);
    if (status != KH_OK && status != KH_ERR_NOT_FOUND) /* gone meanwhile */
        take_unread(w, here->folder, why.message);
}

/* What a link leads to; false: it is left alone, or cannot be followed. */
static bool follow_link(walker *w, const char *path, struct stat *info)
{
    if (!w->options->follows_links) {
        w->walk->n_links++;
        return false;
    }
    if (stat(path, info) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
        w->walk->n_dangling++;
    else
        take_unread_errno(w, path);
    return false;
}

static void walk_entry(walker *w, const char *path, const char *name,
                       const level *above)
{
    struct stat info;
    if (is_excluded(w, path, name))
        return;
    if (!w->options->takes_hidden && name[0] == '.') {
        w->walk->n_hidden++;
        return;
    }
    if (lstat(path, &info) != 0) {
        if (errno != ENOENT && errno != ENOTDIR) /* gone since the folder was read */
            take_unread_errno(w, path);
        return;
    }
    if (S_ISLNK(info.st_mode) && !follow_link(w, path, &info))
        return;
    level here = level_of(path, &info, above);
    if (S_ISDIR(info.st_mode))
        walk_below(w, &here);
    else if (S_ISREG(info.st_mode) && is_known(path))
        take_file(w, path, &info, false);
    else if (S_ISREG(info.st_mode))
        leave_alone(w, name);
    else
        w->walk->n_special++;
}

/* The index being built: a new one does not look like an index yet. */
static bool is_own_index(const walker *w, const level *here)
{
    struct stat own;
    return w->options->index_folder != NULL &&
           stat(w->options->index_folder, &own) == 0 && own.st_dev == here->device &&
           own.st_ino == here->inode;
}

static kh_status walk_folder(walker *w, const level *here, kh_error *err)
{
    if (is_within_itself(here)) {
        w->walk->n_rings++;
        return KH_OK;
    }
    if (is_index(here->folder) || is_own_index(w, here)) {
        w->walk->n_indexes++;
        return KH_OK;
    }
    if (here->depth > DEPTH_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "folder is below more than %d others",
                       DEPTH_MAX);
    kh_names names = { 0 };
    kh_status status = kh_folder_list(&names, here->folder, err);
    KH_AUTO_BUF path;
    kh_buf_init(&path, 1 << 20);
    for (size_t i = 0; i < names.n; i++) {
        kh_buf_reset(&path);
        kh_path_join(&path, here->folder, names.names[i]);
        walk_entry(w, kh_buf_text(&path), names.names[i], here);
    }
    kh_names_release(&names);
    return status;
}

bool kh_walk_is_as_found(const kh_walk_file *file)
{
    struct stat info;
    return stat(file->path.ptr, &info) == 0 && (uint64_t)info.st_size == file->bytes &&
           mtime_of(&info) == file->mtime_ns;
}

/* A file that is an input itself has to be one that may be read. */
static kh_status check_readable(const walker *w, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return kh_fail_errno(w->err, KH_ERR_IO, "not published: cannot open input '%s'",
                             path);
    (void)close(file);
    return KH_OK;
}

static kh_status walk_input(walker *w)
{
    struct stat info = { 0 };
    if (kh_str_equal(w->input, KH_STR("-"))) {
        take_file(w, "-", &info, true);
        return KH_OK;
    }
    const char *path = w->input.ptr;
    if (stat(path, &info) != 0)
        return errno == ENOENT
                   ? kh_fail(w->err, KH_ERR_NOT_FOUND, "not published: no input '%s'",
                             path)
                   : kh_fail_errno(w->err, KH_ERR_NOT_FOUND,
                                   "not published: cannot read input '%s'", path);
    level here = level_of(path, &info, NULL);
    if (S_ISDIR(info.st_mode))
        return walk_folder(w, &here, w->err);
    take_file(w, path, &info, true);
    return S_ISREG(info.st_mode) ? check_readable(w, path) : KH_OK;
}

static int by_count(const void *a, const void *b)
{
    const kh_left_alone *x = a;
    const kh_left_alone *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return kh_str_compare(x->suffix, y->suffix);
}

/* A file that two inputs reach belongs to the first of them. */
static void drop_repeated(kh_walk *walk)
{
    kh_table seen;
    kh_table_init(&seen);
    size_t n = 0;
    for (size_t i = 0; i < walk->n_files; i++) {
        kh_walk_file file = walk->files[i];
        size_t before = seen.n;
        if (kh_table_add(&seen, file.path, kh_table_hash(file.path)) < before)
            walk->bytes -= file.bytes;
        else
            walk->files[n++] = file;
    }
    walk->n_files = n;
    kh_table_release(&seen);
}

kh_status kh_walk_inputs(kh_walk *out, const kh_str *inputs, size_t n,
                         const kh_walk_options *options, kh_arena *arena, kh_error *err)
{
    *out = (kh_walk){ 0 };
    for (size_t i = 0; i < n; i++) {
        walker w = { .walk = out,
                     .options = options,
                     .input = inputs[i],
                     .arena = arena,
                     .err = err };
        kh_status status = walk_input(&w);
        if (status != KH_OK)
            return status;
    }
    drop_repeated(out);
    if (out->n_left_alone > 1)
        qsort(out->left_alone, out->n_left_alone, sizeof(kh_left_alone), by_count);
    return KH_OK;
}

bool kh_walk_is_once(const char *path)
{
    struct stat info;
    if (strcmp(path, "-") == 0)
        return true;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}
