/* record_writer - articles to frames: cut into sentences, laid out, compressed. */
#include <zdict.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "index/record.h"
#include "record_frame.h"
#include "text/sentences.h"
#include "text/words.h"

#define LEVEL \
    6 /* 3 is twice as fast and 4 % larger; the engine takes ten times as long */

/* A dictionary for all frames: articles are short, and their files, inputs and words
 * repeat. Too few samples and it would cost more than it saves. */
#define DICTIONARY_BYTES  ((size_t)110 << 10)
#define SAMPLES_MIN       500u
#define SAMPLE_BYTES_MAX  ((size_t)16 << 10) /* of one article */
#define SAMPLES_BYTES_MAX ((size_t)12 << 20)

struct kh_record_writer {
    kh_sink *text;
    kh_sink *places;
    kh_sink *heads;
    ZSTD_CCtx *zstd;
    kh_sentences *sentences;
    kh_words *words;
    kh_sink *dictionary;
    bool is_trained; /* the dictionary is made, or there will be none */
    kh_buf samples;
    size_t *sample_bytes; /* owned */
    size_t n_samples;
    size_t samples_capacity;
    uint32_t n;
    uint32_t n_units; /* of the article being written, its stored text */
    uint32_t n_blocks;
    kh_buf blocks; /* their part of the header */
    kh_buf header;
    kh_buf text_of_blocks;
    kh_buf values;
    kh_buf plain;
    kh_buf packed;
    uint32_t line;  /* of the block before, in its file */
    uint64_t byte;  /* the same */
    uint32_t lines; /* in its stored text */
    uint64_t bytes;
};

static kh_status open_sink(kh_sink **out, const char *folder, const char *name,
                           kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, name);
    return kh_sink_open(out, kh_buf_text(&path), err);
}

kh_status kh_record_writer_open(kh_record_writer **out, const char *folder,
                                kh_error *err)
{
    KH_AUTO(kh_record_writer_free) kh_record_writer *writer = kh_alloc(sizeof(*writer));
    kh_buf *bufs[] = { &writer->blocks, &writer->header, &writer->text_of_blocks,
                       &writer->values, &writer->plain,  &writer->packed,
                       &writer->samples };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);

    kh_status status = open_sink(&writer->text, folder, "text", err);
    if (status == KH_OK)
        status = open_sink(&writer->places, folder, "places", err);
    if (status == KH_OK)
        status = open_sink(&writer->heads, folder, "heads", err);
    if (status == KH_OK)
        status = open_sink(&writer->dictionary, folder, "dictionary", err);
    if (status == KH_OK)
        status = kh_sentences_open(&writer->sentences, err);
    if (status == KH_OK)
        status = kh_words_open(&writer->words, err);
    if (status != KH_OK)
        return status;

    writer->zstd = ZSTD_createCCtx();
    if (!writer->zstd)
        return kh_fail(err, KH_ERR_LIMIT, "out of memory");
    ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_checksumFlag, 1);

    *out = KH_TAKE(writer);
    return KH_OK;
}

void kh_record_writer_free(kh_record_writer *writer)
{
    if (!writer)
        return;
    kh_sink_free(writer->text);
    kh_sink_free(writer->places);
    kh_sink_free(writer->heads);
    kh_sink_free(writer->dictionary);
    kh_free(writer->sample_bytes);
    ZSTD_freeCCtx(writer->zstd);
    kh_sentences_free(writer->sentences);
    kh_words_free(writer->words);
    kh_buf *bufs[] = { &writer->blocks, &writer->header, &writer->text_of_blocks,
                       &writer->values, &writer->plain,  &writer->packed,
                       &writer->samples };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
    kh_free(writer);
}

/* Sentences of a block: each end moved behind the word that it lies in. */
static void cut_block(kh_record_writer *writer, kh_str text, kh_buf *lengths,
                      uint32_t *n_sentences)
{
    kh_sentences_reset(writer->sentences, text);
    kh_words_reset(writer->words, text);

    kh_word word = { 0 };
    bool has_word = kh_words_next(writer->words, &word);
    writer->n_units += has_word;
    size_t last_end = 0;
    size_t end;
    while (kh_sentences_next(writer->sentences, &end)) {
        while (has_word && word.start < end) {
            if (word.end > end)
                end = word.end;
            has_word = kh_words_next(writer->words, &word);
            writer->n_units += has_word;
        }
        if (end <= last_end)
            continue;
        bool is_last = end == text.len;
        kh_buf_add_varint(lengths, end - last_end +
                                       (is_last ? sizeof(KH_RECORD_BLOCK_END) - 1 : 0));
        ++*n_sentences;
        last_end = end;
    }
}

