/* record_frame - take an unpacked record apart, believing nothing it says. */
#include "record_frame.h"

#include "base/alloc.h"

static bool read_sentences(kh_frame *frame, kh_cursor *cursor, kh_frame_block *block)
{
    uint64_t n = kh_cursor_varint(cursor);
    if (n == 0 || n > (size_t)(cursor->end - cursor->ptr))
        return false;

    block->first_sentence = (uint32_t)frame->n_sentences;
    block->n_sentences = (uint32_t)n;
    uint64_t end = block->start;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t bytes = kh_cursor_varint(cursor);
        if (bytes == 0 || bytes > KH_ARTICLE_TEXT_MAX)
            return false;
        end += bytes;
        if (end > KH_ARTICLE_TEXT_MAX)
            return false;
        KH_PUSH(frame->ends, frame->n_sentences, frame->ends_capacity) = (uint32_t)end;
    }
    block->end = (uint32_t)end;
    return !cursor->is_bad;
}

/* The differences as they stand; kh_frame_places() makes places of them. */
static void read_place(kh_cursor *cursor, kh_frame_block *block)
{
    uint64_t line = kh_cursor_varint(cursor);

    block->is_verbatim = (line & 1) != 0;
    block->line = (uint32_t)kh_unzigzag(line >> 1);
    block->byte = (uint64_t)kh_unzigzag(kh_cursor_varint(cursor));
}

void kh_frame_places(kh_frame *frame)
{
    if (frame->has_places)
        return;

    /* Where the block before stands, and how much of the file it takes if the next one
     * follows it there. */
    uint32_t line = 0;
    uint64_t byte = 0;
    uint32_t lines = 0;
    uint64_t bytes = 0;
    for (size_t i = 0; i < frame->n_stored_blocks; i++) {
        kh_frame_block *block = &frame->blocks[i];
        block->line += line + (block->is_verbatim ? lines : 0);
        block->byte += byte + (block->is_verbatim ? bytes : 0);
        line = block->line;
        byte = block->byte;
        bytes = block->end - block->start;
        lines = 0;
        for (uint32_t at = block->start; at < block->end; at++)
            lines += frame->text.ptr[at] == '\n';
    }
    frame->has_places = true;
}

static bool read_blocks(kh_frame *frame, kh_cursor *cursor, uint64_t n, kh_str text)
{
    uint32_t start = 0;
    for (uint64_t i = 0; i < n; i++) {
        kh_frame_block block = { .start = start };
        uint64_t kind = kh_cursor_varint(cursor);
        if (kind == 0 || kind > 63 || !read_sentences(frame, cursor, &block))
            return false;
        if (block.end > text.len)
            return false;

        block.kind = (uint8_t)kind;
        if (kh_kind_is_stored(block.kind)) {
            if (frame->n_stored_blocks != frame->n_blocks ||
                block.end - block.start < sizeof(KH_RECORD_BLOCK_END))
                return false;
            read_place(cursor, &block);
            frame->n_stored_blocks++;
            frame->n_stored_sentences = frame->n_sentences;
            frame->stored_len = block.end;
        }
        KH_PUSH(frame->blocks, frame->n_blocks, frame->blocks_capacity) = block;
        start = block.end;
    }
    frame->text = kh_str_slice(text, 0, start);
    return !cursor->is_bad && cursor->ptr == cursor->end;
}

bool kh_frame_read(kh_frame *frame, kh_str bytes)
{
    frame->n_blocks = frame->n_stored_blocks = 0;
    frame->n_sentences = frame->n_stored_sentences = 0;
    frame->stored_len = 0;
    frame->has_places = false;

    kh_cursor cursor = kh_cursor_of(bytes);
    uint64_t header_bytes = kh_cursor_varint(&cursor);
    if (cursor.is_bad || header_bytes > KH_RECORD_HEADER_MAX)
        return false;
    kh_str header = kh_cursor_bytes(&cursor, (size_t)header_bytes);
    kh_str rest = kh_str_make(cursor.ptr, (size_t)(cursor.end - cursor.ptr));
    if (cursor.is_bad)
        return false;

    cursor = kh_cursor_of(header);
    frame->key = kh_cursor_u64(&cursor);
    frame->lang = kh_cursor_string(&cursor);
    uint64_t n_units = kh_cursor_varint(&cursor);
    uint64_t n_blocks = kh_cursor_varint(&cursor);
    if (cursor.is_bad || n_units > UINT32_MAX || n_blocks > header.len)
        return false;
    frame->n_units = (uint32_t)n_units;
    if (!read_blocks(frame, &cursor, n_blocks, rest))
        return false;

    frame->values = kh_str_slice(rest, frame->text.len, rest.len);
    return true;
}

void kh_frame_release(kh_frame *frame)
{
    kh_free(frame->blocks);
    kh_free(frame->ends);
    memset(frame, 0, sizeof(*frame));
}

bool kh_frame_values(const kh_frame *frame, kh_str values[KH_RECORD_N_TAGS],
                     bool has[KH_RECORD_N_TAGS])
{
    memset(values, 0, KH_RECORD_N_TAGS * sizeof(values[0]));
    memset(has, 0, KH_RECORD_N_TAGS * sizeof(has[0]));

    kh_cursor cursor = kh_cursor_of(frame->values);
    uint64_t n = kh_cursor_varint(&cursor);
    unsigned last = 0;
    for (uint64_t i = 0; i < n && !cursor.is_bad; i++) {
        kh_str byte = kh_cursor_bytes(&cursor, 1);
        kh_str value = kh_cursor_string(&cursor);
        if (cursor.is_bad)
            return false;
        unsigned tag = (unsigned char)byte.ptr[0];
        if (tag <= last)
            return false;
        last = tag;
        if (tag < KH_RECORD_N_TAGS) {
            values[tag] = value;
            has[tag] = true;
        }
    }
    return !cursor.is_bad && cursor.ptr == cursor.end;
}
