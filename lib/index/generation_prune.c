/* generation_prune - remove debris, and generations that are kept no longer. */
#include <stdio.h>
#include <unistd.h>

#include "generation_paths.h"

/* Names of segments that a set of generations needs. */
typedef struct needed {
    kh_arena *arena;
    kh_str *names;
    size_t n;
    size_t capacity;
    bool is_unsure; /* a manifest cannot be read: there may be more */
} needed;

static kh_status need_segments(needed *list, const char *folder,
                               const uint32_t *generations, size_t n, kh_error *err)
{
    for (size_t i = 0; i < n; i++) {
        kh_manifest manifest;
        kh_status status =
            kh_manifest_peek(&manifest, folder, generations[i], list->arena, err);
        if (status == KH_ERR_CORRUPT || status == KH_ERR_VERSION ||
            status == KH_ERR_NOT_FOUND) {
            list->is_unsure = true;
            continue;
        }
        if (status != KH_OK)
            return status;
        for (size_t s = 0; s < manifest.n_segments; s++) {
            if (list->n == list->capacity)
                list->names = kh_arena_grow(list->arena, list->names, list->n,
                                            &list->capacity, sizeof(list->names[0]));
            list->names[list->n++] = manifest.segments[s];
        }
    }
    return KH_OK;
}

static bool is_needed(const needed *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (kh_str_equal(list->names[i], kh_str_from(name)))
            return true;
    return false;
}

static bool is_kept(const uint32_t *kept, size_t n, uint32_t number)
{
    for (size_t i = 0; i < n; i++)
        if (kept[i] == number)
            return true;
    return false;
}

/* Remove a folder so that a half-removed one is never taken for a whole. */
static kh_status remove_folder(const char *path, kh_error *err)
{
    KH_AUTO_BUF aside;
    kh_buf_init(&aside, KH_BUF_MAX);
    kh_buf_add(&aside, kh_str_from(path));
    if (!kh_str_ends(kh_buf_str(&aside), KH_STR(".tmp")))
        kh_buf_add(&aside, KH_STR(".tmp"));
    if (strcmp(path, kh_buf_text(&aside)) != 0) {
        kh_status status = kh_folder_remove(kh_buf_text(&aside), err);
        if (status != KH_OK)
            return status;
        if (rename(path, kh_buf_text(&aside)) != 0)
            return kh_fail_errno(err, KH_ERR_IO, "cannot rename '%s'", path);
    }
    return kh_folder_remove(kh_buf_text(&aside), err);
}

static kh_status remove_segments(size_t *n_removed, const char *folder,
                                 const needed *list, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_SEGMENTS_NAME);
    KH_CLEANUP(kh_names_release) kh_names names = { 0 };
    if (!kh_path_exists(kh_buf_text(&path)))
        return KH_OK;
    kh_status status = kh_folder_list(&names, kh_buf_text(&path), err);
    for (size_t i = 0; i < names.n && status == KH_OK; i++) {
        if (is_needed(list, names.names[i]))
            continue;
        KH_AUTO_BUF segment;
        kh_segment_path(&segment, folder, kh_str_from(names.names[i]));
        if (!kh_path_is_folder(kh_buf_text(&segment)))
            continue;
        status = remove_folder(kh_buf_text(&segment), err);
        ++*n_removed;
    }
    return status;
}

/* Remove gen-* but for those kept, files written aside, tmp. */
static kh_status remove_others(size_t *n_removed, const char *folder,
                               const uint32_t *kept, size_t n_kept, bool is_clean,
                               kh_error *err)
{
    KH_CLEANUP(kh_names_release) kh_names names = { 0 };
    kh_status status = kh_folder_list(&names, folder, err);
    for (size_t i = 0; i < names.n && status == KH_OK; i++) {
        kh_str name = kh_str_from(names.names[i]);
        KH_AUTO_BUF path;
        kh_index_path(&path, folder, names.names[i]);
        uint32_t number;
        bool is_other =
            kh_generation_name(&number, name) && !is_kept(kept, n_kept, number);
        bool is_aside =
            kh_str_starts(name, KH_STR("gen-")) && kh_str_ends(name, KH_STR(".tmp"));
        bool is_tmp = kh_str_equal(name, KH_STR(KH_TMP_NAME));
        bool is_file = is_clean && kh_str_find(name, KH_STR(".new-"), 0) != SIZE_MAX;
        bool is_gone = is_other || (is_clean && (is_aside || is_tmp));
        if (is_gone)
            status = remove_folder(kh_buf_text(&path), err);
        else if (is_file)
            (void)unlink(kh_buf_text(&path));
        *n_removed += is_gone || is_file;
    }
    return status;
}

