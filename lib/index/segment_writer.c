/* segment_writer - make a segment: postings, records, vocabulary, tags. */
#include <stdlib.h>

#include "article/fields.h"
#include "base/alloc.h"
#include "bounds.h"
#include "index/generation.h"
#include "segment_json.h"
#include "tag_table.h"
#include "text/language.h"

/* Postings that wait in memory: the engine takes 40 to 60 bytes for each. */
#define COMMIT_POSTINGS 3000000u

struct kh_segment_writer {
    char *folder; /* owned */
    kh_arena *arena;
    kh_str fingerprint;
    kh_writer *postings;
    kh_record_writer *records;
    kh_vocabulary_writer *vocabulary;
    kh_tag_counter *tags;
    kh_segment_counts counts;
    uint64_t n_waiting; /* postings since the last commit */
    bool *has_language; /* owned; by kh_language_number() */
    size_t n_languages;
};

static void path_in(kh_buf *out, const kh_segment_writer *writer, const char *name)
{
    kh_buf_init(out, KH_BUF_MAX);
    kh_path_join(out, writer->folder, name);
}

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
    writer->fingerprint = kh_arena_copy(writer->arena, fingerprint);
    writer->vocabulary = kh_vocabulary_writer_open();
    writer->tags = kh_tag_counter_open();
    (void)kh_language_table(&writer->n_languages);
    writer->has_language =
        kh_alloc((writer->n_languages + 1) * sizeof(writer->has_language[0]));

    KH_AUTO_BUF path;
    path_in(&path, writer, "postings");
    status = kh_writer_open(&writer->postings, kh_buf_text(&path), err);
    if (status == KH_OK)
        status = kh_record_writer_open(&writer->records, folder, numbers, err);
    if (status == KH_OK)
        *out = KH_TAKE(writer);
    return status;
}

void kh_segment_writer_free(kh_segment_writer *writer)
{
    if (!writer)
        return;
    kh_writer_free(writer->postings);
    kh_record_writer_free(writer->records);
    kh_vocabulary_writer_free(writer->vocabulary);
    kh_tag_counter_free(writer->tags);
    kh_arena_free(writer->arena);
    kh_free(writer->has_language);
    kh_free(writer->folder);
    kh_free(writer);
}

kh_vocabulary_writer *kh_segment_writer_vocabulary(kh_segment_writer *writer)
{
    return writer->vocabulary;
}

static void count_article(kh_segment_writer *writer, const kh_article *article)
{
    kh_segment_counts *counts = &writer->counts;
    counts->n_articles++;
    counts->text_bytes = kh_record_writer_text_bytes(writer->records);
    uint32_t date = kh_date_pack(&article->date);
    if (date != 0 && (counts->first_date == 0 || date < counts->first_date))
        counts->first_date = date;
    if (date > counts->last_date)
        counts->last_date = date;
    const kh_language *language = kh_language_find(article->lang);
    if (language->stemmer)
        writer->has_language[kh_language_number(language)] = true;
    kh_tag_counter_add(writer->tags, article);
}

kh_status kh_segment_writer_sample(kh_segment_writer *writer,
                                   const kh_record_source *source, kh_error *err)
{
    return kh_record_writer_sample(writer->records, source, err);
}

kh_status kh_segment_writer_add(kh_segment_writer *writer,
                                const kh_record_source *source,
                                const kh_posting *postings, size_t n_postings,
                                kh_error *err)
{
    const kh_article *article = source->article;
    uint64_t length = 0;
    for (size_t i = 0; i < n_postings; i++)
        length += postings[i].wdf;
    if (length > UINT32_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "article too long: '%" KH_FMT "'",
                       KH_ARG(article->id));
    kh_record_source record = *source;
    record.length = (uint32_t)length;

    uint32_t date = kh_date_pack(&article->date);
    char packed[4] = { (char)(date >> 24), (char)(date >> 16), (char)(date >> 8),
                       (char)date };
    kh_value value = { KH_VALUE_DATE, { packed, sizeof(packed) } };
    kh_document document = {
        .postings = postings,
        .n_postings = n_postings,
        .values = &value,
        .n_values = date != 0 ? 1 : 0,
    };
    uint32_t number;
    kh_status status = kh_writer_add(writer->postings, &document, &number, err);
    if (status == KH_OK)
        status = kh_record_writer_add(writer->records, &record, err);
    if (status != KH_OK)
        return status;

    count_article(writer, article);
    writer->n_waiting += n_postings;
    if (writer->n_waiting < COMMIT_POSTINGS)
        return KH_OK;
    writer->n_waiting = 0;
    return kh_writer_commit(writer->postings, err);
}

