/* vocabulary_block - write and read one block of the vocabulary. */
#include "vocabulary_block.h"

#define FLAG_LAST     1u
#define FLAG_FOLDED   2u
#define FLAG_COMPOUND 4u
#define FLAG_MARKED   8u

#define LANG_MORE 14u /* the number follows as a varint */
#define LANG_NONE 15u
#define STEM_MORE 15u

int kh_spelling_compare(const kh_spelling *a, const kh_spelling *b)
{
    int order = kh_str_compare(a->form, b->form);
    if (order == 0)
        order = kh_str_compare(a->folded, b->folded);
    if (order == 0)
        order = kh_str_compare(a->lang, b->lang);
    if (order == 0)
        order = kh_str_compare(a->term, b->term);
    if (order == 0)
        order = (int)a->is_compound - (int)b->is_compound;
    return order;
}

kh_spelling kh_spelling_copy(const kh_spelling *spelling, kh_arena *arena)
{
    kh_spelling copy = *spelling;
    copy.form = kh_arena_copy(arena, spelling->form);
    copy.folded = kh_str_equal(spelling->folded, spelling->form)
                      ? copy.form
                      : kh_arena_copy(arena, spelling->folded);
    copy.lang = kh_arena_copy(arena, spelling->lang);
    copy.term = kh_arena_copy(arena, spelling->term);
    return copy;
}

static size_t shared_prefix(kh_str a, kh_str b)
{
    size_t n = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
        n++;
    return n;
}

/* ---- writing ---- */

void kh_block_writer_init(kh_block_writer *block)
{
    memset(block, 0, sizeof(*block));
    kh_buf_init(&block->entries, KH_BUF_MAX);
    kh_buf_init(&block->langs, KH_BUF_MAX);
}

void kh_block_writer_release(kh_block_writer *block)
{
    kh_buf_release(&block->entries);
    kh_buf_release(&block->langs);
}

/* Number of a language in the block; LANG_NONE for none. */
static unsigned language_number(kh_block_writer *block, kh_str lang)
{
    if (lang.len == 0)
        return LANG_NONE;
    for (size_t i = 0; i < block->n_langs; i++)
        if (kh_str_equal(block->codes[i], lang))
            return (unsigned)(i < LANG_MORE ? i : i + 2);
    size_t number = block->n_langs++;
    block->codes[number] = lang;
    kh_buf_add_string(&block->langs, lang);
    return (unsigned)(number < LANG_MORE ? number : number + 2);
}

static bool is_marked(const kh_spelling *spelling)
{
    kh_str lang = spelling->lang;
    return lang.len > 0 && kh_str_starts(spelling->term, lang) &&
           spelling->term.len > lang.len && spelling->term.ptr[lang.len] == ':';
}

static void write_stem(kh_buf *out, kh_str form, kh_str stem)
{
    size_t shared = shared_prefix(form, stem);
    size_t cut = form.len - shared;
    size_t added = stem.len - shared;

    unsigned high = cut < STEM_MORE ? (unsigned)cut : STEM_MORE;
    unsigned low = added < STEM_MORE ? (unsigned)added : STEM_MORE;
    kh_buf_add_char(out, (char)(high << 4 | low));
    if (high == STEM_MORE)
        kh_buf_add_varint(out, cut);
    if (low == STEM_MORE)
        kh_buf_add_varint(out, added);
    kh_buf_add(out, kh_str_slice(stem, shared, stem.len));
}

static void write_spelling(kh_block_writer *block, const kh_spelling *spelling,
                           bool is_first, bool is_last)
{
    kh_buf *out = &block->entries;
    kh_str form = spelling->form;
    unsigned number = language_number(block, spelling->lang);
    bool has_folded = !kh_str_equal(form, spelling->folded);
    bool has_mark = is_marked(spelling);
    unsigned flags = (is_last ? FLAG_LAST : 0) | (has_folded ? FLAG_FOLDED : 0) |
                     (spelling->is_compound ? FLAG_COMPOUND : 0) |
                     (has_mark ? FLAG_MARKED : 0);
    unsigned top = number <= LANG_NONE ? number : LANG_MORE;
    kh_buf_add_char(out, (char)(flags | top << 4));
    if (top == LANG_MORE)
        kh_buf_add_varint(out, number - 2);

    if (is_first) {
        size_t shared = shared_prefix(kh_str_make(block->form, block->form_len), form);
        kh_buf_add_varint(out, shared);
        kh_buf_add_string(out, kh_str_slice(form, shared, form.len));
        memcpy(block->form, form.ptr, form.len);
        block->form_len = form.len;
    }
    kh_str term = spelling->term;
    write_stem(out, form,
               has_mark ? kh_str_slice(term, spelling->lang.len + 1, term.len) : term);
    if (has_folded) {
        size_t shared = shared_prefix(form, spelling->folded);
        kh_buf_add_varint(out, shared);
        kh_buf_add_string(out,
                          kh_str_slice(spelling->folded, shared, spelling->folded.len));
    }
    kh_buf_add_varint(out, spelling->n_documents);
}

void kh_block_writer_add(kh_block_writer *block, const kh_spelling *spellings, size_t n)
{
    if (block->entries.len == 0)
        block->form_len = 0;
    for (size_t i = 0; i < n; i++)
        write_spelling(block, &spellings[i], i == 0, i + 1 == n);
}

bool kh_block_writer_is_full(const kh_block_writer *block)
{
    return block->entries.len + block->langs.len >= KH_BLOCK_TARGET_BYTES ||
           block->n_langs > 200;
}

