/* cutter - articles into gaps and words, numbered as a batch meets them.
 *
 * A word costs the notes of its lexeme, one line of memory that is at hand, and a few
 * bytes of output: it is counted there, and what is counted is added to the batch's
 * words when that ends or lexemes are to be forgotten. Characters of a run are numbered
 * too, to be counted, but stand in the cut as they are: which of them make a pair is
 * decided when all have been counted. */
#include "record/writer.h"

#include <assert.h>

#include "base/alloc.h"
#include "cut.h"
#include "cutter.h"
#include "key_class.h"
#include "text/sentences.h"
#include "unit.h"
#include "varint.h"

#define FIRST_WORDS 4096u

/* Gaps of few bytes by these: most of those that are neither nothing nor a space. */
#define SHORT_GAP_MAX 7u
#define N_SHORT_GAPS  256u

typedef struct short_gap {
    uint64_t bytes;  /* of the gap, and on top how many; 0: none */
    uint32_t number; /* of the gap in the batch */
} short_gap;

struct kh_cutter {
    kh_cutter_counts counts; /* of the batch */
    short_gap short_gaps[N_SHORT_GAPS];
    kh_sentences *sentences;
    const kh_lexeme **noted; /* owned; lexemes whose notes are set */
    size_t n_noted;
    size_t noted_capacity;
    /* the article */
    kh_buf *out;
    uint32_t key_class;
    uint64_t stored_bytes;
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

static void add_usual_gaps(kh_cutter *cutter)
{
    for (unsigned i = 0; i < KH_N_USUAL_GAPS; i++) {
        uint32_t number =
            kh_tally_number(&cutter->counts.gaps, kh_usual_gap_text((kh_usual_gap)i));
        assert(number == i);
        (void)number;
    }
    memset(cutter->short_gaps, 0, sizeof(cutter->short_gaps));
}

kh_status kh_cutter_open(kh_cutter **out, kh_error *err)
{
    KH_AUTO(kh_cutter_free) kh_cutter *cutter = kh_alloc(sizeof(*cutter));
    kh_table_init(&cutter->counts.texts);
    kh_tally_init(&cutter->counts.gaps);
    kh_tally_init(&cutter->counts.langs);
    kh_pairs_init(&cutter->counts.pairs);
    add_usual_gaps(cutter);
    kh_buf_init(&cutter->items, KH_BUF_MAX);
    kh_buf_init(&cutter->run, KH_BUF_MAX);
    kh_buf_init(&cutter->gap, KH_BUF_MAX);
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
    kh_table_release(&cutter->counts.texts);
    kh_free(cutter->counts.words);
    kh_free(cutter->noted);
    kh_tally_release(&cutter->counts.gaps);
    kh_tally_release(&cutter->counts.langs);
    kh_pairs_release(&cutter->counts.pairs);
    kh_buf_release(&cutter->items);
    kh_buf_release(&cutter->run);
    kh_buf_release(&cutter->gap);
    kh_free(cutter);
}

void kh_cutter_begin(kh_cutter *cutter, kh_buf *out, kh_str lang)
{
    cutter->out = out;
    cutter->key_class = kh_key_class(kh_language_find(lang));
    cutter->stored_bytes = 0;
    (void)kh_tally_add(&cutter->counts.langs, lang, 1);
}

/* ---- gaps ---- */

static uint32_t number_gap(kh_cutter *cutter, kh_str gap)
{
    if (gap.len == 0)
        return KH_USUAL_NOTHING;
    if (gap.len > SHORT_GAP_MAX)
        return kh_tally_number(&cutter->counts.gaps, gap);
    uint64_t bytes = gap.len;
    for (size_t i = 0; i < gap.len; i++)
        bytes = bytes << 8 | (unsigned char)gap.ptr[i];
    short_gap *slot = &cutter->short_gaps[(bytes * UINT64_C(0x9E3779B97F4A7C15)) >> 56];
    if (slot->bytes != bytes) {
        slot->number = kh_tally_number(&cutter->counts.gaps, gap);
        slot->bytes = bytes;
    }
    return slot->number;
}

/* Room for a number more, or for the items of a word: gap and word. */
static inline char *make_room(kh_buf *items)
{
    if (items->capacity - items->len <= 2 * KH_VARINT_MAX)
        kh_buf_reserve(items, 2 * KH_VARINT_MAX);
    return items->ptr + items->len;
}

static void add_number(kh_buf *items, uint64_t number)
{
    char *at = kh_varint_put(make_room(items), number);
    items->len = (size_t)(at - items->ptr);
}

static void add_gap(kh_cutter *cutter, kh_str gap, kh_gap_place place, kh_side after)
{
    uint32_t number = number_gap(cutter, gap);
    kh_usual_gap usual =
        kh_gap_usual(place, (unsigned)cutter->block.kind, cutter->before, after);
    cutter->counts.gaps.counts[number] += number != (uint32_t)usual;
    add_number(&cutter->items, number);
}

static void flush_run(kh_cutter *cutter)
{
    if (cutter->run.len == 0)
        return;
    add_number(&cutter->items, 2 * cutter->run.len + 1);
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
    add_number(&cutter->items, KH_ITEM_END);
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

/* The code of a word that has no number: of the lexeme as it stands alone, which the
 * one at hand is unless it may be an acronym. KH_RARE_UNKNOWN: ask the analyser. */
static uint32_t rare_of(const kh_lexeme *lexeme, kh_side side)
{
    bool is_character = lexeme->kind == KH_WORD_CHARACTER;
    if (is_character != side.is_character || kh_acronym_term(lexeme->form).len > 0)
        return KH_RARE_UNKNOWN;
    return kh_code_rare(kh_rare_hash(lexeme)) - KH_CODE_RARE + 1;
}

/* The number of a surface, which may be known: by another lexeme. */
static uint32_t number_word(kh_cutter *cutter, const kh_lexeme *lexeme)
{
    kh_cutter_counts *counts = &cutter->counts;
    size_t before = counts->texts.n;
    uint32_t number =
        kh_table_add(&counts->texts, lexeme->surface, kh_table_hash(lexeme->surface));
    if (number < before)
        return number;
    if (number >= counts->capacity) {
        counts->capacity = counts->capacity ? counts->capacity * 2 : FIRST_WORDS;
        counts->words =
            kh_realloc(counts->words, counts->capacity * sizeof(kh_word_count));
    }
    kh_side side = kh_side_of(lexeme->surface);
    counts->words[number] =
        (kh_word_count){ .bits = kh_word_bits(rare_of(lexeme, side), side) };
    return number;
}

/* The cutter's notes of a lexeme. */
enum {
    NOTE_NUMBER = KH_CUTTER_NOTES, /* in the batch, and 1; 0: the others say nothing */
    NOTE_SORT,  /* class of languages, and the word's sides: 1 or 2 for each */
    NOTE_TIMES, /* met since the cutter was settled */
};

static inline kh_side side_of(uint32_t sort)
{
    return (kh_side){ (sort & 1) != 0, (sort & 2) != 0 };
}

static inline uint32_t class_of(uint32_t sort)
{
    return sort >> 2;
}

static void count(kh_cutter *cutter, uint32_t *notes)
{
    cutter->counts.words[notes[NOTE_NUMBER] - 1].bits += notes[NOTE_TIMES];
    notes[NOTE_TIMES] = 0;
}

/* Set the notes of a lexeme that has none, or those of another class of languages. */
static void note_word(kh_cutter *cutter, const kh_lexeme *lexeme)
{
    uint32_t *notes = lexeme->notes;
    if (notes[NOTE_NUMBER] != 0)
        count(cutter, notes);
    else
        KH_PUSH(cutter->noted, cutter->n_noted, cutter->noted_capacity) = lexeme;
    uint32_t number = number_word(cutter, lexeme);
    kh_word_count *word = &cutter->counts.words[number];
    word->languages |= UINT64_C(1) << cutter->key_class;
    kh_side side = kh_word_side(word);
    notes[NOTE_NUMBER] = number + 1;
    notes[NOTE_SORT] = cutter->key_class << 2 | (uint32_t)side.is_character << 1 |
                       (uint32_t)side.is_joined;
}

void kh_cutter_settle(kh_cutter *cutter)
{
    for (size_t i = 0; i < cutter->n_noted; i++) {
        uint32_t *notes = cutter->noted[i]->notes;
        count(cutter, notes);
        notes[NOTE_NUMBER] = 0;
    }
    cutter->n_noted = 0;
}

static void add_character(kh_cutter *cutter, const kh_token *token, uint32_t number,
                          kh_side side)
{
    bool goes_on = cutter->run.len > 0 && token->start == cutter->at;
    if (goes_on) {
        kh_pairs_add(&cutter->counts.pairs, cutter->last_of_run, number, 1);
    } else {
        flush_run(cutter);
        add_gap(cutter, kh_str_slice(cutter->block.text, cutter->at, token->start),
                cutter->has_word ? KH_GAP_BETWEEN : KH_GAP_FIRST, side);
        cutter->before = side;
    }
    kh_buf_add(&cutter->run, token->lexeme->surface);
    cutter->last_of_run = number;
}

/* The gap in front of a word. A block's first and those between words are all usual if
 * they are nothing or a space, as the word's sides ask for. */
static uint32_t count_gap(kh_cutter *cutter, kh_str gap, bool is_spaced)
{
    uint32_t number = number_gap(cutter, gap);
    uint32_t usual = is_spaced ? KH_USUAL_SPACE : KH_USUAL_NOTHING;
    if (number != usual)
        cutter->counts.gaps.counts[number]++;
    return number;
}

static inline void add_word(kh_cutter *cutter, size_t start, uint32_t number,
                            kh_side side)
{
    if (cutter->run.len > 0)
        flush_run(cutter);
    bool is_spaced = cutter->has_word && !cutter->before.is_joined && !side.is_joined;
    kh_str gap = kh_str_make(cutter->block.text.ptr + cutter->at, start - cutter->at);
    uint32_t gap_number = KH_USUAL_SPACE;
    if (!is_spaced || gap.len != 1 || gap.ptr[0] != ' ')
        gap_number = count_gap(cutter, gap, is_spaced);

    char *at = make_room(&cutter->items);
    at = kh_varint_put(at, gap_number);
    at = kh_varint_put(at, 2 * (uint64_t)number + 2);
    cutter->items.len = (size_t)(at - cutter->items.ptr);
    cutter->before = side;
}

static inline void add_unit(kh_cutter *cutter, const kh_token *token)
{
    while (token->start >= cutter->sentence_end && cutter->has_sentence)
        end_sentence(cutter);
    if (token->end > cutter->sentence_end)
        cutter->sentence_end = token->end;
    const kh_lexeme *lexeme = token->lexeme;
    uint32_t *notes = lexeme->notes;
    if (notes[NOTE_NUMBER] == 0 || class_of(notes[NOTE_SORT]) != cutter->key_class)
        note_word(cutter, lexeme);
    notes[NOTE_TIMES]++;
    uint32_t number = notes[NOTE_NUMBER] - 1;
    assert(number < cutter->counts.texts.n); /* else the notes are of another batch */

    kh_side side = side_of(notes[NOTE_SORT]);
    if (lexeme->kind == KH_WORD_CHARACTER)
        add_character(cutter, token, number, side);
    else
        add_word(cutter, token->start, number, side);
    cutter->has_word = true;
    cutter->at = token->end;
}

void kh_cutter_units(kh_cutter *cutter, const kh_token *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tokens[i].kind == KH_TOKEN_WORD)
            add_unit(cutter, &tokens[i]);
}

void kh_cutter_block_end(kh_cutter *cutter)
{
    while (cutter->has_sentence)
        end_sentence(cutter);
    const kh_block *block = &cutter->block;
    if (block->text.len == 0)
        return;
    bool is_stored = kh_kind_is_stored((unsigned)block->kind);
    size_t bytes = block->text.len + (is_stored ? sizeof(KH_BLOCK_END) - 1 : 0);
    cutter->stored_bytes += is_stored ? bytes : 0;
    kh_buf_add_varint(cutter->out, (uint64_t)block->kind * 2 + block->is_verbatim);
    kh_buf_add_varint(cutter->out, block->line);
    kh_buf_add_varint(cutter->out, block->byte);
    kh_buf_add_varint(cutter->out, cutter->n_sentences);
    kh_buf_add_varint(cutter->out, bytes);
    kh_buf_add_string(cutter->out, kh_buf_str(&cutter->items));
}

uint64_t kh_cutter_stored_bytes(const kh_cutter *cutter)
{
    return cutter->stored_bytes;
}

/* ---- the batch ---- */

size_t kh_cutter_bytes(const kh_cutter *cutter)
{
    const kh_cutter_counts *counts = &cutter->counts;
    return kh_table_bytes(&counts->texts) + counts->capacity * sizeof(kh_word_count) +
           kh_tally_bytes(&counts->gaps) + kh_tally_bytes(&counts->langs) +
           counts->pairs.n_slots * sizeof(kh_pair) + cutter->n_noted * sizeof(void *);
}

kh_status kh_cutter_batch_end(kh_cutter *cutter, const char *path, kh_error *err)
{
    kh_cutter_counts *counts = &cutter->counts;
    kh_cutter_settle(cutter);
    kh_status status = kh_tables_write(counts, path, err);
    kh_table_reset(&counts->texts);
    kh_free(counts->words);
    counts->words = NULL;
    counts->capacity = 0;
    kh_tally_reset(&counts->gaps);
    kh_tally_reset(&counts->langs);
    kh_pairs_release(&counts->pairs);
    add_usual_gaps(cutter);
    return status;
}
