/* batch - the words and gaps of a batch, as numbers of all.
 *
 * Both the batch's words and those that have numbers are in the order of their bytes,
 * so they are gone through side by side. */
#include "batch.h"

#include "base/alloc.h"
#include "tables.h"

/* The entry of a text, or NULL. *at: entries before it are before the text; moves on,
 * in steps that grow. */
static const kh_numbered *seek(const kh_numbers *numbers, size_t *at, kh_str text)
{
    const kh_numbered *entries = numbers->entries;
    size_t n = numbers->n_entries;
    size_t low = *at;
    size_t step = 1;
    while (low + step <= n &&
           kh_str_compare(kh_numbered_text(&entries[low + step - 1]), text) < 0) {
        low += step;
        step *= 2;
    }
    size_t high = low + step - 1 < n ? low + step - 1 : n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kh_str_compare(kh_numbered_text(&entries[middle]), text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return low < n && kh_str_equal(kh_numbered_text(&entries[low]), text)
               ? &entries[low]
               : NULL;
}

static void add_rare(kh_batch *batch, const kh_row *row)
{
    bool has_class =
        row->languages != 0 && (row->languages & (row->languages - 1)) == 0;
    bool is_known = has_class && row->rare != KH_RARE_UNKNOWN;
    batch->words[row->number] = (kh_batch_word){
        .code = (is_known ? KH_CODE_RARE + row->rare - 1 : KH_CODE_END) & KH_CODE_MASK,
        .key_class = is_known ? (uint32_t)__builtin_ctzll(row->languages) & 63u : 0,
    };
    batch->spelled[row->number] = (uint32_t)batch->spellings.len;
    kh_buf_add_string(&batch->spellings, row->text);
}

/* A word of tags that were cut late may stand in a language in which nobody counted it:
 * it has no keys there, so it is spelled. */
static void add_word(kh_batch *batch, const kh_row *row, size_t *at)
{
    const kh_numbered *entry = seek(batch->numbers, at, row->text);
    if (entry == NULL || (row->languages & ~entry->languages) != 0) {
        add_rare(batch, row);
        return;
    }
    kh_side side = kh_side_of(row->text);
    batch->words[row->number] = (kh_batch_word){ .code = entry->code & KH_CODE_MASK,
                                                 .is_joined = side.is_joined,
                                                 .is_character = side.is_character };
}

/* Every number below the count is some row's. */
static bool read_words(kh_batch *batch, kh_row_reader *reader, uint64_t max_rows)
{
    kh_row_reader_begin(reader, true);
    if (reader->left > max_rows)
        return false;
    batch->n_words = (size_t)reader->left;
    batch->words = kh_alloc(batch->n_words * sizeof(kh_batch_word));
    batch->spelled = kh_alloc(batch->n_words * sizeof(uint32_t));
    size_t at = 0;
    kh_row row;
    while (kh_row_read(reader, &row)) {
        if (row.number >= batch->n_words || batch->words[row.number].code != 0 ||
            batch->spellings.len > UINT32_MAX - KH_WORD_MAX_BYTES - 2)
            return false;
        add_word(batch, &row, &at);
    }
    return true;
}

static void add_gap(kh_batch *batch, const kh_row *row)
{
    kh_batch_gap *gap = &batch->gaps[row->number];
    gap->text = kh_arena_copy(batch->texts, row->text);
    for (size_t i = 0; i < row->text.len; i++)
        gap->n_lines += row->text.ptr[i] == '\n';
    uint32_t id =
        kh_table_find(&batch->numbers->gaps.table, row->text, kh_table_hash(row->text));
    gap->id = (uint8_t)(id < KH_GAPS_MAX ? id : KH_GAPS_MAX);
    unsigned usual = 0;
    while (usual < KH_N_USUAL_GAPS &&
           !kh_str_equal(kh_usual_gap_text((kh_usual_gap)usual), row->text))
        usual++;
    gap->usual = (uint8_t)usual;
}

static bool read_gaps(kh_batch *batch, kh_row_reader *reader, uint64_t max_rows)
{
    kh_row_reader_begin(reader, false);
    if (reader->left > max_rows)
        return false;
    batch->n_gaps = (size_t)reader->left;
    batch->gaps = kh_alloc(batch->n_gaps * sizeof(kh_batch_gap));
    kh_row row;
    while (kh_row_read(reader, &row)) {
        if (row.number >= batch->n_gaps || batch->gaps[row.number].text.ptr != NULL)
            return false;
        add_gap(batch, &row);
    }
    return true;
}

kh_status kh_batch_open_late(kh_batch **out, const kh_numbers *numbers,
                             const char *path, kh_error *err)
{
    uint64_t bytes = 0;
    kh_status status = kh_tree_bytes(&bytes, path, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_source_free) kh_source *source = NULL;
    status = kh_source_open(&source, path, err);
    if (status != KH_OK)
        return status;
    KH_AUTO(kh_batch_free) kh_batch *batch = kh_alloc(sizeof(*batch));
    batch->numbers = numbers;
    batch->texts = kh_arena_open();
    kh_buf_init(&batch->spellings, KH_BUF_MAX);
    kh_row_reader reader;
    kh_row_reader_init(&reader, source);
    bool is_good =
        read_words(batch, &reader, bytes) && read_gaps(batch, &reader, bytes);
    status = kh_row_reader_status(&reader, err);
    kh_row_reader_release(&reader);
    if (status == KH_OK && !is_good)
        status = kh_spool_damaged(err);
    if (status == KH_OK)
        *out = KH_TAKE(batch);
    return status;
}

/* Words that are counted are looked for as those that are not: each stands in the
 * languages of its entry. */
kh_status kh_batch_open(kh_batch **out, const kh_numbers *numbers, uint32_t number,
                        kh_error *err)
{
    return kh_batch_open_late(out, numbers, numbers->paths[number], err);
}

void kh_batch_free(kh_batch *batch)
{
    if (batch == NULL)
        return;
    kh_free(batch->words);
    kh_free(batch->spelled);
    kh_buf_release(&batch->spellings);
    kh_free(batch->gaps);
    kh_arena_free(batch->texts);
    kh_free(batch);
}
