/* excerpt - give back sentences with their places, and the outline of an
 * article. */
#include "base/utf8.h"
#include "frame.h"

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
        if (frame->text[at] == '\n') {
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

/* Add a span; one that begins where the last ends, or behind a non-joiner, goes on with
 * it: characters of a script without spaces are one word, parts of a Persian word are,
 * and marked as one. */
static void add_highlight(kh_excerpt *out, size_t start, size_t end)
{
    kh_span *last =
        out->n_highlights > 0 ? &out->highlights[out->n_highlights - 1] : NULL;
    if (last != NULL &&
        (last->end == start ||
         kh_str_equal(kh_str_slice(out->text, last->end, start), KH_STR("\u200C"))))
        last->end = end;
    else
        out->highlights[out->n_highlights++] = (kh_span){ start, end };
}

/* Spans of the units that are asked for. */
static void find_highlights(kh_excerpt *out, const kh_frame *frame,
                            const kh_excerpt_request *request, kh_arena *arena)
{
    if (request->n_positions == 0)
        return;
    out->highlights =
        kh_arena_alloc(arena, request->n_positions * sizeof(out->highlights[0]));
    for (size_t i = 0; i < request->n_positions; i++) {
        uint32_t position = request->positions[i];
        if (position >= frame->n_stored_units)
            break;
        size_t start = frame->units[2 * (size_t)position];
        size_t end = frame->units[2 * (size_t)position + 1];
        if (start < out->bytes.start || start >= out->bytes.end ||
            (i > 0 && position == request->positions[i - 1]))
            continue;
        if (end > out->bytes.end)
            end = out->bytes.end;
        add_highlight(out, start - out->bytes.start, end - out->bytes.start);
    }
}

/* Characters before a place. One excerpt after the other is shown, so counting goes on
 * where it ended. */
static size_t chars_before(kh_frame *frame, size_t byte)
{
    if (byte < frame->counted_bytes)
        frame->counted_bytes = frame->counted_chars = 0;
    kh_str rest =
        kh_str_make(frame->text + frame->counted_bytes, byte - frame->counted_bytes);
    frame->counted_chars += kh_utf8_count(rest);
    frame->counted_bytes = byte;
    return frame->counted_chars;
}

kh_status kh_record_excerpt(kh_excerpt *out, kh_records *records,
                            const kh_excerpt_request *request, kh_arena *arena,
                            kh_error *err)
{
    kh_frame *frame;
    kh_rest *rest;
    kh_status status = kh_records_frame(&frame, &rest, records, request->document, err);
    if (status != KH_OK)
        return status;
    if (request->first >= frame->n_stored_sentences || request->last < request->first)
        return kh_fail(err, KH_ERR_ARGUMENT, "no sentence %u: the article has %zu",
                       request->first, frame->n_stored_sentences);

    size_t last = request->last;
    if (last >= frame->n_stored_sentences)
        last = frame->n_stored_sentences - 1;
    size_t start = request->first > 0 ? frame->ends[request->first - 1] : 0;
    kh_str text = trim_end(kh_str_make(frame->text + start, frame->ends[last] - start));
    size_t block = block_of(frame, request->first);

    kh_excerpt excerpt = { .text = kh_arena_copy(arena, text) };
    excerpt.bytes = (kh_span){ start, start + text.len };
    excerpt.chars.start = chars_before(frame, start);
    excerpt.chars.end = excerpt.chars.start + kh_utf8_count(text);
    find_line(&excerpt, frame, &frame->blocks[block], start);
    excerpt.heading = kh_arena_copy(arena, heading_before(frame, block));
    find_highlights(&excerpt, frame, request, arena);

    *out = excerpt;
    return KH_OK;
}

kh_status kh_record_outline(kh_outline_block **out, size_t *n, kh_records *records,
                            uint32_t document, kh_arena *arena, kh_error *err)
{
    kh_frame *frame;
    kh_rest *rest;
    kh_status status = kh_records_frame(&frame, &rest, records, document, err);
    if (status != KH_OK)
        return status;

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
