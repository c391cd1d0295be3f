/* records - open the records of a segment, and give back one article's parts. */
#include "records.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "frame.h"

#define KEY_BYTES    (8u + KH_TEXT_HASH_BYTES)
#define LENGTH_BYTES 8u
#define CACHE_LINE   64u
#define FETCH_BYTES  1024u

static kh_status check_sizes(kh_records *records, kh_error *err)
{
    size_t n = records->lengths.len / LENGTH_BYTES;
    const char *bad = NULL;
    if (records->lengths.len % LENGTH_BYTES != 0 || n > UINT32_MAX - 1)
        bad = "lengths";
    else if (records->keys.len != n * KEY_BYTES)
        bad = kh_places_fit(&records->places, (uint32_t)n) ? "keys" : "lengths";
    else if (!kh_places_fit(&records->places, (uint32_t)n))
        bad = "places";
    else if (records->codes.len < KH_STREAM_PADDING)
        bad = "codes";
    if (bad != NULL)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/%s'", records->folder,
                       bad);
    records->n = (uint32_t)n;
    return KH_OK;
}

kh_status kh_records_open(kh_records **out, const char *folder, kh_error *err)
{
    KH_AUTO(kh_records_free) kh_records *records = kh_alloc(sizeof(*records));
    records->folder = kh_str_dup(kh_str_from(folder));
    kh_unpacker_init(&records->unpacker);
    records->frame = kh_alloc(sizeof(*records->frame));
    size_t n_languages;
    (void)kh_language_table(&n_languages);
    records->n_analysers = n_languages + 1;
    records->analysers = kh_alloc(records->n_analysers * sizeof(kh_analyser *));

    const struct {
        kh_map *map;
        const char *name;
    } files[] = { { &records->codes, "codes" },
                  { &records->rest, "rest" },
                  { &records->places.map, "places" },
                  { &records->keys, "keys" },
                  { &records->lengths, "lengths" } };
    kh_status status = kh_wordlist_open(&records->words, folder, err);
    for (size_t i = 0; i < KH_COUNT_OF(files) && status == KH_OK; i++) {
        KH_AUTO_BUF path;
        kh_buf_init(&path, KH_BUF_MAX);
        kh_path_join(&path, folder, files[i].name);
        status = kh_map_open(files[i].map, kh_buf_text(&path), err);
    }
    if (status == KH_OK)
        status = check_sizes(records, err);
    if (status == KH_OK)
        status = kh_signs_open(&records->signs, folder, err);
    if (status == KH_OK && records->signs.n != 0 && records->signs.n != records->n)
        status = kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/%s'", folder,
                         KH_SIGNS_FILE);
    if (status == KH_OK)
        *out = KH_TAKE(records);
    return status;
}

void kh_records_free(kh_records *records)
{
    if (records == NULL)
        return;
    for (size_t i = 0; i < records->n_analysers; i++)
        kh_analyser_free(records->analysers[i]);
    kh_free(records->analysers);
    kh_rest_release(&records->last);
    kh_frame_release(records->frame);
    kh_free(records->frame);
    kh_unpacker_release(&records->unpacker);
    kh_wordlist_close(&records->words);
    kh_map_close(&records->codes);
    kh_map_close(&records->rest);
    kh_signs_close(&records->signs);
    kh_map_close(&records->places.map);
    kh_map_close(&records->keys);
    kh_map_close(&records->lengths);
    kh_free(records->folder);
    kh_free(records);
}

uint32_t kh_records_n(const kh_records *records)
{
    return records->n;
}

static uint64_t le64(const unsigned char *at)
{
    return (uint64_t)kh_le32(at) | (uint64_t)kh_le32(at + 4) << 32;
}

kh_record_head kh_record_head_of(const kh_records *records, uint32_t document)
{
    kh_record_head head = { 0 };
    if (document == 0 || document > records->n)
        return head;
    const unsigned char *key = records->keys.ptr + (size_t)(document - 1) * KEY_BYTES;
    const unsigned char *length =
        records->lengths.ptr + (size_t)(document - 1) * LENGTH_BYTES;
    head.key = le64(key);
    head.text = kh_le40(key + 8);
    head.length = kh_le32(length);
    head.date = kh_le32(length + 4);
    return head;
}

const unsigned char *kh_records_lengths(const kh_records *records, size_t *stride)
{
    *stride = LENGTH_BYTES;
    return records->n > 0 ? records->lengths.ptr : NULL;
}

kh_status kh_record_damaged(const kh_records *records, uint32_t document,
                            const char *what, kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT, "damaged record: '%s', document %u: %s",
                   records->folder, document, what);
}

/* ---- an article ---- */

/* A part of an article, that of codes with padding behind it. */
static kh_status find_part(kh_str *out, kh_records *records, uint32_t document,
                           kh_part part, kh_error *err)
{
    const kh_map *file = part == KH_PART_CODES ? &records->codes : &records->rest;
    size_t padding = part == KH_PART_CODES ? KH_STREAM_PADDING : 0;
    kh_extent place = kh_places_of(&records->places, document, part);
    if (place.begin > place.end || place.end > file->len - padding)
        return kh_record_damaged(records, document, "its place lies outside", err);
    *out = kh_str_make((const char *)file->ptr + place.begin,
                       (size_t)(place.end - place.begin));
    return KH_OK;
}

