/* blocks - plain text cut into paragraphs and headings. */
#include "blocks.h"

#include "base/utf8.h"

#define WRAP_COLUMNS    120 /* a longer line was not wrapped by hand or program */
#define HEADING_COLUMNS 120
#define HEADING_BYTES   500
#define HEADING_WORDS   15
#define HEADING_LETTERS 75 /* where neither words nor sentences are parted */

typedef struct text_line {
    kh_str text; /* trimmed */
    bool is_indented;
} text_line;

typedef struct cutter {
    kh_arena *arena;
    const text_line *lines;
    size_t n_lines;
    kh_piece *pieces;
    size_t n, capacity;
    bool cuts_at_indents;
    bool cuts_at_lines; /* all of them */
} cutter;

static bool is_wide_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 ||
           c == 0xFEFF || c == 0x200B || c == 0x2028 || c == 0x2029;
}

/* A sign of ASCII that is no space. */
static bool is_dense(char c)
{
    return c > ' ' && (unsigned char)c < 0x80;
}

kh_str kh_trim_wide(kh_str s)
{
    if (s.len > 0 && is_dense(s.ptr[0]) && is_dense(s.ptr[s.len - 1]))
        return s;
    size_t from = 0;
    while (from < s.len) {
        size_t at = from;
        if (!is_wide_space(kh_utf8_next(s, &at)))
            break;
        from = at;
    }
    size_t to = s.len;
    while (to > from) {
        size_t at = to;
        if (!is_wide_space(kh_utf8_previous(s, &at)))
            break;
        to = at;
    }
    return kh_str_slice(s, from, to);
}

size_t kh_line_columns(kh_str line)
{
    size_t n = 0;
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];
        n += (c & 0xC0) != 0x80;
        n += c >= 0xE3 && c <= 0xED; /* U+3000 to U+DFFF */
    }
    return n;
}

size_t kh_line_words(kh_str line)
{
    size_t n = 0;
    bool is_inside = false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
        n += !is_space && !is_inside;
        is_inside = !is_space;
    }
    return n;
}

static bool is_closer(uint32_t c)
{
    static const uint32_t closers[] = {
        0x2019, 0x201D, 0xBB,   0x203A, 0x300D, 0x300F,
        0xFF09, 0x3011, 0x300B, 0xFF02, 0x201C, 0x2018
    };
    if (c < 0x80)
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' || c == '_' ||
               c == ' ' || (c >= '\t' && c <= '\r');
    for (size_t i = 0; i < KH_COUNT_OF(closers); i++)
        if (c == closers[i])
            return true;
    return is_wide_space(c);
}

/* The last code point that is no closing quote, bracket or mark-up; 0 if none. */
static uint32_t last_sign(kh_str text)
{
    size_t at = text.len;
    while (at > 0) {
        uint32_t c = kh_utf8_previous(text, &at);
        if (!is_closer(c))
            return c;
    }
    return 0;
}

static bool is_question_mark(uint32_t c)
{
    return c == '?' || c == 0x61F || c == 0xFF1F || c == 0x37E || c == 0x1367;
}

/* Full stops of the scripts that newspapers are printed in. */
static bool is_stop(uint32_t c)
{
    static const uint32_t stops[] = { 0x2026, 0x3002, 0xFF01, 0xFF0E, 0xFF61,
                                      0x964,  0x965,  0x6D4,  0x1362, 0x17D4,
                                      0x589,  0x104B, 0x1803, 0xA8CE };
    if (c < 0x80)
        return c == '.' || c == '!';
    for (size_t i = 0; i < KH_COUNT_OF(stops); i++)
        if (c == stops[i])
            return true;
    return false;
}

/* Signs within a sentence, which goes on behind them. */
static bool is_comma(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == 0xFF0C || c == 0xFF1A ||
           c == 0xFF1B || c == 0x3001 || c == 0x60C || c == 0x61B || c == 0x1361 ||
           c == '|' || c == '-' || c == 0x2014;
}

bool kh_line_ends_sentence(kh_str line)
{
    uint32_t c = last_sign(line);
    return is_stop(c) || is_question_mark(c);
}

/* Letters of ASCII, or anything beyond it but Latin-1 signs and general punctuation. */
static bool has_letter(kh_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c >= 0xC3 && c != 0xE2) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            return true;
    }
    return false;
}

/* Take "### " and the like off both ends; false if the line is not marked so. */
static bool take_marks(kh_str *line)
{
    size_t n = 0;
    while (n < line->len && line->ptr[n] == '#')
        n++;
    bool is_marked = n >= 2 || (n == 1 && n < line->len && line->ptr[n] == ' ');
    if (!is_marked || n > 6)
        return false;

    size_t end = line->len;
    while (end > n && line->ptr[end - 1] == '#')
        end--;
    kh_str inside = kh_trim_wide(kh_str_slice(*line, n, end));
    if (!has_letter(inside) || memchr(inside.ptr, '\n', inside.len))
        return false;
    *line = inside;
    return true;
}

/* Letters and marks of Thai and Lao (U+0E00 to U+0EFF), which have no full stop. */
static size_t stopless_letters(kh_str text)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < text.len; i++)
        n += (unsigned char)text.ptr[i] == 0xE0 &&
             (unsigned char)text.ptr[i + 1] >= 0xB8 &&
             (unsigned char)text.ptr[i + 1] <= 0xBB;
    return n;
}

