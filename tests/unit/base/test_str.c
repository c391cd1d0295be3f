/* test_str - text as (pointer, length). */
#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "scratch.h"

Test(str, views_literals_and_terminated_texts)
{
    cr_expect(eq(sz, KH_STR("treaty").len, 6));
    expect_text(kh_str_from("treaty"), "treaty");
    cr_expect(eq(sz, kh_str_from(NULL).len, 0));
}

Test(str, equals_by_bytes)
{
    cr_expect(kh_str_equal(KH_STR("a\0b"), kh_str_make("a\0b", 3)));
    cr_expect(not(kh_str_equal(KH_STR("a\0b"), KH_STR("a\0c"))));
    cr_expect(not(kh_str_equal(KH_STR("a"), KH_STR("ab"))));
    cr_expect(kh_str_equal(kh_str_make(NULL, 0), KH_STR("")));
}

Test(str, starts_and_ends)
{
    kh_str name = KH_STR("talks.jsonl.zst");

    cr_expect(kh_str_starts(name, KH_STR("talks")));
    cr_expect(kh_str_starts(name, kh_str_make(NULL, 0)));
    cr_expect(not(kh_str_starts(name, KH_STR("Talks"))));
    cr_expect(kh_str_ends(name, KH_STR(".zst")));
    cr_expect(kh_str_ends(name, name));
    cr_expect(not(kh_str_ends(KH_STR("zst"), KH_STR(".zst"))));
    cr_expect(kh_str_ends(kh_str_make(NULL, 0), KH_STR("")));
}

Test(str, is_sliced_within_its_length)
{
    kh_str s = KH_STR("ceasefire");

    expect_text(kh_str_slice(s, 0, 5), "cease");
    expect_text(kh_str_slice(s, 5, 100), "fire");
    expect_text(kh_str_slice(s, 5, 5), "");
    expect_text(kh_str_slice(s, 7, 3), "");
    expect_text(kh_str_slice(s, 100, 200), "");
    cr_expect(eq(sz, kh_str_slice(kh_str_make(NULL, 0), 0, 5).len, 0));
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

Test(str, compares_bytes_and_the_shorter_first)
{
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        { "", "", 0 },           { "", "a", -1 },           { "a", "", 1 },
        { "abc", "abc", 0 },     { "ab", "abc", -1 },       { "abd", "abc", 1 },
        { "z", "\xC3\xA9", -1 }, { "\xFF", "\x01\x01", 1 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        int order = kh_str_compare(kh_str_from(cases[i].a), kh_str_from(cases[i].b));
        cr_expect(eq(int, sign(order), cases[i].order), "case %zu", i);
    }
    cr_expect(eq(int, kh_str_compare(kh_str_make(NULL, 0), KH_STR("")), 0));
}

Test(str, equals_without_the_case_of_ascii_letters_only)
{
    cr_expect(kh_str_equal_ascii(KH_STR("Title:AZaz"), KH_STR("tITLE:azAZ")));
    cr_expect(not(kh_str_equal_ascii(KH_STR("@"), KH_STR("`"))));
    cr_expect(not(kh_str_equal_ascii(KH_STR("["), KH_STR("{"))));
    cr_expect(not(kh_str_equal_ascii(KH_STR("\xC3\x89"), KH_STR("\xC3\xA9"))));
    cr_expect(not(kh_str_equal_ascii(KH_STR("a"), KH_STR("ab"))));
    cr_expect(kh_str_equal_ascii(kh_str_make(NULL, 0), KH_STR("")));
}

Test(str, is_trimmed_at_both_ends)
{
    expect_text(kh_str_trim(KH_STR(" \t\r\n\v\fa b\n ")), "a b");
    expect_text(kh_str_trim(KH_STR("ab")), "ab");
    expect_text(kh_str_trim(KH_STR(" \n ")), "");
    expect_text(kh_str_trim(KH_STR("\xC2\xA0"
                                   "x")),
                "\xC2\xA0"
                "x");
    cr_expect(eq(sz, kh_str_trim(kh_str_make(NULL, 0)).len, 0));
}

Test(str, finds_the_first_at_or_after)
{
    static const struct {
        const char *text, *what;
        size_t from, at;
    } cases[] = {
        { "talks about talks", "talks", 0, 0 },
        { "talks about talks", "talks", 1, 12 },
        { "talks about talks", "talks", 13, SIZE_MAX },
        { "aaab", "aab", 0, 1 },
        { "abc", "abcd", 0, SIZE_MAX },
        { "abc", "", 2, 2 },
        { "abc", "", 3, 3 },
        { "abc", "", 4, SIZE_MAX },
        { "abc", "c", 2, 2 },
        { "abc", "c", 99, SIZE_MAX },
        { "", "", 0, 0 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        size_t at = kh_str_find(kh_str_from(cases[i].text), kh_str_from(cases[i].what),
                                cases[i].from);
        cr_expect(eq(sz, at, cases[i].at), "case %zu", i);
    }
    cr_expect(eq(sz, kh_str_find(kh_str_make(NULL, 0), KH_STR("a"), 0), SIZE_MAX));
}

Test(str, is_cut_into_lines)
{
    kh_str rest = KH_STR("one\ntwo\r\n\n\r\na\rb\nlast\r");
    static const char *const wanted[] = { "one", "two", "", "", "a\rb", "last\r" };
    kh_str line;
    size_t n = 0;

    while (kh_str_line(&rest, &line)) {
        cr_assert(lt(sz, n, KH_COUNT_OF(wanted)));
        expect_text(line, wanted[n]);
        n++;
    }

    cr_expect(eq(sz, n, KH_COUNT_OF(wanted)));
    cr_expect(not(kh_str_line(&rest, &line)));
}

Test(str, without_bytes_has_no_line)
{
    kh_str rest = kh_str_make(NULL, 0);
    kh_str line;

    cr_expect(not(kh_str_line(&rest, &line)));
}

Test(str, is_a_number_or_is_not)
{
    static const struct {
        const char *text;
        unsigned long long max;
        bool is_number;
        unsigned long long value;
    } cases[] = {
        { "0", 0, true, 0 },
        { "007", 7, true, 7 },
        { "100", 100, true, 100 },
        { "101", 100, false, 0 },
        { "8", 7, false, 0 },
        { "18446744073709551615", ~0ull, true, ~0ull },
        { "18446744073709551616", ~0ull, false, 0 },
        { "99999999999999999999999", ~0ull, false, 0 },
        { "", 9, false, 0 },
        { "-1", 9, false, 0 },
        { "+1", 9, false, 0 },
        { " 1", 9, false, 0 },
        { "1 ", 9, false, 0 },
        { "1x", 99, false, 0 },
        { "०", 99, false, 0 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        unsigned long long value = 12345;
        bool is_number =
            kh_str_number(kh_str_from(cases[i].text), cases[i].max, &value);
        cr_expect(eq(int, is_number, cases[i].is_number), "'%s'", cases[i].text);
        cr_expect(eq(ullong, value, cases[i].is_number ? cases[i].value : 12345));
    }
}

Test(str, is_copied_with_a_nul)
{
    char *copy = kh_str_dup(kh_str_make("treaty", 4));
    char *empty = kh_str_dup(kh_str_make(NULL, 0));

    cr_expect(eq(str, copy, "trea"));
    cr_expect(eq(str, empty, ""));
    kh_free(copy);
    kh_free(empty);
}
