/* coder - an article's cut into its stream and the parts of its rest. */
#include "coder.h"

#include "base/alloc.h"
#include "key_class.h"
#include "unit.h"
#include "varint.h"
#include "zigzag.h"

void kh_coder_init(kh_coder *coder, const kh_numbers *numbers)
{
    *coder = (kh_coder){ .numbers = numbers };
    (void)kh_language_table(&coder->n_analysers);
    coder->n_analysers++;
    coder->analysers = kh_alloc(coder->n_analysers * sizeof(kh_analyser *));
    kh_buf *bufs[] = { &coder->gaps, &coder->spelled, &coder->jumps };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
}

void kh_coder_release(kh_coder *coder)
{
    for (size_t i = 0; i < coder->n_analysers; i++)
        kh_analyser_free(coder->analysers[i]);
    kh_free(coder->analysers);
    kh_run_release(&coder->run);
    kh_free(coder->codes);
    kh_buf *bufs[] = { &coder->gaps, &coder->spelled, &coder->jumps };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
}

/* ---- words ---- */

/* A code behind the others, where there is room for it: put_blocks(). */
static void put_code(kh_coder *coder, uint32_t code)
{
    coder->codes[coder->n_codes++] = code;
}

static uint32_t compute_rare(kh_coder *coder, kh_str word)
{
    return kh_code_rare(kh_rare_hash(kh_analyser_lexeme(coder->analyser, word)));
}

/* A rare word of a batch: its hash here, its letters in the rest. */
static void put_rare(kh_coder *coder, const kh_batch *batch, uint64_t number)
{
    const kh_batch_word *word = &batch->words[number];
    const char *spelled = batch->spellings.ptr + batch->spelled[number];
    kh_cursor cursor = { spelled, batch->spellings.ptr + batch->spellings.len, false };
    kh_str text = kh_cursor_string(&cursor);
    bool is_known = word->code != KH_CODE_END && word->key_class == coder->key_class;
    put_code(coder, is_known ? word->code : compute_rare(coder, text));
    kh_buf_add_bytes(&coder->spelled, spelled, (size_t)(cursor.ptr - spelled));
}

/* ---- gaps ---- */

static void list_gap(kh_coder *coder, const kh_batch_gap *gap)
{
    kh_listed_gap_put(&coder->gaps, coder->n_usual, gap->id);
    coder->n_usual = 0;
    if (gap->id == KH_GAPS_MAX)
        kh_buf_add_string(&coder->gaps, gap->text);
}

static void put_gap(kh_coder *coder, const kh_batch *batch, uint64_t number,
                    kh_gap_place place, kh_side after)
{
    if (number >= batch->n_gaps) {
        coder->is_bad = true;
        return;
    }
    const kh_batch_gap *gap = &batch->gaps[number];
    coder->n_lines += gap->n_lines;
    if (gap->usual == kh_gap_usual(place, coder->kind, coder->before, after))
        coder->n_usual++;
    else
        list_gap(coder, gap);
}

/* ---- blocks ---- */

/* What neighbours know of a piece of a run: a rare one is joined to nothing. */
static kh_side side_of(const kh_piece *piece, kh_str text)
{
    kh_side none = { false, false };
    return piece->code == 0 ? none : kh_side_of(text);
}

static void put_run(kh_coder *coder, const kh_batch *batch, kh_str text, uint64_t gap,
                    kh_gap_place place)
{
    kh_run_cut(&coder->run, coder->numbers, text);
    for (size_t i = 0; i < coder->run.n; i++) {
        const kh_piece *piece = &coder->run.pieces[i];
        kh_str word = kh_str_slice(text, piece->start, piece->end);
        kh_side side = side_of(piece, word);
        put_gap(coder, batch, i == 0 ? gap : KH_USUAL_NOTHING,
                i == 0 ? place : KH_GAP_BETWEEN, side);
        put_code(coder, piece->code != 0 ? piece->code : compute_rare(coder, word));
        if (piece->code == 0)
            kh_buf_add_string(&coder->spelled, word);
        coder->has_pairs |= piece->code != 0 && piece->second != UINT32_MAX;
        coder->before = side;
    }
}

