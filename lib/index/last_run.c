/* last_run - what the last build said of itself and of bad articles, read back. */
#include "index/last_run.h"

#include <jansson.h>

#include "generation_paths.h"

static kh_str text_of(const json_t *object, const char *key, kh_arena *arena)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? kh_arena_copy(arena, kh_str_from(value))
                         : kh_str_make(NULL, 0);
}

static json_int_t number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

kh_status kh_last_run_load(kh_last_run *out, const char *folder, kh_arena *arena,
                           kh_error *err)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, (size_t)1 << 24);
    *out = (kh_last_run){ 0 };
    kh_status status = kh_last_run_read(&text, folder, err);
    KH_AUTO_BUF path;
    kh_index_path(&path, folder, KH_LAST_RUN_NAME);
    if (status != KH_OK || !kh_path_exists(kh_buf_text(&path)))
        return status;
    json_t *object = json_loadb(text.ptr, text.len, 0, NULL);
    if (text_of(object, "outcome", arena).len == 0) {
        json_decref(object);
        return kh_fail(err, KH_ERR_CORRUPT, "cannot read '%s/last-run.json'", folder);
    }
    out->outcome = text_of(object, "outcome", arena);
    out->error = text_of(object, "error", arena);
    out->exit_code = (int)number_of(object, "exit");
    out->ended_at = (int64_t)number_of(object, "ended_at");
    out->n_skipped = (uint32_t)number_of(object, "skipped");
    out->n_new_skipped = (uint32_t)number_of(object, "skipped_new");
    out->ms = (uint64_t)number_of(object, "ms");
    json_decref(object);
    return KH_OK;
}

kh_status kh_failure_line_read(kh_failure_line *out, kh_str line, kh_arena *arena,
                               kh_error *err)
{
    json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return kh_fail(err, KH_ERR_CORRUPT, "cannot read a line of failures.jsonl");
    }
    out->is_warning = kh_str_equal(text_of(object, "type", arena), KH_STR("warning"));
    out->path = text_of(object, "path", arena);
    out->member = text_of(object, "member", arena);
    out->record = (uint32_t)number_of(object, "record");
    out->line = (uint32_t)number_of(object, "line");
    out->why = text_of(object, "why", arena);
    json_decref(object);
    return KH_OK;
}
