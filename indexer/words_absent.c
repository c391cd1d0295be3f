/* words_absent - what is said where there is no index: perhaps the first is being
 * built, or one was, and did not come to its end. */
#include "cli/message.h"
#include "index/last_run.h"
#include "indexer/words.h"

static void say_nothing(const kh_job *job, kh_error *err)
{
    kh_fail(err, KH_ERR_NOT_FOUND, "no index at '%s'", job->folder);
    kh_hint(err, "make one: khabar-index FOLDER   or name one: --index DIR");
}

static void say_builder(const kh_job *job, const kh_lock_look *look, kh_error *err)
{
    KH_AUTO_BUF since;
    kh_buf_init(&since, 128);
    kh_words_time(&since, look->since);
    if (look->state == KH_LOCK_HELD) {
        kh_fail(
            err, KH_ERR_NOT_FOUND,
            "no index yet at '%s': the first build is running since %s, process %ld",
            job->folder, kh_buf_text(&since), look->pid);
        return;
    }
    kh_fail(err, KH_ERR_NOT_FOUND,
            "no index at '%s': a first build did not finish: began %s as process %ld; "
            "killed, or the disk was full",
            job->folder, kh_buf_text(&since), look->pid);
    kh_hint(err, "begin again: khabar-index --index %s INPUT...", job->folder);
}

static void say_failed(const kh_job *job, const kh_last_run *run, kh_error *err)
{
    KH_AUTO_BUF when;
    kh_buf_init(&when, 128);
    kh_words_time(&when, run->ended_at);
    kh_fail(err, KH_ERR_NOT_FOUND,
            "no index at '%s': the last run failed on %s: %" KH_FMT, job->folder,
            kh_buf_text(&when), KH_ARG(run->error));
}

kh_status kh_words_absent(const kh_job *job, kh_error *err)
{
    kh_lock_look look;
    kh_index_lock_look(&look, job->folder);
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_last_run run;
    if (look.state != KH_LOCK_FREE)
        say_builder(job, &look, err);
    else if (kh_last_run_load(&run, job->folder, arena, NULL) == KH_OK &&
             run.error.len > 0)
        say_failed(job, &run, err);
    else
        say_nothing(job, err);
    return KH_ERR_NOT_FOUND;
}
