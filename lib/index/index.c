/* index - open a generation: every segment, dead bits, one database over all. */
#include "base/alloc.h"
#include "generation_paths.h"
#include "index_private.h"

#define ATTEMPTS_MAX 10 /* generations that may be pruned while one opens */

void kh_index_free(kh_index *index)
{
    if (!index)
        return;
    kh_database_free(index->combined);
    for (size_t i = 0; i < index->n_segments; i++) {
        kh_segment_free(index->segments[i]);
        kh_dead_bits_close(&index->dead[i]);
    }
    kh_free(index->segments);
    kh_free(index->dead);
    kh_arena_free(index->arena);
    kh_free(index->folder);
    kh_free(index);
}

static kh_status open_segments(kh_index *index, kh_error *err)
{
    size_t n = index->manifest.n_segments;
    index->segments = kh_alloc(n * sizeof(void *));
    index->dead = kh_alloc(n * sizeof(index->dead[0]));
    index->n_segments = n;
    for (size_t i = 0; i < n; i++) {
        kh_str uuid = index->manifest.segments[i];
        KH_AUTO_BUF path;
        kh_segment_path(&path, index->folder, uuid);
        kh_status status =
            kh_segment_open(&index->segments[i], kh_buf_text(&path), err);
        if (status != KH_OK)
            return status;
        kh_segment *segment = index->segments[i];
        status =
            kh_dead_bits_open(&index->dead[i], index->folder, index->manifest.number,
                              uuid, kh_records_n(kh_segment_records(segment)), err);
        if (status != KH_OK)
            return status;
        index->has_dead = index->has_dead || index->dead[i].n_dead > 0;
    }
    return KH_OK;
}

static kh_status open_combined(kh_index *index, kh_error *err)
{
    if (index->n_segments < 2)
        return KH_OK;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    const char **paths = kh_arena_alloc(arena, index->n_segments * sizeof(paths[0]));
    for (size_t i = 0; i < index->n_segments; i++) {
        KH_AUTO_BUF path;
        kh_segment_path(&path, index->folder, index->manifest.segments[i]);
        kh_buf_add(&path, KH_STR("/postings"));
        paths[i] = kh_arena_copy(arena, kh_buf_str(&path)).ptr;
    }
    return kh_database_open(&index->combined, paths, index->n_segments, err);
}

/* Rows of the languages with a stemmer, in the order of the table. */
static void unite_languages(kh_index *index)
{
    size_t n_table;
    const kh_language *table = kh_language_table(&n_table);
    index->languages = kh_arena_alloc(index->arena, n_table * sizeof(void *));
    for (size_t row = 0; row < n_table; row++) {
        bool is_there = false;
        for (size_t i = 0; i < index->n_segments && !is_there; i++) {
            size_t n;
            const kh_str *codes = kh_segment_languages(index->segments[i], &n);
            for (size_t k = 0; k < n && !is_there; k++)
                is_there = kh_str_equal(codes[k], kh_str_from(table[row].code));
        }
        if (is_there)
            index->languages[index->n_languages++] = &table[row];
    }
}

static kh_status open_generation(kh_index **out, const char *folder,
                                 uint32_t generation, bool is_for_heads, kh_error *err)
{
    KH_AUTO(kh_index_free) kh_index *index = kh_alloc(sizeof(*index));
    index->arena = kh_arena_open();
    KH_AUTO_BUF absolute;
    kh_buf_init(&absolute, KH_BUF_MAX);
    kh_path_absolute(&absolute, folder);
    index->folder = kh_str_dup(kh_buf_str(&absolute));

    kh_status status =
        kh_manifest_read(&index->manifest, folder, generation, index->arena, err);
    kh_str fingerprint = index->manifest.fingerprint;
    if (status == KH_OK)
        status = is_for_heads ? kh_fingerprint_check_heads(fingerprint, folder, err)
                              : kh_fingerprint_check(fingerprint, folder, err);
    if (status == KH_OK)
        status = open_segments(index, err);
    if (status == KH_OK)
        status = open_combined(index, err);
    if (status != KH_OK)
        return status;
    unite_languages(index);
    *out = KH_TAKE(index);
    return KH_OK;
}

kh_status kh_index_open_heads(kh_index **out, const char *folder, uint32_t generation,
                              kh_error *err)
{
    return open_generation(out, folder, generation, true, err);
}