void kh_block_writer_finish(kh_block_writer *block, kh_buf *out)
{
    kh_buf_add_varint(out, block->n_langs);
    kh_buf_add(out, kh_buf_str(&block->langs));
    kh_buf_add(out, kh_buf_str(&block->entries));
    kh_buf_reset(&block->entries);
    kh_buf_reset(&block->langs);
    block->n_langs = 0;
}

/* ---- reading ---- */

void kh_block_reader_reset(kh_block_reader *reader, kh_str block)
{
    if (reader->folded.max == 0) {
        kh_buf_init(&reader->folded, KH_BUF_MAX);
        kh_buf_init(&reader->term, KH_BUF_MAX);
    }
    reader->is_bad = false;
    reader->is_last_of_form = true;
    reader->spelling.form = kh_str_make(reader->form, 0);
    reader->cursor = kh_cursor_of(block);

    uint64_t n = kh_cursor_varint(&reader->cursor);
    if (n > KH_COUNT_OF(reader->langs))
        reader->is_bad = true;
    reader->n_langs = reader->is_bad ? 0 : (size_t)n;
    for (size_t i = 0; i < reader->n_langs; i++)
        reader->langs[i] = kh_cursor_string(&reader->cursor);
    reader->is_bad = reader->is_bad || reader->cursor.is_bad;
}

void kh_block_reader_release(kh_block_reader *reader)
{
    kh_buf_release(&reader->folded);
    kh_buf_release(&reader->term);
}

static bool read_lang(kh_block_reader *reader, unsigned flags)
{
    uint64_t number = flags >> 4;
    reader->spelling.lang = kh_str_make(NULL, 0);
    if (number == LANG_NONE)
        return true;
    if (number == LANG_MORE)
        number = kh_cursor_varint(&reader->cursor);
    if (number >= reader->n_langs)
        return false;
    reader->spelling.lang = reader->langs[number];
    return true;
}

static bool read_form(kh_block_reader *reader)
{
    uint64_t shared = kh_cursor_varint(&reader->cursor);
    kh_str rest = kh_cursor_string(&reader->cursor);
    if (reader->cursor.is_bad || shared > reader->spelling.form.len ||
        rest.len > KH_FORM_MAX_BYTES - shared)
        return false;
    if (rest.len > 0)
        memcpy(reader->form + shared, rest.ptr, rest.len);
    reader->spelling.form = kh_str_make(reader->form, (size_t)shared + rest.len);
    return true;
}

static bool read_term(kh_block_reader *reader, bool has_mark)
{
    kh_cursor *cursor = &reader->cursor;
    kh_str byte = kh_cursor_bytes(cursor, 1);
    if (cursor->is_bad)
        return false;
    uint64_t cut = (unsigned char)byte.ptr[0] >> 4;
    uint64_t added = (unsigned char)byte.ptr[0] & 15;
    if (cut == STEM_MORE)
        cut = kh_cursor_varint(cursor);
    if (added == STEM_MORE)
        added = kh_cursor_varint(cursor);
    kh_str form = reader->spelling.form;
    if (cut > form.len || added > (size_t)(cursor->end - cursor->ptr))
        return false;
    kh_str rest = kh_cursor_bytes(cursor, (size_t)added);

    kh_buf_reset(&reader->term);
    if (has_mark) {
        kh_buf_add(&reader->term, reader->spelling.lang);
        kh_buf_add_char(&reader->term, ':');
    }
    kh_buf_add(&reader->term, kh_str_slice(form, 0, form.len - (size_t)cut));
    kh_buf_add(&reader->term, rest);
    reader->spelling.term = kh_buf_str(&reader->term);
    return true;
}

static bool read_folded(kh_block_reader *reader, bool is_other)
{
    kh_str form = reader->spelling.form;
    reader->spelling.folded = form;
    if (!is_other)
        return true;
    uint64_t shared = kh_cursor_varint(&reader->cursor);
    kh_str rest = kh_cursor_string(&reader->cursor);
    if (reader->cursor.is_bad || shared > form.len)
        return false;
    kh_buf_reset(&reader->folded);
    kh_buf_add(&reader->folded, kh_str_slice(form, 0, (size_t)shared));
    kh_buf_add(&reader->folded, rest);
    reader->spelling.folded = kh_buf_str(&reader->folded);
    return true;
}

bool kh_block_reader_next(kh_block_reader *reader)
{
    kh_cursor *cursor = &reader->cursor;
    if (reader->is_bad || (cursor->ptr == cursor->end && reader->is_last_of_form))
        return false;

    kh_str byte = kh_cursor_bytes(cursor, 1);
    unsigned flags = cursor->is_bad ? 0 : (unsigned char)byte.ptr[0];
    reader->is_bad = cursor->is_bad || !read_lang(reader, flags) ||
                     (reader->is_last_of_form && !read_form(reader)) ||
                     !read_term(reader, (flags & FLAG_MARKED) != 0) ||
                     !read_folded(reader, (flags & FLAG_FOLDED) != 0);
    reader->spelling.n_documents = (uint32_t)kh_cursor_varint(cursor);
    reader->spelling.is_compound = (flags & FLAG_COMPOUND) != 0;
    reader->is_last_of_form = (flags & FLAG_LAST) != 0;
    reader->is_bad = reader->is_bad || cursor->is_bad;
    return !reader->is_bad;
}
