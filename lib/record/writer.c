/* writer - packed records to the files of a segment: words, codes, rest, places, keys,
 * lengths, signs. */
#include "record/writer.h"

#include <assert.h>
#include <zdict.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "layout.h"
#include "packer.h"
#include "record/record.h"
#include "wordlist_writer.h"

/* A dictionary for all rests: they are short, and their gaps, names and inputs repeat.
 */
#define DICTIONARY_BYTES ((size_t)32 << 10)
#define DICTIONARY_MIN   256u /* the trainer makes none that is smaller */
#define DICTIONARY_SHARE 8u   /* at most one part in so many of the sample */
#define SAMPLES_MIN      20u  /* zstd's trainer wants some */
#define SAMPLE_BYTES_MAX ((size_t)16 << 10) /* of one article */
#define SAMPLES_BYTES    ((size_t)64 << 20)

enum { CODES, REST, PLACES, KEYS, LENGTHS, SIGNS, N_FILES };

#define HEAD_KEYS    (8u + KH_TEXT_HASH_BYTES) /* bytes of a document's entry in keys */
#define HEAD_LENGTHS 8u                        /* the same in lengths */

/* Samples, until the dictionary is made. */
typedef struct sampling {
    kh_layout layout;
    kh_buf bytes;
    size_t *sizes; /* owned; of each sample */
    size_t n;
    size_t capacity;
} sampling;

struct kh_record_writer {
    char *folder;            /* owned */
    kh_sink *files[N_FILES]; /* SIGNS: NULL if there are none */
    kh_buf dictionary;
    kh_packing packing; /* views of it and of the numbers */
    sampling *sampling; /* owned; NULL: articles may be packed */
    uint32_t n;
    uint64_t text_bytes;
    kh_buf sign_groups;   /* signs.h */
    uint64_t sign_bytes;  /* of all signs so far */
    kh_summing sign_sums; /* of the file of signs */
};

const kh_packing *kh_record_writer_packing(const kh_record_writer *writer)
{
    assert(writer->sampling == NULL); /* kh_record_writer_begin() was called */
    return &writer->packing;
}

static kh_status open_file(kh_record_writer *writer, size_t number, const char *name,
                           kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, writer->folder, name);
    return kh_sink_open(&writer->files[number], kh_buf_text(&path), err);
}

