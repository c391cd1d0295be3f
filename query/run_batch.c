/* run_batch - many queries, one after the other, against one open index. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/options.h"
#include "query/run.h"

#define FLUSH_BYTES ((size_t)64 << 10)

typedef struct batch {
    kh_session *session;
    const char *name;
    size_t line;
    bool is_any_found;
    bool has_trouble;
} batch;

/* A query that cannot be read is named FILE:LINE; the others run. */
static void say_trouble(batch *b, const kh_error *why)
{
    kh_error err = *why;
    kh_fail(&err, why->status, "%s:%zu: %s", b->name, b->line, why->message);
    if (why->hint[0] != '\0')
        kh_hint(&err, "%s", why->hint);
    kh_message_error(KH_PROGRAM, &err);
    b->has_trouble = true;
}

static void run_line(batch *b, kh_str line)
{
    char number[24];
    snprintf(number, sizeof(number), "%zu", b->line);
    kh_str query_id = kh_str_from(number);
    kh_str text = line;
    const char *tab = memchr(line.ptr, '\t', line.len);
    if (tab != NULL) {
        query_id = kh_str_make(line.ptr, (size_t)(tab - line.ptr));
        text = kh_str_slice(line, query_id.len + 1, line.len);
    }
    kh_error err = { 0 };
    bool is_found = false;
    kh_arena_reset(b->session->arena);
    kh_status status = kh_session_query(b->session, text, query_id, &is_found, &err);
    b->is_any_found |= is_found;
    if (status != KH_OK)
        say_trouble(b, &err);
}

int kh_run_batch(kh_session *session)
{
    kh_str name = session->settings->batch;
    bool is_input = kh_str_equal(name, KH_STR("-"));
    batch b = { .session = session, .name = is_input ? "-" : name.ptr };
    FILE *file = is_input ? stdin : fopen(name.ptr, "re");
    if (file == NULL) {
        kh_error err = { 0 };
        kh_fail_errno(&err, KH_ERR_IO, "cannot read '%s'", name.ptr);
        return kh_session_error(session, &err);
    }
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n = 0;
    int code = KH_EXIT_FOUND;
    while (!session->is_pipe_closed && (n = getline(&line, &capacity, file)) >= 0) {
        b.line++;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        kh_str text = kh_str_make(line, (size_t)n);
        text = b.line == 1 ? kh_without_mark(text) : text;
        if (text.len > 0)
            run_line(&b, text);
        if (session->out.len >= FLUSH_BYTES)
            (void)kh_session_flush(session, &code);
    }
    free(line);
    bool has_read_error = ferror(file) != 0;
    if (!is_input)
        (void)fclose(file);
    if (session->is_pipe_closed || !kh_session_flush(session, &code))
        return code;
    if (has_read_error) {
        kh_error err = { 0 };
        kh_fail(&err, KH_ERR_IO, "cannot read '%s' to its end", b.name);
        return kh_session_error(session, &err);
    }
    if (b.has_trouble)
        return KH_EXIT_TROUBLE;
    return b.is_any_found ? KH_EXIT_FOUND : KH_EXIT_NOTHING;
}
