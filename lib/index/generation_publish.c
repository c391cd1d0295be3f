/* generation_publish - make a generation and make it live.
 *
 * Until the last rename nothing that a reader looks at has changed. */
#include "generation_publish.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "generation_manifest.h"
#include "generation_paths.h"

static kh_publish_step stop_before = KH_PUBLISH_ALL;

void kh_publish_stop_before(kh_publish_step step)
{
    stop_before = step;
}

/* A crash of the test's making. */
kh_status kh_publish_reach(kh_publish_step step, kh_error *err)
{
    if (stop_before != step)
        return KH_OK;
    return kh_fail(err, KH_ERR_INTERRUPTED, "stopped before step %d", (int)step);
}

kh_status kh_generation_next(uint32_t *out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    uint32_t *numbers;
    size_t n;
    kh_status status = kh_generation_list(&numbers, &n, folder, arena, err);
    kh_was_live *history = NULL;
    size_t n_history = 0;
    if (status == KH_OK)
        status = kh_history_read(&history, &n_history, folder, arena, err);
    if (status != KH_OK)
        return status;

    /* Numbers of pruned generations do not come again while history knows them. */
    uint32_t highest = n > 0 ? numbers[n - 1] : 0;
    for (size_t i = 0; i < n_history; i++)
        if (history[i].number > highest)
            highest = history[i].number;
    if (highest >= KH_GENERATION_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "too many generations");
    *out = highest + 1;
    return KH_OK;
}

static void fill_random(unsigned char *bytes, size_t n)
{
    if (getrandom(bytes, n, 0) == (ssize_t)n)
        return;
    /* No random numbers: what tells two builds on one machine apart. */
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    char seed[96];
    int len = snprintf(seed, sizeof(seed), "%lld %ld %ld", (long long)now.tv_sec,
                       now.tv_nsec, (long)getpid());
    kh_digest digest = kh_digest_of(kh_str_make(seed, (size_t)len));
    for (size_t i = 0; i < n; i++)
        bytes[i] = (unsigned char)digest.hex[i % KH_DIGEST_CHARS] ^
                   (unsigned char)(digest.hex[(i * 7 + 3) % KH_DIGEST_CHARS] << 4);
}

void kh_segment_name(char out[37])
{
    unsigned char bytes[16];
    fill_random(bytes, sizeof(bytes));
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);

    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out[at++] = '-';
        out[at++] = digits[bytes[i] >> 4];
        out[at++] = digits[bytes[i] & 15];
    }
    out[at] = '\0';
}

/* Write the generation's folder aside, whole and synced. */
static kh_status write_aside(const char *aside, const kh_manifest *manifest,
                             const char *folder, kh_str failures, kh_error *err)
{
    kh_status status = kh_folder_remove(aside, err);
    if (status == KH_OK)
        status = kh_folder_make(aside, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF path;
    kh_index_path(&path, aside, KH_FAILURES_NAME);
    KH_AUTO_JSON *json = NULL;
    status = kh_file_replace(kh_buf_text(&path), failures, err);
    if (status == KH_OK)
        status = kh_manifest_pack(&json, manifest, folder, failures, err);
    if (status == KH_OK)
        status = kh_json_write(json, aside, KH_MANIFEST_NAME, err);
    if (status == KH_OK)
        status = kh_tree_sync(aside, err);
    return status;
}

kh_status kh_generation_publish(const char *folder, const kh_manifest *manifest,
                                kh_str failures, kh_error *err)
{
    if (manifest->number == 0 || manifest->number > KH_GENERATION_MAX)
        return kh_fail(err, KH_ERR_ARGUMENT, "no number of a generation: %u",
                       manifest->number);
    KH_AUTO_BUF path;
    kh_generation_path(&path, folder, manifest->number, NULL);
    if (kh_path_exists(kh_buf_text(&path)))
        return kh_fail(err, KH_ERR_ARGUMENT, "generation exists: '%s'",
                       kh_buf_text(&path));
    KH_AUTO_BUF aside;
    kh_generation_path(&aside, folder, manifest->number, NULL);
    kh_buf_add(&aside, KH_STR(".tmp"));

    kh_status status = kh_publish_reach(KH_PUBLISH_WRITE, err);
    if (status == KH_OK)
        status = write_aside(kh_buf_text(&aside), manifest, folder, failures, err);
    if (status == KH_OK)
        status = kh_publish_reach(KH_PUBLISH_RENAME, err);
    if (status != KH_OK)
        return status;
    if (rename(kh_buf_text(&aside), kh_buf_text(&path)) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot rename '%s'", kh_buf_text(&aside));
    status = kh_folder_sync(folder, err);
    if (status == KH_OK)
        status = kh_publish_reach(KH_PUBLISH_ACTIVATE, err);
    if (status == KH_OK)
        status = kh_generation_activate(folder, manifest->number, err);
    return status;
}
