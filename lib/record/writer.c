/* writer - cuts to the files of a segment: words, codes, rest, places, keys, lengths.
 */
#include "record/writer.h"

#include <zdict.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "coder.h"
#include "record/record.h"
#include "values.h"
#include "wordlist_writer.h"

#define LEVEL 6 /* of zstd; 3 is twice as fast and 1 % larger, of the rests alone */

/* A dictionary for all rests: they are short, and their gaps, names and inputs repeat.
 */
#define DICTIONARY_BYTES ((size_t)32 << 10)
#define DICTIONARY_MIN   256u /* the trainer makes none that is smaller */
#define DICTIONARY_SHARE 8u   /* at most one part in so many of the sample */
#define SAMPLES_MIN      20u  /* zstd's trainer wants some */
#define SAMPLE_BYTES_MAX ((size_t)16 << 10) /* of one article */
#define SAMPLES_BYTES    ((size_t)64 << 20)

enum { CODES, REST, PLACES, KEYS, LENGTHS, N_FILES };

struct kh_record_writer {
    char *folder; /* owned */
    const kh_numbers *numbers;
    kh_sink *files[N_FILES];
    ZSTD_CCtx *zstd;
    kh_coder coder;
    bool is_trained; /* `words` is written */
    kh_buf samples;
    size_t *sample_bytes; /* owned */
    size_t n_samples;
    size_t samples_capacity;
    uint32_t n;
    uint64_t text_bytes;
    kh_buf plain;
    kh_buf packed;
    kh_buf stream;
    kh_buf small;
};

kh_status kh_record_writer_open(kh_record_writer **out, const char *folder,
                                const kh_numbers *numbers, kh_error *err)
{
    static const char *const names[] = { "codes", "rest", "places", "keys", "lengths" };
    KH_AUTO(kh_record_writer_free) kh_record_writer *writer = kh_alloc(sizeof(*writer));
    writer->folder = kh_str_dup(kh_str_from(folder));
    writer->numbers = numbers;
    kh_coder_init(&writer->coder, numbers);
    kh_buf *bufs[] = { &writer->samples, &writer->plain, &writer->packed,
                       &writer->stream, &writer->small };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    for (size_t i = 0; i < N_FILES; i++) {
        kh_buf_reset(&path);
        kh_path_join(&path, folder, names[i]);
        kh_status status = kh_sink_open(&writer->files[i], kh_buf_text(&path), err);
        if (status != KH_OK)
            return status;
    }
    writer->zstd = ZSTD_createCCtx();
    if (writer->zstd == NULL)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_compressionLevel, LEVEL);
    *out = KH_TAKE(writer);
    return KH_OK;
}

void kh_record_writer_free(kh_record_writer *writer)
{
    if (writer == NULL)
        return;
    for (size_t i = 0; i < N_FILES; i++)
        kh_sink_free(writer->files[i]);
    ZSTD_freeCCtx(writer->zstd);
    kh_coder_release(&writer->coder);
    kh_free(writer->sample_bytes);
    kh_buf *bufs[] = { &writer->samples, &writer->plain, &writer->packed,
                       &writer->stream, &writer->small };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
    kh_free(writer->folder);
    kh_free(writer);
}

/* ---- one article ---- */

/* The rest, not packed, in plain; the stream with its language in stream. */
static kh_status lay_out(kh_record_writer *writer, const kh_record_source *source,
                         kh_error *err)
{
    kh_coder *coder = &writer->coder;
    kh_status status = kh_coder_article(coder, source, err);
    if (status != KH_OK)
        return status;
    kh_buf *stream = &writer->stream;
    kh_buf_reset(stream);
    kh_buf_add_char(stream, (char)(0x80u | coder->lang / 8));
    kh_buf_add_char(stream, (char)(0x80u | coder->lang % 8));
    if (coder->has_pairs)
        kh_buf_add_char(stream, (char)(0x80u | KH_MARK_PAIRS));
    kh_buf_add(stream, kh_buf_str(&coder->stream));

    kh_buf *plain = &writer->plain;
    kh_buf_reset(plain);
    kh_buf_add_varint(plain, coder->text_bytes);
    kh_buf_add_varint(plain, coder->stored_bytes);
    kh_buf_add_string(plain, kh_buf_str(&coder->gaps));
    kh_buf_add_string(plain, kh_buf_str(&coder->spelled));
    kh_buf_reset(&writer->small);
    kh_buf_add_varint(&writer->small, coder->first_line);
    kh_buf_add_varint(&writer->small, coder->first_byte);
    kh_buf_add_varint(&writer->small, coder->n_jumps);
    kh_buf_add(&writer->small, kh_buf_str(&coder->jumps));
    kh_buf_add_string(plain, kh_buf_str(&writer->small));
    kh_values_write(plain, source, coder->lang == KH_LANG_OTHER);
    if (coder->stored_bytes > KH_ARTICLE_TEXT_MAX || plain->len > KH_REST_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "article too large: '%" KH_FMT "'",
                       KH_ARG(source->article->id));
    return KH_OK;
}