/* Those kept, and the highest number there ever was: it is not to be used again. */
static kh_status forget_history(const char *folder, const uint32_t *kept, size_t n_kept,
                                kh_arena *arena, kh_error *err)
{
    kh_was_live *history;
    size_t n;
    kh_status status = kh_history_read(&history, &n, folder, arena, err);
    if (status != KH_OK)
        return status;
    size_t n_left = 0;
    uint32_t highest = 0;
    for (size_t i = 0; i < n; i++)
        highest = history[i].number > highest ? history[i].number : highest;
    for (size_t i = 0; i < n_kept; i++)
        highest = kept[i] > highest ? kept[i] : highest;
    for (size_t i = 0; i < n; i++)
        if (is_kept(kept, n_kept, history[i].number) || history[i].number == highest)
            history[n_left++] = history[i];
    return n_left == n ? KH_OK : kh_history_write(folder, history, n_left, err);
}

/* Generations first: a manifest never names a segment that is gone. */
static kh_status keep_only(size_t *n_removed, const char *folder, const uint32_t *kept,
                           size_t n_kept, bool is_clean, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    needed list = { .arena = arena };
    kh_status status = need_segments(&list, folder, kept, n_kept, err);
    if (status == KH_OK)
        status = forget_history(folder, kept, n_kept, arena, err);
    if (status == KH_OK)
        status = remove_others(n_removed, folder, kept, n_kept, is_clean, err);
    if (status == KH_OK)
        status = kh_folder_sync(folder, err);
    if (status == KH_OK && !list.is_unsure)
        status = remove_segments(n_removed, folder, &list, err);
    return status;
}

kh_status kh_generation_clean(size_t *n_removed, const char *folder, kh_error *err)
{
    size_t n_ignored = 0;
    size_t *n = n_removed != NULL ? n_removed : &n_ignored;
    *n = 0;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *kept = NULL;
    size_t n_kept = 0;
    kh_status status = kh_generation_order(&kept, &n_kept, folder, arena, err);
    return status == KH_OK ? keep_only(n, folder, kept, n_kept, true, err) : status;
}

/* Put the generation that says what is held behind the first ones, if it is not one of
 * them; how many to keep then. */
static size_t keep_held(uint32_t *order, size_t n, size_t keep, const char *folder)
{
    uint32_t held = 0;
    int64_t when = 0;
    if (kh_generation_rolled_back(&held, &when, folder, NULL) != KH_OK)
        return keep;
    for (size_t i = keep; i < n; i++) {
        if (order[i] != held)
            continue;
        order[i] = order[keep];
        order[keep] = held;
        return keep + 1;
    }
    return keep;
}

/* Put those that are damaged or of another version behind the others; the live one
 * stays first. */
static kh_status prefer_readable(uint32_t *order, size_t n, const char *folder,
                                 kh_arena *arena, kh_error *err)
{
    uint32_t *others = kh_arena_alloc(arena, (n + 1) * sizeof(uint32_t));
    size_t n_good = n > 0;
    size_t n_others = 0;
    for (size_t i = n_good; i < n; i++) {
        kh_manifest manifest;
        kh_status status = kh_manifest_read(&manifest, folder, order[i], arena, err);
        if (status == KH_OK)
            order[n_good++] = order[i];
        else if (status == KH_ERR_CORRUPT || status == KH_ERR_NOT_FOUND ||
                 status == KH_ERR_VERSION)
            others[n_others++] = order[i];
        else
            return status;
    }
    memcpy(order + n_good, others, n_others * sizeof(uint32_t));
    return KH_OK;
}

kh_status kh_generation_prune(const char *folder, uint32_t keep, kh_error *err)
{
    if (keep == 0)
        return kh_fail(err, KH_ERR_ARGUMENT, "at least one generation is kept");
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *kept = NULL;
    size_t n_kept = 0;
    kh_status status = kh_generation_order(&kept, &n_kept, folder, arena, err);
    if (status != KH_OK || n_kept == 0)
        return status;
    status = prefer_readable(kept, n_kept, folder, arena, err);
    if (status != KH_OK)
        return status;
    size_t n_first = keep_held(kept, n_kept, keep < n_kept ? keep : n_kept, folder);
    size_t n_removed = 0;
    return keep_only(&n_removed, folder, kept, n_first, false, err);
}