static int compare_strings(const void *a, const void *b)
{
    return kh_str_compare(*(const kh_str *)a, *(const kh_str *)b);
}

static void list_languages(kh_segment_info *info, const kh_segment_writer *writer)
{
    size_t n;
    const kh_language *table = kh_language_table(&n);
    info->languages = kh_arena_alloc(writer->arena, n * sizeof(info->languages[0]));
    for (size_t i = 0; i < n; i++)
        if (writer->has_language[i])
            info->languages[info->n_languages++] = kh_str_from(table[i].code);
    if (info->n_languages > 1)
        qsort(info->languages, info->n_languages, sizeof(info->languages[0]),
              compare_strings);
}

static kh_status set_metadata(const kh_segment_writer *writer, const char *key,
                              const kh_buf *value, kh_error *err)
{
    return kh_writer_set_metadata(writer->postings, kh_str_from(key), kh_buf_str(value),
                                  err);
}

static kh_status write_metadata(const kh_segment_writer *writer,
                                const kh_segment_info *info, kh_error *err)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    kh_buf_printf(&value, "%u", info->layout);
    kh_status status = set_metadata(writer, "layout", &value, err);

    kh_buf_reset(&value);
    kh_buf_printf(&value, "%u", info->record);
    if (status == KH_OK)
        status = set_metadata(writer, "record", &value, err);

    kh_buf_reset(&value);
    kh_buf_add(&value, info->fingerprint);
    if (status == KH_OK)
        status = set_metadata(writer, "fingerprint", &value, err);

    kh_buf_reset(&value);
    kh_buf_add_varint(&value, info->counts.n_articles);
    kh_buf_add_varint(&value, info->counts.text_bytes);
    kh_buf_add_varint(&value, info->counts.n_tags);
    kh_buf_add_varint(&value, info->counts.first_date);
    kh_buf_add_varint(&value, info->counts.last_date);
    if (status == KH_OK)
        status = set_metadata(writer, "counts", &value, err);

    kh_buf_reset(&value);
    for (size_t i = 0; i < info->n_languages; i++) {
        if (i > 0)
            kh_buf_add_char(&value, ' ');
        kh_buf_add(&value, info->languages[i]);
    }
    if (status == KH_OK)
        status = set_metadata(writer, "languages", &value, err);
    return status;
}

/* The postings as they are read: half the size of what was written into. */
static kh_status compact_postings(const kh_segment_writer *writer, kh_error *err)
{
    KH_AUTO_BUF from;
    path_in(&from, writer, "postings");
    KH_AUTO_BUF to;
    path_in(&to, writer, "postings.tmp");
    kh_status status = kh_database_compact(kh_buf_text(&from), kh_buf_text(&to), err);
    if (status == KH_OK)
        status = kh_folder_remove(kh_buf_text(&from), err);
    if (status != KH_OK)
        return status;
    if (rename(kh_buf_text(&to), kh_buf_text(&from)) != 0)
        return kh_fail_errno(err, KH_ERR_IO, "cannot rename '%s'", kh_buf_text(&to));
    return KH_OK;
}

static kh_status finish(kh_segment_writer *writer, kh_segment_info *info, kh_error *err)
{
    kh_status status = kh_record_writer_close(KH_TAKE(writer->records), err);
    if (status == KH_OK)
        status = kh_vocabulary_writer_finish(writer->vocabulary, writer->postings, err);
    if (status == KH_OK)
        status = kh_tag_counter_finish(writer->tags, writer->postings, err);
    if (status == KH_OK)
        status = write_metadata(writer, info, err);
    if (status == KH_OK)
        status = kh_writer_close(KH_TAKE(writer->postings), err);
    if (status == KH_OK)
        status = compact_postings(writer, err);
    if (status == KH_OK)
        status = kh_bounds_write(writer->folder, err);
    if (status == KH_OK)
        status = kh_segment_files(info, writer->folder, writer->arena, err);
    if (status == KH_OK)
        status = kh_segment_info_write(info, writer->folder, err);
    if (status == KH_OK)
        status = kh_tree_sync(writer->folder, err);
    return status;
}

kh_status kh_segment_writer_close(kh_segment_writer *writer, kh_segment_counts *counts,
                                  kh_error *err)
{
    KH_AUTO(kh_segment_writer_free) kh_segment_writer *closing = writer;
    closing->counts.n_tags = kh_tag_counter_n(closing->tags);
    kh_segment_info info = {
        .layout = KH_INDEX_VERSION,
        .record = KH_RECORD_VERSION,
        .fingerprint = closing->fingerprint,
        .counts = closing->counts,
    };
    list_languages(&info, closing);
    kh_status status = finish(closing, &info, err);
    if (status == KH_OK && counts)
        *counts = info.counts;
    return status;
}