kh_status kh_record_writer_sample(kh_record_writer *writer,
                                  const kh_record_source *source, kh_error *err)
{
    if (writer->samples.len > SAMPLES_BYTES)
        return KH_OK;
    kh_status status = lay_out(writer, source, err);
    if (status != KH_OK)
        return status;
    kh_str plain = kh_str_slice(kh_buf_str(&writer->plain), 0, SAMPLE_BYTES_MAX);
    kh_buf_add(&writer->samples, plain);
    writer->sample_bytes = kh_grow(writer->sample_bytes, writer->n_samples,
                                   &writer->samples_capacity, sizeof(size_t));
    writer->sample_bytes[writer->n_samples++] = plain.len;
    return KH_OK;
}

/* A dictionary of the samples, into out; empty where it does not pay. */
static void train(kh_record_writer *writer, kh_buf *out)
{
    size_t bytes = writer->samples.len / DICTIONARY_SHARE;
    if (bytes > DICTIONARY_BYTES)
        bytes = DICTIONARY_BYTES;
    if (writer->n_samples < SAMPLES_MIN || bytes < DICTIONARY_MIN)
        return;
    kh_buf_reserve(out, bytes);
    size_t made =
        ZDICT_trainFromBuffer(out->ptr, bytes, writer->samples.ptr,
                              writer->sample_bytes, (unsigned)writer->n_samples);
    if (!ZDICT_isError(made)) /* else nothing repeats: rests are packed without one */
        out->len = made;
}

/* Before the first record: the words written, the dictionary taken into use. */
static kh_status begin(kh_record_writer *writer, kh_error *err)
{
    writer->is_trained = true;
    KH_AUTO_BUF dictionary;
    kh_buf_init(&dictionary, KH_BUF_MAX);
    train(writer, &dictionary);
    kh_buf_release(&writer->samples);
    kh_str bytes = kh_buf_str(&dictionary);
    kh_status status = kh_wordlist_write(writer->folder, writer->numbers, bytes, err);
    if (status != KH_OK || bytes.len == 0)
        return status;
    size_t loaded = ZSTD_CCtx_loadDictionary(writer->zstd, bytes.ptr, bytes.len);
    if (ZSTD_isError(loaded))
        return kh_fail(err, KH_ERR_LIMIT, "cannot use a dictionary: %s",
                       ZSTD_getErrorName(loaded));
    ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_dictIDFlag, 0);
    return KH_OK;
}

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

static void add_head(kh_record_writer *writer, const kh_record_source *source)
{
    kh_buf *head = &writer->small;
    kh_buf_reset(head);
    kh_buf_add_u64(head, source->key);
    kh_buf_add_u64(head, source->text_hash);
    kh_sink_add(writer->files[KEYS], head->ptr, head->len);
    kh_buf_reset(head);
    kh_buf_add_u32(head, source->length);
    kh_buf_add_u32(head, kh_date_pack(&source->article->date));
    kh_sink_add(writer->files[LENGTHS], head->ptr, head->len);
}

kh_status kh_record_writer_add(kh_record_writer *writer, const kh_record_source *source,
                               kh_error *err)
{
    if (!writer->is_trained) {
        kh_status status = begin(writer, err);
        if (status != KH_OK)
            return status;
    }
    kh_status status = lay_out(writer, source, err);
    if (status != KH_OK)
        return status;
    if (writer->n == UINT32_MAX - 1 ||
        kh_sink_offset(writer->files[CODES]) >> 40 != 0 ||
        kh_sink_offset(writer->files[REST]) >> 40 != 0)
        return kh_fail(err, KH_ERR_LIMIT, "too many articles in a segment");

    kh_buf *packed = &writer->packed;
    kh_buf_reset(packed);
    kh_buf_reserve(packed, ZSTD_compressBound(writer->plain.len));
    size_t bytes = ZSTD_compress2(writer->zstd, packed->ptr, packed->capacity,
                                  writer->plain.ptr, writer->plain.len);
    if (ZSTD_isError(bytes))
        return kh_fail(err, KH_ERR_LIMIT, "cannot compress: %s",
                       ZSTD_getErrorName(bytes));
    uint64_t sum = kh_checksum(kh_buf_str(&writer->stream), source->key);
    sum = kh_checksum(kh_str_make(packed->ptr, bytes), sum);
    add_places(writer);
    kh_sink_add(writer->files[CODES], writer->stream.ptr, writer->stream.len);
    kh_buf_reset(&writer->small);
    kh_buf_add_u32(&writer->small, (uint32_t)sum);
    kh_sink_add(writer->files[REST], writer->small.ptr, writer->small.len);
    kh_sink_add(writer->files[REST], packed->ptr, bytes);
    add_head(writer, source);
    writer->n++;
    writer->text_bytes += writer->coder.stored_bytes;
    return KH_OK;
}

uint64_t kh_record_writer_text_bytes(const kh_record_writer *writer)
{
    return writer->text_bytes;
}

kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err)
{
    KH_AUTO(kh_record_writer_free) kh_record_writer *closing = writer;
    kh_status status = closing->is_trained ? KH_OK : begin(closing, err);
    if (status != KH_OK)
        return status;
    static const unsigned char padding[KH_STREAM_PADDING] = { 0x80, 0x80, 0x80, 0x80,
                                                              0x80, 0x80, 0x80, 0x80 };
    add_places(closing);
    kh_sink_add(closing->files[CODES], padding, sizeof(padding));
    for (size_t i = 0; i < N_FILES; i++) {
        kh_status closed =
            kh_sink_close(KH_TAKE(closing->files[i]), status == KH_OK ? err : NULL);
        if (status == KH_OK)
            status = closed;
    }
    return status;
}
