/* test_parse_fields - fields and dates in what a person typed. */
#include "parse_rows.h"

Test(parse_fields, reads_fields_in_any_case)
{
    static const row rows[] = {
        { "title:dialogue", "(group title:dialogue)" },
        { "Title:dialogue TITLE:x", "(group title:dialogue title:x)" },
        { "author:\"Staff Reporter\"", "(group author:\"Staff Reporter\")" },
        { "tag:indus-waters-treaty", "(group tag:indus-waters-treaty)" },
        { "tag:\"Indus Waters Treaty\"", "(group tag:\"Indus Waters Treaty\")" },
        { "tag:indus*", "(group tag:indus*)" },
        { "tag:(a OR b)", "(group (or tag:a tag:b))" },
        { "title:(a b)", "(group title:a title:b)" },
        { "title:(a \"b c\" -d)", "(group title:a title:\"b c\" -title:d)" },
        { "title:(a place:b)", "(group title:a place:b)" },
        { "title:((a OR b) AND c)", "(group (and (or title:a title:b) title:c))" },
        { "lang:hi place:Delhi section:world source:PTI",
          "(group lang:hi place:Delhi section:world source:PTI)" },
        { "url:example.org/india", "(group url:example.org/india)" },
        { "url:https://example.org", "(group url:https://example.org)" },
        { "id:/srv/a.txt#3", "(group id:/srv/a.txt#3)" },
        { "id:\"/srv/a b.txt\"", "(group id:\"/srv/a b.txt\")" },
        { "title:\xE0\xA4\xB9", "(group title:\xE0\xA4\xB9)" },
        { "title:2025", "(group title:2025)" },
        { "+tag:a -tag:b", "(group +tag:a -tag:b)" },
        { "NOT lang:en", "(group -lang:en)" },
        { "tag:", "(group tag:) ; 'tag:' has nothing after it and is read as text" },
        { "title:=x",
          "(group title:=x) ; 'title:' takes no '=', so it is read as text" },
        { "tag: x",
          "(group tag: x) ; 'tag:' has nothing after it and is read as text" },
        { "tag:-x", "(group tag:-x)" },
        { "Place: Delhi",
          "(group Place: Delhi) ; 'Place:' has nothing after it and is read as text" },
    };

    EXPECT_ROWS(rows);
}

#define COLON "\xEF\xBC\x9A"

Test(parse_fields, reads_the_colon_of_full_width)
{
    static const row rows[] = {
        { "title" COLON "x tag" COLON "\"a b\" place" COLON "(a b)",
          "(group title:x tag:\"a b\" (group place:a place:b))" },
        { "lang" COLON "zh ID" COLON "/srv/a source" COLON "\xE6\x96\xB0\xE5\x8D\x8E",
          "(group lang:zh id:/srv/a source:\xE6\x96\xB0\xE5\x8D\x8E)" },
        { "date" COLON "2025-06-05 since" COLON "2025-06-05 until" COLON "2025-06-05",
          "(group date:1036997..1036997 date:1036997..4294967295 "
          "date:0..1036997)" },
        { "-tag" COLON "\xE2\x80\x9D"
          "a b\xE2\x80\x9D",
          "(group -tag:\"a b\")" },
        { "tag" COLON,
          "(group tag" COLON ") ; 'tag:' has nothing after it and is read as text" },
        /* Behind what is no field it is text: nobody puts a space there. */
        { "iphone" COLON "\xE6\x96\xB0 titel" COLON "x",
          "(group iphone" COLON "\xE6\x96\xB0 titel" COLON "x)" },
        { "10" COLON "30 \xE6\x96\xB0" COLON "x",
          "(group 10" COLON "30 \xE6\x96\xB0" COLON "x)" },
    };

    EXPECT_ROWS(rows);
}

Test(parse_fields, names_an_unknown_field_and_the_nearest)
{
    static const row rows[] = {
        { "titel:x", "! unknown field 'titel:' in the query: nearest is 'title:' | "
                     "as plain words: khabar-query -F -- 'titel:x'" },
        { "a:b:c", "! unknown field 'a:' in the query | "
                   "as plain words: khabar-query -F -- 'a:b:c'" },
        { "tags:x treaty", "! unknown field 'tags:' in the query: nearest is 'tag:' | "
                           "as plain words: khabar-query -F -- 'tags:x treaty'" },
        { "lnag:hi", "! unknown field 'lnag:' in the query: nearest is 'lang:' | "
                     "as plain words: khabar-query -F -- 'lnag:hi'" },
        { "foo:\"a b\"", "! unknown field 'foo:' in the query | "
                         "as plain words: khabar-query -F -- 'foo:\"a b\"'" },
        { "(zzzz:5)", "! unknown field 'zzzz:' in the query | "
                      "as plain words: khabar-query -F -- '(zzzz:5)'" },
        { "-quote:x", "! unknown field 'quote:' in the query | "
                      "as plain words: khabar-query -F -- '-quote:x'" },
    };

    EXPECT_ROWS(rows);
}

