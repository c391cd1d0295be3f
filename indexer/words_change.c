/* words_change - rollback and prune: the words that change which generations there are.
 *
 * Both hold the lock of the one builder. Neither reads an article. */
#include "cli/message.h"
#include "cli/output.h"
#include "index/generation.h"
#include "index/index.h"
#include "indexer/words.h"

#define LEFT "what a killed build left"
#define HELD " (the one rolled back from, while its inputs are held)"

static int trouble(const kh_error *err)
{
    kh_message_error(KH_INDEXER, err);
    return 2;
}

/* Say what was done, unless --quiet; the exit code. */
static int answer(const kh_job *job, kh_buf *out)
{
    kh_error err = { 0 };
    if (job->is_quiet && !job->is_json)
        return 0;
    return kh_output_write(out, &err) == KH_ERR_IO ? trouble(&err) : 0;
}

/* The lock, of a folder that is an index already, and which generation is live. With
 * the lock, KH_ERR_CORRUPT: nothing says which. */
static kh_status begin(kh_index_lock **lock, uint32_t *live, const kh_job *job,
                       kh_error *err)
{
    kh_status status = kh_generation_current(live, job->folder, err);
    if (status == KH_OK || status == KH_ERR_CORRUPT)
        status = kh_index_lock_open(lock, job->folder, job->wait_seconds, NULL, err);
    if (status == KH_OK)
        kh_index_lock_keep_left(*lock);
    if (status == KH_OK) /* the builder that was waited for may have published */
        status = kh_generation_current(live, job->folder, err);
    return status;
}

static void add_numbers(kh_buf *out, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        kh_buf_printf(out, "%s%u", i > 0 ? ", " : "", numbers[i]);
}

