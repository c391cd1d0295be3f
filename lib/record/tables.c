/* tables - the file of a batch: written sorted, read row by row. */
#include "tables.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "cutter.h"
#include "text/words.h"

#define CHUNK_BYTES ((size_t)64 << 10) /* given to the file at once */
#define AHEAD       16u                /* texts fetched before they are written */

kh_status kh_spool_damaged(kh_error *err)
{
    return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
}

/* ---- writing ---- */

typedef struct writing {
    kh_sink *sink;
    kh_buf chunk;
} writing;

static void pass_on(writing *w, size_t from_bytes)
{
    if (w->chunk.len < from_bytes)
        return;
    kh_sink_add(w->sink, w->chunk.ptr, w->chunk.len);
    kh_buf_reset(&w->chunk);
}

/* The text, as it differs from the one before. */
static void write_text(writing *w, kh_str before, kh_str text)
{
    size_t shared = 0;
    while (shared < before.len && shared < text.len &&
           before.ptr[shared] == text.ptr[shared])
        shared++;
    kh_buf_add_varint(&w->chunk, shared);
    kh_buf_add_string(&w->chunk, kh_str_slice(text, shared, text.len));
}

/* Words; places (owned by the caller): of each that is a character, its place among
 * those. */
static uint32_t *write_words(writing *w, const kh_cutter_counts *counts)
{
    const kh_table *texts = &counts->texts;
    uint32_t *order = kh_alloc((texts->n + 1) * sizeof(uint32_t));
    uint32_t *places = kh_alloc((texts->n + 1) * sizeof(uint32_t));
    uint32_t n_characters = 0;
    kh_str before = KH_STR("");
    kh_sort_texts(order, texts->texts, texts->n);
    kh_buf_add_varint(&w->chunk, texts->n);
    for (size_t i = 0; i < texts->n; i++) {
        uint32_t number = order[i];
        if (i + AHEAD < texts->n)
            __builtin_prefetch(texts->texts[order[i + AHEAD]].ptr);
        const kh_word_count *word = &counts->words[number];
        write_text(w, before, texts->texts[number]);
        before = texts->texts[number];
        kh_buf_add_varint(&w->chunk, kh_word_times(word));
        kh_buf_add_varint(&w->chunk, number);
        kh_buf_add_varint(&w->chunk, word->languages);
        kh_buf_add_varint(&w->chunk, kh_word_rare(word));
        if (kh_word_side(word).is_character)
            places[number] = n_characters++;
        pass_on(w, CHUNK_BYTES);
    }
    kh_free(order);
    return places;
}

static void write_tally(writing *w, const kh_tally *t)
{
    uint32_t *order = kh_alloc((t->table.n + 1) * sizeof(uint32_t));
    kh_str before = KH_STR("");
    kh_sort_texts(order, t->table.texts, t->table.n);
    kh_buf_add_varint(&w->chunk, t->table.n);
    for (size_t i = 0; i < t->table.n; i++) {
        kh_str text = t->table.texts[order[i]];
        write_text(w, before, text);
        before = text;
        kh_buf_add_varint(&w->chunk, t->counts[order[i]]);
        kh_buf_add_varint(&w->chunk, order[i]);
        pass_on(w, CHUNK_BYTES);
    }
    kh_free(order);
}

static void write_pairs(writing *w, const kh_pairs *pairs, const uint32_t *places)
{
    kh_buf_add_varint(&w->chunk, pairs->n);
    for (size_t i = 0; i < pairs->n_slots; i++) {
        const kh_pair *pair = &pairs->slots[i];
        if (pair->count == 0)
            continue;
        kh_buf_add_varint(&w->chunk, places[pair->first]);
        kh_buf_add_varint(&w->chunk, places[pair->second]);
        kh_buf_add_varint(&w->chunk, pair->count);
        pass_on(w, CHUNK_BYTES);
    }
}

kh_status kh_tables_write(const kh_cutter_counts *counts, const char *path,
                          kh_error *err)
{
    writing w = { 0 };
    kh_status status = kh_sink_open(&w.sink, path, err);
    if (status != KH_OK)
        return status;
    kh_buf_init(&w.chunk, KH_BUF_MAX);
    uint32_t *places = write_words(&w, counts);
    write_tally(&w, &counts->gaps);
    write_pairs(&w, &counts->pairs, places);
    write_tally(&w, &counts->langs);
    pass_on(&w, 0);
    kh_buf_release(&w.chunk);
    kh_free(places);
    return kh_sink_close_unsynced(w.sink, err);
}

/* ---- reading ---- */

void kh_row_reader_init(kh_row_reader *reader, kh_source *source)
{
    *reader = (kh_row_reader){ .source = source };
    kh_buf_init(&reader->text, KH_BUF_MAX);
}

void kh_row_reader_release(kh_row_reader *reader)
{
    kh_buf_release(&reader->text);
}

void kh_row_reader_begin(kh_row_reader *reader, bool is_words)
{
    reader->left = kh_source_varint(reader->source);
    reader->is_first = true;
    reader->is_words = is_words;
    kh_buf_reset(&reader->text);
}

/* The text, which must be behind the one before. */
static bool read_text(kh_row_reader *reader)
{
    kh_buf *text = &reader->text;
    uint64_t shared = kh_source_varint(reader->source);
    uint64_t len = kh_source_varint(reader->source);
    if (shared > text->len || len > (reader->is_words ? KH_WORD_MAX_BYTES : KH_BUF_MAX))
        return false;
    kh_str others = kh_source_bytes(reader->source, (size_t)len);
    bool is_behind = reader->is_first ||
                     (others.len > 0 &&
                      (shared == text->len || (unsigned char)others.ptr[0] >
                                                  (unsigned char)text->ptr[shared]));
    text->len = (size_t)shared;
    kh_buf_add(text, others);
    reader->is_first = false;
    return is_behind;
}

bool kh_row_read(kh_row_reader *reader, kh_row *out)
{
    if (reader->left == 0 || reader->is_bad)
        return false;
    kh_source *source = reader->source;
    bool is_good = read_text(reader);
    out->text = kh_buf_str(&reader->text);
    out->count = kh_source_varint(source);
    uint64_t number = kh_source_varint(source);
    out->languages = reader->is_words ? kh_source_varint(source) : 0;
    uint64_t rare = reader->is_words ? kh_source_varint(source) : 0;
    if (!is_good || number >= UINT32_MAX || rare > KH_CODE_END - KH_CODE_RARE ||
        (reader->is_words &&
         (out->text.len == 0 || out->text.len > KH_WORD_MAX_BYTES)) ||
        kh_source_status(source, NULL) != KH_OK) {
        reader->is_bad = true;
        return false;
    }
    out->number = (uint32_t)number;
    out->rare = (uint32_t)rare;
    reader->left--;
    return true;
}

kh_status kh_row_reader_status(const kh_row_reader *reader, kh_error *err)
{
    kh_status status = kh_source_status(reader->source, err);
    return status == KH_OK && reader->is_bad ? kh_spool_damaged(err) : status;
}
