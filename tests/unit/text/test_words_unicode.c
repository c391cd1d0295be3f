/* test_words_unicode - the table against ICU, the words against Unicode's own tests. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/words.h"

#include "word_class.h"
#include "words_simple.h"

TestSuite(words_unicode);

/* Debian's unicode-data; scripts/deps installs it. */
#define BREAK_TEST "/usr/share/unicode/auxiliary/WordBreakTest.txt"

static bool is_extend(UChar32 c)
{
    int wb = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
    return wb == U_WB_EXTEND || wb == U_WB_FORMAT || wb == U_WB_ZWJ;
}

/* Whether the table has a code point as ICU's property says. What the project treats
 * its own way is listed here once more, on purpose, by property where there is one. */
static bool is_as_icu_has_it(UChar32 c, int class)
{
    UErrorCode icu = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &icu);
    int wb = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
    bool is_dictionary =
        u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
    bool is_eastern = script == USCRIPT_HAN || script == USCRIPT_HIRAGANA ||
                      wb == U_WB_KATAKANA || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
    switch (class) {
    case KH_CLASS_LETTER:
        return wb == U_WB_ALETTER && !is_eastern && script != USCRIPT_HANGUL;
    case KH_CLASS_HEBREW:
        return wb == U_WB_HEBREW_LETTER;
    case KH_CLASS_DIGIT:
        return wb == U_WB_NUMERIC;
    case KH_CLASS_CONNECTOR:
        return wb == U_WB_EXTENDNUMLET && c != 0x202F;
    case KH_CLASS_NARROW_SPACE:
        return c == 0x202F;
    case KH_CLASS_MID_LETTER:
        return wb == U_WB_MIDLETTER && c != ':' && c != 0xFE55 && c != 0xFF1A;
    case KH_CLASS_MID_NUMBER:
        return wb == U_WB_MIDNUM;
    case KH_CLASS_MID_BOTH:
        return wb == U_WB_MIDNUMLET;
    case KH_CLASS_SINGLE_QUOTE:
        return wb == U_WB_SINGLE_QUOTE;
    case KH_CLASS_DOUBLE_QUOTE:
        return wb == U_WB_DOUBLE_QUOTE;
    case KH_CLASS_EXTEND:
        return is_extend(c) && script != USCRIPT_HAN;
    case KH_CLASS_DICTIONARY:
        return is_dictionary && !is_extend(c);
    case KH_CLASS_HANGUL:
        return script == USCRIPT_HANGUL && wb == U_WB_ALETTER;
    case KH_CLASS_CHARACTER:
        return is_eastern || !u_isdefined(c) || wb == U_WB_OTHER;
    case KH_CLASS_CUT:
        return is_eastern || c == '@';
    case KH_CLASS_OTHER:
        return (wb == U_WB_OTHER || wb == U_WB_CR || wb == U_WB_LF ||
                wb == U_WB_NEWLINE || wb == U_WB_REGIONAL_INDICATOR ||
                wb == U_WB_WSEGSPACE || c == ':' || c == 0xFE55 || c == 0xFF1A) &&
               !is_dictionary && !is_eastern;
    default:
        return false;
    }
}

Test(words_unicode, classes_are_those_of_icu)
{
    for (UChar32 c = 0; c < 0x110000; c++)
        cr_assert(is_as_icu_has_it(c, kh_word_class((uint32_t)c)) == true, "U+%04X: %c",
                  (unsigned)c, kh_word_class((uint32_t)c));
}