/* A block that stands verbatim is expected behind the one before, another where that
 * one is (all blocks of a JSON line have its place). */
static void add_place(kh_record_writer *writer, const kh_block *block)
{
    uint32_t line = writer->line + (block->is_verbatim ? writer->lines : 0);
    uint64_t byte = writer->byte + (block->is_verbatim ? writer->bytes : 0);
    uint64_t lines_off = kh_zigzag((int64_t)block->line - (int64_t)line);
    kh_buf_add_varint(&writer->blocks, lines_off << 1 | block->is_verbatim);
    kh_buf_add_varint(&writer->blocks, kh_zigzag((int64_t)(block->byte - byte)));

    writer->line = block->line;
    writer->byte = block->byte;
    writer->lines = sizeof(KH_RECORD_BLOCK_END) - 1;
    for (size_t i = 0; i < block->text.len; i++)
        writer->lines += block->text.ptr[i] == '\n';
    writer->bytes = block->text.len + sizeof(KH_RECORD_BLOCK_END) - 1;
}

static void add_block(kh_record_writer *writer, const kh_block *block)
{
    if (block->text.len == 0)
        return;
    KH_AUTO_BUF lengths;
    kh_buf_init(&lengths, KH_BUF_MAX);
    uint32_t n_sentences = 0;
    cut_block(writer, block->text, &lengths, &n_sentences);

    kh_buf_add_varint(&writer->blocks, (uint64_t)block->kind);
    kh_buf_add_varint(&writer->blocks, n_sentences);
    kh_buf_add(&writer->blocks, kh_buf_str(&lengths));
    add_place(writer, block);
    writer->n_blocks++;

    kh_buf_add(&writer->text_of_blocks, block->text);
    kh_buf_add(&writer->text_of_blocks, KH_STR(KH_RECORD_BLOCK_END));
}

static void add_field(kh_record_writer *writer, kh_block_kind kind, kh_str text)
{
    if (text.len == 0)
        return;
    kh_buf_add_varint(&writer->blocks, (uint64_t)kind);
    kh_buf_add_varint(&writer->blocks, 1);
    kh_buf_add_varint(&writer->blocks, text.len);
    kh_buf_add(&writer->text_of_blocks, text);
    writer->n_blocks++;
}

static kh_str first_of_kind(const kh_article *article, kh_block_kind kind)
{
    for (size_t i = 0; i < article->n_blocks; i++)
        if (article->blocks[i].kind == kind && article->blocks[i].text.len > 0)
            return article->blocks[i].text;
    return kh_str_make(NULL, 0);
}

static void add_value(kh_buf *values, uint32_t *n, kh_record_tag tag, kh_str value)
{
    if (value.len == 0)
        return;
    kh_buf_add_char(values, (char)tag);
    kh_buf_add_string(values, value);
    ++*n;
}

static void add_number(kh_buf *values, uint32_t *n, kh_record_tag tag, uint64_t number)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, 16);
    kh_buf_add_varint(&value, number);
    if (number != 0)
        add_value(values, n, tag, kh_buf_str(&value));
}

static void add_date(kh_buf *values, uint32_t *n, kh_record_tag tag,
                     const kh_date *date)
{
    KH_AUTO_BUF value;
    kh_buf_init(&value, KH_BUF_MAX);
    kh_date_format(&value, date);
    add_value(values, n, tag, kh_buf_str(&value));
}

/* Title and deck are in their blocks; only if they are not are they values, too. */
static void add_unless(kh_buf *values, uint32_t *n, kh_record_tag tag, kh_str value,
                       kh_str block)
{
    if (kh_str_equal(value, block))
        return;
    kh_buf_add_char(values, (char)tag);
    kh_buf_add_string(values, value);
    ++*n;
}

