/* segment - open a segment: its database, its records, what segment.json says. */
#include "index/segment.h"

#include "base/alloc.h"
#include "index/generation.h"
#include "pulsed/pulsed.h"
#include "segment_json.h"
#include "tag_table.h"

struct kh_segment {
    kh_arena *arena;
    kh_segment_info info;
    kh_database *database;
    kh_records *records;
    kh_bounds *bounds;
};

static kh_status check_versions(const kh_segment_info *info, const char *folder,
                                kh_error *err)
{
    if (info->layout == KH_INDEX_VERSION && info->record == KH_RECORD_VERSION)
        return KH_OK;
    kh_fail(err, KH_ERR_VERSION,
            "segment is of layout %u and record %u, this program reads %d and %d: '%s'",
            info->layout, info->record, KH_INDEX_VERSION, KH_RECORD_VERSION, folder);
    kh_hint(err, "build it again: khabar-index");
    return KH_ERR_VERSION;
}

static kh_status check_counts(const kh_segment *segment, const char *folder,
                              kh_error *err)
{
    kh_database_stats stats;
    kh_status status = kh_database_statistics(&stats, segment->database, err);
    if (status != KH_OK)
        return status;
    uint32_t n = segment->info.counts.n_articles;
    if (stats.n_documents != n || stats.last_document != n ||
        kh_records_n(segment->records) != n)
        return kh_fail(err, KH_ERR_CORRUPT,
                       "segment holds %u articles in its postings, %u records, and "
                       "should hold %u: '%s'",
                       stats.n_documents, kh_records_n(segment->records), n, folder);
    return KH_OK;
}

/* A lost file of rare terms would be one of a database that has none. */
static kh_status check_rare(const kh_segment_info *info, const char *postings,
                            kh_error *err)
{
    static const char name[] = "postings/" KH_PULSED_FILE;
    for (size_t i = 0; i < info->n_files; i++) {
        if (!kh_str_equal(info->files[i].path, kh_str_from(name)))
            continue;
        KH_AUTO_BUF path;
        kh_buf_init(&path, KH_BUF_MAX);
        kh_path_join(&path, postings, KH_PULSED_FILE);
        if (!kh_path_exists(kh_buf_text(&path)))
            return kh_fail(err, KH_ERR_CORRUPT, "missing file: '%s'",
                           kh_buf_text(&path));
    }
    return KH_OK;
}

kh_status kh_segment_open(kh_segment **out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_segment_free) kh_segment *segment = kh_alloc(sizeof(*segment));
    segment->arena = kh_arena_open();
    kh_status status =
        kh_segment_info_read(&segment->info, folder, segment->arena, err);
    if (status == KH_OK)
        status = check_versions(&segment->info, folder, err);
    if (status != KH_OK)
        return status;

    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "postings");
    const char *postings = kh_buf_text(&path);
    status = check_rare(&segment->info, postings, err);
    if (status != KH_OK)
        return status;
    status = kh_database_open(&segment->database, &postings, 1, err);
    if (status == KH_OK)
        status = kh_records_open(&segment->records, folder, err);
    if (status == KH_OK)
        status = kh_bounds_open(&segment->bounds, folder, err);
    if (status == KH_OK)
        status = check_counts(segment, folder, err);
    if (status == KH_OK)
        *out = KH_TAKE(segment);
    return status;
}

void kh_segment_free(kh_segment *segment)
{
    if (!segment)
        return;
    kh_bounds_free(segment->bounds);
    kh_records_free(segment->records);
    kh_database_free(segment->database);
    kh_arena_free(segment->arena);
    kh_free(segment);
}

kh_database *kh_segment_database(kh_segment *segment)
{
    return segment->database;
}

kh_records *kh_segment_records(kh_segment *segment)
{
    return segment->records;
}

kh_rank_source kh_segment_source(kh_segment *segment)
{
    kh_rank_source source = { .database = segment->database,
                              .n_lengths = kh_records_n(segment->records),
                              .find_bounds = kh_bounds_find,
                              .context = segment->bounds };
    source.lengths = kh_records_lengths(segment->records, &source.stride);
    return source;
}

kh_segment_counts kh_segment_counts_of(const kh_segment *segment)
{
    return segment->info.counts;
}

kh_str kh_segment_fingerprint(const kh_segment *segment)
{
    return segment->info.fingerprint;
}

const kh_str *kh_segment_languages(const kh_segment *segment, size_t *n)
{
    *n = segment->info.n_languages;
    return segment->info.languages;
}

kh_status kh_segment_tags(kh_tag_entry **out, size_t *n, kh_segment *segment,
                          kh_str prefix, kh_arena *arena, kh_error *err)
{
    kh_tag_list list = { 0 };
    kh_status status = kh_tag_table_read(&list, segment->database, prefix, arena, err);
    if (status != KH_OK)
        return status;
    *out = list.items;
    *n = list.n;
    return KH_OK;
}