kh_status kh_record_writer_open(kh_record_writer **out, const char *folder,
                                const kh_numbers *numbers, kh_error *err)
{
    static const char *const names[] = { "codes", "rest", "places", "keys", "lengths" };
    KH_AUTO(kh_record_writer_free) kh_record_writer *writer = kh_alloc(sizeof(*writer));
    writer->folder = kh_str_dup(kh_str_from(folder));
    writer->packing.numbers = numbers;
    kh_buf_init(&writer->dictionary, KH_BUF_MAX);
    writer->sampling = kh_alloc(sizeof(sampling));
    kh_layout_init(&writer->sampling->layout, numbers);
    kh_buf_init(&writer->sampling->bytes, KH_BUF_MAX);
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

static void end_sampling(kh_record_writer *writer)
{
    sampling *s = writer->sampling;
    if (s == NULL)
        return;
    kh_layout_release(&s->layout);
    kh_buf_release(&s->bytes);
    kh_free(s->sizes);
    kh_free(s);
    writer->sampling = NULL;
}

void kh_record_writer_free(kh_record_writer *writer)
{
    if (writer == NULL)
        return;
    for (size_t i = 0; i < N_FILES; i++)
        kh_sink_free(writer->files[i]);
    end_sampling(writer);
    ZSTD_freeCDict(writer->packing.dictionary);
    kh_buf_release(&writer->dictionary);
    kh_buf_release(&writer->sign_groups);
    kh_summing_release(&writer->sign_sums);
    kh_sign_table_free(writer->packing.signs);
    kh_free(writer->folder);
    kh_free(writer);
}

/* ---- the dictionary ---- */

kh_status kh_record_writer_sample(kh_record_writer *writer,
                                  const kh_record_source *source, kh_error *err)
{
    sampling *s = writer->sampling;
    assert(s != NULL);
    if (s->bytes.len > SAMPLES_BYTES)
        return KH_OK;
    kh_status status = kh_layout_article(&s->layout, source, err);
    if (status != KH_OK)
        return status;
    kh_str plain = kh_str_slice(kh_buf_str(&s->layout.plain), 0, SAMPLE_BYTES_MAX);
    kh_buf_add(&s->bytes, plain);
    KH_PUSH(s->sizes, s->n, s->capacity) = plain.len;
    return KH_OK;
}

/* A dictionary of the samples, into out; empty where it does not pay. */
static void train(const sampling *s, kh_buf *out)
{
    size_t bytes = s->bytes.len / DICTIONARY_SHARE;
    if (bytes > DICTIONARY_BYTES)
        bytes = DICTIONARY_BYTES;
    if (s->n < SAMPLES_MIN || bytes < DICTIONARY_MIN)
        return;
    kh_buf_reserve(out, bytes);
    size_t made =
        ZDICT_trainFromBuffer(out->ptr, bytes, s->bytes.ptr, s->sizes, (unsigned)s->n);
    if (!ZDICT_isError(made)) /* else nothing repeats: rests are packed without one */
        out->len = made;
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

static kh_status write_words(kh_record_writer *writer, kh_str dictionary, kh_error *err)
{
    const kh_numbers *numbers = writer->packing.numbers;
    if (numbers->n_articles >= numbers->signs_from) {
        writer->packing.signs = kh_sign_table_open((uint32_t)numbers->n_numbered);
        kh_numbers_classes(writer->packing.signs->classes, numbers);
    }
    kh_status status = kh_wordlist_write(writer->folder, numbers, dictionary,
                                         writer->packing.signs, err);
    return status == KH_OK && writer->packing.signs != NULL ? begin_signs(writer, err)
                                                            : status;
}

kh_status kh_record_writer_begin(kh_record_writer *writer, kh_error *err)
{
    train(writer->sampling, &writer->dictionary);
    end_sampling(writer);
    kh_str bytes = kh_buf_str(&writer->dictionary);
    writer->packing.dictionary_bytes = bytes;
    kh_status status = write_words(writer, bytes, err);
    if (status != KH_OK || bytes.len == 0)
        return status;
    writer->packing.dictionary =
        ZSTD_createCDict(bytes.ptr, bytes.len, KH_RECORD_LEVEL);
    return writer->packing.dictionary != NULL
               ? KH_OK
               : kh_fail(err, KH_ERR_LIMIT, "cannot use a dictionary");
}

/* ---- documents ---- */

static void add_places(kh_record_writer *writer)
{
    for (size_t i = CODES; i <= REST; i++) {
        uint64_t offset = kh_sink_offset(writer->files[i]);
        char bytes[5];
        for (size_t k = 0; k < sizeof(bytes); k++)
            bytes[k] = (char)(offset >> (8 * k));
        kh_sink_add(writer->files[PLACES], bytes, sizeof(bytes));
    }
}

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
    if (writer->n == UINT32_MAX - 1 ||
        kh_sink_offset(writer->files[CODES]) >> 40 != 0 ||
        kh_sink_offset(writer->files[REST]) >> 40 != 0)
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
    add_places(writer);
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

kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err)
{
    KH_AUTO(kh_record_writer_free) kh_record_writer *closing = writer;
    kh_status status =
        closing->sampling == NULL ? KH_OK : kh_record_writer_begin(closing, err);
    if (status != KH_OK)
        return status;
    static const unsigned char padding[KH_STREAM_PADDING] = { 0x80, 0x80, 0x80, 0x80,
                                                              0x80, 0x80, 0x80, 0x80 };
    add_places(closing);
    kh_sink_add(closing->files[CODES], padding, sizeof(padding));
    if (closing->files[SIGNS] != NULL)
        end_signs(closing);
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
