/* segment_writer - make a segment: records beside postings, then what it consists of.
 */
#include "base/alloc.h"
#include "base/hash.h"
#include "bounds.h"
#include "index/generation.h"
#include "postings.h"
#include "segment_json.h"

struct kh_segment_writer {
    char *folder; /* owned */
    kh_arena *arena;
    kh_record_writer *records;
    kh_segment_info info;
    bool has_postings;
    bool is_finished;
};

kh_status kh_segment_writer_open(kh_segment_writer **out, const char *folder,
                                 kh_str fingerprint, const kh_numbers *numbers,
                                 kh_error *err)
{
    if (kh_path_exists(folder))
        return kh_fail(err, KH_ERR_ARGUMENT, "segment exists: '%s'", folder);
    kh_status status = kh_folder_make(folder, err);
    if (status != KH_OK)
        return status;

    KH_AUTO(kh_segment_writer_free)
    kh_segment_writer *writer = kh_alloc(sizeof(*writer));
    writer->folder = kh_str_dup(kh_str_from(folder));
    writer->arena = kh_arena_open();
    writer->info =
        (kh_segment_info){ .layout = KH_INDEX_VERSION,
                           .record = KH_RECORD_VERSION,
                           .fingerprint = kh_arena_copy(writer->arena, fingerprint) };
    status = kh_record_writer_open(&writer->records, folder, numbers, err);
    if (status == KH_OK)
        *out = KH_TAKE(writer);
    return status;
}

void kh_segment_writer_free(kh_segment_writer *writer)
{
    if (!writer)
        return;
    kh_record_writer_free(writer->records);
    kh_arena_free(writer->arena);
    kh_free(writer->folder);
    kh_free(writer);
}

kh_record_writer *kh_segment_writer_records(kh_segment_writer *writer)
{
    return writer->records;
}

static void fill_info(kh_segment_writer *writer, const kh_segment_content *content,
                      const kh_postings_done *done)
{
    kh_segment_info *info = &writer->info;
    info->counts.n_articles = content->n_documents;
    info->counts.text_bytes = content->text_bytes;
    info->counts.n_tags = done->n_tags;
    info->counts.content = done->digest;
    kh_date_span(content->dates, content->n_documents, &info->counts.first_date,
                 &info->counts.last_date);
    info->languages =
        kh_arena_alloc(writer->arena, (content->n_languages + 1) * sizeof(kh_str));
    for (size_t i = 0; i < content->n_languages; i++)
        info->languages[info->n_languages++] =
            kh_arena_copy(writer->arena, content->languages[i]);
}

kh_status kh_segment_write_postings(kh_segment_writer *writer,
                                    const kh_segment_content *content,
                                    kh_database_maker maker, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, writer->folder, "postings");
    kh_postings_maker with;
    kh_status status = maker == KH_MAKER_ENGINE
                           ? kh_postings_engine(&with, kh_buf_text(&path), err)
                           : kh_postings_direct(&with, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    kh_postings_done done = { 0 };
    kh_buf_init(&done.bounds, KH_BUF_MAX);
    status = kh_postings_write(&with, content, writer->info.fingerprint, &done, err);
    if (status == KH_OK)
        status = kh_bounds_write(writer->folder, kh_buf_str(&done.bounds), err);
    kh_buf_release(&done.bounds);
    if (status == KH_OK)
        fill_info(writer, content, &done);
    writer->has_postings = status == KH_OK;
    return status;
}

/* The digest of the content: of what the postings were made of, and of all files that
 * are the same whoever made them. */
static void digest_content(kh_segment_info *info)
{
    KH_AUTO(kh_digester_free) kh_digester *digester = kh_digester_open();
    kh_digester_add(digester, kh_str_from(info->counts.content.hex));
    for (size_t i = 0; i < info->n_files; i++) {
        const kh_segment_file *file = &info->files[i];
        if (kh_str_starts(file->path, KH_STR("postings/")))
            continue;
        kh_digester_add(digester, file->path);
        kh_digester_add(digester, kh_str_from(file->digest.hex));
    }
    info->counts.content = kh_digester_read(digester);
}

kh_status kh_segment_writer_finish(kh_segment_writer *writer, kh_segment_counts *counts,
                                   kh_error *err)
{
    if (!writer->has_postings)
        return kh_fail(err, KH_ERR_ARGUMENT, "a segment without postings: '%s'",
                       writer->folder);
    kh_segment_info *info = &writer->info;
    kh_status status = kh_record_writer_finish(writer->records, err);
    if (status == KH_OK)
        status = kh_segment_files(info, writer->folder, writer->arena, err);
    if (status == KH_OK)
        digest_content(info);
    if (status == KH_OK)
        status = kh_segment_info_write(info, writer->folder, err);
    if (status == KH_OK && counts)
        *counts = info->counts;
    writer->is_finished = status == KH_OK;
    return status;
}

/* Files are synced through what wrote them: an error of the disk behind a close may
 * be nobody's. */
kh_status kh_segment_writer_close(kh_segment_writer *writer, kh_segment_counts *counts,
                                  kh_error *err)
{
    KH_AUTO(kh_segment_writer_free) kh_segment_writer *closing = writer;
    kh_status status =
        closing->is_finished ? KH_OK : kh_segment_writer_finish(closing, counts, err);
    if (status == KH_OK)
        status = kh_record_writer_close(KH_TAKE(closing->records), err);
    if (status == KH_OK)
        status = kh_tree_sync(closing->folder, err);
    if (status == KH_OK)
        status = kh_parent_sync(closing->folder, err);
    return status;
}
