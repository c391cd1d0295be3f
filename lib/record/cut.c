/* cut - read back the blocks of a cut. */
#include "cut.h"

bool kh_cut_next(kh_cursor *cursor, kh_cut_block *out)
{
    if (cursor->ptr >= cursor->end || cursor->is_bad)
        return false;
    uint64_t kind = kh_cursor_varint(cursor);
    out->kind = (unsigned)(kind / 2);
    out->is_verbatim = kind % 2 == 1;
    out->line = (uint32_t)kh_cursor_varint(cursor);
    out->byte = kh_cursor_varint(cursor);
    out->n_sentences = kh_cursor_varint(cursor);
    out->text_bytes = kh_cursor_varint(cursor);
    out->items = kh_cursor_string(cursor);
    return !cursor->is_bad;
}
