/* changes - what the live generation was built from, what of it would change or go, and
 * what the next build compares with. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "cli/message.h"
#include "index/index.h"
#include "indexer/build.h"
#include "text/analysis.h"

/* The newest generation that can be read, in place of a live one that cannot. */
static void stand_in(kh_build *build, uint32_t number, const char *why)
{
    const char *folder = build->job->folder;
    uint32_t *numbers = NULL;
    size_t n = 0;
    if (kh_generation_list(&numbers, &n, folder, build->arena, NULL) != KH_OK)
        n = 0;
    for (size_t i = n; i-- > 0 && !build->is_stand_in;)
        build->is_stand_in = kh_manifest_read(&build->live, folder, numbers[i],
                                              build->arena, NULL) == KH_OK;
    build->has_live = build->is_stand_in;
    if (build->is_stand_in)
        kh_message_warning(
            KH_INDEXER,
            "generation %u cannot be read, so generation %u is what this "
            "build is compared with: %s",
            number, build->live.number, why);
    else
        kh_message_warning(KH_INDEXER,
                           "what generation %u held is not known, so --max-drop does "
                           "not guard this build: %s",
                           number, why);
}

kh_status kh_build_load_live(kh_build *build, kh_error *err)
{
    uint32_t number = 0;
    kh_error why = { 0 };
    kh_status status = kh_generation_current(&number, build->job->folder, &why);
    if (status == KH_ERR_NOT_FOUND)
        return KH_OK;
    bool is_named = status == KH_OK;
    if (is_named)
        status = kh_manifest_read(&build->live, build->job->folder, number,
                                  build->arena, &why);
    if (is_named && status == KH_ERR_VERSION && build->live.number == number) {
        build->has_live = build->is_stand_in = true; /* compared by number */
        return KH_OK;
    }
    if (is_named && (status == KH_ERR_CORRUPT || status == KH_ERR_NOT_FOUND ||
                     status == KH_ERR_VERSION)) {
        stand_in(build, number, why.message);
        return KH_OK; /* a build is what mends it */
    }
    if (status != KH_OK) {
        if (err != NULL)
            *err = why;
        return status;
    }
    build->has_live = true;
    return KH_OK;
}

static bool is_same_list(const kh_str *a, size_t n_a, const kh_str *b, size_t n_b)
{
    if (n_a != n_b)
        return false;
    for (size_t i = 0; i < n_a; i++)
        if (!kh_str_equal(a[i], b[i]))
            return false;
    return true;
}

static int by_path(const void *a, const void *b)
{
    return kh_str_compare(((const kh_input_file *)a)->path,
                          ((const kh_input_file *)b)->path);
}

/* The digest of what was read. A file that was written to meanwhile has none, nor has
 * one that went away or could not be read: the next build tries them again. */
static kh_status digest_input(kh_digest *out, const kh_walk_file *file, kh_error *err)
{
    kh_error why = { 0 };
    kh_status status = kh_file_digest(out, file->path.ptr, &why);
    if (status != KH_OK || !kh_walk_is_as_found(file))
        *out = (kh_digest){ 0 };
    return kh_job_check_stop(err);
}

void kh_build_list_files(kh_build *build)
{
    kh_manifest *manifest = &build->manifest;
    manifest->files =
        kh_arena_alloc(build->arena, (build->walk.n_files + 1) * sizeof(kh_input_file));
    for (size_t i = 0; i < build->walk.n_files; i++) {
        const kh_walk_file *file = &build->walk.files[i];
        manifest->files[manifest->n_files++] = (kh_input_file){
            .path = file->path, .bytes = file->bytes, .mtime_ns = file->mtime_ns
        };
    }
}

kh_status kh_build_digest_files(kh_build *build, kh_error *err)
{
    kh_manifest *manifest = &build->manifest;
    for (size_t i = 0; i < manifest->n_files; i++) {
        const kh_walk_file *file = &build->walk.files[i];
        if (file->is_once || file->is_unread)
            continue;
        kh_status status = digest_input(&manifest->files[i].digest, file, err);
        if (status != KH_OK)
            return status;
    }
    qsort(manifest->files, manifest->n_files, sizeof(kh_input_file), by_path);
    return KH_OK;
}

/* Same name, size and time: the same file. Another time alone: its digest decides. One
 * without a digest could not be read: it is the same as long as it cannot. */
static bool is_same_file(const kh_walk_file *now, const kh_input_file *then)
{
    bool was_read = then->digest.hex[0] != '\0';
    bool is_same_time = now->mtime_ns == then->mtime_ns;
    if (now->bytes != then->bytes || !(was_read || is_same_time))
        return false;
    if (was_read && is_same_time)
        return true;
    kh_digest digest;
    bool is_readable = kh_file_digest(&digest, now->path.ptr, NULL) == KH_OK;
    return was_read ? is_readable && strcmp(digest.hex, then->digest.hex) == 0
                    : !is_readable;
}

/* Whether inputs, options and versions are those that a generation was built from. */
static bool is_as_built(const kh_build *build, const kh_manifest *live)
{
    const kh_job *job = build->job;
    if (build->walk.n_files != live->n_files ||
        !is_same_list(job->inputs, job->n_inputs, live->inputs, live->n_inputs))
        return false;
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_fingerprint_write(&text, job->options, job->n_options);
    if (!kh_str_equal(kh_buf_str(&text), live->fingerprint))
        return false;
    kh_buf_reset(&text);
    kh_analysis_versions(&text);
    if (!kh_str_equal(kh_buf_str(&text), live->versions))
        return false;
    for (size_t i = 0; i < build->walk.n_files; i++) {
        const kh_walk_file *file = &build->walk.files[i];
        kh_input_file key = { .path = file->path };
        const kh_input_file *then =
            live->n_files > 0
                ? bsearch(&key, live->files, live->n_files, sizeof(key), by_path)
                : NULL;
        if (then == NULL || file->is_once || !is_same_file(file, then))
            return false;
    }
    return true;
}

