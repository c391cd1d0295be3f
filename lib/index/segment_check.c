/* segment_check - whether a segment is what it was when it was written. */
#include "base/alloc.h"
#include "base/findings.h"
#include "bounds.h"
#include "segment_json.h"
#include "spellings.h"
#include "tag_table.h"
#include "vocabulary_block.h"

/* Compare the files that are there with those that should be; both sorted by path. */
static void check_files(kh_findings *findings, const kh_segment_info *wanted,
                        const kh_segment_info *found, const char *folder)
{
    kh_error err;
    size_t at = 0;
    for (size_t i = 0; i < wanted->n_files; i++) {
        const kh_segment_file *file = &wanted->files[i];
        while (at < found->n_files &&
               kh_str_compare(found->files[at].path, file->path) < 0)
            at++;
        const kh_segment_file *there =
            at < found->n_files && kh_str_equal(found->files[at].path, file->path)
                ? &found->files[at]
                : NULL;
        kh_status status = KH_OK;
        if (!there)
            status = kh_fail(&err, KH_ERR_CORRUPT, "missing file: '%s/%" KH_FMT "'",
                             folder, KH_ARG(file->path));
        else if (there->bytes != file->bytes ||
                 strcmp(there->digest.hex, file->digest.hex) != 0)
            status = kh_fail(&err, KH_ERR_CORRUPT, "damaged file: '%s/%" KH_FMT "'",
                             folder, KH_ARG(file->path));
        kh_finding(findings, status, &err);
    }
}

/* Length and date of each document: in the postings as in its head. */
static kh_status check_heads(kh_segment *segment, uint32_t every, const char *folder,
                             kh_error *err)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    kh_database *database = kh_segment_database(segment);
    uint32_t n = kh_records_n(kh_segment_records(segment));
    for (uint32_t document = 1; document <= n; document++) {
        if (!kh_is_in_sample(document, n, every))
            continue;
        kh_record_head head = kh_record_head_of(kh_segment_records(segment), document);
        uint32_t length;
        kh_status status = kh_database_length(&length, database, document, err);
        kh_buf_reset(&value);
        if (status == KH_OK)
            status = kh_database_value(&value, database, document, 0, err);
        if (status != KH_OK)
            return status;
        uint32_t date = 0;
        for (size_t i = 0; i < value.len; i++)
            date = date << 8 | (unsigned char)value.ptr[i];
        if (length != head.length || date != head.date)
            return kh_fail(err, KH_ERR_CORRUPT,
                           "postings and '%s/lengths' do not agree on document %u",
                           folder, document);
    }
    return KH_OK;
}

static kh_status check_vocabulary(kh_segment *segment, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_spellings all = { 0 };
    kh_str none = { NULL, 0 };
    kh_status status =
        kh_vocabulary_all(&all, kh_segment_database(segment), none, arena, err);
    for (size_t i = 1; i < all.n && status == KH_OK; i++)
        if (kh_spelling_compare(&all.items[i - 1], &all.items[i]) >= 0)
            status = kh_fail(err, KH_ERR_CORRUPT, "vocabulary out of order");
    return status;
}

static kh_status check_tags(kh_segment *segment, kh_error *err)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_tag_list all = { 0 };
    kh_str none = { NULL, 0 };
    kh_status status =
        kh_tag_table_read(&all, kh_segment_database(segment), none, arena, err);
    if (status != KH_OK)
        return status;
    if (all.n != kh_segment_counts_of(segment).n_tags)
        return kh_fail(err, KH_ERR_CORRUPT, "table of tags is not complete");
    for (size_t i = 1; i < all.n; i++)
        if (kh_str_compare(all.items[i - 1].normal, all.items[i].normal) >= 0)
            return kh_fail(err, KH_ERR_CORRUPT, "table of tags out of order");
    return KH_OK;
}

static void check_parts(kh_findings *findings, const char *folder)
{
    kh_error err;
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "postings");
    kh_finding(findings, kh_database_check(kh_buf_text(&path), findings->log, &err),
               &err);

    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    if (kh_finding(findings, kh_segment_open(&segment, folder, &err), &err) != KH_OK)
        return;
    kh_records *records = kh_segment_records(segment);
    kh_finding(findings, kh_records_check(records, 1, findings->log, &err), &err);
    kh_finding(findings, check_heads(segment, 1, folder, &err), &err);
    kh_rank_source source = kh_segment_source(segment);
    kh_finding(findings, kh_bounds_check(folder, &source, &err), &err);
    kh_finding(findings, check_vocabulary(segment, &err), &err);
    kh_finding(findings, check_tags(segment, &err), &err);
}

kh_status kh_segment_check(const char *folder, kh_buf *log, kh_error *err)
{
    kh_findings findings = { .log = log };
    kh_error failure;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_segment_info wanted;
    kh_segment_info found = { 0 };
    if (kh_finding(&findings, kh_segment_info_read(&wanted, folder, arena, &failure),
                   &failure) == KH_OK &&
        kh_finding(&findings, kh_segment_files(&found, folder, arena, &failure),
                   &failure) == KH_OK)
        check_files(&findings, &wanted, &found, folder);

    /* The engine may not survive a damaged table: its own check only if it is whole. */
    if (findings.status == KH_OK)
        check_parts(&findings, folder);
    return kh_findings_end(&findings, err);
}

/* ---- what a build looks at ---- */

kh_status kh_segment_check_database(const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "postings");
    return kh_database_check(kh_buf_text(&path), NULL, err);
}

kh_status kh_segment_check_sample(const char *folder, uint32_t every, kh_error *err)
{
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    kh_status status = kh_segment_open(&segment, folder, err);
    if (status == KH_OK)
        status = kh_records_check(kh_segment_records(segment), every, NULL, err);
    if (status == KH_OK)
        status = check_heads(segment, every, folder, err);
    if (status == KH_OK)
        status = check_tags(segment, err);
    return status;
}
