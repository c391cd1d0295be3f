/* frame - put an article together from its stream and its rest.
 *
 * Neither is believed: every length is compared with what is left. */
#include "frame.h"

#include "base/alloc.h"
#include "unit.h"

/* Which gaps are usual, and the others in turn. */
typedef struct gap_reader {
    const kh_wordlist *words;
    kh_cursor cursor;
    size_t n_usual; /* until the next that is listed */
    bool has_more;  /* one is listed behind them: */
    unsigned next;  /* which */
    size_t n_bad;
} gap_reader;

typedef struct work {
    kh_frame *frame;
    const kh_wordlist *words;
    gap_reader gaps;
    kh_cursor spelled;
    size_t limit; /* bytes of text */
    unsigned kind;
    bool has_word; /* in the sentence */
    kh_side before;
    const char *fault;
} work;

#define NO_GAP (KH_GAPS_MAX + 1) /* its number is missing */

static void next_run(gap_reader *gaps)
{
    gaps->n_usual = 0;
    gaps->has_more = false;
    kh_cursor *c = &gaps->cursor;
    while (c->ptr < c->end) {
        unsigned byte = (unsigned char)*c->ptr++;
        if (byte >= KH_LISTED_MORE) {
            gaps->n_usual += (size_t)(byte - KH_LISTED_MORE + 1) * KH_LISTED_USUAL;
            continue;
        }
        gaps->has_more = true;
        bool is_common = byte < KH_LISTED_OTHER;
        gaps->n_usual += is_common ? byte / KH_LISTED_COMMON : byte - KH_LISTED_OTHER;
        gaps->next = is_common         ? byte % KH_LISTED_COMMON
                     : c->ptr < c->end ? (unsigned char)*c->ptr++
                                       : NO_GAP;
        return;
    }
}

/* The gap that is listed next. */
static kh_str listed_gap(gap_reader *gaps)
{
    kh_str gap = KH_STR("");
    if (gaps->next == KH_GAPS_MAX)
        gap = kh_cursor_string(&gaps->cursor);
    else if (gaps->next < gaps->words->n_gaps)
        gap = gaps->words->gaps[gaps->next];
    else
        gaps->n_bad++;
    next_run(gaps);
    return gap;
}

static void put_text(work *w, kh_str text)
{
    kh_frame *frame = w->frame;
    if (text.len > w->limit - frame->len) {
        w->fault = "its text is too long";
        return;
    }
    if (text.len > 0) /* one that is damaged is NULL */
        memcpy(frame->text + frame->len, text.ptr, text.len);
    frame->len += text.len;
}

static void put_gap(work *w, kh_gap_place place, kh_side after)
{
    bool is_usual = w->gaps.n_usual > 0 || !w->gaps.has_more;
    w->gaps.n_usual -= w->gaps.n_usual > 0;
    put_text(w, is_usual ? kh_gap_default(place, w->kind, w->before, after)
                         : listed_gap(&w->gaps));
}

/* ---- blocks and sentences ---- */

static void end_sentence(work *w, kh_gap_place place)
{
    put_gap(w, place, (kh_side){ false, false });
    kh_frame *frame = w->frame;
    KH_PUSH(frame->ends, frame->n_sentences, frame->ends_capacity) =
        (uint32_t)frame->len;
    frame->blocks[frame->n_blocks - 1].n_sentences++;
    w->has_word = false;
    w->before = (kh_side){ false, false };
}

static void end_block(work *w)
{
    kh_frame *frame = w->frame;
    if (frame->n_blocks == 0)
        return;
    end_sentence(w, KH_GAP_BLOCK);
    kh_frame_block *block = &frame->blocks[frame->n_blocks - 1];
    block->end = (uint32_t)frame->len;
    if (!kh_kind_is_stored(block->kind))
        return;
    size_t len = block->end - block->start;
    if (len < sizeof(KH_BLOCK_END) ||
        memcmp(frame->text + block->end - 2, KH_BLOCK_END, 2) != 0)
        w->fault = "a block does not end with line ends";
    frame->n_stored_sentences = frame->n_sentences;
    frame->n_stored_units = frame->n_units;
    frame->stored_len = frame->len;
}

static void begin_block(work *w, unsigned kind)
{
    kh_frame *frame = w->frame;
    end_block(w);
    if (kh_kind_is_stored(kind)) {
        if (frame->n_stored_blocks != frame->n_blocks)
            w->fault = "a paragraph stands among its fields";
        frame->n_stored_blocks++;
    }
    kh_frame_block block = { .start = (uint32_t)frame->len,
                             .first_sentence = (uint32_t)frame->n_sentences,
                             .kind = (uint8_t)kind };
    KH_PUSH(frame->blocks, frame->n_blocks, frame->blocks_capacity) = block;
    w->kind = kind;
}

/* ---- words ---- */