Test(words_unicode, letters_of_scripts_without_spaces_are_characters)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } ranges[] = { { 0x3005, 0x3005 },  { 0x3007, 0x3007 }, { 0x3041, 0x3096 },
                   { 0x309D, 0x309F },  { 0x30A1, 0x30FA }, { 0x30FC, 0x30FF },
                   { 0x31F0, 0x31FF },  { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
                   { 0xF900, 0xFAFF },  { 0xFF66, 0xFF9D }, { 0x2F00, 0x2FD5 },
                   { 0x20000, 0x31FFF } };
    for (size_t i = 0; i < KH_COUNT_OF(ranges); i++)
        for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++)
            cr_assert(kh_is_character(c) == true, "U+%04X", (unsigned)c);

    static const uint32_t others[] = { 'a',    '0',    0x3000,   0x3001,    0x3099,
                                       0x309B, 0x30A0, 0x30FB,   0xFF65,    0xFF9E,
                                       0xAC00, 0x3105, 0x0E01,   0x3040,    0x303C,
                                       0x33FF, 0xA000, 0x110000, UINT32_MAX };
    for (size_t i = 0; i < KH_COUNT_OF(others); i++)
        cr_expect(kh_is_character(others[i]) == false, "U+%04X", (unsigned)others[i]);
}

/* One line of WordBreakTest.txt: "÷ 0041 × 003A ÷ 0020 ÷  # comment". */
typedef struct break_test {
    UChar32 points[64];
    bool has_break[64]; /* before point i */
    size_t n;
} break_test;

static bool read_test(break_test *out, char *line)
{
    char *comment = strchr(line, '#');
    if (comment)
        *comment = '\0';
    out->n = 0;
    bool has_break = false;
    for (char *part = strtok(line, " \t\n"); part; part = strtok(NULL, " \t\n")) {
        if (strcmp(part, "÷") == 0 || strcmp(part, "×") == 0) {
            has_break = strcmp(part, "÷") == 0;
            continue;
        }
        cr_assert(lt(sz, out->n, KH_COUNT_OF(out->points)));
        out->has_break[out->n] = has_break;
        out->points[out->n++] = (UChar32)strtol(part, NULL, 16);
    }
    return out->n > 0;
}

/* What sets us apart from the standard; applied to a test, counted. */
typedef struct differences {
    size_t colons;     /* a colon never joins */
    size_t characters; /* katakana one by one, next to nothing else */
    size_t emoji;      /* a zero-width joiner glues no emoji to a word */
} differences;

static bool is_emoji(UChar32 c)
{
    return u_getIntPropertyValue(c, UCHAR_WORD_BREAK) == U_WB_OTHER &&
           u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

static bool is_colon(UChar32 c)
{
    return c == ':' || c == 0xFE55 || c == 0xFF1A;
}

/* Turn the standard's breaks into ours. */
static void apply_differences(break_test *test, differences *n)
{
    bool had_colon = false;
    bool had_character = false;
    for (size_t i = 0; i < test->n; i++) {
        if (is_extend(test->points[i]))
            continue;
        if (is_emoji(test->points[i]) && i > 0 && !test->has_break[i]) {
            test->has_break[i] = true;
            n->emoji++;
            continue;
        }
        size_t before = i;
        while (before > 0 && is_extend(test->points[before - 1]))
            before--;
        bool is_ours =
            is_colon(test->points[i]) || kh_is_character((uint32_t)test->points[i]);
        bool is_behind =
            before > 0 && (is_colon(test->points[before - 1]) ||
                           kh_is_character((uint32_t)test->points[before - 1]));
        if ((is_ours || is_behind) && !test->has_break[i]) {
            test->has_break[i] = true;
            had_colon = had_colon || is_colon(test->points[i]) ||
                        (before > 0 && is_colon(test->points[before - 1]));
            had_character = had_character || !had_colon;
        }
    }
    n->colons += had_colon;
    n->characters += had_character;
}

/* Whether a segment of the test is a word: a letter, a digit, a character. */
static bool is_word(const break_test *test, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        int wb = u_getIntPropertyValue(test->points[i], UCHAR_WORD_BREAK);
        if (wb == U_WB_ALETTER || wb == U_WB_HEBREW_LETTER || wb == U_WB_NUMERIC ||
            wb == U_WB_KATAKANA)
            return true;
    }
    return false;
}

/* Compare the words of one test, on one path. */
static bool agrees(kh_words *words, const break_test *test, kh_str text)
{
    size_t at = 0;
    for (size_t from = 0; from < test->n;) {
        size_t to = from + 1;
        size_t bytes = at;
        char c[4];
        bytes += kh_utf8_put(c, (uint32_t)test->points[from]);
        while (to < test->n && !test->has_break[to])
            bytes += kh_utf8_put(c, (uint32_t)test->points[to++]);
        kh_word word;
        if (is_word(test, from, to) &&
            (!kh_words_next(words, &word) || word.start != at || word.end != bytes))
            return false;
        from = to;
        at = bytes;
    }
    kh_word word;
    return at == text.len && !kh_words_next(words, &word);
}

