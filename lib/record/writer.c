/* writer - packed records to the files of a segment: words, codes, rest, places, keys,
 * lengths, signs. */
#include "record/writer.h"

#include <assert.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "packer.h"
#include "places.h"
#include "record/record.h"
#include "wordlist_writer.h"

enum { CODES, REST, PLACES, KEYS, LENGTHS, SIGNS, N_FILES };

#define HEAD_KEYS    (8u + KH_TEXT_HASH_BYTES) /* bytes of a document's entry in keys */
#define HEAD_LENGTHS 8u                        /* the same in lengths */

struct kh_record_writer {
    char *folder;            /* owned */
    kh_sink *files[N_FILES]; /* SIGNS: NULL if there are none */
    kh_packing packing;      /* the numbers are a view */
    kh_sampler *sampler;     /* owned; NULL: articles may be packed */
    kh_place_writer places;
    uint32_t n;
    uint64_t text_bytes;
    kh_buf sign_groups;   /* signs.h */
    uint64_t sign_bytes;  /* of all signs so far */
    kh_summing sign_sums; /* of the file of signs */
    bool is_finished;
};

const kh_packing *kh_record_writer_packing(const kh_record_writer *writer)
{
    assert(writer->sampler == NULL); /* kh_record_writer_begin() was called */
    return &writer->packing;
}

static kh_status open_file(kh_record_writer *writer, size_t number, const char *name,
                           kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, writer->folder, name);
    return kh_sink_open_mapped(&writer->files[number], kh_buf_text(&path), err);
}

kh_status kh_record_writer_open(kh_record_writer **out, const char *folder,
                                const kh_numbers *numbers, kh_error *err)
{
    static const char *const names[] = { "codes", "rest", "places", "keys", "lengths" };
    KH_AUTO(kh_record_writer_free) kh_record_writer *writer = kh_alloc(sizeof(*writer));
    writer->folder = kh_str_dup(kh_str_from(folder));
    writer->packing.numbers = numbers;
    kh_dictionaries_init(&writer->packing.dictionaries);
    writer->sampler = kh_sampler_open(numbers);
    kh_place_writer_init(&writer->places);
    kh_buf_init(&writer->sign_groups, KH_BUF_MAX);
    kh_summing_init(&writer->sign_sums);
    for (size_t i = 0; i < SIGNS; i++) {
        kh_status status = open_file(writer, i, names[i], err);
        if (status != KH_OK)
            return status;
    }
    *out = KH_TAKE(writer);
    return KH_OK;
}

void kh_record_writer_free(kh_record_writer *writer)
{
    if (writer == NULL)
        return;
    for (size_t i = 0; i < N_FILES; i++)
        kh_sink_free(writer->files[i]);
    kh_sampler_free(writer->sampler);
    kh_dictionaries_release(&writer->packing.dictionaries);
    kh_place_writer_release(&writer->places);
    kh_buf_release(&writer->sign_groups);
    kh_summing_release(&writer->sign_sums);
    kh_sign_table_free(writer->packing.signs);
    kh_free(writer->folder);
    kh_free(writer);
}

/* ---- what comes before articles ---- */

kh_status kh_record_writer_sample(kh_record_writer *writer,
                                  const kh_record_source *source, kh_error *err)
{
    assert(writer->sampler != NULL);
    return kh_sampler_add(writer->sampler, source, err);
}

static void put_signs(kh_record_writer *writer, kh_str bytes)
{
    kh_sink_add(writer->files[SIGNS], bytes.ptr, bytes.len);
    kh_summing_add(&writer->sign_sums, bytes);
}

/* The words of signs are known once all words were gone through. */
static kh_status begin_signs(kh_record_writer *writer, kh_error *err)
{
    kh_status status = open_file(writer, SIGNS, KH_SIGNS_FILE, err);
    if (status != KH_OK)
        return status;
    KH_AUTO_BUF words;
    kh_buf_init(&words, KH_BUF_MAX);
    kh_buf_add(&words, KH_STR(KH_SIGNS_MAGIC));
    kh_sign_table_write(&words, writer->packing.signs);
    put_signs(writer, kh_buf_str(&words));
    return KH_OK;
}

static kh_status write_words(kh_record_writer *writer, const kh_known_words *known,
                             kh_error *err)
{
    const kh_numbers *numbers = writer->packing.numbers;
    if (numbers->n_articles >= numbers->signs_from) {
        writer->packing.signs = kh_sign_table_open((uint32_t)numbers->n_numbered);
        kh_numbers_classes(writer->packing.signs->classes, numbers);
    }
    kh_status status =
        kh_wordlist_write(writer->folder, numbers, &writer->packing.dictionaries,
                          writer->packing.signs, known, err);
    return status == KH_OK && writer->packing.signs != NULL ? begin_signs(writer, err)
                                                            : status;
}

kh_status kh_record_writer_begin(kh_record_writer *writer, const kh_known_words *known,
                                 kh_error *err)
{
    KH_AUTO(kh_sampler_free) kh_sampler *sampler = KH_TAKE(writer->sampler);
    kh_status status = kh_sampler_train(&writer->packing.dictionaries, sampler, err);
    return status == KH_OK ? write_words(writer, known, err) : status;
}

/* ---- documents ---- */