/* What was skipped then would be skipped now, which --strict does not allow: it is read
 * again, to say what it is. */
static bool is_too_lax(const kh_build *build)
{
    return build->job->is_strict && build->live.n_skipped > 0;
}

bool kh_build_unchanged(const kh_build *build)
{
    if (!build->has_live || build->is_stand_in || build->job->must_rebuild ||
        is_too_lax(build) || !is_as_built(build, &build->live))
        return false;
    kh_error why = { 0 };
    if (kh_generation_look(build->job->folder, build->live.number, &why) == KH_OK)
        return true;
    kh_message_warning(KH_INDEXER, "generation %u is built again: %s",
                       build->live.number, why.message);
    return false;
}

bool kh_build_held(kh_build *build)
{
    kh_manifest left;
    if (!build->has_live || build->is_stand_in || build->job->must_rebuild)
        return false;
    kh_status status = kh_generation_rolled_back(
        &build->held_number, &build->held_since, build->job->folder, NULL);
    if (status == KH_OK)
        status = kh_manifest_read(&left, build->job->folder, build->held_number,
                                  build->arena, NULL);
    if (status == KH_OK)
        status = kh_generation_look(build->job->folder, build->held_number, NULL);
    /* not so: pruned, or damaged, which is why it was left */
    return status == KH_OK && is_as_built(build, &left);
}

static int by_stamp(const void *a, const void *b)
{
    const kh_stamp *x = a;
    const kh_stamp *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Keys and texts of the live articles, by key; false if the index cannot be read. */
static bool live_stamps(kh_stamp **out, const kh_build *build, size_t *n)
{
    *n = 0;
    KH_AUTO(kh_index_free) kh_index *index = NULL;
    if (kh_index_open_heads(&index, build->job->folder, build->live.number, NULL) !=
        KH_OK)
        return false;
    kh_stamp *stamps = NULL;
    size_t capacity = 0;
    for (size_t s = 0; s < kh_index_n_segments(index); s++) {
        uint32_t n_documents =
            kh_records_n(kh_segment_records(kh_index_segment(index, s)));
        for (uint32_t d = 1; d <= n_documents; d++) {
            uint32_t document = kh_index_combine(index, (kh_location){ s, d });
            if (kh_index_is_dead(index, document))
                continue;
            kh_record_head head = kh_index_head(index, document);
            KH_PUSH(stamps, *n, capacity) =
                (kh_stamp){ .key = head.key, .text = head.text };
        }
    }
    if (*n > 1)
        qsort(stamps, *n, sizeof(kh_stamp), by_stamp);
    *out = stamps;
    return true;
}

static void compare(kh_build *build, const kh_stamp *then, size_t n_then,
                    const kh_stamp *now, size_t n_now)
{
    size_t i = 0;
    size_t k = 0;
    while (i < n_then || k < n_now) {
        if (k == n_now || (i < n_then && then[i].key < now[k].key)) {
            build->n_gone++;
            i++;
        } else if (i == n_then || now[k].key < then[i].key) {
            build->n_new++;
            k++;
        } else {
            build->n_changed += then[i++].text != now[k++].text;
        }
    }
}

/* The input whose live files are missing now most often: the likeliest reason. */
static kh_str missing_input(const kh_build *build, uint32_t *n_missing)
{
    kh_str worst = { 0 };
    *n_missing = 0;
    for (size_t i = 0; i < build->live.n_inputs; i++) {
        kh_str input = build->live.inputs[i];
        uint32_t n = 0;
        for (size_t f = 0; f < build->live.n_files; f++)
            n += kh_str_starts(build->live.files[f].path, input) &&
                 !kh_path_exists(build->live.files[f].path.ptr);
        if (n > *n_missing) {
            *n_missing = n;
            worst = input;
        }
    }
    return worst;
}

kh_status kh_build_guard(kh_build *build, const kh_resolve *resolve, kh_error *err)
{
    size_t n_now = 0;
    const kh_stamp *now = kh_resolve_stamps(resolve, &n_now);
    build->is_compared = true;
    if (!build->has_live) {
        build->n_new = n_now;
        return KH_OK;
    }
    size_t n_then = 0;
    kh_stamp *then = NULL;
    build->is_compared = live_stamps(&then, build, &n_then);
    if (build->is_compared) {
        compare(build, then, n_then, now, n_now);
    } else { /* damaged or of another version: by number alone */
        n_then = build->live.n_articles;
        build->n_gone = n_then > n_now ? n_then - n_now : 0;
    }
    kh_free(then);
    double share = n_then > 0 ? 100.0 * (double)build->n_gone / (double)n_then : 0;
    if (share <= build->job->max_drop)
        return KH_OK;

    kh_fail(err, KH_ERR_LIMIT,
            "not published: %llu of the %zu live articles would be gone (%.1f %%, "
            "limit %u %%)",
            (unsigned long long)build->n_gone, n_then, share, build->job->max_drop);
    uint32_t n_missing = 0;
    kh_str input = missing_input(build, &n_missing);
    if (n_missing > 0)
        kh_hint(err,
                "%u file%s below '%" KH_FMT
                "' missing: is it mounted? to publish all the same: --max-drop=100",
                n_missing, n_missing == 1 ? "" : "s", KH_ARG(input));
    else
        kh_hint(err, "to publish all the same: --max-drop=100");
    return KH_ERR_LIMIT;
}
