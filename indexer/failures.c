/* failures - articles that could not be read, and what was left out of others: counted,
 * named, written to failures.jsonl. */
#include "indexer/failures.h"

#include "base/alloc.h"
#include "base/table.h"
#include "cli/json.h"

void kh_failures_init(kh_failures *failures, const char *type)
{
    *failures = (kh_failures){ .type = type, .arena = kh_arena_open() };
}

void kh_failures_release(kh_failures *failures)
{
    kh_free(failures->items);
    kh_free(failures->is_new);
    kh_arena_free(failures->arena);
    *failures = (kh_failures){ 0 };
}

void kh_failures_add(kh_failures *failures, const kh_place *place, const char *why)
{
    kh_failure failure = { .path = kh_arena_copy(failures->arena, place->path),
                           .member = kh_arena_copy(failures->arena, place->member),
                           .record = place->record,
                           .line = place->line,
                           .why = kh_arena_copy(failures->arena, kh_str_from(why)) };
    KH_PUSH(failures->items, failures->n, failures->capacity) = failure;
}

static void write_number(kh_buf *out, const char *name, uint32_t number)
{
    kh_buf_printf(out, ",\"%s\":", name);
    if (number == 0)
        kh_buf_add(out, KH_STR("null"));
    else
        kh_buf_printf(out, "%u", number);
}

static void write_failure(kh_buf *out, const char *type, const kh_failure *failure)
{
    kh_buf_printf(out, "{\"type\":\"%s\",\"path\":", type);
    kh_json_add_string_or_null(out, failure->path);
    kh_buf_add(out, KH_STR(",\"member\":"));
    kh_json_add_string_or_null(out, failure->member);
    write_number(out, "record", failure->record);
    write_number(out, "line", failure->line);
    kh_buf_add(out, KH_STR(",\"why\":"));
    kh_json_add_string(out, failure->why);
    kh_buf_add(out, KH_STR("}\n"));
}

void kh_failures_write(kh_buf *out, const kh_failures *failures)
{
    for (size_t i = 0; i < failures->n; i++)
        write_failure(out, failures->type, &failures->items[i]);
}

void kh_failures_compare(kh_failures *failures, kh_str earlier)
{
    kh_table known;
    kh_table_init(&known);
    for (kh_str line; kh_str_line(&earlier, &line);)
        (void)kh_table_add(&known, line, kh_table_hash(line));
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_free(failures->is_new);
    failures->is_new = kh_alloc(failures->n + 1);
    failures->n_new = 0;
    for (size_t i = 0; i < failures->n; i++) {
        kh_buf_reset(&text);
        write_failure(&text, failures->type, &failures->items[i]);
        kh_str line = kh_str_slice(kh_buf_str(&text), 0, text.len - 1);
        failures->is_new[i] =
            kh_table_find(&known, line, kh_table_hash(line)) == UINT32_MAX;
        failures->n_new += failures->is_new[i];
    }
    kh_table_release(&known);
}

void kh_failure_print(kh_buf *out, const kh_failure *failure)
{
    kh_buf_add(out, failure->path.len > 0 ? failure->path : KH_STR("standard input"));
    if (failure->member.len > 0)
        kh_buf_printf(out, "!%" KH_FMT, KH_ARG(failure->member));
    if (failure->line > 0)
        kh_buf_printf(out, ":%u", failure->line);
    else if (failure->record > 0)
        kh_buf_printf(out, "#%u", failure->record);
    kh_buf_add(out, KH_STR(": "));
    kh_buf_add(out, failure->why);
}