void kh_record_fetch_place(const kh_records *records, uint32_t document)
{
    if (document != 0 && document <= records->n)
        kh_places_fetch(&records->places, document);
}

void kh_record_fetch(const kh_records *records, uint32_t document)
{
    if (document == 0 || document > records->n)
        return;
    kh_extent place = kh_places_of(&records->places, document, KH_PART_CODES);
    uint64_t begin = place.begin;
    uint64_t end = place.end < begin + FETCH_BYTES ? place.end : begin + FETCH_BYTES;
    for (; begin < end && begin < records->codes.len; begin += CACHE_LINE)
        __builtin_prefetch(records->codes.ptr + begin);
}

static kh_status check_number(const kh_records *records, uint32_t document,
                              kh_error *err)
{
    if (document != 0 && document <= records->n)
        return KH_OK;
    return kh_fail(err, KH_ERR_NOT_FOUND, "no document %u in '%s'", document,
                   records->folder);
}

/* Of a stream: its first two digits. */
static uint32_t language_number(const unsigned char *stream)
{
    return (stream[0] & 7u) * 8 + (stream[1] & 7u);
}

kh_status kh_records_stream(kh_stream *out, kh_records *records, uint32_t document,
                            kh_error *err)
{
    kh_str bytes = { NULL, 0 };
    kh_status status = check_number(records, document, err);
    if (status == KH_OK)
        status = find_part(&bytes, records, document, KH_PART_CODES, err);
    if (status != KH_OK)
        return status;
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    if (bytes.len < 2 || (at[0] & 0xF8u) != 0x80u || (at[1] & 0xF8u) != 0x80u)
        return kh_record_damaged(records, document, "its stream has no language", err);
    out->begin = at + 2;
    out->end = at + bytes.len;
    out->lang = language_number(at);
    out->language = records->words.languages[out->lang];
    out->has_pairs = out->begin < out->end && out->begin[0] == (0x80u | KH_MARK_PAIRS);
    out->begin += out->has_pairs;
    return KH_OK;
}

kh_status kh_records_rest(kh_rest **out, kh_records *records, uint32_t document,
                          kh_error *err)
{
    *out = &records->last;
    if (document != 0 && records->document == document)
        return KH_OK;
    records->document = records->frame_document = 0;
    kh_str stream = { NULL, 0 };
    kh_str rest = { NULL, 0 };
    kh_status status = check_number(records, document, err);
    if (status == KH_OK)
        status = find_part(&stream, records, document, KH_PART_CODES, err);
    if (status == KH_OK)
        status = find_part(&rest, records, document, KH_PART_REST, err);
    if (status != KH_OK)
        return status;
    if (rest.len < 4)
        return kh_record_damaged(records, document, "its place lies outside", err);
    kh_str frame = kh_str_slice(rest, 4, rest.len);
    uint64_t sum = kh_checksum(stream, kh_record_head_of(records, document).key);
    if ((uint32_t)kh_checksum(frame, sum) != kh_le32((const unsigned char *)rest.ptr))
        return kh_record_damaged(records, document, "its checksum is wrong", err);
    if (stream.len < 2)
        return kh_record_damaged(records, document, "its stream has no language", err);
    const char *fault =
        kh_unpack(&records->unpacker, &records->last, &records->words,
                  language_number((const unsigned char *)stream.ptr), frame);
    status = kh_wordlist_status(&records->words, records->folder, err);
    if (status == KH_OK && fault != NULL)
        status = kh_record_damaged(records, document, fault, err);
    if (status == KH_OK)
        records->document = document;
    return status;
}

kh_status kh_records_frame(kh_frame **out, kh_rest **rest, kh_records *records,
                           uint32_t document, kh_error *err)
{
    *out = records->frame;
    kh_status status = kh_records_rest(rest, records, document, err);
    if (status != KH_OK || records->frame_document == document)
        return status;
    kh_stream stream;
    status = kh_records_stream(&stream, records, document, err);
    if (status != KH_OK)
        return status;
    const char *fault = kh_frame_read(records->frame, &records->words, &stream, *rest);
    status = kh_wordlist_status(&records->words, records->folder, err);
    if (status != KH_OK)
        return status;
    if (fault == NULL && !kh_frame_places(records->frame, *rest))
        fault = "its places do not parse";
    if (fault != NULL)
        return kh_record_damaged(records, document, fault, err);
    records->frame_document = document;
    return KH_OK;
}

kh_status kh_records_analyser(kh_analyser **out, kh_records *records,
                              const kh_language *language, kh_error *err)
{
    kh_analyser **slot = &records->analysers[kh_language_number(language)];
    if (*slot == NULL) {
        kh_status status = kh_analyser_open(slot, language, err);
        if (status != KH_OK)
            return status;
    }
    (void)kh_analyser_trim(*slot, KH_RECORD_LEXEMES_MAX);
    *out = *slot;
    return KH_OK;
}
