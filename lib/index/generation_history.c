/* generation_history - which generations were live, the latest last. */
#include <time.h>

#include "generation_paths.h"

#define SMALL_FILE_MAX ((size_t)1 << 20)

/* A line of history; false: damaged. */
static bool read_line(kh_was_live *out, kh_str line)
{
    size_t space = kh_str_find(line, KH_STR(" "), 0);
    unsigned long long number = 0;
    unsigned long long until = 0;
    if (space == SIZE_MAX ||
        !kh_str_number(kh_str_slice(line, 0, space), KH_GENERATION_MAX, &number) ||
        !kh_str_number(kh_str_slice(line, space + 1, line.len), INT64_MAX, &until))
        return false;
    *out = (kh_was_live){ (uint32_t)number, (int64_t)until };
    return true;
}

/* What a damaged history may have told of: all that there are. */
static kh_status all_there_are(kh_was_live **out, size_t *n, const char *folder,
                               kh_arena *arena, kh_error *err)
{
    uint32_t *numbers = NULL;
    kh_status status = kh_generation_list(&numbers, n, folder, arena, err);
    if (status != KH_OK)
        return status;
    *out = kh_arena_alloc(arena, (*n + 1) * sizeof(**out));
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (kh_was_live){ numbers[i], 0 };
    return KH_OK;
}

kh_status kh_history_read(kh_was_live **out, size_t *n, const char *folder,
                          kh_arena *arena, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_HISTORY_NAME);
    KH_AUTO_BUF content;
    kh_buf_init(&content, SMALL_FILE_MAX);
    kh_error why = { 0 };
    kh_status status = kh_file_read(&content, kh_buf_text(&path), SMALL_FILE_MAX, &why);
    if (status != KH_OK && status != KH_ERR_NOT_FOUND) {
        if (err != NULL)
            *err = why;
        return status;
    }

    kh_was_live *items = NULL;
    size_t n_items = 0;
    size_t capacity = 0;
    kh_str rest = kh_str_make(content.ptr, content.len);
    kh_str line;
    while (kh_str_line(&rest, &line)) {
        if (n_items == capacity)
            items = kh_arena_grow(arena, items, n_items, &capacity, sizeof(items[0]));
        if (!read_line(&items[n_items++], line))
            return all_there_are(out, n, folder, arena, err);
    }
    *out = items;
    *n = n_items;
    return KH_OK;
}

kh_status kh_history_write(const char *folder, const kh_was_live *items, size_t n,
                           kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_HISTORY_NAME);
    KH_AUTO_BUF content;
    kh_buf_init(&content, SMALL_FILE_MAX);
    for (size_t i = 0; i < n; i++)
        kh_buf_printf(&content, "%u %lld\n", items[i].number,
                      (long long)items[i].until);
    return kh_file_replace(kh_buf_text(&path), kh_buf_str(&content), err);
}

/* Add to history all generations that it does not know: which of them was live cannot
 * be told any more, and none of those is debris. */
static kh_status note_all(const char *folder, uint32_t next, kh_arena *arena,
                          kh_error *err)
{
    kh_was_live *history = NULL;
    uint32_t *numbers = NULL;
    size_t n_history = 0;
    size_t n = 0;
    kh_status status = kh_history_read(&history, &n_history, folder, arena, err);
    if (status == KH_OK)
        status = kh_generation_list(&numbers, &n, folder, arena, err);
    if (status != KH_OK)
        return status;
    kh_was_live *longer = kh_arena_alloc(arena, (n_history + n) * sizeof(longer[0]));
    size_t n_longer = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_known = numbers[i] == next;
        for (size_t k = 0; k < n_history && !is_known; k++)
            is_known = history[k].number == numbers[i];
        if (!is_known)
            longer[n_longer++] = (kh_was_live){ numbers[i], (int64_t)time(NULL) };
    }
    if (n_longer == 0)
        return KH_OK;
    /* In front: what is known to have been live was so later, for all that is known. */
    kh_was_live *all = kh_arena_alloc(arena, (n_history + n_longer) * sizeof(all[0]));
    memcpy(all, longer, n_longer * sizeof(all[0]));
    if (n_history > 0)
        memcpy(all + n_longer, history, n_history * sizeof(all[0]));
    return kh_history_write(folder, all, n_longer + n_history, err);
}

/* Say in history that the live generation is about to be one that was. */
kh_status kh_history_note(const char *folder, uint32_t next, kh_error *err)
{
    uint32_t current = 0;
    kh_status status = kh_generation_current(&current, folder, err);
    if (status == KH_ERR_NOT_FOUND || (status == KH_OK && current == next))
        return KH_OK;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    if (status == KH_ERR_CORRUPT)
        return note_all(folder, next, arena, err);
    kh_was_live *history = NULL;
    size_t n = 0;
    if (status == KH_OK)
        status = kh_history_read(&history, &n, folder, arena, err);
    if (status != KH_OK)
        return status;

    kh_was_live *longer = kh_arena_alloc(arena, (n + 1) * sizeof(longer[0]));
    if (n > 0)
        memcpy(longer, history, n * sizeof(longer[0]));
    longer[n] = (kh_was_live){ current, (int64_t)time(NULL) };
    return kh_history_write(folder, longer, n + 1, err);
}

/* So that a first generation is told from debris, whatever becomes of current. It is
 * live in any case: on a full disk it is told from debris later. */
void kh_history_begin(const char *folder)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_HISTORY_NAME);
    kh_error err;
    if (!kh_path_exists(kh_buf_text(&path)) &&
        kh_history_write(folder, NULL, 0, &err) != KH_OK)
        return;
}

uint32_t kh_generation_left(const char *folder)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_was_live *history = NULL;
    size_t n = 0;
    if (kh_history_read(&history, &n, folder, arena, NULL) != KH_OK || n == 0)
        return 0;
    return history[n - 1].number;
}

kh_status kh_generation_rolled_back(uint32_t *out, int64_t *when, const char *folder,
                                    kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_was_live *history = NULL;
    size_t n = 0;
    uint32_t current = 0;
    kh_status status = kh_generation_current(&current, folder, err);
    if (status == KH_OK)
        status = kh_history_read(&history, &n, folder, arena, err);
    if (status != KH_OK)
        return status;
    *out = current;
    for (size_t i = 0; i < n; i++) {
        if (history[i].number < *out || history[i].number == current)
            continue;
        *out = history[i].number;
        *when = history[i].until;
    }
    return *out > current ? KH_OK : KH_END;
}
