/* wrap - a text broken to lines that fit.
 *
 * Latin, Greek and Cyrillic break at their spaces. Other scripts have rules (no line
 * begins with a closing mark) or need a dictionary (Thai has no spaces), which ICU
 * knows; opening its iterator costs more than wrapping a passage, so it is asked only
 * about a text that has letters of them and is longer than a line.
 *
 * Source: Unicode Standard Annex #14, as ICU has it for no language in particular. */
#include <stdlib.h>
#include <unicode/ubrk.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "columns.h"

/* Letters beyond Latin, Greek and Cyrillic. Signs, and the blocks that only add to
 * these three, are none: an English text with a dash or a face in it stays cheap. */
static bool is_of_other_script(uint32_t c)
{
    return (c >= 0x530 && c < 0x1C80) || (c >= 0x2E80 && c < 0xA640) ||
           (c >= 0xA800 && c < 0xAB30) || (c >= 0xAB70 && c < 0xFB00) ||
           (c >= 0xFB13 && c < 0xFE00) || (c >= 0xFE30 && c < 0xFFF0) ||
           (c >= 0x10000 && c < 0x1D000) || (c >= 0x20000 && c < 0x40000);
}

static bool has_other_script(kh_str text)
{
    for (size_t at = 0; at < text.len;) {
        if ((unsigned char)text.ptr[at] < 0xD4) /* below U+0500, or inside a sign */
            at++;
        else if (is_of_other_script(kh_utf8_next(text, &at)))
            return true;
    }
    return false;
}

/* The end of a mark of a highlight at `at`, an escape sequence or two stars; `at` if
 * none stands there. Stars open and close in turn. */
static size_t mark_end(kh_str text, size_t at, bool *is_strong, bool *is_closing)
{
    size_t end = kh_escape_end(text, at);
    if (end > at) {
        *is_closing = kh_str_equal(kh_str_slice(text, at, end), KH_STR("\033[0m"));
        return end;
    }
    if (!kh_str_starts(kh_str_slice(text, at, text.len), KH_STR("**")))
        return at;
    *is_closing = *is_strong;
    *is_strong = !*is_strong;
    return at + 2;
}

/**
 * Append the text without marks of highlights, which would stand between a word and its
 * comma.
 *
 * @param[out] origin  for each character of `plain`, at its first byte: where in the
 *                     text a line begins that begins with it. Closing marks stay on the
 *                     line before
 */
static void unmark(kh_buf *plain, size_t *origin, kh_str text)
{
    bool is_strong = false;
    bool is_closing = false;
    bool has_opened = false;
    size_t begin = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = mark_end(text, at, &is_strong, &is_closing);
        if (end > at) {
            has_opened |= !is_closing;
            begin = has_opened ? begin : end;
            at = end;
            continue;
        }
        (void)kh_utf8_next(text, &end);
        origin[plain->len] = begin;
        kh_buf_add(plain, kh_str_slice(text, at, end));
        at = begin = end;
        has_opened = false;
    }
}

/* For each byte of the text whether a line may begin there; NULL if ICU cannot say.
 * To be freed. */
static bool *find_breaks(kh_str text)
{
    KH_AUTO_BUF plain;
    kh_buf_init(&plain, KH_BUF_MAX);
    size_t *origin = kh_alloc((text.len + 1) * sizeof(*origin));
    unmark(&plain, origin, text);

    UErrorCode icu = U_ZERO_ERROR;
    UText utext = UTEXT_INITIALIZER;
    utext_openUTF8(&utext, plain.ptr, (int64_t)plain.len, &icu);
    UBreakIterator *lines = ubrk_open(UBRK_LINE, "", NULL, 0, &icu);
    ubrk_setUText(lines, &utext, &icu);
    bool *may_break = NULL;
    if (U_SUCCESS(icu)) {
        may_break = kh_alloc(text.len + 1);
        for (int32_t at; (at = ubrk_next(lines)) != UBRK_DONE;)
            if ((size_t)at < plain.len)
                may_break[origin[at]] = true;
    }
    ubrk_close(lines);
    utext_close(&utext);
    free(origin);
    return may_break;
}

/* The end of the next piece that stays on one line, and its columns. */
static size_t next_piece(kh_str text, const bool *may_break, size_t from,
                         unsigned *columns)
{
    size_t at = from;
    *columns = 0;
    while (at < text.len && text.ptr[at] != ' ') {
        if (may_break != NULL && at > from && may_break[at])
            break;
        size_t end = kh_escape_end(text, at);
        if (end == at)
            *columns += kh_char_columns(kh_utf8_next(text, &end));
        at = end;
    }
    return at;
}

void kh_output_wrap(kh_buf *out, kh_str text, unsigned indent, unsigned width)
{
    unsigned room = width > indent + 10 ? width - indent : 10;
    bool *may_break = NULL;
    if (width > 0 && has_other_script(text) && kh_text_columns(text) > room)
        may_break = find_breaks(text);
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
        size_t end = next_piece(text, may_break, at, &columns);
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
    free(may_break);
}