bool kh_line_is_heading(kh_str *line)
{
    static const char marks[] = "-*>|!+=~<{[$";
    kh_str text = *line;
    if (text.len == 0 || text.len > HEADING_BYTES)
        return false;
    if (take_marks(line))
        return true;
    if (strchr(marks, text.ptr[0]) || kh_str_starts(text, KH_STR("\u2022")) ||
        kh_str_find(text, KH_STR("://"), 0) != SIZE_MAX)
        return false;

    uint32_t sign = last_sign(text);
    return !is_stop(sign) && !is_comma(sign) && !memchr(text.ptr, '\n', text.len) &&
           kh_line_words(text) <= HEADING_WORDS &&
           kh_line_columns(text) <= HEADING_COLUMNS && has_letter(text) &&
           stopless_letters(text) <= HEADING_LETTERS;
}

static void add_piece(cutter *c, size_t from, size_t to, bool is_alone)
{
    const char *start = c->lines[from].text.ptr;
    const text_line *last = &c->lines[to - 1];
    kh_piece piece = { .line = (uint32_t)from, .is_alone = is_alone };
    piece.text = kh_str_make(start, (size_t)(last->text.ptr + last->text.len - start));

    c->pieces =
        kh_arena_grow(c->arena, c->pieces, c->n, &c->capacity, sizeof(*c->pieces));
    c->pieces[c->n++] = piece;
}

/* Whether each of these lines is a paragraph. */
static bool are_paragraphs(const text_line *lines, size_t n)
{
    size_t n_ends = 0;
    for (size_t i = 0; i < n; i++) {
        if (lines[i].text.len > WRAP_COLUMNS &&
            kh_line_columns(lines[i].text) > WRAP_COLUMNS)
            return true;
        n_ends += i + 1 < n && kh_line_ends_sentence(lines[i].text);
    }
    return 2 * n_ends > n - 1;
}

/* Lines without an empty one among them. */
static void cut_run(cutter *c, size_t from, size_t to)
{
    bool is_alone = to - from == 1;
    while (from < to) {
        size_t end = from + 1;
        while (end < to && !(c->cuts_at_indents && c->lines[end].is_indented))
            end++;

        if (end - from > 1 &&
            (c->cuts_at_lines || are_paragraphs(c->lines + from, end - from)))
            for (; from < end; from++)
                add_piece(c, from, from + 1, c->cuts_at_lines);
        else
            add_piece(c, from, end, is_alone);
        from = end;
    }
}

/* Two columns of white space or more, or one wide space. */
static bool is_indented(kh_str raw)
{
    return kh_str_starts(raw, KH_STR("\t")) || kh_str_starts(raw, KH_STR("  ")) ||
           kh_str_starts(raw, KH_STR("\u3000")) ||
           kh_str_starts(raw, KH_STR("\u00a0\u00a0"));
}

/* All lines, trimmed; a lone \r ends a line only where there is no \n at all. */
static size_t find_lines(text_line **out, kh_str text, kh_arena *arena)
{
    text_line *lines = NULL;
    size_t n = 0;
    size_t capacity = 0;
    char end = text.len && !memchr(text.ptr, '\n', text.len) ? '\r' : '\n';
    for (size_t at = 0; at < text.len;) {
        const char *stop = memchr(text.ptr + at, end, text.len - at);
        size_t to = stop ? (size_t)(stop - text.ptr) : text.len;
        kh_str raw = kh_str_slice(text, at, to);
        lines = kh_arena_grow(arena, lines, n, &capacity, sizeof(*lines));
        text_line *added = &lines[n++];
        added->text = kh_trim_wide(raw);
        added->is_indented = is_indented(raw);
        at = to + 1;
    }
    *out = lines;
    return n;
}

/* Whether less than half of the lines that could be are indented. */
static bool has_indents(const text_line *lines, size_t n)
{
    size_t n_indented = 0;
    size_t n_following = 0;
    for (size_t i = 1; i < n; i++) {
        if (lines[i].text.len == 0 || lines[i - 1].text.len == 0)
            continue;
        n_following++;
        n_indented += lines[i].is_indented;
    }
    return n_indented > 0 && 2 * n_indented < n_following;
}

/* Whether a text without empty lines is one wrapped paragraph: lines of much the same
 * width that seldom end a sentence. */
static bool looks_wrapped(const text_line *lines, size_t n)
{
    size_t widest = 0;
    size_t sum = 0;
    size_t n_counted = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        if (lines[i].text.len == 0)
            continue;
        size_t columns = kh_line_columns(lines[i].text);
        widest = columns > widest ? columns : widest;
        sum += columns;
        n_counted++;
    }
    return n_counted >= 3 && widest <= 100 && widest >= 40 &&
           5 * sum >= 4 * widest * n_counted && !are_paragraphs(lines, n);
}

size_t kh_blocks_cut(kh_piece **out, kh_str text, bool has_lines, kh_arena *arena)
{
    text_line *lines = NULL;
    cutter c = { .arena = arena };
    c.n_lines = find_lines(&lines, text, arena);
    c.lines = lines;
    while (c.n_lines > 0 && lines[c.n_lines - 1].text.len == 0)
        c.n_lines--;
    if (c.n_lines == 0)
        return 0;

    size_t first = 0;
    while (first < c.n_lines && lines[first].text.len == 0)
        first++;
    bool has_empty = false;
    for (size_t i = first; i < c.n_lines; i++)
        has_empty = has_empty || lines[i].text.len == 0;
    c.cuts_at_indents = has_indents(lines, c.n_lines);
    c.cuts_at_lines = has_lines && !has_empty && !c.cuts_at_indents &&
                      !looks_wrapped(lines + first, c.n_lines - first);

    for (size_t from = first; from < c.n_lines;) {
        size_t to = from;
        while (to < c.n_lines && lines[to].text.len > 0)
            to++;
        cut_run(&c, from, to);
        while (to < c.n_lines && lines[to].text.len == 0)
            to++;
        from = to;
    }
    *out = c.pieces;
    return c.n;
}
