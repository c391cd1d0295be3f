/* records - open the records of a segment and unpack them one by one. */
#include "records.h"

#include "base/alloc.h"

/* zstd makes at most 128 KiB of a block of 3 bytes: no frame can grow more. */
#define GROWTH_MAX 45000u

static kh_status map_file(kh_map *out, const char *folder, const char *name,
                          kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, name);
    return kh_map_open(out, kh_buf_text(&path), err);
}

static uint64_t read_le64(const unsigned char *at)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static uint32_t read_le32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

/* The dictionary of all frames; an empty file is none. */
static kh_status load_dictionary(kh_records *records, const char *folder, kh_error *err)
{
    kh_map map = { NULL, 0 };
    kh_status status = map_file(&map, folder, "dictionary", err);
    if (status != KH_OK || map.len == 0)
        return status;
    size_t loaded = ZSTD_DCtx_loadDictionary(records->zstd, map.ptr, map.len);
    kh_map_close(&map);
    if (ZSTD_isError(loaded))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/dictionary'", folder);
    return KH_OK;
}

kh_status kh_records_open(kh_records **out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_records_free) kh_records *records = kh_alloc(sizeof(*records));
    records->folder = kh_str_dup(kh_str_from(folder));

    kh_status status = map_file(&records->text, folder, "text", err);
    if (status == KH_OK)
        status = map_file(&records->places, folder, "places", err);
    if (status == KH_OK)
        status = map_file(&records->heads, folder, "heads", err);
    if (status != KH_OK)
        return status;

    size_t n = records->heads.len / KH_RECORD_HEAD_BYTES;
    if (records->heads.len % KH_RECORD_HEAD_BYTES != 0 || n > UINT32_MAX - 1)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/heads'", folder);
    if (records->places.len != (n + 1) * sizeof(uint64_t))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/places'", folder);
    records->n = (uint32_t)n;

    records->zstd = ZSTD_createDCtx();
    if (!records->zstd)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    status = load_dictionary(records, folder, err);
    if (status != KH_OK)
        return status;
    size_t n_languages;
    (void)kh_language_table(&n_languages);
    records->n_analysers = n_languages + 1;
    records->analysers = kh_alloc(records->n_analysers * sizeof(records->analysers[0]));

    *out = KH_TAKE(records);
    return KH_OK;
}

void kh_records_free(kh_records *records)
{
    if (!records)
        return;
    for (size_t i = 0; records->analysers && i < records->n_analysers; i++) {
        kh_analyser_free(records->analysers[i].analyser);
        kh_free(records->analysers[i].masks);
        kh_runs_release(&records->analysers[i].runs);
    }
    kh_free(records->analysers);
    kh_letters_release(&records->letters);
    kh_frame_release(&records->frame);
    kh_free(records->plain);
    ZSTD_freeDCtx(records->zstd);
    kh_map_close(&records->text);
    kh_map_close(&records->places);
    kh_map_close(&records->heads);
    kh_free(records->folder);
    kh_free(records);
}

uint32_t kh_records_n(const kh_records *records)
{
    return records->n;
}

kh_record_head kh_record_head_of(const kh_records *records, uint32_t document)
{
    kh_record_head head = { 0 };
    if (document == 0 || document > records->n)
        return head;
    const unsigned char *at =
        records->heads.ptr + (size_t)(document - 1) * KH_RECORD_HEAD_BYTES;
    head.key = read_le64(at);
    head.length = read_le32(at + 8);
    head.date = read_le32(at + 12);
    head.text = read_le64(at + 16);
    return head;
}

kh_status kh_record_damaged(const kh_records *records, uint32_t document,
                            const char *what, kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT, "damaged record: '%s/text', document %u: %s",
                   records->folder, document, what);
}

/* The frame of a document, and how long it is unpacked. */
static kh_status find_frame(kh_str *out, size_t *plain_bytes, kh_records *records,
                            uint32_t document, kh_error *err)
{
    const unsigned char *at =
        records->places.ptr + (size_t)(document - 1) * sizeof(uint64_t);
    uint64_t begin = read_le64(at);
    uint64_t end = read_le64(at + sizeof(uint64_t));
    if (begin >= end || end > records->text.len)
        return kh_record_damaged(records, document, "its place lies outside", err);

    kh_str frame =
        kh_str_make((const char *)records->text.ptr + begin, (size_t)(end - begin));
    unsigned long long bytes = ZSTD_getFrameContentSize(frame.ptr, frame.len);
    if (bytes > KH_RECORD_FRAME_MAX || bytes > (uint64_t)frame.len * GROWTH_MAX)
        return kh_record_damaged(records, document, "no frame of known size", err);
    *out = frame;
    *plain_bytes = (size_t)bytes;
    return KH_OK;
}

kh_status kh_records_fetch(kh_frame **out, kh_records *records, uint32_t document,
                           kh_error *err)
{
    if (document == 0 || document > records->n)
        return kh_fail(err, KH_ERR_NOT_FOUND, "no document %u in '%s'", document,
                       records->folder);
    if (records->document == document) {
        *out = &records->frame;
        return KH_OK;
    }

    records->document = 0;
    kh_str frame = { NULL, 0 };
    size_t bytes = 0;
    kh_status status = find_frame(&frame, &bytes, records, document, err);
    if (status != KH_OK)
        return status;
    if (bytes > records->plain_capacity) {
        kh_free(records->plain);
        records->plain_capacity = bytes + bytes / 4 + 4096;
        records->plain = kh_alloc(records->plain_capacity);
    }
    size_t got = ZSTD_decompressDCtx(records->zstd, records->plain,
                                     records->plain_capacity, frame.ptr, frame.len);
    if (ZSTD_isError(got))
        return kh_record_damaged(records, document, ZSTD_getErrorName(got), err);
    if (got != bytes ||
        !kh_frame_read(&records->frame, kh_str_make(records->plain, bytes)))
        return kh_record_damaged(records, document, "its parts do not fit", err);
    if (records->frame.key != kh_record_head_of(records, document).key)
        return kh_record_damaged(records, document, "its key is not that of its head",
                                 err);

    records->document = document;
    *out = &records->frame;
    return KH_OK;
}

static void forget_masks(kh_record_analyser *slot)
{
    if (slot->n_masks > 0)
        memset(slot->masks, 0, slot->n_masks * sizeof(slot->masks[0]));
}

kh_status kh_records_analyser(kh_record_analyser **out, kh_records *records,
                              const kh_language *language, kh_error *err)
{
    kh_record_analyser *slot = &records->analysers[kh_language_number(language)];
    if (!slot->analyser) {
        kh_status status = kh_analyser_open(&slot->analyser, language, err);
        if (status != KH_OK)
            return status;
    } else if (kh_analyser_trim(slot->analyser, KH_RECORD_LEXEMES_MAX)) {
        forget_masks(slot);
        kh_runs_reset(&slot->runs);
    }
    *out = slot;
    return KH_OK;
}

uint32_t kh_records_stamp(kh_records *records)
{
    if (++records->last_stamp == 0) {
        for (size_t i = 0; i < records->n_analysers; i++)
            forget_masks(&records->analysers[i]);
        records->last_stamp = 1;
    }
    return records->last_stamp;
}
