/* generation_live - which generation is live, which ones were, and making one live. */
#include <unistd.h>

#include "generation_paths.h"
#include "generation_publish.h"

#define SMALL_FILE_MAX ((size_t)1 << 20)
#define ROLLBACK_HINT \
    "go back to the newest generation: khabar-index --index %s rollback"

void kh_index_path(kh_buf *out, const char *folder, const char *name)
{
    kh_buf_init(out, KH_BUF_MAX);
    kh_path_join(out, folder, name);
}

void kh_segment_path(kh_buf *out, const char *folder, kh_str uuid)
{
    kh_index_path(out, folder, KH_SEGMENTS_NAME);
    kh_buf_printf(out, "/%" KH_FMT, KH_ARG(uuid));
}

void kh_generation_path(kh_buf *out, const char *folder, uint32_t number,
                        const char *name)
{
    kh_index_path(out, folder, "");
    kh_buf_printf(out, "gen-%06u", number);
    if (name)
        kh_buf_printf(out, "/%s", name);
}

bool kh_generation_name(uint32_t *out, kh_str name)
{
    unsigned long long number = 0;
    if (!kh_str_starts(name, KH_STR("gen-")) || name.len < 10 ||
        !kh_str_number(kh_str_slice(name, 4, name.len), KH_GENERATION_MAX, &number) ||
        number == 0)
        return false;
    *out = (uint32_t)number;
    return true;
}

bool kh_is_segment_name(kh_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'))
            return false;
    }
    return name.len > 0 && name.len <= 64;
}

/* Whether generations are there that were live and can be read: those that history
 * tells of, as it does from the first that was live on. A first one without it is
 * debris of a build that died before it was done; what is damaged keeps nobody from
 * beginning anew. An error of reading is one here: what is not known to be debris is
 * none. */
static kh_status was_index(bool *out, const char *folder, kh_error *err)
{
    *out = false;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *numbers = NULL;
    size_t n = 0;
    KH_AUTO_BUF history;
    kh_index_path(&history, folder, KH_HISTORY_NAME);
    kh_status status = kh_generation_list(&numbers, &n, folder, arena, err);
    if (status == KH_ERR_NOT_FOUND)
        return KH_OK;
    if (status != KH_OK || n == 0 ||
        (!kh_path_exists(kh_buf_text(&history)) && numbers[n - 1] == 1))
        return status;
    for (size_t i = 0; i < n && !*out; i++) {
        kh_manifest manifest;
        status = kh_manifest_read(&manifest, folder, numbers[i], arena, err);
        *out = status == KH_OK || status == KH_ERR_VERSION;
        if (!*out && status != KH_ERR_CORRUPT && status != KH_ERR_NOT_FOUND)
            return status;
    }
    return KH_OK;
}

static kh_status no_current(const char *what, const char *folder, kh_error *err)
{
    bool is_index = false;
    kh_status status = was_index(&is_index, folder, err);
    if (status != KH_OK)
        return status;
    if (!is_index) {
        kh_fail(err, KH_ERR_NOT_FOUND, "no index at '%s'", folder);
        kh_hint(err, "make one: khabar-index FOLDER   or name one: --index DIR");
        return KH_ERR_NOT_FOUND;
    }
    kh_fail(err, KH_ERR_CORRUPT, "%s file: '%s/" KH_CURRENT_NAME "'", what, folder);
    kh_hint(err, ROLLBACK_HINT, folder);
    return KH_ERR_CORRUPT;
}

static kh_status read_current(uint32_t *out, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_CURRENT_NAME);
    KH_AUTO_BUF content;
    kh_buf_init(&content, SMALL_FILE_MAX);
    kh_status status = kh_file_read(&content, kh_buf_text(&path), SMALL_FILE_MAX, err);
    if (status == KH_ERR_NOT_FOUND)
        return no_current("missing", folder, err);
    if (status != KH_OK)
        return status;
    kh_str name = kh_str_make(content.ptr, content.len);
    if (!kh_str_ends(name, KH_STR("\n")) ||
        !kh_generation_name(out, kh_str_slice(name, 0, name.len - 1)))
        return no_current("damaged", folder, err);
    return KH_OK;
}

/* The generation may be pruned while we look; then another is live. */
kh_status kh_generation_current(uint32_t *out, const char *folder, kh_error *err)
{
    uint32_t last = 0;
    for (;;) {
        kh_status status = read_current(out, folder, err);
        if (status != KH_OK)
            return status;
        KH_AUTO_BUF named;
        kh_generation_path(&named, folder, *out, NULL);
        if (kh_path_is_folder(kh_buf_text(&named)))
            return KH_OK;
        if (*out == last)
            break;
        last = *out;
    }
    *out = 0;
    return no_current("misleading", folder, err);
}

