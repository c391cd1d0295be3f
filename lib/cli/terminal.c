/* terminal - what the program writes to, and how wide texts are on it. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/output.h"
#include "columns.h"

#define WIDTH_DEFAULT 80u
#define WIDTH_MIN     20u
#define WIDTH_MAX     1000u

/* 0: not known. */
static unsigned ask_environment(void)
{
    const char *columns = getenv("COLUMNS");
    unsigned long long width = 0;
    return columns != NULL && kh_str_number(kh_str_from(columns), WIDTH_MAX, &width)
               ? (unsigned)width
               : 0;
}

static unsigned ask_terminal(int file)
{
    struct winsize size;
    return ioctl(file, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* For results: COLUMNS is a wish. */
static unsigned width_of_terminal(void)
{
    unsigned width = ask_environment();
    if (width < WIDTH_MIN)
        width = ask_terminal(STDOUT_FILENO);
    return width < WIDTH_MIN ? WIDTH_DEFAULT : width;
}

unsigned kh_terminal_columns(int file)
{
    unsigned columns = ask_terminal(file);
    if (columns == 0)
        columns = ask_environment();
    return columns == 0 ? WIDTH_DEFAULT : columns;
}

bool kh_terminal_is_dumb(void)
{
    const char *term = getenv("TERM");
    return term == NULL || term[0] == '\0' || strcmp(term, "dumb") == 0;
}

static bool has_color(kh_when color, bool is_terminal)
{
    if (color != KH_WHEN_AUTO)
        return color == KH_WHEN_ALWAYS;
    const char *no_color = getenv("NO_COLOR");
    return is_terminal && !kh_terminal_is_dumb() &&
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

unsigned kh_char_columns(uint32_t c)
{
    if (c < 0x300)
        return 1;
    int8_t type = u_charType((UChar32)c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t kh_escape_end(kh_str text, size_t at)
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
        size_t behind = kh_escape_end(text, at);
        if (behind > at) {
            at = behind;
            continue;
        }
        columns += kh_char_columns(kh_utf8_next(text, &at));
    }
    return columns;
}
