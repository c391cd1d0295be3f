/* terminal - what standard output is, how wide texts are on it, and lines that fit. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/output.h"

#define WIDTH_DEFAULT 80u
#define WIDTH_MIN     20u
#define WIDTH_MAX     1000u

static unsigned width_of_terminal(void)
{
    const char *columns = getenv("COLUMNS");
    unsigned long long width = 0;
    if (columns != NULL && kh_str_number(kh_str_from(columns), WIDTH_MAX, &width) &&
        width >= WIDTH_MIN)
        return (unsigned)width;
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_MIN)
        return size.ws_col;
    return WIDTH_DEFAULT;
}

static bool has_color(kh_when color, bool is_terminal)
{
    if (color != KH_WHEN_AUTO)
        return color == KH_WHEN_ALWAYS;
    const char *term = getenv("TERM");
    const char *no_color = getenv("NO_COLOR");
    return is_terminal && term != NULL && strcmp(term, "dumb") != 0 &&
           (no_color == NULL || no_color[0] == '\0');
}

kh_terminal kh_terminal_of(kh_when color, int highlight, unsigned width)
{
    kh_terminal terminal = { .is_terminal = isatty(STDOUT_FILENO) == 1 };
    terminal.has_color = has_color(color, terminal.is_terminal);
    terminal.width = width;
    if (width == 0 && terminal.is_terminal)
        terminal.width = width_of_terminal();
    if (highlight >= 0)
        terminal.highlight = (kh_highlight)highlight;
    else if (terminal.has_color)
        terminal.highlight = KH_HIGHLIGHT_ANSI;
    else if (terminal.is_terminal)
        terminal.highlight = KH_HIGHLIGHT_MARKDOWN;
    return terminal;
}

static unsigned columns_of(uint32_t c)
{
    if (c < 0x300)
        return 1;
    int8_t type = u_charType((UChar32)c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/* The end of an escape sequence that begins at `at`; `at` if none does. */
static size_t skip_escape(kh_str text, size_t at)
{
    if (text.ptr[at] != '\033')
        return at;
    while (at < text.len && text.ptr[at] != 'm')
        at++;
    return at < text.len ? at + 1 : at;
}

unsigned kh_text_columns(kh_str text)
{
    unsigned columns = 0;
    for (size_t at = 0; at < text.len;) {
        size_t behind = skip_escape(text, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        columns += columns_of(kh_utf8_next(text, &at));
    }
    return columns;
}

/* Between two characters of these scripts a line may break without a space. */
static bool breaks_anywhere(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0x0E00 && c <= 0x0EFF) ||
           (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
}

/* Bytes of the next piece that stays on one line, and its columns. */
static size_t next_piece(kh_str text, size_t from, unsigned *columns)
{
    size_t at = from;
    *columns = 0;
    while (at < text.len && text.ptr[at] != ' ') {
        size_t behind = skip_escape(text, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        size_t next = at;
        uint32_t c = kh_utf8_next(text, &next);
        bool is_single = breaks_anywhere(c);
        if (is_single && *columns > 0)
            break;
        *columns += columns_of(c);
        at = next;
        if (!is_single)
            continue;
        /* Marks and escapes behind it belong to it. */
        while (at < text.len && text.ptr[at] == '\033')
            at = skip_escape(text, at);
        break;
    }
    return at;
}

void kh_output_wrap(kh_buf *out, kh_str text, unsigned indent, unsigned width)
{
    unsigned room = width > indent + 10 ? width - indent : 10;
    unsigned used = 0;
    bool is_space_due = false;
    kh_buf_printf(out, "%*s", (int)indent, "");
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] == ' ') {
            is_space_due = used > 0;
            at++;
            continue;
        }
        unsigned columns = 0;
        size_t end = next_piece(text, at, &columns);
        if (width > 0 && used > 0 && used + is_space_due + columns > room) {
            kh_buf_printf(out, "\n%*s", (int)indent, "");
            used = 0;
        } else if (is_space_due) {
            kh_buf_add_char(out, ' ');
            used++;
        }
        is_space_due = false;
        kh_buf_add(out, kh_str_slice(text, at, end));
        used += columns;
        at = end;
    }
    kh_buf_add_char(out, '\n');
}
