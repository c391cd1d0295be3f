/* test_sentences_unicode - the rules against Unicode's own tests and ICU's classes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uchar.h>

#include "base/buf.h"
#include "base/utf8.h"

#include "sentences_internal.h"

TestSuite(sentences_unicode);

/* Debian's unicode-data; scripts/deps installs it. */
#define BREAK_TEST "/usr/share/unicode/auxiliary/SentenceBreakTest.txt"
#define BREAK      "\xC3\xB7" /* division sign */

/* Every terminator and separator is found, whatever its first byte is. */
Test(sentences_unicode, find_every_terminator)
{
    static kh_sentence_table table;
    kh_sentence_table_init(&table);
    for (UChar32 c = 0; c <= 0x10FFFF; c++) {
        int property = u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK);
        if (property != U_SB_ATERM && property != U_SB_STERM && property != U_SB_SEP)
            continue;
        char text[16] = "aa";
        size_t len = 2 + kh_utf8_put(text + 2, (uint32_t)c);
        memcpy(text + len, " B", 2);

        size_t end = kh_sentence_rules(&table, kh_str_make(text, len + 2), 0);

        cr_expect(eq(sz, end, property == U_SB_SEP ? len : len + 1), "U+%04X",
                  (unsigned)c);
    }
}

/* One line of the file: the text, and which bytes a sentence ends at. */
typedef struct break_case {
    char text[256];
    size_t len;
    bool ends[257];
    bool has_line_end; /* a space here, an end there */
} break_case;

static bool read_case(break_case *out, kh_str line)
{
    memset(out, 0, sizeof(*out));
    line = kh_str_trim(kh_str_slice(line, 0, kh_str_find(line, KH_STR("#"), 0)));
    if (line.len == 0)
        return false;
    for (size_t from = 0; from < line.len;) {
        size_t to = kh_str_find(line, KH_STR(" "), from);
        kh_str word = kh_str_slice(line, from, to);
        cr_assert(lt(sz, out->len + 4, sizeof(out->text)));
        from = to == SIZE_MAX ? line.len : to + 1;
        if (kh_str_equal(word, KH_STR(BREAK))) {
            out->ends[out->len] = true;
        } else if ((unsigned char)word.ptr[0] < 0x80) {
            uint32_t c = (uint32_t)strtoul(word.ptr, NULL, 16);
            out->has_line_end |= c == '\n' || c == '\r';
            out->len += kh_utf8_put(out->text + out->len, c);
        }
    }
    return true;
}

Test(sentences_unicode, pass_the_conformance_test)
{
    FILE *file = fopen(BREAK_TEST, "r");
    if (!file)
        cr_fatal("no %s: scripts/deps installs it", BREAK_TEST);
    static kh_sentence_table table;
    kh_sentence_table_init(&table);
    size_t n_cases = 0;
    size_t n_line_ends = 0;
    char line[4096];
    while (fgets(line, sizeof(line), file)) {
        break_case wanted;
        if (!read_case(&wanted, kh_str_from(line)))
            continue;
        n_cases++;
        if (wanted.has_line_end) {
            n_line_ends++;
            continue;
        }
        kh_str text = kh_str_make(wanted.text, wanted.len);
        size_t end = 0;
        for (size_t at = 0; at < text.len; at = end) {
            end = kh_sentence_rules(&table, text, at);
            for (size_t i = at + 1; i <= end; i++)
                cr_expect(eq(int, wanted.ends[i], i == end), "byte %zu of %s", i, line);
        }
    }
    fclose(file);

    cr_expect(eq(sz, n_cases, 502));
    cr_expect(eq(sz, n_line_ends, 115)); /* the deliberate difference */
}