kh_status kh_generation_list(uint32_t **out, size_t *n, const char *folder,
                             kh_arena *arena, kh_error *err)
{
    KH_CLEANUP(kh_names_release) kh_names names = { 0 };
    kh_status status = kh_folder_list(&names, folder, err);
    if (status == KH_ERR_NOT_FOUND)
        return kh_fail(err, KH_ERR_NOT_FOUND, "no index at '%s'", folder);
    if (status != KH_OK)
        return status;

    uint32_t *numbers = kh_arena_alloc(arena, names.n * sizeof(numbers[0]));
    size_t n_numbers = 0;
    for (size_t i = 0; i < names.n; i++) {
        uint32_t number;
        if (!kh_generation_name(&number, kh_str_from(names.names[i])))
            continue;
        size_t at = n_numbers++;
        for (; at > 0 && numbers[at - 1] > number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = number;
    }
    *out = numbers;
    *n = n_numbers;
    return KH_OK;
}

static bool is_in(const uint32_t *numbers, size_t n, uint32_t number)
{
    for (size_t i = 0; i < n; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

kh_status kh_generation_order(uint32_t **out, size_t *n, const char *folder,
                              kh_arena *arena, kh_error *err)
{
    uint32_t current = 0;
    kh_status status = kh_generation_current(&current, folder, err);
    if (status == KH_ERR_NOT_FOUND) {
        *n = 0;
        return KH_OK;
    }
    kh_was_live *history = NULL;
    size_t n_history = 0;
    uint32_t *existing = NULL;
    size_t n_existing = 0;
    if (status == KH_OK)
        status = kh_history_read(&history, &n_history, folder, arena, err);
    if (status == KH_OK)
        status = kh_generation_list(&existing, &n_existing, folder, arena, err);
    if (status != KH_OK)
        return status;

    uint32_t *order = kh_arena_alloc(arena, (n_history + 1) * sizeof(order[0]));
    size_t n_order = 0;
    order[n_order++] = current;
    for (size_t i = n_history; i-- > 0;) {
        uint32_t number = history[i].number;
        if (is_in(existing, n_existing, number) && !is_in(order, n_order, number))
            order[n_order++] = number;
    }
    *out = order;
    *n = n_order;
    return KH_OK;
}

kh_status kh_generation_activate(const char *folder, uint32_t number, kh_error *err)
{
    KH_AUTO_BUF manifest;
    kh_generation_path(&manifest, folder, number, KH_MANIFEST_NAME);
    if (!kh_path_exists(kh_buf_text(&manifest)))
        return kh_fail(err, KH_ERR_NOT_FOUND, "no generation %u in '%s'", number,
                       folder);
    kh_status status = kh_history_note(folder, number, err);
    if (status == KH_OK)
        status = kh_publish_reach(KH_PUBLISH_CURRENT, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_CURRENT_NAME);
    KH_AUTO_BUF content;
    kh_buf_init(&content, SMALL_FILE_MAX);
    kh_buf_printf(&content, "gen-%06u\n", number);
    status = kh_file_replace(kh_buf_text(&path), kh_buf_str(&content), err);
    if (status == KH_OK)
        kh_history_begin(folder);
    return status;
}

kh_status kh_generation_failures(kh_buf *out, const char *folder, uint32_t number,
                                 kh_error *err)
{
    KH_AUTO_BUF path;
    kh_generation_path(&path, folder, number, KH_FAILURES_NAME);
    return kh_file_read(out, kh_buf_text(&path), KH_BUF_MAX, err);
}

kh_status kh_run_failures_write(const char *folder, kh_str lines, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_FAILURES_NAME);
    return kh_file_replace(kh_buf_text(&path), lines, err);
}

kh_status kh_run_failures_read(kh_buf *out, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_FAILURES_NAME);
    return kh_file_read(out, kh_buf_text(&path), KH_BUF_MAX, err);
}

void kh_run_failures_remove(const char *folder)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_FAILURES_NAME);
    (void)unlink(kh_buf_text(&path));
}

kh_status kh_last_run_write(const char *folder, kh_str json, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_LAST_RUN_NAME);
    return kh_file_replace(kh_buf_text(&path), json, err);
}

kh_status kh_last_run_read(kh_buf *out, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_LAST_RUN_NAME);
    kh_status status = kh_file_read(out, kh_buf_text(&path), SMALL_FILE_MAX, err);
    return status == KH_ERR_NOT_FOUND ? KH_OK : status;
}