/* Words or characters of one item; the gap in front of it is not written yet. */
static void put_item(kh_coder *coder, const kh_batch *batch, kh_cursor *items,
                     uint64_t gap, uint64_t item, kh_gap_place place)
{
    if (item % 2 == 1) {
        kh_str text = kh_cursor_bytes(items, (size_t)(item / 2));
        put_run(coder, batch, text, gap, place);
        return;
    }
    uint64_t number = item / 2 - 1;
    if (number >= batch->n_words) {
        coder->is_bad = true;
        return;
    }
    const kh_batch_word *word = &batch->words[number];
    kh_side side = { word->is_joined, word->is_character };
    put_gap(coder, batch, gap, place, side);
    if (word->code >= KH_CODE_RARE)
        put_rare(coder, batch, number);
    else
        put_code(coder, word->code);
    coder->before = side;
}

/* The words of a sentence as most are, up to anything else or the last few bytes: words
 * that have a number, joined to nothing, behind gaps of one byte. So which gap is usual
 * does not depend on words, which the memory takes a while to bring. The others are
 * put_item()'s. Returns where the next word is. */
static kh_gap_place put_words(kh_coder *coder, const kh_batch *batch, kh_cursor *items,
                              kh_gap_place place)
{
    if (coder->before.is_joined)
        return place;
    const char *at = items->ptr;
    uint32_t *code = coder->codes + coder->n_codes;
    while (items->end - at > KH_VARINT_SHORT) {
        unsigned gap_number = (unsigned char)*at;
        uint32_t item;
        size_t bytes = kh_varint_short(&item, at + 1);
        size_t number = (size_t)(item / 2) - 1;
        if (gap_number >= 0x80 || gap_number >= batch->n_gaps || bytes == 0 ||
            item % 2 == 1 || number >= batch->n_words)
            break;
        kh_batch_word word = batch->words[number];
        if (word.code >= KH_CODE_RARE || word.is_joined)
            break;
        const kh_batch_gap *gap = &batch->gaps[gap_number];
        if (gap->usual == (place == KH_GAP_FIRST ? KH_USUAL_NOTHING : KH_USUAL_SPACE)) {
            coder->n_usual++;
        } else {
            coder->n_lines += gap->n_lines;
            list_gap(coder, gap);
        }
        *code++ = word.code;
        at += 1 + bytes;
        place = KH_GAP_BETWEEN;
    }
    items->ptr = at;
    coder->n_codes = (size_t)(code - coder->codes);
    return place;
}

static void put_sentence(kh_coder *coder, const kh_batch *batch, kh_cursor *items,
                         bool is_last)
{
    kh_gap_place place = KH_GAP_FIRST;
    kh_side none = { false, false };
    coder->before = none;
    while (!items->is_bad && !coder->is_bad) {
        place = put_words(coder, batch, items, place);
        uint64_t gap = kh_varint_next(items);
        uint64_t item = kh_varint_next(items);
        if (item == KH_ITEM_END) {
            put_gap(coder, batch, gap, is_last ? KH_GAP_BLOCK : KH_GAP_SENTENCE, none);
            return;
        }
        put_item(coder, batch, items, gap, item, place);
        place = KH_GAP_BETWEEN;
    }
}

/* Room for all codes of a block: an item has two bytes or more and becomes a code, a
 * run one a byte at most; a sentence adds a mark, the block up to three. */
static void make_room(kh_coder *coder, const kh_cut_block *block)
{
    size_t wanted = coder->n_codes + block->items.len + 4;
    if (wanted <= coder->codes_capacity)
        return;
    coder->codes_capacity = wanted * 2;
    coder->codes =
        kh_realloc(coder->codes, coder->codes_capacity * sizeof(*coder->codes));
}

static void put_mark(kh_coder *coder)
{
    if (kh_kind_is_stored(coder->kind)) {
        put_code(coder, coder->kind);
        return;
    }
    put_code(coder, KH_MARK_BLOCK);
    put_code(coder, coder->kind / 8);
    put_code(coder, coder->kind % 8);
}