Test(words_unicode, are_those_of_the_unicode_test_file)
{
    FILE *file = fopen(BREAK_TEST, "r");
    cr_assert(file != NULL, "no " BREAK_TEST ": install unicode-data (scripts/deps)");
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));
    KH_AUTO_BUF text;
    kh_buf_init(&text, 4096);

    char line[4096];
    size_t n_tests = 0;
    differences n = { 0, 0, 0 };
    while (fgets(line, sizeof(line), file)) {
        break_test test;
        if (!read_test(&test, line))
            continue;
        n_tests++;
        apply_differences(&test, &n);
        kh_buf_reset(&text);
        for (size_t i = 0; i < test.n; i++)
            kh_buf_add_code_point(&text, (uint32_t)test.points[i]);

        kh_words_reset(words, kh_buf_str(&text));
        cr_expect(agrees(words, &test, kh_buf_str(&text)) == true, "test %zu, fast",
                  n_tests);
        kh_words_reset_slow(words, kh_buf_str(&text));
        cr_expect(agrees(words, &test, kh_buf_str(&text)) == true, "test %zu, ICU",
                  n_tests);
    }
    fclose(file);

    /* docs/analysis.md, section 2, has these figures. */
    cr_expect(eq(sz, n_tests, 1823));
    cr_expect(eq(sz, n.colons, 15));
    cr_expect(eq(sz, n.characters, 8));
    cr_expect(eq(sz, n.emoji, 9));
}

/* What the classes say of an ASCII byte behind a letter. */
static int sign_of_class(int class)
{
    switch (class) {
    case KH_CLASS_LETTER:
    case KH_CLASS_DIGIT:
    case KH_CLASS_CONNECTOR:
        return KH_SIGN_NONE;
    case KH_CLASS_MID_LETTER:
    case KH_CLASS_MID_BOTH:
    case KH_CLASS_SINGLE_QUOTE:
        return KH_SIGN_JOINS;
    default:
        return KH_SIGN_ENDS;
    }
}

Test(words_unicode, have_signs_as_the_classes_say)
{
    for (uint32_t c = 0; c < 0x100; c++) {
        int wanted = c < 0x80 ? sign_of_class(kh_word_class(c)) : KH_SIGN_NONE;
        cr_assert(eq(int, kh_sign_of((char)c), wanted), "byte %02x", c);
        bool is_letter = c < 0x80 && kh_word_class(c) == KH_CLASS_LETTER;
        cr_assert(eq(int, kh_is_ascii_letter((char)c), is_letter), "byte %02x", c);
    }
}

Test(words_unicode, are_found_sixteen_bytes_at_a_time_as_one_by_one)
{
    static const char signs[] = "aaazAZmnop  .,'-_09@[`{\x7F\x80\xC3\xFF\n";
    srand(7);
    for (int round = 0; round < 200000; round++) {
        size_t len = (size_t)rand() % 50;
        char *text = malloc(len + 1); /* of its size: the sanitizer sees a byte more */
        for (size_t i = 0; i < len; i++)
            text[i] =
                rand() % 4 != 0 ? 'e' : signs[(size_t)rand() % (sizeof(signs) - 1)];
        text = realloc(text, len > 0 ? len : 1);
        size_t start = len > 0 ? (size_t)rand() % len : 0;
        size_t fast_start = start, fast_end = 0, plain_start = start, plain_end = 0;
        bool has_fast = kh_find_letters(text, len, &fast_start, &fast_end);
        bool has_plain = kh_find_letters_plain(text, len, &plain_start, &plain_end);
        cr_assert(eq(int, has_fast, has_plain));
        cr_assert(eq(sz, fast_start, plain_start));
        if (has_fast)
            cr_assert(eq(sz, fast_end, plain_end));
        free(text);
    }
}
