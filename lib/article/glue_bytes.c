/* glue_bytes - evidence as bytes, for the time between reading and resolving.
 *
 *   string  the line, whole
 *   varint  matches, then for each: varint start - start before, varint length in code
 *           points, u8 count
 *   then, until the line's code points are used up, runs of alike letters:
 *     varint  code points of likeness 0
 *     varint  likeness of the next one; not there if the line is used up
 */
#include "glue.h"

kh_glue *kh_glue_of_line(kh_str line, kh_arena *arena)
{
    size_t end = line.len;
    if (end > KH_GLUE_LINE_MAX) {
        end = KH_GLUE_LINE_MAX;
        while (end > 0 && ((unsigned char)line.ptr[end] & 0xC0) == 0x80)
            end--;
    }
    kh_glue *glue = kh_arena_alloc(arena, sizeof(*glue));
    kh_glue_text_make(&glue->line, kh_str_slice(line, 0, end), arena);
    glue->rest = kh_str_slice(line, end, line.len);
    glue->likeness = kh_arena_alloc(arena, glue->line.n + 1);
    return glue;
}

void kh_glue_write(kh_buf *out, const kh_glue *glue)
{
    kh_str line = glue->line.text;
    kh_buf_add_string(out, kh_str_make(line.ptr, line.len + glue->rest.len));

    kh_buf_add_varint(out, glue->n_matches);
    unsigned before = 0;
    for (size_t i = 0; i < glue->n_matches; i++) {
        const kh_glue_match *match = &glue->matches[i];
        kh_buf_add_varint(out, match->start - before);
        kh_buf_add_varint(out, (uint64_t)(match->end - match->start));
        kh_buf_add_char(out, (char)match->count);
        before = match->start;
    }

    for (size_t i = 0; i < glue->line.n; i++) {
        size_t from = i;
        while (i < glue->line.n && glue->likeness[i] == 0)
            i++;
        kh_buf_add_varint(out, i - from);
        if (i < glue->line.n)
            kh_buf_add_varint(out, glue->likeness[i]);
    }
}

static bool read_matches(kh_glue *glue, kh_cursor *cursor, kh_arena *arena)
{
    uint64_t n = kh_cursor_varint(cursor);
    if (cursor->is_bad || n > KH_GLUE_MATCHES_MAX)
        return false;
    glue->matches = kh_arena_alloc(arena, ((size_t)n + 1) * sizeof(*glue->matches));
    uint64_t start = 0;
    uint64_t end = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t step = kh_cursor_varint(cursor);
        uint64_t length = kh_cursor_varint(cursor);
        kh_str count = kh_cursor_bytes(cursor, 1);
        if (cursor->is_bad || step > glue->line.n || length == 0 ||
            length > glue->line.n || start + step + length > glue->line.n)
            return false;
        if (i > 0 && step == 0 && start + length <= end)
            return false;
        start += step;
        end = start + length;
        kh_glue_match match = { (uint16_t)start, (uint16_t)end, (uint8_t)count.ptr[0] };
        glue->matches[glue->n_matches++] = match;
    }
    return true;
}

static bool read_likeness(kh_glue *glue, kh_cursor *cursor)
{
    for (size_t i = 0; i < glue->line.n; i++) {
        uint64_t zeros = kh_cursor_varint(cursor);
        if (cursor->is_bad || zeros > glue->line.n - i)
            return false;
        i += (size_t)zeros;
        if (i == glue->line.n)
            break;
        uint64_t likeness = kh_cursor_varint(cursor);
        if (cursor->is_bad || likeness > 255 || likeness > glue->line.n - i)
            return false;
        glue->likeness[i] = (uint8_t)likeness;
    }
    return cursor->ptr == cursor->end;
}

kh_status kh_glue_read(kh_glue **out, kh_str bytes, kh_arena *arena, kh_error *err)
{
    kh_cursor cursor = kh_cursor_of(bytes);
    kh_str line = kh_cursor_string(&cursor);
    if (cursor.is_bad)
        return kh_fail(err, KH_ERR_CORRUPT, "evidence of a tag line is cut short");

    kh_glue *glue = kh_glue_of_line(line, arena);
    if (!read_matches(glue, &cursor, arena) || !read_likeness(glue, &cursor))
        return kh_fail(err, KH_ERR_CORRUPT, "evidence of a tag line is damaged");
    *out = glue;
    return KH_OK;
}
