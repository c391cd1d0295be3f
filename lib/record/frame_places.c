/* frame_places - where the blocks of an article stand in the file it came from. */
#include "frame.h"
#include "zigzag.h"

/* The next jump; false behind the last. */
static bool next_jump(kh_cursor *cursor, uint64_t *n_left, kh_jump *jump)
{
    if (*n_left == 0)
        return false;
    --*n_left;
    jump->block += kh_cursor_varint(cursor);
    uint64_t lines = kh_cursor_varint(cursor);
    jump->lines = kh_unzigzag(lines >> 1);
    jump->is_verbatim = (lines & 1) != 0;
    jump->bytes = kh_unzigzag(kh_cursor_varint(cursor));
    return !cursor->is_bad;
}

static uint32_t count_lines(const kh_frame *frame, const kh_frame_block *block)
{
    uint32_t n = 0;
    for (size_t at = block->start; at < block->end; at++)
        n += frame->text[at] == '\n';
    return n;
}

bool kh_frame_places(kh_frame *frame, const kh_rest *rest)
{
    kh_cursor cursor = kh_cursor_of(rest->places);
    uint32_t line = (uint32_t)kh_cursor_varint(&cursor);
    uint64_t byte = kh_cursor_varint(&cursor);
    uint64_t n_left = kh_cursor_varint(&cursor);
    bool is_verbatim = true;
    kh_jump jump = { 0 };
    bool has_jump = next_jump(&cursor, &n_left, &jump);
    uint32_t lines = 0;
    uint64_t bytes = 0;
    for (size_t i = 0; i < frame->n_stored_blocks; i++) {
        kh_frame_block *block = &frame->blocks[i];
        bool jumps = has_jump && jump.block == i;
        if (jumps)
            is_verbatim = jump.is_verbatim;
        if (is_verbatim) {
            line += lines;
            byte += bytes;
        }
        if (jumps) {
            line += (uint32_t)jump.lines;
            byte += (uint64_t)jump.bytes;
            has_jump = next_jump(&cursor, &n_left, &jump);
        }
        block->line = line;
        block->byte = byte;
        block->is_verbatim = is_verbatim;
        lines = count_lines(frame, block);
        bytes = block->end - block->start;
    }
    return !cursor.is_bad && cursor.ptr == cursor.end && !has_jump;
}