static void add_values(kh_record_writer *writer, const kh_article *article)
{
    KH_AUTO_BUF tags;
    kh_buf_init(&tags, KH_BUF_MAX);
    for (size_t i = 0; i < article->n_tags; i++) {
        const kh_tag *tag = &article->tags[i];
        if (tag->name.len == 0)
            continue;
        uint64_t confidence = (uint64_t)(tag->confidence * 10000.0F + 0.5F);
        kh_buf_add_varint(&tags, confidence << 1 | (tag->origin == KH_TAG_CUT));
    }

    KH_AUTO_BUF list;
    kh_buf_init(&list, KH_BUF_MAX);
    kh_buf *v = &list;
    uint32_t n = 0;
    add_value(v, &n, KH_RECORD_ID, article->id);
    add_date(v, &n, KH_RECORD_DATE, &article->date);
    add_value(v, &n, KH_RECORD_URL, article->url);
    add_date(v, &n, KH_RECORD_UPDATED, &article->updated);
    add_value(v, &n, KH_RECORD_INPUT, article->input);
    add_value(v, &n, KH_RECORD_PATH, article->path);
    add_value(v, &n, KH_RECORD_MEMBER, article->member);
    add_number(v, &n, KH_RECORD_NUMBER, article->record);
    add_value(v, &n, KH_RECORD_RAW_TAGS, article->raw_tags);
    add_value(v, &n, KH_RECORD_FORMAT, kh_str_from(article->format));
    add_number(v, &n, KH_RECORD_FLAGS, article->has_own_id ? KH_RECORD_HAS_OWN_ID : 0);
    add_value(v, &n, KH_RECORD_TAGS, kh_buf_str(&tags));
    add_unless(v, &n, KH_RECORD_TITLE, article->title,
               first_of_kind(article, KH_BLOCK_TITLE));
    add_unless(v, &n, KH_RECORD_DECK, article->deck,
               first_of_kind(article, KH_BLOCK_DECK));

    kh_buf_add_varint(&writer->values, n);
    kh_buf_add(&writer->values, kh_buf_str(v));
}

static void add_blocks(kh_record_writer *writer, const kh_article *article)
{
    writer->n_units = 0;
    writer->n_blocks = 0;
    writer->line = writer->lines = 0;
    writer->byte = writer->bytes = 0;
    for (size_t i = 0; i < article->n_blocks; i++)
        add_block(writer, &article->blocks[i]);
    for (size_t i = 0; i < article->n_authors; i++)
        add_field(writer, KH_BLOCK_AUTHOR, article->authors[i]);
    add_field(writer, KH_BLOCK_PLACE, article->place);
    for (size_t i = 0; i < article->n_tags; i++)
        add_field(writer, KH_BLOCK_TAG, article->tags[i].name);
    add_field(writer, KH_BLOCK_SECTION, article->section);
    add_field(writer, KH_BLOCK_SOURCE, article->source);
}

/* Lay out the record in plain. */
static void lay_out(kh_record_writer *writer, const kh_article *article, uint64_t key)
{
    kh_buf *bufs[] = { &writer->blocks, &writer->header, &writer->text_of_blocks,
                       &writer->values, &writer->plain };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_reset(bufs[i]);

    add_blocks(writer, article);
    add_values(writer, article);
    kh_buf_add_u64(&writer->header, key);
    kh_buf_add_string(&writer->header, article->lang);
    kh_buf_add_varint(&writer->header, writer->n_units);
    kh_buf_add_varint(&writer->header, writer->n_blocks);
    kh_buf_add(&writer->header, kh_buf_str(&writer->blocks));

    kh_buf_add_string(&writer->plain, kh_buf_str(&writer->header));
    kh_buf_add(&writer->plain, kh_buf_str(&writer->text_of_blocks));
    kh_buf_add(&writer->plain, kh_buf_str(&writer->values));
}

void kh_record_writer_sample(kh_record_writer *writer, const kh_article *article)
{
    if (writer->samples.len > SAMPLES_BYTES_MAX)
        return;
    lay_out(writer, article, kh_article_key(article->id));
    kh_str plain = kh_str_slice(kh_buf_str(&writer->plain), 0, SAMPLE_BYTES_MAX);
    kh_buf_add(&writer->samples, plain);
    writer->sample_bytes = kh_grow(writer->sample_bytes, writer->n_samples,
                                   &writer->samples_capacity, sizeof(size_t));
    writer->sample_bytes[writer->n_samples++] = plain.len;
}

