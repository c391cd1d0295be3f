/* run - khabar-index from the command line to the exit code. */
#include "indexer/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/output.h"
#include "indexer/build.h"
#include "indexer/options.h"
#include "indexer/words.h"

volatile sig_atomic_t kh_stop_signal;

static int no_input = -1; /* a file that cannot be read */

/* Whoever waits for standard input would wait on. */
static void on_signal(int number)
{
    kh_stop_signal = number;
    int saved = errno;
    if (no_input >= 0)
        (void)dup2(no_input, STDIN_FILENO); /* its number stays taken */
    errno = saved;
}

/* All runs of a build are open at once when they are merged. */
static void allow_open_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static void watch_signals(void)
{
    no_input = open("/dev/null", O_WRONLY | O_CLOEXEC);
    struct sigaction action = { 0 };
    action.sa_handler = on_signal;
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    struct sigaction old;
    if (sigaction(SIGHUP, NULL, &old) == 0 && old.sa_handler != SIG_IGN) /* nohup */
        (void)sigaction(SIGHUP, &action, NULL);
    action.sa_handler = SIG_IGN;
    (void)sigaction(SIGPIPE, &action, NULL);
    (void)sigaction(SIGXFSZ, &action,
                    NULL); /* a limit of size is an error of writing */
}

uint32_t kh_runs_max(void)
{
    enum { FILES_A_RUN = 3, OTHER_FILES = 64, LEAST = 24, MOST = 1024 };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return MOST;
    rlim_t files = limit.rlim_cur > OTHER_FILES ? limit.rlim_cur - OTHER_FILES : 0;
    rlim_t runs = files / FILES_A_RUN * 7 / 8; /* an eighth is for late tags */
    return runs < LEAST ? LEAST : runs > MOST ? MOST : (uint32_t)runs;
}

kh_status kh_job_thread(pthread_t *out, void *(*run)(void *), void *argument,
                        kh_error *err)
{
    sigset_t all;
    sigset_t old;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    int failed = pthread_create(out, NULL, run, argument);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    return failed == 0 ? KH_OK
                       : kh_fail(err, KH_ERR_LIMIT,
                                 "cannot start a thread: try fewer with --jobs");
}

kh_status kh_job_check_stop(kh_error *err)
{
    if (kh_stop_signal == 0)
        return KH_OK;
    return kh_fail(err, KH_ERR_INTERRUPTED, "interrupted: nothing was published");
}

static int trouble(const kh_error *err)
{
    kh_message_error(KH_INDEXER, err);
    return 2;
}

/* Bad articles of a run that failed have no generation to lie in. */
static kh_status keep_failures(const kh_build *build, kh_status status, kh_error *err)
{
    if (status == KH_OK || build->failures.n + build->warnings.n == 0) {
        kh_run_failures_remove(build->job->folder);
        return KH_OK;
    }
    KH_AUTO_BUF lines;
    kh_buf_init(&lines, KH_BUF_MAX);
    kh_failures_write(&lines, &build->failures);
    kh_failures_write(&lines, &build->warnings);
    return kh_run_failures_write(build->job->folder, kh_buf_str(&lines), err);
}

/* What the run did, also for status; a run that could not take the lock leaves it
 * alone. lock: NULL for a dry run. */
static int finish(kh_build *build, kh_index_lock *lock, kh_status status,
                  const kh_error *err)
{
    kh_report_build(build, status, err);
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_report_last_run(&text, build, status, err);
    kh_error why = { 0 };
    if (build->job->is_json) {
        KH_AUTO_BUF answer;
        kh_buf_init(&answer, KH_BUF_MAX);
        kh_buf_add(&answer, kh_buf_str(&text));
        if (kh_output_write(&answer, &why) == KH_ERR_IO)
            kh_message_warning(KH_INDEXER, "%s", why.message);
    }
    if (build->job->is_dry_run)
        return kh_build_exit_code(build, status);
    if (keep_failures(build, status, &why) != KH_OK)
        kh_message_warning(KH_INDEXER, "%s", why.message);
    if (kh_last_run_write(build->job->folder, kh_buf_str(&text), &why) != KH_OK) {
        kh_message_warning(KH_INDEXER, "%s", why.message);
        kh_index_lock_keep_ours(lock);
    }
    return kh_build_exit_code(build, status);
}

static int run_build(kh_job *job, kh_arena *arena)
{
    kh_error err = { 0 };
    kh_status status = kh_job_recall(job, arena, &err);
    if (status != KH_OK)
        return trouble(&err);
    allow_open_files();
    watch_signals();
    KH_AUTO(kh_index_lock_free) kh_index_lock *lock = NULL;
    if (!job->is_dry_run)
        status = kh_index_lock_open(&lock, job->folder, job->wait_seconds,
                                    (const volatile int *)&kh_stop_signal, &err);
    if (status != KH_OK)
        return trouble(&err);
    kh_build build;
    status = kh_build_run(&build, job, &err);
    int code = finish(&build, lock, status, &err);
    if (status == KH_OK)
        kh_stop_signal = 0; /* it came too late: what was asked for is done */
    kh_build_release(&build);
    return code;
}

int kh_index_run(int argc, char *const *argv)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_job job;
    kh_str help = { 0 };
    kh_error err = { 0 };
    if (kh_job_read(&job, &help, argc, argv, arena, &err) != KH_OK)
        return trouble(&err);
    if (help.len > 0) {
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        kh_buf_add(&text, help);
        return kh_output_write(&text, &err) == KH_ERR_IO ? trouble(&err) : 0;
    }
    switch (job.word) {
    case KH_WORD_STATUS:
        return kh_words_status(&job);
    case KH_WORD_CHECK:
        return kh_words_check(&job);
    case KH_WORD_GENERATIONS:
        return kh_words_generations(&job);
    case KH_WORD_FAILURES:
        return kh_words_failures(&job);
    case KH_WORD_ROLLBACK:
        return kh_words_rollback(&job);
    case KH_WORD_PRUNE:
        return kh_words_prune(&job);
    default:
        return run_build(&job, arena);
    }
}
