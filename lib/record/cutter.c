/* cutter - articles into gaps and words, numbered as a batch meets them.
 *
 * A word costs a look into an array: the analyser numbers surface forms, and for each
 * such number the array has the word's number in the batch. Characters of a run are
 * numbered too, to be counted, but stand in the cut as they are: which of them make a
 * pair is decided when all have been counted. */
#include "record/writer.h"

#include "base/alloc.h"
#include "cut.h"
#include "key_class.h"
#include "pairs.h"
#include "tally.h"
#include "text/sentences.h"

#define GAP_NONE  0u /* numbers of the two commonest gaps */
#define GAP_SPACE 1u

/* Numbers of words by lexeme of one language. */
typedef struct known_words {
    uint32_t *numbers; /* owned; number + 1 */
    size_t capacity;
} known_words;

struct kh_cutter {
    kh_sentences *sentences;
    kh_tally words;
    kh_tally gaps;
    kh_tally langs;
    kh_pairs pairs;
    known_words *known; /* owned; by kh_language_number() */
    size_t n_known;
    /* the article */
    kh_buf *out;
    size_t language;    /* kh_language_number() */
    uint64_t key_class; /* its bit */
    /* the block */
    kh_block block;
    kh_buf items;
    kh_buf run;           /* characters side by side, not written yet */
    uint32_t last_of_run; /* number of its last one */
    size_t at;            /* bytes of the text that are cut */
    size_t sentence_end;  /* of the current one */
    uint64_t n_sentences; /* that have ended */
    bool has_sentence;    /* there is a current one */
    bool has_word;        /* in the current sentence */
    kh_side before;       /* the word before */
    kh_buf gap;
};

kh_status kh_cutter_open(kh_cutter **out, kh_error *err)
{
    KH_AUTO(kh_cutter_free) kh_cutter *cutter = kh_alloc(sizeof(*cutter));
    kh_tally_init(&cutter->words);
    kh_tally_init(&cutter->gaps);
    kh_tally_init(&cutter->langs);
    kh_pairs_init(&cutter->pairs);
    kh_buf_init(&cutter->items, KH_BUF_MAX);
    kh_buf_init(&cutter->run, KH_BUF_MAX);
    kh_buf_init(&cutter->gap, KH_BUF_MAX);
    (void)kh_language_table(&cutter->n_known);
    cutter->n_known++;
    cutter->known = kh_alloc(cutter->n_known * sizeof(known_words));
    kh_status status = kh_sentences_open(&cutter->sentences, err);
    if (status == KH_OK)
        *out = KH_TAKE(cutter);
    return status;
}

void kh_cutter_free(kh_cutter *cutter)
{
    if (cutter == NULL)
        return;
    kh_sentences_free(cutter->sentences);
    kh_tally_release(&cutter->words);
    kh_tally_release(&cutter->gaps);
    kh_tally_release(&cutter->langs);
    kh_pairs_release(&cutter->pairs);
    for (size_t i = 0; i < cutter->n_known; i++)
        kh_free(cutter->known[i].numbers);
    kh_free(cutter->known);
    kh_buf_release(&cutter->items);
    kh_buf_release(&cutter->run);
    kh_buf_release(&cutter->gap);
    kh_free(cutter);
}

void kh_cutter_forget(kh_cutter *cutter)
{
    for (size_t i = 0; i < cutter->n_known; i++)
        if (cutter->known[i].capacity > 0)
            memset(cutter->known[i].numbers, 0,
                   cutter->known[i].capacity * sizeof(uint32_t));
}

void kh_cutter_begin(kh_cutter *cutter, kh_buf *out, kh_str lang)
{
    cutter->out = out;
    const kh_language *language = kh_language_find(lang);
    cutter->language = kh_language_number(language);
    cutter->key_class = UINT64_C(1) << kh_key_class(language);
    (void)kh_tally_add(&cutter->langs, lang, 1, 0);
    if (cutter->gaps.table.n == 0) {
        (void)kh_tally_number(&cutter->gaps, KH_STR(""));
        (void)kh_tally_number(&cutter->gaps, KH_STR(" "));
    }
}

/* ---- gaps ---- */

static void add_gap(kh_cutter *cutter, kh_str gap, kh_gap_place place, kh_side after)
{
    uint32_t number = gap.len == 0 ? GAP_NONE
                      : gap.len == 1 && gap.ptr[0] == ' '
                          ? GAP_SPACE
                          : kh_tally_number(&cutter->gaps, gap);
    kh_str usual =
        kh_gap_default(place, (unsigned)cutter->block.kind, cutter->before, after);
    cutter->gaps.counts[number] += !kh_str_equal(gap, usual);
    kh_buf_add_varint(&cutter->items, number);
}

static void flush_run(kh_cutter *cutter)
{
    if (cutter->run.len == 0)
        return;
    kh_buf_add_varint(&cutter->items, 2 * cutter->run.len + 1);
    kh_buf_add(&cutter->items, kh_buf_str(&cutter->run));
    kh_buf_reset(&cutter->run);
}

static void begin_sentence(kh_cutter *cutter)
{
    cutter->has_word = false;
    cutter->before = (kh_side){ false, false };
}

