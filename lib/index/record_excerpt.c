/* record_excerpt - give back sentences with their places, and the outline of an
 * article. */
#include "base/utf8.h"
#include "records.h"

/* The block that a sentence of the stored text lies in. */
static size_t block_of(const kh_frame *frame, uint32_t sentence)
{
    size_t low = 0;
    size_t high = frame->n_stored_blocks - 1;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (frame->blocks[middle].first_sentence <= sentence)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static kh_str trim_end(kh_str text)
{
    static const char spaces[] = " \t\r\n";
    while (text.ptr && text.len > 0 &&
           memchr(spaces, text.ptr[text.len - 1], sizeof(spaces) - 1))
        text.len--;
    return text;
}

/* Line and column in the file of a byte of a block. */
static void find_line(kh_excerpt *out, const kh_frame *frame,
                      const kh_frame_block *block, size_t start)
{
    out->line = block->line;
    out->column = block->line > 0 ? 1 : 0;
    if (!block->is_verbatim || block->line == 0)
        return;

    size_t line_start = block->start;
    for (size_t at = block->start; at < start; at++) {
        if (frame->text.ptr[at] == '\n') {
            out->line++;
            line_start = at + 1;
        }
    }
    out->column = (uint32_t)(start - line_start) + 1;
}

static kh_str heading_before(const kh_frame *frame, size_t block)
{
    while (block-- > 0)
        if (frame->blocks[block].kind == KH_BLOCK_HEADING)
            return trim_end(kh_frame_block_text(frame, &frame->blocks[block]));
    return kh_str_make(NULL, 0);
}

/* Add the span of a unit if it is asked for; next: the first position not passed yet.
 */
static void add_highlight(kh_excerpt *out, const kh_excerpt_request *request,
                          size_t *next, uint32_t position, kh_span unit)
{
    while (*next < request->n_positions && request->positions[*next] < position)
        ++*next;
    if (*next == request->n_positions || request->positions[*next] > position)
        return;
    if (unit.start < out->bytes.start || unit.start >= out->bytes.end)
        return;
    if (unit.end > out->bytes.end)
        unit.end = out->bytes.end;
    out->highlights[out->n_highlights++] =
        (kh_span){ unit.start - out->bytes.start, unit.end - out->bytes.start };
}

/* Positions are counted from the first block on, as when hits are read. */
static kh_status find_highlights(kh_excerpt *out, kh_records *records,
                                 const kh_frame *frame,
                                 const kh_excerpt_request *request, kh_arena *arena,
                                 kh_error *err)
{
    if (request->n_positions == 0)
        return KH_OK;
    kh_record_analyser *slot;
    kh_status status =
        kh_records_analyser(&slot, records, kh_language_find(frame->lang), err);
    if (status != KH_OK)
        return status;

    out->highlights =
        kh_arena_alloc(arena, request->n_positions * sizeof(out->highlights[0]));
    size_t next = 0;
    uint32_t position = 0;
    for (size_t i = 0; i < frame->n_stored_blocks; i++) {
        const kh_frame_block *block = &frame->blocks[i];
        if (block->start >= out->bytes.end || next == request->n_positions)
            break;
        kh_analyser_reset(slot->analyser, kh_frame_block_text(frame, block), position);
        kh_token token;
        while (kh_analyser_next(slot->analyser, &token)) {
            if (token.kind != KH_TOKEN_WORD)
                continue;
            kh_span unit = { block->start + token.start, block->start + token.end };
            add_highlight(out, request, &next, token.position, unit);
            position = token.position + 1;
        }
    }
    return KH_OK;
}

kh_status kh_record_excerpt(kh_excerpt *out, kh_records *records,
                            const kh_excerpt_request *request, kh_arena *arena,
                            kh_error *err)
{
    kh_frame *frame;
    kh_status status = kh_records_fetch(&frame, records, request->document, err);
    if (status != KH_OK)
        return status;
    if (request->first >= frame->n_stored_sentences || request->last < request->first)
        return kh_fail(err, KH_ERR_ARGUMENT, "no sentence %u: the article has %zu",
                       request->first, frame->n_stored_sentences);
    kh_frame_places(frame);

    size_t last = request->last;
    if (last >= frame->n_stored_sentences)
        last = frame->n_stored_sentences - 1;
    size_t start = request->first > 0 ? frame->ends[request->first - 1] : 0;
    kh_str text = trim_end(kh_str_slice(frame->text, start, frame->ends[last]));
    size_t block = block_of(frame, request->first);

    kh_excerpt excerpt = { .text = kh_arena_copy(arena, text) };
    excerpt.bytes = (kh_span){ start, start + text.len };
    excerpt.chars.start = kh_utf8_count(kh_str_slice(frame->text, 0, start));
    excerpt.chars.end = excerpt.chars.start + kh_utf8_count(text);
    find_line(&excerpt, frame, &frame->blocks[block], start);
    excerpt.heading = kh_arena_copy(arena, heading_before(frame, block));
    status = find_highlights(&excerpt, records, frame, request, arena, err);
    if (status != KH_OK)
        return status;

    *out = excerpt;
    return KH_OK;
}

kh_status kh_record_outline(kh_outline_block **out, size_t *n, kh_records *records,
                            uint32_t document, kh_arena *arena, kh_error *err)
{
    kh_frame *frame;
    kh_status status = kh_records_fetch(&frame, records, document, err);
    if (status != KH_OK)
        return status;
    kh_frame_places(frame);

    kh_outline_block *blocks =
        kh_arena_alloc(arena, frame->n_stored_blocks * sizeof(blocks[0]));
    for (size_t i = 0; i < frame->n_stored_blocks; i++) {
        const kh_frame_block *block = &frame->blocks[i];
        blocks[i] = (kh_outline_block){
            .kind = (kh_block_kind)block->kind,
            .first_sentence = block->first_sentence,
            .n_sentences = block->n_sentences,
            .line = block->line,
        };
    }
    *out = blocks;
    *n = frame->n_stored_blocks;
    return KH_OK;
}