/* Before the first record: the dictionary of the samples, written and taken into use.
 */
static kh_status train(kh_record_writer *writer, kh_error *err)
{
    writer->is_trained = true;
    if (writer->n_samples < SAMPLES_MIN)
        return KH_OK;
    KH_AUTO_BUF dictionary;
    kh_buf_init(&dictionary, KH_BUF_MAX);
    kh_buf_reserve(&dictionary, DICTIONARY_BYTES);
    size_t bytes =
        ZDICT_trainFromBuffer(dictionary.ptr, DICTIONARY_BYTES, writer->samples.ptr,
                              writer->sample_bytes, (unsigned)writer->n_samples);
    kh_buf_release(&writer->samples);
    if (ZDICT_isError(bytes))
        return KH_OK; /* nothing repeats: records are packed without one */
    kh_sink_add(writer->dictionary, dictionary.ptr, bytes);
    size_t loaded = ZSTD_CCtx_loadDictionary(writer->zstd, dictionary.ptr, bytes);
    if (ZSTD_isError(loaded))
        return kh_fail(err, KH_ERR_LIMIT, "cannot use a dictionary: %s",
                       ZSTD_getErrorName(loaded));
    ZSTD_CCtx_setParameter(writer->zstd, ZSTD_c_dictIDFlag, 0);
    return KH_OK;
}

kh_status kh_record_writer_add(kh_record_writer *writer, const kh_article *article,
                               uint64_t key, uint32_t length, kh_error *err)
{
    if (!writer->is_trained) {
        kh_status status = train(writer, err);
        if (status != KH_OK)
            return status;
    }
    lay_out(writer, article, key);
    if (writer->text_of_blocks.len > KH_ARTICLE_TEXT_MAX ||
        writer->header.len > KH_RECORD_HEADER_MAX ||
        writer->values.len > KH_RECORD_HEADER_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "article too large: '%" KH_FMT "'",
                       KH_ARG(article->id));
    if (writer->n == UINT32_MAX - 1)
        return kh_fail(err, KH_ERR_LIMIT, "too many articles in a segment");

    kh_buf_reset(&writer->packed);
    kh_buf_reserve(&writer->packed, ZSTD_compressBound(writer->plain.len));
    size_t bytes =
        ZSTD_compress2(writer->zstd, writer->packed.ptr, writer->packed.capacity,
                       writer->plain.ptr, writer->plain.len);
    if (ZSTD_isError(bytes))
        return kh_fail(err, KH_ERR_LIMIT, "cannot compress: %s",
                       ZSTD_getErrorName(bytes));

    kh_buf_reset(&writer->header);
    kh_buf_add_u64(&writer->header, kh_sink_offset(writer->text));
    kh_sink_add(writer->places, writer->header.ptr, writer->header.len);
    kh_sink_add(writer->text, writer->packed.ptr, bytes);
    kh_buf_reset(&writer->header);
    kh_buf_add_u64(&writer->header, key);
    kh_buf_add_u32(&writer->header, length);
    kh_buf_add_u32(&writer->header, kh_date_pack(&article->date));
    kh_buf_add_u64(&writer->header, kh_article_text_hash(article));
    kh_sink_add(writer->heads, writer->header.ptr, writer->header.len);
    writer->n++;
    return KH_OK;
}

kh_status kh_record_writer_close(kh_record_writer *writer, kh_error *err)
{
    KH_AUTO(kh_record_writer_free) kh_record_writer *closing = writer;
    kh_buf_reset(&closing->header);
    kh_buf_add_u64(&closing->header, kh_sink_offset(closing->text));
    kh_sink_add(closing->places, closing->header.ptr, closing->header.len);

    kh_sink **sinks[] = { &closing->text, &closing->places, &closing->heads,
                          &closing->dictionary };
    kh_status result = KH_OK;
    for (size_t i = 0; i < KH_COUNT_OF(sinks); i++) {
        kh_status status = kh_sink_close(KH_TAKE(*sinks[i]), result ? NULL : err);
        if (result == KH_OK)
            result = status;
    }
    return result;
}