static void put_unit(kh_frame *frame, size_t start, size_t end)
{
    if (frame->n_units == frame->units_capacity) {
        frame->units_capacity =
            frame->units_capacity ? frame->units_capacity * 2 : 1024;
        frame->units =
            kh_realloc(frame->units, frame->units_capacity * 2 * sizeof(uint32_t));
    }
    frame->units[2 * frame->n_units] = (uint32_t)start;
    frame->units[2 * frame->n_units + 1] = (uint32_t)end;
    frame->n_units++;
}

static void put_word(work *w, kh_str word, kh_side side)
{
    kh_frame *frame = w->frame;
    put_gap(w, w->has_word ? KH_GAP_BETWEEN : KH_GAP_FIRST, side);
    size_t start = frame->len;
    put_text(w, word);
    w->has_word = true;
    w->before = side;
    if (!side.is_character) {
        put_unit(frame, start, frame->len);
        return;
    }
    for (size_t at = 0, first = 0; at < word.len; first = at) {
        (void)kh_unit_next(word, &at);
        put_unit(frame, start + first, start + at);
    }
}

static void put_code(work *w, uint32_t code)
{
    kh_side side = { false, false };
    if (kh_code_is_rare(code)) {
        kh_str word = kh_cursor_string(&w->spelled);
        if (word.len == 0 || word.len > KH_WORD_MAX_BYTES)
            w->fault = "a rare word is not spelled";
        else
            put_word(w, word, side); /* one unit, joined to nothing */
        return;
    }
    if (!kh_wordlist_has(w->words, code)) {
        w->fault = "a word has no such number";
        return;
    }
    kh_str word = kh_wordlist_word(w->words, code);
    if (kh_wordlist_is_joined(w->words, code))
        side = kh_side_of(word);
    put_word(w, word, side);
}

static unsigned digit(work *w, const unsigned char **at, const unsigned char *end)
{
    uint32_t code = *at < end ? kh_code_next(at, end) : KH_CODE_END;
    if (code >= KH_CODE_WORDS)
        w->fault = "a block has no kind";
    return code & 7;
}

static void put_mark(work *w, uint32_t mark, const unsigned char **at,
                     const unsigned char *end)
{
    if (mark == KH_MARK_SENTENCE) {
        if (w->frame->n_blocks == 0)
            w->fault = "a sentence is in no block";
        else
            end_sentence(w, KH_GAP_SENTENCE);
    } else if (mark < KH_MARK_BLOCK) {
        begin_block(w, mark);
    } else if (mark == KH_MARK_BLOCK) {
        unsigned high = digit(w, at, end);
        unsigned low = digit(w, at, end);
        unsigned kind = high * 8 + low;
        if (kind < 16)
            w->fault = "a block is of no kind";
        begin_block(w, kind);
    } else {
        w->fault = "a mark is not known";
    }
}

const char *kh_frame_read(kh_frame *frame, const kh_wordlist *words,
                          const kh_stream *stream, const kh_rest *rest)
{
    frame->len = frame->stored_len = 0;
    frame->counted_bytes = frame->counted_chars = 0;
    frame->n_blocks = frame->n_stored_blocks = 0;
    frame->n_sentences = frame->n_stored_sentences = 0;
    frame->n_units = frame->n_stored_units = 0;
    if (rest->text_bytes > KH_ARTICLE_TEXT_MAX + KH_REST_MAX)
        return "its text is too long";
    if (rest->text_bytes + 1 > frame->text_capacity) {
        kh_free(frame->text);
        frame->text_capacity = (size_t)rest->text_bytes + 4096;
        frame->text = kh_alloc(frame->text_capacity);
    }
    work w = { .frame = frame,
               .words = words,
               .gaps = { .words = words, .cursor = kh_cursor_of(rest->gaps) },
               .spelled = kh_cursor_of(rest->spelled),
               .limit = (size_t)rest->text_bytes };
    next_run(&w.gaps);
    for (const unsigned char *at = stream->begin;
         at < stream->end && w.fault == NULL;) {
        uint32_t code = kh_code_next(&at, stream->end);
        if (code < KH_CODE_WORDS)
            put_mark(&w, code, &at, stream->end);
        else if (code == KH_CODE_END || frame->n_blocks == 0)
            w.fault = "its stream is cut short";
        else
            put_code(&w, code);
    }
    if (w.fault == NULL)
        end_block(&w);
    if (w.fault != NULL)
        return w.fault;
    bool is_used_up = w.gaps.cursor.ptr == w.gaps.cursor.end && !w.gaps.has_more &&
                      w.gaps.n_bad == 0 && !w.gaps.cursor.is_bad &&
                      w.spelled.ptr == w.spelled.end && !w.spelled.is_bad &&
                      frame->len == rest->text_bytes &&
                      frame->stored_len == rest->stored_bytes;
    return is_used_up ? NULL : "its parts do not fit";
}

void kh_frame_release(kh_frame *frame)
{
    kh_free(frame->text);
    kh_free(frame->blocks);
    kh_free(frame->ends);
    kh_free(frame->units);
    *frame = (kh_frame){ 0 };
}