/* False: the cursor is bad. */
static bool add_sign(kh_record_writer *writer, kh_cursor *packed)
{
    kh_str head = kh_cursor_bytes(packed, 2); /* size, language */
    if (packed->is_bad)
        return false;
    kh_str bytes = kh_cursor_bytes(packed, kh_sign_bytes((unsigned char)head.ptr[0]));
    kh_buf *groups = &writer->sign_groups;
    uint32_t number = writer->n % KH_SIGN_GROUP;
    if (number == 0) {
        for (size_t k = 0; k < KH_SIGN_START_BYTES; k++)
            kh_buf_add_char(groups, (char)(writer->sign_bytes >> (8 * k)));
        for (size_t k = KH_SIGN_START_BYTES; k < KH_SIGN_GROUP_BYTES; k++)
            kh_buf_add_char(groups, '\0');
    }
    char *sizes = groups->ptr + groups->len - KH_SIGN_GROUP_BYTES + KH_SIGN_START_BYTES;
    sizes[number] = head.ptr[0];
    sizes[KH_SIGN_GROUP + number] = head.ptr[1];
    put_signs(writer, bytes);
    writer->sign_bytes += bytes.len;
    return !packed->is_bad;
}

static void end_signs(kh_record_writer *writer)
{
    put_signs(writer, kh_buf_str(&writer->sign_groups));
    kh_summing_end(&writer->sign_sums);
    kh_buf *end = &writer->sign_sums.sums;
    kh_buf_add_u64(end, writer->sign_bytes);
    kh_buf_add_u32(end, kh_sign_table_n(writer->packing.signs));
    kh_buf_add_u32(end, writer->n);
    kh_buf_add_u32(end, (uint32_t)kh_checksum(kh_buf_str(end), 0));
    kh_sink_add(writer->files[SIGNS], end->ptr, end->len);
}

static kh_status add_document(kh_record_writer *writer, kh_cursor *packed,
                              kh_error *err)
{
    if (writer->n == UINT32_MAX - 1)
        return kh_fail(err, KH_ERR_LIMIT, "too many articles in a segment");
    uint64_t stream_bytes = kh_cursor_varint(packed);
    uint64_t frame_bytes = kh_cursor_varint(packed);
    uint64_t stored_bytes = kh_cursor_varint(packed);
    kh_str key = kh_cursor_bytes(packed, HEAD_KEYS);
    kh_str length = kh_cursor_bytes(packed, HEAD_LENGTHS);
    kh_str stream = kh_cursor_bytes(packed, (size_t)stream_bytes);
    kh_str rest = kh_cursor_bytes(packed, sizeof(uint32_t) + (size_t)frame_bytes);
    if (packed->is_bad || (writer->files[SIGNS] != NULL && !add_sign(writer, packed)))
        return kh_fail(err, KH_ERR_CORRUPT, "a packed article is damaged");
    const uint64_t lengths[KH_N_PARTS] = { stream.len, rest.len };
    kh_status status =
        kh_place_writer_add(&writer->places, writer->files[PLACES], lengths, err);
    if (status != KH_OK)
        return status;
    kh_sink_add(writer->files[CODES], stream.ptr, stream.len);
    kh_sink_add(writer->files[REST], rest.ptr, rest.len);
    kh_sink_add(writer->files[KEYS], key.ptr, key.len);
    kh_sink_add(writer->files[LENGTHS], length.ptr, length.len);
    writer->n++;
    writer->text_bytes += stored_bytes;
    return KH_OK;
}

kh_status kh_record_writer_add(kh_record_writer *writer, kh_str packed, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(packed);
    kh_status status = KH_OK;
    while (status == KH_OK && cursor.ptr < cursor.end)
        status = add_document(writer, &cursor, err);
    return status;
}

uint64_t kh_record_writer_text_bytes(const kh_record_writer *writer)
{
    return writer->text_bytes;
}

kh_status kh_record_writer_finish(kh_record_writer *writer, kh_error *err)
{
    kh_status status =
        writer->sampler == NULL ? KH_OK : kh_record_writer_begin(writer, NULL, err);
    if (status != KH_OK)
        return status;
    static const unsigned char padding[KH_STREAM_PADDING] = { 0x80, 0x80, 0x80, 0x80,
                                                              0x80, 0x80, 0x80, 0x80 };
    kh_place_writer_end(&writer->places, writer->files[PLACES]);
    kh_sink_add(writer->files[CODES], padding, sizeof(padding));
    if (writer->files[SIGNS] != NULL)
        end_signs(writer);
    for (size_t i = 0; i < N_FILES && status == KH_OK; i++)
        if (writer->files[i] != NULL)
            status = kh_sink_flush(writer->files[i], err);
    writer->is_finished = status == KH_OK;
    return status;
}

kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err)
{
    KH_AUTO(kh_record_writer_free) kh_record_writer *closing = writer;
    kh_status status =
        closing->is_finished ? KH_OK : kh_record_writer_finish(closing, err);
    for (size_t i = 0; i < N_FILES; i++) {
        if (closing->files[i] == NULL)
            continue;
        kh_status closed =
            kh_sink_close(KH_TAKE(closing->files[i]), status == KH_OK ? err : NULL);
        if (status == KH_OK)
            status = closed;
    }
    return status;
}
