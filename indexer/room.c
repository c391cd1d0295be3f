/* room - whether a build still fits on its disk.
 *
 * What a build takes at most, when its segment is whole and its work files still lie in
 * tmp, was measured on archives of 20 to 190 MB (2 to 32 jobs, --memory 512M and 64M),
 * for a byte of input:
 *
 *     JSON lines, English             1.6    with 64M 2.0
 *     17 languages                    2.0    with many jobs 2.4, with 64M 2.6
 *     Chinese                         2.2    with many jobs 2.4
 *     a file an article, 17 languages 2.5
 *     English, packed: gzip 4.5, zstd 5.1, zstd -19 and xz 6.8
 *     17 languages:    gzip 5.9, zstd 6.4, zstd -19 8.5; Chinese: gzip 6.0
 *
 * What makes the difference is not known before it is read, and markup and keys that
 * are no text take nothing. There is no way round a refusal, so what is asked for at
 * first is a third less than the least of these. What comes then is known by the spool:
 * the segment takes .9 to 1.2 times as much (less, if articles replace others), so a
 * build stops long before the disk is full. */
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "indexer/build.h"

#define INPUT_PER_PLAIN_BYTE  1.0
#define INPUT_PER_PACKED_BYTE 3.0
#define SEGMENT_PER_SPOOLED   0.75

#define LOOK_EVERY_MS 500u

static bool is_packed(kh_str path)
{
    static const char *const suffixes[] = {
        ".gz", ".zst", ".xz", ".bz2", ".zip", ".tgz"
    };
    for (size_t i = 0; i < KH_COUNT_OF(suffixes); i++)
        if (kh_str_ends(path, kh_str_from(suffixes[i])))
            return true;
    return false;
}

static void advise(kh_error *err)
{
    kh_hint(
        err,
        "drop old generations first (khabar-index prune --keep 1), or put the index "
        "elsewhere: --index DIR");
}

/* is_begun: the build has work files already, and what they take is told. */
static kh_status check(const kh_build *build, double wanted, bool is_begun,
                       kh_error *err)
{
    uint64_t available = 0;
    kh_status status = kh_disk_free(&available, build->job->folder, err);
    if (status != KH_OK || (double)available >= wanted)
        return status;
    uint64_t took = 0;
    bool is_known =
        is_begun && kh_tree_bytes(&took, kh_buf_text(&build->tmp), NULL) == KH_OK;
    if (!is_known)
        kh_fail(
            err, KH_ERR_IO,
            "not enough room for a build: %.1f MB free, at least %.1f MB wanted: '%s'",
            (double)available / 1e6, wanted / 1e6, build->job->folder);
    else
        kh_fail(err, KH_ERR_IO,
                "not enough room for a build: it took %.1f MB so far, %.1f MB are "
                "left, at least %.1f MB more are wanted: '%s'",
                (double)took / 1e6, (double)available / 1e6, wanted / 1e6,
                build->job->folder);
    advise(err);
    return KH_ERR_IO;
}

kh_status kh_build_room(const kh_build *build, kh_error *err)
{
    double wanted = 0;
    for (size_t i = 0; i < build->walk.n_files; i++)
        wanted += (double)build->walk.files[i].bytes *
                  (is_packed(build->walk.files[i].path) ? INPUT_PER_PACKED_BYTE
                                                        : INPUT_PER_PLAIN_BYTE);
    return check(build, wanted, false, err);
}

kh_status kh_build_room_left(kh_build *build, const kh_read_stage *stage, bool is_last,
                             kh_error *err)
{
    uint64_t now = kh_clock_ms();
    if (!is_last && now - build->last_room_ms < LOOK_EVERY_MS)
        return KH_OK;
    build->last_room_ms = now;
    return check(build, SEGMENT_PER_SPOOLED * (double)kh_read_stage_spooled(stage),
                 true, err);
}

void kh_build_room_advise(kh_error *err)
{
    kh_str message = kh_str_from(err->message);
    bool is_full = kh_str_find(message, kh_str_from(strerror(ENOSPC)), 0) != SIZE_MAX ||
                   kh_str_find(message, kh_str_from(strerror(EDQUOT)), 0) != SIZE_MAX;
    if (is_full && err->hint[0] == '\0')
        advise(err);
}