/* The current sentence ends at its end; the next one begins there. */
static void end_sentence(kh_cutter *cutter)
{
    flush_run(cutter);
    kh_str text = cutter->block.text;
    bool is_last = cutter->sentence_end == text.len;
    kh_str gap = kh_str_slice(text, cutter->at, cutter->sentence_end);
    if (is_last && kh_kind_is_stored((unsigned)cutter->block.kind)) {
        kh_buf_reset(&cutter->gap);
        kh_buf_add(&cutter->gap, gap);
        kh_buf_add(&cutter->gap, KH_STR(KH_BLOCK_END));
        gap = kh_buf_str(&cutter->gap);
    }
    add_gap(cutter, gap, is_last ? KH_GAP_BLOCK : KH_GAP_SENTENCE,
            (kh_side){ false, false });
    kh_buf_add_varint(&cutter->items, KH_ITEM_END);
    cutter->n_sentences++;
    cutter->at = cutter->sentence_end;
    size_t end = 0;
    do
        cutter->has_sentence = kh_sentences_next(cutter->sentences, &end);
    while (cutter->has_sentence && end <= cutter->sentence_end);
    if (cutter->has_sentence)
        cutter->sentence_end = end;
    begin_sentence(cutter);
}

/* ---- blocks ---- */

void kh_cutter_block(kh_cutter *cutter, const kh_block *block)
{
    cutter->block = *block;
    kh_buf_reset(&cutter->items);
    kh_buf_reset(&cutter->run);
    cutter->at = 0;
    cutter->n_sentences = 0;
    begin_sentence(cutter);
    cutter->sentence_end = block->text.len;
    cutter->has_sentence = block->text.len > 0;
    kh_sentences_reset(cutter->sentences, block->text);
    if (kh_kind_is_stored((unsigned)block->kind))
        cutter->has_sentence =
            kh_sentences_next(cutter->sentences, &cutter->sentence_end);
    else
        kh_sentences_reset(cutter->sentences, KH_STR("")); /* a field is one sentence */
}

static uint32_t number_word(kh_cutter *cutter, const kh_lexeme *lexeme)
{
    known_words *known = &cutter->known[cutter->language];
    if (lexeme->number >= known->capacity) {
        size_t capacity = known->capacity ? known->capacity : 4096;
        while (capacity <= lexeme->number)
            capacity *= 2;
        known->numbers = kh_realloc(known->numbers, capacity * sizeof(uint32_t));
        memset(known->numbers + known->capacity, 0,
               (capacity - known->capacity) * sizeof(uint32_t));
        known->capacity = capacity;
    }
    uint32_t *slot = &known->numbers[lexeme->number];
    if (*slot == 0)
        *slot = kh_tally_number(&cutter->words, lexeme->surface) + 1;
    return *slot - 1;
}

void kh_cutter_unit(kh_cutter *cutter, const kh_token *token)
{
    while (cutter->has_sentence && token->start >= cutter->sentence_end)
        end_sentence(cutter);
    if (token->end > cutter->sentence_end)
        cutter->sentence_end = token->end;
    uint32_t number = number_word(cutter, token->lexeme);
    cutter->words.counts[number]++;
    cutter->words.languages[number] |= cutter->key_class;

    bool is_character = token->lexeme->kind == KH_WORD_CHARACTER;
    bool goes_on = is_character && cutter->run.len > 0 && token->start == cutter->at;
    if (goes_on) {
        kh_pairs_add(&cutter->pairs, cutter->last_of_run, number, 1);
    } else {
        flush_run(cutter);
        kh_side side = kh_side_of(token->lexeme->surface);
        add_gap(cutter, kh_str_slice(cutter->block.text, cutter->at, token->start),
                cutter->has_word ? KH_GAP_BETWEEN : KH_GAP_FIRST, side);
        cutter->before = side;
    }
    if (is_character) {
        kh_buf_add(&cutter->run, token->lexeme->surface);
        cutter->last_of_run = number;
    } else {
        kh_buf_add_varint(&cutter->items, 2 * (uint64_t)number + 2);
    }
    cutter->has_word = true;
    cutter->at = token->end;
}

void kh_cutter_block_end(kh_cutter *cutter)
{
    while (cutter->has_sentence)
        end_sentence(cutter);
    const kh_block *block = &cutter->block;
    if (block->text.len == 0)
        return;
    size_t ends =
        kh_kind_is_stored((unsigned)block->kind) ? sizeof(KH_BLOCK_END) - 1 : 0;
    kh_buf_add_varint(cutter->out, (uint64_t)block->kind * 2 + block->is_verbatim);
    kh_buf_add_varint(cutter->out, block->line);
    kh_buf_add_varint(cutter->out, block->byte);
    kh_buf_add_varint(cutter->out, cutter->n_sentences);
    kh_buf_add_varint(cutter->out, block->text.len + ends);
    kh_buf_add_string(cutter->out, kh_buf_str(&cutter->items));
}

/* ---- tables ---- */

static void write_tally(kh_buf *out, const kh_tally *t, bool with_languages)
{
    kh_buf_add_varint(out, t->table.n);
    for (size_t i = 0; i < t->table.n; i++) {
        kh_buf_add_string(out, t->table.texts[i]);
        kh_buf_add_varint(out, t->counts[i]);
        if (with_languages)
            kh_buf_add_varint(out, t->languages[i]);
    }
}

void kh_cutter_batch_end(kh_cutter *cutter, kh_buf *tables)
{
    write_tally(tables, &cutter->words, true);
    kh_pairs_write(tables, &cutter->pairs);
    write_tally(tables, &cutter->gaps, false);
    write_tally(tables, &cutter->langs, false);
    kh_tally_reset(&cutter->words);
    kh_tally_reset(&cutter->gaps);
    kh_tally_reset(&cutter->langs);
    kh_pairs_reset(&cutter->pairs);
    kh_cutter_forget(cutter);
}
