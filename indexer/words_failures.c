/* words_failures - the bad articles of a generation, or of the last run if it failed.
 *
 * They are read from failures.jsonl, an object a line: for programs as they stand, for
 * people as path, place and reason. */
#include "cli/message.h"
#include "cli/output.h"
#include "index/generation.h"
#include "index/last_run.h"
#include "indexer/failures.h"
#include "indexer/words.h"

/* Which file it is of: the generation named, else the failed run, else what is live. */
static kh_status read_lines(kh_buf *out, const kh_job *job, kh_error *err)
{
    uint32_t number = 0;
    kh_status status = kh_words_number(&number, job, err);
    if (status != KH_OK)
        return status;
    if (number > 0) {
        status = kh_generation_failures(out, job->folder, number, err);
        if (status == KH_ERR_NOT_FOUND) {
            kh_fail(err, status, "no generation %u: '%s'", number, job->folder);
            kh_hint(err, "those that are kept: khabar-index generations");
        }
        return status;
    }
    status = kh_run_failures_read(out, job->folder, NULL);
    if (status != KH_ERR_NOT_FOUND)
        return status == KH_OK ? status : kh_run_failures_read(out, job->folder, err);
    status = kh_generation_current(&number, job->folder, err);
    if (status == KH_OK)
        status = kh_generation_failures(out, job->folder, number, err);
    return status;
}

/* In the file a line has no version. */
static void add_versioned(kh_buf *out, kh_str lines)
{
    for (kh_str line; kh_str_line(&lines, &line);)
        kh_buf_printf(out, "{\"v\":1,%" KH_FMT "\n",
                      KH_ARG(kh_str_slice(line, 1, line.len)));
}

/* Every line as people read it. */
static kh_status print_lines(kh_buf *out, kh_str lines, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (kh_str line; kh_str_line(&lines, &line);) {
        kh_failure_line read;
        kh_arena_reset(arena);
        kh_status status = kh_failure_line_read(&read, line, arena, err);
        if (status != KH_OK)
            return status;
        const kh_failure failure = { .path = read.path,
                                     .member = read.member,
                                     .record = read.record,
                                     .line = read.line,
                                     .why = read.why };
        kh_buf_reset(&text);
        kh_failure_print(&text, &failure);
        kh_output_clean(out, kh_buf_str(&text), false);
        kh_buf_add(out, read.is_warning ? KH_STR(" (warning)\n") : KH_STR("\n"));
    }
    return KH_OK;
}

int kh_words_failures(const kh_job *job)
{
    KH_AUTO_BUF lines;
    KH_AUTO_BUF out;
    kh_buf_init(&lines, KH_BUF_MAX);
    kh_buf_init(&out, KH_BUF_MAX);
    kh_error err = { 0 };
    kh_status status = read_lines(&lines, job, &err);
    if (status == KH_OK && job->is_json)
        add_versioned(&out, kh_buf_str(&lines));
    else if (status == KH_OK)
        status = print_lines(&out, kh_buf_str(&lines), &err);
    if (status == KH_OK && lines.len == 0 && !job->is_json && !job->is_quiet)
        kh_message_note(KH_INDEXER, KH_STR("none"));
    if (status == KH_OK && kh_output_write(&out, &err) != KH_ERR_IO)
        return 0;
    kh_message_error(KH_INDEXER, &err);
    return 2;
}