/* A generation that is being pruned loses its files while we open them. */
static bool may_be_pruned(kh_status status)
{
    return status == KH_ERR_NOT_FOUND || status == KH_ERR_IO ||
           status == KH_ERR_CORRUPT || status == KH_ERR_ENGINE;
}

kh_status kh_index_open(kh_index **out, const char *folder, uint32_t generation,
                        kh_error *err)
{
    kh_status status = KH_OK;
    if (generation != 0) {
        status = open_generation(out, folder, generation, false, err);
        if (status == KH_ERR_VERSION)
            kh_generation_hint_version(err, folder, generation);
        return status;
    }

    uint32_t last = 0;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        uint32_t current;
        kh_error failure;
        kh_status read = kh_generation_current(&current, folder, &failure);
        if (read != KH_OK) {
            if (err)
                *err = failure;
            return read;
        }
        if (current == last)
            break; /* it is live and cannot be opened: err says why */
        last = current;
        status = open_generation(out, folder, current, false, err);
        if (!may_be_pruned(status))
            return status;
    }
    if (status == KH_ERR_NOT_FOUND) {
        status = KH_ERR_CORRUPT;
        if (err)
            err->status = status;
    }
    return status;
}

const kh_manifest *kh_index_manifest(const kh_index *index)
{
    return &index->manifest;
}

const char *kh_index_folder(const kh_index *index)
{
    return index->folder;
}

kh_database *kh_index_database(kh_index *index)
{
    if (index->combined)
        return index->combined;
    return index->n_segments == 1 ? kh_segment_database(index->segments[0]) : NULL;
}

size_t kh_index_n_segments(const kh_index *index)
{
    return index->n_segments;
}

kh_segment *kh_index_segment(kh_index *index, size_t i)
{
    return index->segments[i];
}

kh_location kh_index_locate(const kh_index *index, uint32_t document)
{
    size_t n = index->n_segments;
    kh_location location = { 0, document };
    if (n > 1 && document > 0) {
        location.segment = (document - 1) % n;
        location.document = (uint32_t)((document - 1) / n) + 1;
    }
    return location;
}

uint32_t kh_index_combine(const kh_index *index, kh_location location)
{
    size_t n = index->n_segments > 1 ? index->n_segments : 1;
    return (uint32_t)((location.document - 1) * n + location.segment + 1);
}

bool kh_index_is_dead(const kh_index *index, uint32_t document)
{
    if (!index->has_dead || document == 0)
        return false;
    kh_location at = kh_index_locate(index, document);
    kh_records *records = kh_segment_records(index->segments[at.segment]);
    return at.document <= kh_records_n(records) &&
           kh_dead_bits_has(&index->dead[at.segment], at.document);
}

bool kh_index_has_dead(const kh_index *index)
{
    return index->has_dead;
}

kh_record_head kh_index_head(const kh_index *index, uint32_t document)
{
    if (index->n_segments == 0) {
        kh_record_head none = { 0 };
        return none;
    }
    kh_location at = kh_index_locate(index, document);
    return kh_record_head_of(kh_segment_records(index->segments[at.segment]),
                             at.document);
}

/* The date behind a length, as kh_records_lengths() has them. */
static uint32_t date_at(const unsigned char *length)
{
    return (uint32_t)length[4] | (uint32_t)length[5] << 8 | (uint32_t)length[6] << 16 |
           (uint32_t)length[7] << 24;
}

/* Documents of a segment mostly stand together, so it is asked for its dates once. */
void kh_index_dates(uint32_t *dates, const kh_index *index, const uint32_t *documents,
                    size_t n)
{
    const unsigned char *lengths = NULL;
    size_t stride = 0;
    uint64_t n_lengths = 0;
    size_t segment = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        kh_location at = kh_index_locate(index, documents[i]);
        if (at.segment != segment && index->n_segments > 0) {
            const kh_records *records = kh_segment_records(index->segments[at.segment]);
            lengths = kh_records_lengths(records, &stride);
            n_lengths = kh_records_n(records);
            segment = at.segment;
        }
        bool is_there = at.document > 0 && at.document <= n_lengths;
        dates[i] = is_there ? date_at(lengths + (at.document - 1) * stride) : 0;
    }
}

const kh_language *const *kh_index_languages(const kh_index *index, size_t *n)
{
    *n = index->n_languages;
    return index->languages;
}