/* Whether a reader could open it: of this analysis, nothing missing. */
static kh_status try_open(const kh_job *job, uint32_t number, kh_error *err)
{
    KH_AUTO(kh_index_free) kh_index *index = NULL;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *kept = NULL;
    size_t n = 0;
    kh_status status = kh_generation_list(&kept, &n, job->folder, arena, err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (kept[i] == number)
            return kh_index_open(&index, job->folder, number, err);
    kh_fail(err, KH_ERR_NOT_FOUND, "no generation %u: '%s'", number, job->folder);
    kh_hint(err, "those that are kept: khabar-index generations");
    return KH_ERR_NOT_FOUND;
}

/* The newest generation that can be read, where nothing says which one is live: the one
 * that stopped being live last only if there is no other, one of another version only
 * if there is none of this. */
static kh_status find_newest(uint32_t *out, const kh_job *job, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *numbers = NULL;
    size_t n = 0;
    kh_status status = kh_generation_list(&numbers, &n, job->folder, arena, err);
    if (status != KH_OK)
        return status;
    uint32_t left = kh_generation_left(job->folder);
    uint32_t other = 0; /* of another version */
    status = KH_ERR_NOT_FOUND;
    for (size_t i = n; i-- > 0 && status != KH_OK;) {
        *out = numbers[i];
        if (*out != left)
            status = try_open(job, *out, err);
        if (*out != left && status == KH_ERR_VERSION && other == 0)
            other = *out;
    }
    if (status != KH_OK && left > 0) {
        *out = left;
        status = try_open(job, left, err);
    }
    if (status == KH_OK || (other == 0 && status != KH_ERR_VERSION))
        return status;
    *out = other > 0 ? other : left;
    return KH_OK;
}

/* The newest generation that is kept and older than the live one. */
static kh_status find_before(uint32_t *out, uint32_t live, const kh_job *job,
                             kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *numbers = NULL;
    size_t n = 0;
    kh_status status = kh_generation_list(&numbers, &n, job->folder, arena, err);
    if (status != KH_OK)
        return status;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        if (numbers[i] < live)
            *out = numbers[i];
    if (*out > 0)
        return KH_OK;
    KH_AUTO_BUF kept;
    kh_buf_init(&kept, KH_BUF_MAX);
    add_numbers(&kept, numbers, n);
    kh_fail(err, KH_ERR_NOT_FOUND, "no generation before %u is kept: '%s'", live,
            job->folder);
    kh_hint(err, "kept: %s; more of them: --keep N", kh_buf_text(&kept));
    return KH_ERR_NOT_FOUND;
}

/* One that was not named is not gone back to if it is damaged. */
static kh_status check_chosen(const kh_job *job, uint32_t number, kh_error *err)
{
    KH_AUTO_BUF log;
    kh_buf_init(&log, KH_BUF_MAX);
    kh_status status = kh_generation_check(job->folder, number, &log, err);
    if (status != KH_ERR_CORRUPT)
        return status;
    kh_fail(err, status, "generation %u is damaged: '%s'", number, job->folder);
    kh_hint(err,
            "what is wrong: khabar-index --index %s check %u; another, or this one: "
            "rollback N",
            job->folder, number);
    return status;
}

int kh_words_rollback(const kh_job *job)
{
    KH_AUTO(kh_index_lock_free) kh_index_lock *lock = NULL;
    kh_error err = { 0 };
    uint32_t number = 0;
    uint32_t live = 0;
    kh_status status = kh_words_number(&number, job, &err);
    bool is_named = number > 0;
    if (status == KH_OK)
        status = begin(&lock, &live, job, &err);
    if (status == KH_ERR_CORRUPT && lock != NULL)
        status = KH_OK; /* nothing says which is live: that is mended here */
    if (status == KH_OK && number == 0)
        status = live > 0 ? find_before(&number, live, job, &err)
                          : find_newest(&number, job, &err);
    if (status == KH_OK && number != live)
        status = try_open(job, number, &err);
    bool is_other = status == KH_ERR_VERSION && live == 0;
    if (is_other) { /* better than none: a build can go on from it */
        kh_message_warning(KH_INDEXER, "no query can read generation %u: %s", number,
                           err.message);
        status = KH_OK;
    }
    if (status == KH_OK && number != live && !is_named && !is_other)
        status = check_chosen(job, number, &err);
    if (status == KH_OK && number != live)
        status = kh_generation_activate(job->folder, number, &err);
    if (status != KH_OK)
        return trouble(&err);
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    KH_AUTO_BUF before;
    kh_buf_init(&before, KH_BUF_MAX);
    if (live > 0)
        kh_buf_printf(&before, "%u", live);
    else
        kh_buf_add(&before, job->is_json ? KH_STR("null") : KH_STR("not known"));
    if (job->is_json)
        kh_buf_printf(
            &out, "{\"v\":1,\"type\":\"rollback\",\"generation\":%u,\"before\":%s}\n",
            number, kh_buf_text(&before));
    else if (number == live)
        kh_buf_printf(&out, "generation %u is live already: %s\n", live, job->folder);
    else
        kh_buf_printf(&out, "generation %u is live: %s (before: %s)\n", number,
                      job->folder, kh_buf_text(&before));
    return answer(job, &out);
}

static bool is_in(uint32_t number, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

int kh_words_prune(const kh_job *job)
{
    KH_AUTO(kh_index_lock_free) kh_index_lock *lock = NULL;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_error err = { 0 };
    uint32_t live = 0;
    uint32_t *before = NULL;
    uint32_t *kept = NULL;
    size_t n_before = 0;
    size_t n_kept = 0;
    size_t n_debris = 0;
    kh_status status = begin(&lock, &live, job, &err);
    if (status == KH_OK)
        status = kh_generation_list(&before, &n_before, job->folder, arena, &err);
    if (status == KH_OK)
        status = kh_generation_clean(&n_debris, job->folder, &err);
    if (status == KH_OK)
        status = kh_generation_prune(job->folder, job->keep, &err);
    if (status == KH_OK)
        status = kh_generation_list(&kept, &n_kept, job->folder, arena, &err);
    if (status != KH_OK)
        return trouble(&err);
    size_t n_gone = 0;
    for (size_t i = 0; i < n_before; i++)
        if (!is_in(before[i], kept, n_kept))
            before[n_gone++] = before[i];
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_buf_add(&out, job->is_json ? KH_STR("{\"v\":1,\"type\":\"prune\",\"removed\":[")
                                  : KH_STR("removed: "));
    add_numbers(&out, before, n_gone);
    if (!job->is_json)
        kh_buf_add(&out, n_debris == 0 ? n_gone == 0 ? KH_STR("nothing") : KH_STR("")
                         : n_gone == 0 ? KH_STR(LEFT)
                                       : KH_STR(", and " LEFT));
    kh_buf_add(&out, job->is_json ? KH_STR("],\"kept\":[") : KH_STR("; kept: "));
    add_numbers(&out, kept, n_kept);
    if (!job->is_json && n_kept > job->keep)
        kh_buf_add(&out, KH_STR(HELD));
    kh_buf_add(&out, job->is_json ? KH_STR("]}\n") : KH_STR("\n"));
    return answer(job, &out);
}