/* Where the block before stands, to tell where this one should. */
typedef struct place {
    uint64_t block;
    uint64_t last_jump;
    uint32_t line;
    uint64_t byte;
    uint32_t lines;
    uint64_t bytes;
    bool is_verbatim;
} place;

/* A block that stands verbatim is expected behind the one before, another where that
 * one is (all blocks of a JSON line have its place). */
static void put_place(kh_coder *coder, place *at, const kh_cut_block *block)
{
    if (at->block == 0) {
        coder->first_line = block->line;
        coder->first_byte = block->byte;
        at->line = block->line;
        at->byte = block->byte;
        at->is_verbatim = true;
    } else if (block->is_verbatim) {
        at->line += at->lines;
        at->byte += at->bytes;
    }
    int64_t lines = (int64_t)block->line - (int64_t)at->line;
    int64_t bytes = (int64_t)(block->byte - at->byte);
    if (lines != 0 || bytes != 0 || block->is_verbatim != at->is_verbatim) {
        kh_buf_add_varint(&coder->jumps, at->block - at->last_jump);
        kh_buf_add_varint(&coder->jumps, kh_zigzag(lines) << 1 | block->is_verbatim);
        kh_buf_add_varint(&coder->jumps, kh_zigzag(bytes));
        coder->n_jumps++;
        at->last_jump = at->block;
    }
    at->line = block->line;
    at->byte = block->byte;
    at->bytes = block->text_bytes;
    at->is_verbatim = block->is_verbatim;
}

static void put_blocks(kh_coder *coder, const kh_cut *cut, place *at)
{
    kh_cursor blocks = kh_cursor_of(cut->blocks);
    kh_cut_block block;
    while (!coder->is_bad && kh_cut_next(&blocks, &block)) {
        coder->kind = block.kind;
        coder->n_lines = 0;
        coder->text_bytes += block.text_bytes;
        bool is_stored = kh_kind_is_stored(block.kind);
        if (is_stored) {
            coder->stored_bytes += block.text_bytes;
            put_place(coder, at, &block);
        }
        make_room(coder, &block);
        put_mark(coder);
        kh_cursor items = kh_cursor_of(block.items);
        for (uint64_t i = 0; i < block.n_sentences && !coder->is_bad && !items.is_bad;
             i++) {
            if (i > 0)
                put_code(coder, KH_MARK_SENTENCE);
            put_sentence(coder, cut->batch, &items, i + 1 == block.n_sentences);
        }
        coder->is_bad |= items.is_bad || items.ptr != items.end;
        if (is_stored) {
            at->lines = coder->n_lines;
            at->block++;
        }
    }
    coder->is_bad |= blocks.is_bad;
}

static kh_status choose_analyser(kh_coder *coder, kh_str lang, kh_error *err)
{
    coder->lang = kh_numbers_lang(coder->numbers, lang);
    const kh_language *language = coder->lang == KH_LANG_OTHER
                                      ? kh_language_neutral() /* as it is read */
                                      : kh_language_find(lang);
    kh_analyser **slot = &coder->analysers[kh_language_number(language)];
    if (*slot == NULL) {
        kh_status status = kh_analyser_open(slot, language, err);
        if (status != KH_OK)
            return status;
    }
    (void)kh_analyser_trim(*slot, KH_CODER_LEXEMES_MAX);
    coder->analyser = *slot;
    coder->key_class = kh_key_class(language);
    return KH_OK;
}

kh_status kh_coder_article(kh_coder *coder, const kh_record_source *source,
                           kh_error *err)
{
    kh_buf *bufs[] = { &coder->gaps, &coder->spelled, &coder->jumps };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_reset(bufs[i]);
    coder->n_codes = 0;
    coder->n_jumps = coder->text_bytes = coder->stored_bytes = coder->first_byte = 0;
    coder->first_line = 0;
    coder->n_usual = 0;
    coder->has_pairs = false;
    coder->is_bad = false;
    kh_status status = choose_analyser(coder, source->article->lang, err);
    place at = { 0 };
    for (size_t i = 0; i < source->n_cuts && status == KH_OK; i++)
        put_blocks(coder, &source->cuts[i], &at);
    if (status == KH_OK && coder->is_bad)
        status = kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    return status;
}