Test(parse_fields, takes_colons_of_plain_text_for_text)
{
    static const row rows[] = {
        { "10:30", "(group 10:30)" },
        { "https://x", "(group https://x)" },
        { "Live:India", "(group Live:India)" },
        { "LIVE:India", "(group LIVE:India)" },
        { "Re: x", "(group Re: x)" },
        { "std::x", "(group std::x)" },
        { "end:, x", "(group end:, x)" },
        { "a: b", "(group a: b)" },
        { ":x", "(group :x)" },
        { "x:", "(group x:)" },
        { "na\xC3\xAFve:x", "(group na\xC3\xAFve:x)" },
        { "a-b:c", "(group a-b:c)" },
        { "1a:c", "(group 1a:c)" },
        { "foo:(a b)", "(group foo: (group a b))" },
        { "foo:-x", "(group foo:-x)" },
        { "foo:/x", "(group foo:/x)" },
    };

    EXPECT_ROWS(rows);
}

/* Packed days: year << 9 | month << 5 | day. */
#define DAY(y, m, d) ((y) << 9 | (m) << 5 | (d))

Test(parse_fields, reads_dates)
{
    static const struct {
        const char *text;
        uint32_t first;
        uint32_t last;
    } rows[] = {
        { "date:2025", DAY(2025, 1, 1), DAY(2025, 12, 31) },
        { "date:2025-02", DAY(2025, 2, 1), DAY(2025, 2, 28) },
        { "date:2025-06-05", DAY(2025, 6, 5), DAY(2025, 6, 5) },
        { "DATE:2025-06-05", DAY(2025, 6, 5), DAY(2025, 6, 5) },
        { "date:2025-05..2025-06-05", DAY(2025, 5, 1), DAY(2025, 6, 5) },
        { "date:2025-05..", DAY(2025, 5, 1), UINT32_MAX },
        { "date:..2025-05", 0, DAY(2025, 5, 31) },
        { "date:today", DAY(2025, 6, 5), DAY(2025, 6, 5) },
        { "date:yesterday", DAY(2025, 6, 4), DAY(2025, 6, 4) },
        { "date:3d", DAY(2025, 6, 2), DAY(2025, 6, 5) },
        { "date:2w", DAY(2025, 5, 22), DAY(2025, 6, 5) },
        { "date:last-week", DAY(2025, 5, 26), DAY(2025, 6, 1) },
        { "date:\"last week\"", DAY(2025, 5, 26), DAY(2025, 6, 1) },
        { "since:2w", DAY(2025, 5, 22), UINT32_MAX },
        { "since:2025-05", DAY(2025, 5, 1), UINT32_MAX },
        { "since:1y", DAY(2024, 6, 5), UINT32_MAX },
        { "until:yesterday", 0, DAY(2025, 6, 4) },
        { "until:2025-05", 0, DAY(2025, 5, 31) },
        { "until:2w", 0, DAY(2025, 5, 22) },
        { "until:6m", 0, DAY(2024, 12, 5) },
        { "until:2W", 0, DAY(2025, 5, 22) },
        /* Devanagari, Arabic with a mark of direction in it, and full width. */
        { "date:\xE0\xA5\xA8\xE0\xA5\xA6\xE0\xA5\xA8\xE0\xA5\xAB", DAY(2025, 1, 1),
          DAY(2025, 12, 31) },
        { "date:\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA5\xE2\x80\x8F-\xD9\xA0\xD9\xA6",
          DAY(2025, 6, 1), DAY(2025, 6, 30) },
        { "until:\xE0\xA5\xA8w", 0, DAY(2025, 5, 22) },
        { "date:\xEF\xBC\x92\xEF\xBC\x90\xEF\xBC\x92\xEF\xBC\x95\xEF\xBC\x8D"
          "\xEF\xBC\x90\xEF\xBC\x96",
          DAY(2025, 6, 1), DAY(2025, 6, 30) },
        { "until:today", 0, DAY(2025, 6, 5) },
    };

    for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        KH_AUTO_BUF wanted;
        kh_buf_init(&wanted, KH_BUF_MAX);
        read_as(&seen, kh_str_from(rows[i].text), &today);
        kh_buf_printf(&wanted, "(group date:%u..%u)", rows[i].first, rows[i].last);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)kh_buf_text(&wanted)),
                  "'%s'", rows[i].text);
    }
}

Test(parse_fields, reads_dates_in_brackets_and_beside_words)
{
    static const row rows[] = {
        { "date:(2024 OR 2025)", "(group (or date:1036321..1036703 "
                                 "date:1036833..1037215))" },
        { "treaty -date:2025", "(group treaty -date:1036833..1037215)" },
        { "date:", "(group date:) ; 'date:' has nothing after it and is read as text" },
    };

    EXPECT_ROWS(rows);
}

Test(parse_fields, refuses_dates_that_cannot_be_read)
{
    static const char *const texts[] = {
        "date:05/06/2025",    "date:someday",    "since:x",
        "until:2025-13",      "date:2025-02-30", "treaty date:abc",
        "date:(2025 OR abc)", "date:\"no day\"", "-date:zzz",
    };

    for (size_t i = 0; i < KH_COUNT_OF(texts); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        read_as(&seen, kh_str_from(texts[i]), &today);
        cr_expect(kh_str_starts(kh_buf_str(&seen), KH_STR("! ")), "'%s' is %s",
                  texts[i], kh_buf_text(&seen));
    }

    KH_AUTO_BUF both;
    kh_buf_init(&both, KH_BUF_MAX);
    read_as(&both, KH_STR("date:05/06/2025"), &today);
    cr_expect(strstr(kh_buf_text(&both), "2025-06-05") != NULL, "%s", both.ptr);
    cr_expect(strstr(kh_buf_text(&both), "2025-05-06") != NULL, "%s", both.ptr);
}
