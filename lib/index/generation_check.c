/* generation_check - whether a generation is whole: manifest, segments, dead bits. */
#include <sys/stat.h>

#include "base/findings.h"
#include "dead_bits.h"
#include "generation_manifest.h"
#include "generation_paths.h"
#include "segment_json.h"

/* What is checked, and what adds up. */
typedef struct check {
    kh_findings findings;
    const char *folder;
    uint32_t number;
    kh_manifest manifest;
    uint64_t n_articles; /* live ones in all segments */
} check;

static kh_status compare_digest(const char *path, const char *wanted, kh_error *err)
{
    kh_digest digest;
    kh_status status = kh_file_digest(&digest, path, err);
    if (status == KH_ERR_NOT_FOUND)
        return kh_fail(err, KH_ERR_CORRUPT, "missing file: '%s'", path);
    if (status == KH_OK && (!wanted || strcmp(digest.hex, wanted) != 0))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", path);
    return status;
}

static void check_manifest(check *c, const json_t *json)
{
    kh_error err;
    const char *wanted = json_string_value(json_object_get(json, "digest"));
    kh_digest digest = kh_manifest_digest(json);
    kh_status status = KH_OK;
    if (!wanted || strcmp(digest.hex, wanted) != 0)
        status = kh_fail(&err, KH_ERR_CORRUPT, "damaged file: '%s/gen-%06u/%s'",
                         c->folder, c->number, KH_MANIFEST_NAME);
    kh_finding(&c->findings, status, &err);
}

static void check_failures(check *c, const json_t *json)
{
    kh_error err;
    KH_AUTO_BUF path;
    kh_generation_path(&path, c->folder, c->number, KH_FAILURES_NAME);
    const char *wanted = json_string_value(json_object_get(json, "failures_digest"));
    kh_finding(&c->findings, compare_digest(kh_buf_text(&path), wanted, &err), &err);
}

static kh_status check_dead(check *c, kh_str uuid, const kh_segment_info *info,
                            kh_error *err)
{
    kh_dead_bits bits;
    kh_status status = kh_dead_bits_open(&bits, c->folder, c->number, uuid,
                                         info->counts.n_articles, err);
    if (status != KH_OK)
        return status;
    c->n_articles += info->counts.n_articles - bits.n_dead;
    kh_dead_bits_close(&bits);
    if (!kh_str_equal(info->fingerprint, c->manifest.fingerprint))
        return kh_fail(err, KH_ERR_CORRUPT,
                       "segment '%" KH_FMT
                       "' is of another fingerprint than generation %u",
                       KH_ARG(uuid), c->number);
    return KH_OK;
}

static void check_segment(check *c, const json_t *item, kh_str uuid)
{
    kh_error err;
    KH_AUTO_BUF path;
    kh_segment_path(&path, c->folder, uuid);
    KH_AUTO_BUF list;
    kh_segment_path(&list, c->folder, uuid);
    kh_buf_add(&list, KH_STR("/" KH_SEGMENT_FILE));
    const char *wanted = json_string_value(json_object_get(item, "digest"));
    kh_finding(&c->findings, compare_digest(kh_buf_text(&list), wanted, &err), &err);

    kh_status status = kh_segment_check(kh_buf_text(&path), c->findings.log, &err);
    if (status != KH_OK) { /* it has logged its findings itself */
        kh_findings quiet = { NULL, c->findings.status, c->findings.first };
        kh_finding(&quiet, status, &err);
        c->findings.status = quiet.status;
        c->findings.first = quiet.first;
        return;
    }
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_segment_info info;
    status = kh_segment_info_read(&info, kh_buf_text(&path), arena, &err);
    if (status == KH_OK)
        status = check_dead(c, uuid, &info, &err);
    kh_finding(&c->findings, status, &err);
}

kh_status kh_generation_check(const char *folder, uint32_t number, kh_buf *log,
                              kh_error *err)
{
    check c = { .findings = { .log = log }, .folder = folder, .number = number };
    kh_error failure;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_JSON *json = NULL;
    kh_status status = kh_manifest_read(&c.manifest, folder, number, arena, &failure);
    if (status == KH_OK)
        status = kh_manifest_load(&json, folder, number, &failure);
    if (kh_finding(&c.findings, status, &failure) != KH_OK)
        return kh_findings_end(&c.findings, err);
    check_manifest(&c, json);
    /* What is right in one of another version would look wrong; but damage to what says
     * the version is damage. */
    if (c.findings.status == KH_OK) {
        status = kh_fingerprint_check(c.manifest.fingerprint, folder, err);
        if (status != KH_OK)
            return status;
    }
    check_failures(&c, json);
    const json_t *segments = json_object_get(json, "segments");
    for (size_t i = 0; i < c.manifest.n_segments; i++)
        check_segment(&c, json_array_get(segments, i), c.manifest.segments[i]);
    if (c.findings.status == KH_OK && c.n_articles != c.manifest.n_articles)
        kh_finding(&c.findings,
                   kh_fail(&failure, KH_ERR_CORRUPT,
                           "generation %u holds %llu articles and should hold %u",
                           number, (unsigned long long)c.n_articles,
                           c.manifest.n_articles),
                   &failure);
    return kh_findings_end(&c.findings, err);
}

static kh_status look_at_segment(const char *folder, kh_str uuid, kh_arena *arena,
                                 kh_error *err)
{
    KH_AUTO_BUF path;
    kh_segment_path(&path, folder, uuid);
    size_t len = path.len;
    kh_segment_info info;
    kh_status status = kh_segment_info_read(&info, kh_buf_text(&path), arena, err);
    if (status == KH_ERR_NOT_FOUND)
        return kh_fail(err, KH_ERR_CORRUPT, "missing file: '%s/%s'", kh_buf_text(&path),
                       KH_SEGMENT_FILE);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < info.n_files && status == KH_OK; i++) {
        struct stat there;
        path.len = len;
        kh_buf_printf(&path, "/%" KH_FMT, KH_ARG(info.files[i].path));
        if (stat(kh_buf_text(&path), &there) != 0)
            status =
                kh_fail(err, KH_ERR_CORRUPT, "missing file: '%s'", kh_buf_text(&path));
        else if ((uint64_t)there.st_size != info.files[i].bytes)
            status =
                kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    }
    return status;
}

kh_status kh_generation_look(const char *folder, uint32_t number, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_manifest manifest;
    kh_status status = kh_manifest_read(&manifest, folder, number, arena, err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i < manifest.n_segments && status == KH_OK; i++)
        status = look_at_segment(folder, manifest.segments[i], arena, err);
    return status;
}
