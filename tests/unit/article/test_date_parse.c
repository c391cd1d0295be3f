/* test_date_parse - dates as machines and papers write them. */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/date.h"
#include "date_internal.h"

TestSuite(date_parse);

typedef struct sample {
    const char *language;
    const char *text;
    const char *wanted; /* ISO; "" for none */
} sample;

static void check(const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const kh_language *language =
            kh_language_find(kh_str_from(samples[i].language));
        KH_AUTO_BUF got;
        kh_buf_init(&got, 100);
        kh_date date;
        bool is_date = kh_date_parse(&date, kh_str_from(samples[i].text), language);
        if (is_date)
            kh_date_format(&got, &date);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].wanted),
                  "of '%s' in %s", samples[i].text, samples[i].language);
    }
}

#define CHECK(...)                               \
    static const sample samples[] = __VA_ARGS__; \
    check(samples, KH_COUNT_OF(samples))

Test(date_parse, reads_what_machines_write)
{
    CHECK({
        { "", "2025", "2025" },
        { "", "0001", "0001" },
        { "", "9999-12-31", "9999-12-31" },
        { "", "2025-06", "2025-06" },
        { "", " 2025-06-05\n", "2025-06-05" },
        { "", "20250605", "2025-06-05" },
        { "", "2024-02-29", "2024-02-29" },
        { "", "2025-06-05T10:30", "2025-06-05T10:30:00" },
        { "", "2025-06-05T10:30Z", "2025-06-05T10:30:00Z" },
        { "", "2025-06-05T10:30:15.123456+05:30", "2025-06-05T10:30:15+05:30" },
        { "", "2025-06-05 10:30:15,5 -0400", "2025-06-05T10:30:15-04:00" },
        { "", "2025-06-05t10:30:60z", "2025-06-05T10:30:59Z" },
        { "", "20250605T103015Z", "2025-06-05T10:30:15Z" },
        { "", "20250605T103015-0500", "2025-06-05T10:30:15-05:00" },
        { "", "20250605T1030+05", "2025-06-05T10:30:00+05:00" },
        { "", "20250605103015", "2025-06-05T10:30:15" },
        { "", "2025-06-05 15:30:15+15:30", "2025-06-05T15:30:15" },
        { "", "2025-06-05 10:30:15 UTC", "2025-06-05T10:30:15Z" },
        { "", "Thu, 05 Jun 2025 10:30:00 +0530", "2025-06-05T10:30:00+05:30" },
        { "", "Thu, 5 Jun 2025 10:30:00 GMT", "2025-06-05T10:30:00Z" },
        { "", "05 Jun 25 10:30 EST", "2025-06-05T10:30:00-05:00" },
        { "", "Sat, 7 Mar 99 23:59:59 PST", "1999-03-07T23:59:59-08:00" },
        { "", "Thursday, 05-Jun-25 10:30:00 GMT", "2025-06-05T10:30:00Z" },
        { "", "Thu Jun  5 10:30:00 2025", "2025-06-05T10:30:00" },
        { "", "Thu Jun 05 10:30:00 IST 2025", "2025-06-05T10:30:00+05:30" },
        { "", "Thu, 05 Jun 2025 10:30:00 +0530 (IST)", "" },
    });
}

Test(date_parse, reads_what_papers_write)
{
    CHECK({
        { "en", "June 5, 2025", "2025-06-05" },
        { "en", "5 June 2025", "2025-06-05" },
        { "en", "JUNE 5 2025", "2025-06-05" },
        { "en", "5th of June, 2025", "2025-06-05" },
        { "en", "Thursday, June 5, 2025", "2025-06-05" },
        { "en", "5-Jun-2025", "2025-06-05" },
        { "en", "Jun. 5, 2025", "2025-06-05" },
        { "en", "Sept. 5, 2025", "2025-09-05" },
        { "en", "June 2025", "2025-06" },
        { "en", "June, 2025", "2025-06" },
        { "en", "Updated: June 05, 2025 10:30 PM IST", "2025-06-05T22:30:00+05:30" },
        { "en", "June 5, 2025 at 12:05 a.m. EDT", "2025-06-05T00:05:00-04:00" },
        { "en", "June 5, 2025 | 10:30", "2025-06-05T10:30:00" },
        { "en", "10:30 IST, 5 June 2025", "2025-06-05T10:30:00+05:30" },
        { "en", "Updated 4:48 PM EST, Mon November 6, 2023",
          "2023-11-06T16:48:00-05:00" },
        { "en", "Wednesday, April 7, 2010 as of 11:14 AM ET", "2010-04-07T11:14:00" },
        { "en", "5 June 2025, 10 pm (GMT+5:30)", "2025-06-05T22:00:00+05:30" },
        { "es", "5 de junio de 2025", "2025-06-05" },
        { "es", "jueves, 5 de junio del 2025", "2025-06-05" },
        { "pt", "quinta-feira, 5 de março de 2025", "2025-03-05" },
        { "fr", "jeudi 5 août 2025 à 10h30", "2025-08-05T10:30:00" },
        { "fr", "1er janvier 2025", "2025-01-01" },
        { "it", "1º gennaio 2025", "2025-01-01" },
        { "de", "5. Juni 2025", "2025-06-05" },
        { "de", "Donnerstag, 5. März 2025, 10:30 Uhr", "2025-03-05T10:30:00" },
        { "nl", "5 mei 2025", "2025-05-05" },
        { "sv", "5 maj 2025", "2025-05-05" },
        { "fi", "5. kesäkuuta 2025", "2025-06-05" },
        { "tr", "5 Haziran 2025 Perşembe", "2025-06-05" },
        { "pl", "5 czerwca 2025 r.", "2025-06-05" },
        { "cs", "5. listopadu 2025", "2025-11-05" },
        { "hr", "5. listopada 2025.", "2025-10-05" },
        { "hu", "2025. június 5.", "2025-06-05" },
        { "lt", "2025 m. birželio 5 d.", "2025-06-05" },
        { "lv", "2025. gada 5. jūnijs", "2025-06-05" },
        { "eu", "2025eko ekainaren 5a", "2025-06-05" },
        { "el", "5 Ιουνίου 2025", "2025-06-05" },
        { "ru", "5 июня 2025", "2025-06-05" },
        { "ru", "Четверг, 5 июня 2025 г., 10:30 МСК", "" },
        { "ru", "5 июня 2025 года в 10:30", "2025-06-05T10:30:00" },
        { "uk", "5 червня 2025 року", "2025-06-05" },
        { "sr", "5. јун 2025.", "2025-06-05" },
        { "vi", "Thứ năm, 5/6/2025, 10:30 (GMT+7)", "2025-06-05T10:30:00+07:00" },
        { "vi", "5 tháng 6 năm 2025", "2025-06-05" },
        { "id", "Kamis, 5 Juni 2025 10:30 WIB", "2025-06-05T10:30:00+07:00" },
        { "sw", "5 Juni 2025", "2025-06-05" },
    });
}

Test(date_parse, reads_every_script_and_its_digits)
{
    CHECK({
        { "hi", "5 जून 2025", "2025-06-05" },
        { "hi", "गुरुवार, ५ जून २०२५", "2025-06-05" },
        { "hi", "5 सितम्बर 2025", "2025-09-05" },
        { "hi", "5 फरवरी 2025", "2025-02-05" },
        { "mr", "५ ऑगस्ट २०२५", "2025-08-05" },
        { "bn", "৫ জুন ২০২৫", "2025-06-05" },
        { "bn", "৫ ফেব্রুয়ারী ২০২৫", "2025-02-05" },
        { "ta", "5 ஜூன் 2025", "2025-06-05" },
        { "te", "5 జూన్ 2025", "2025-06-05" },
        { "ur", "5 جون 2025", "2025-06-05" },
        { "ur", "جمعرات، ۵ جون ۲۰۲۵", "2025-06-05" },
        { "ar", "٥ يونيو ٢٠٢٥", "2025-06-05" },
        { "ar", "الخميس 5 حزيران/يونيو 2025", "2025-06-05" },
        { "ar", "5 كانون الثاني 2025", "2025-01-05" },
        { "ar", "5\u200F/6\u200F/2025", "2025-06-05" },
        { "he", "5 ביוני 2025", "2025-06-05" },
        { "th", "5 มิถุนายน 2568", "2025-06-05" },
        { "th", "5 มิ.ย. 2568", "2025-06-05" },
        { "th", "5 ก.ค. 2568", "2025-07-05" },
        { "th", "5 เม.ย. 2025", "2025-04-05" },
        { "", "5 พ.ย. 2025", "2025-11-05" },
        { "zh", "2025年6月5日", "2025-06-05" },
        { "zh", "2025年6月5日 星期四 10:30", "2025-06-05T10:30:00" },
        { "zh", "2025年6月", "2025-06" },
        { "zh", "２０２５年６月５日", "2025-06-05" },
        { "ja", "2025年6月5日（木）10:30", "2025-06-05T10:30:00" },
        { "ko", "2025년 6월 5일", "2025-06-05" },
    });
}

Test(date_parse, takes_day_or_month_first_by_the_language)
{
    CHECK({
        { "en", "05/06/2025", "2025-05-06" },
        { "", "05/06/2025", "2025-06-05" },
        { "fr", "05/06/2025", "2025-06-05" },
        { "en", "25/06/2025", "2025-06-25" },
        { "fr", "06/25/2025", "2025-06-25" },
        { "en", "05.06.2025", "2025-06-05" },
        { "de", "5.6.2025", "2025-06-05" },
        { "cs", "5. 6. 2025", "2025-06-05" },
        { "hi", "05-06-2025", "2025-06-05" },
        { "en", "2025/06/05", "2025-06-05" },
        { "en", "2025.6.5", "2025-06-05" },
        { "en", "6/2025", "2025-06" },
        { "de", "05.06.25", "2025-06-05" },
        { "en", "05/06/2025 10:30 AM", "2025-05-06T10:30:00" },
    });
}

Test(date_parse, refuses_what_is_no_date)
{
    CHECK({
        { "", "", "" },
        { "", "0000", "" },
        { "", "2025-13", "" },
        { "", "2025-02-29", "" },
        { "", "2025-06-31", "" },
        { "", "2025-06-", "" },
        { "", "2025-6", "2025-06" },
        { "", "1749112200", "" },
        { "", "2025-06-05T25:00", "" },
        { "", "2025-06-05T10:30+99:00", "" },
        { "", "202506", "" },
        { "en", "June", "" },
        { "en", "June 5", "" },
        { "en", "31 February 2025", "" },
        { "en", "Modi visits Rome on June 5, 2025", "" },
        { "en", "June 5, 2025 in Rome", "" },
        { "en", "1.2.3.4", "" },
        { "en", "5 apples 2025", "" },
        { "en", "45/45/2025", "" },
        { "fa", "15 خرداد 1404", "" },
        { "en", "5 June 20255", "" },
        { "en", "\xFF June 5, 2025", "2025-06-05" },
        { "en",
          "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - "
          "- - - - - - June 5, 2025",
          "" },
    });
}

static void check_found(const char *language, const char *text, const char *taken,
                        const char *wanted)
{
    KH_AUTO_BUF got;
    kh_buf_init(&got, 1000);
    kh_date date;
    size_t start = 0;
    size_t end = 0;
    if (kh_date_find(&date, &start, &end, kh_str_from(text),
                     kh_language_find(kh_str_from(language))))
        kh_date_format(&got, &date);
    cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)wanted), "in '%s'", text);
    kh_buf_reset(&got);
    kh_buf_add(&got, kh_str_slice(kh_str_from(text), start, end));
    cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)taken), "in '%s'", text);
}

Test(date_parse, finds_the_first_date_in_a_text)
{
    check_found("en", "The treaty of 19 September 1960 holds.", "19 September 1960",
                "1960-09-19");
    check_found("en", "On Thursday (June 5, 2025), he", "June 5, 2025", "2025-06-05");
    check_found("en", "It began in June 2025 and", "June 2025", "2025-06");
    check_found("en", "dated 2025-06-05.", "2025-06-05", "2025-06-05");
    check_found("hi", "यह 5 जून 2025 को हुआ", "5 जून 2025", "2025-06-05");
    check_found("zh", "他于2025年6月5日说", "2025年6月5日", "2025-06-05");
    check_found("de", "Der Weg am 5. Juni 2025 war", "5. Juni 2025", "2025-06-05");
    check_found("en", "It may be 2025 or not", "", "");
    check_found("en", "on June 5 it rained", "", "");
    check_found("en", "out 2025 times, 5. Mai 2025", "", "");
    check_found("en", "version 1.2, 3/4 of 2025", "", "");
    check_found("en", "", "", "");
}

Test(date_parse, finds_a_date_far_inside)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (int i = 0; i < 1000; i++)
        kh_buf_printf(&text, "word %d, ", i);
    size_t start = text.len;
    kh_buf_add(&text, KH_STR("5 June 2025 and 6 June 2025"));

    kh_date date;
    size_t from;
    size_t to;
    cr_assert(kh_date_find(&date, &from, &to, kh_buf_str(&text),
                           kh_language_find(KH_STR("en"))));
    cr_expect(eq(sz, from, start));
    cr_expect(eq(sz, to, start + 11));
}

static void check_read(const char *language, const char *text, size_t bytes,
                       uint32_t packed)
{
    kh_date date = { 0 };
    size_t taken =
        kh_date_read(&date, kh_str_from(text), kh_language_find(kh_str_from(language)));
    cr_expect(eq(sz, taken, bytes), "of '%s'", text);
    date.year += date.precision != KH_DATE_NONE ? 1 : 0; /* year 0 packs to 0 */
    cr_expect(eq(u32, kh_date_pack(&date), packed), "of '%s'", text);
}

Test(date_parse, reads_a_date_without_a_year_at_the_beginning)
{
    check_read("en", "June 5 (Agency) -", 6, 1u << 9 | 6u << 5 | 5u);
    check_read("en", "June 5, 2025:", 12, 2026u << 9 | 6u << 5 | 5u);
    check_read("en", "5 June:", 6, 1u << 9 | 6u << 5 | 5u);
    check_read("hi", "5 जून (एजेंसी)", strlen("5 जून"), 1u << 9 | 6u << 5 | 5u);
    check_read("zh", "6月5日电", strlen("6月5日"), 1u << 9 | 6u << 5 | 5u);
    check_read("en", "June rain", 0, 0);
    check_read("en", " June 5", 0, 0);
    check_read("en", "Feb 29", 6, 1u << 9 | 2u << 5 | 29u);
    check_read("en", "Feb 30", 0, 0);
    check_read("en", "", 0, 0);
}

/* Whether English has a month of that name. */
static bool is_english_month(const char *name)
{
    for (size_t i = 0; i < kh_date_n_names; i++)
        if (strcmp(kh_date_names[i].name, name) == 0 && kh_date_names[i].month > 0 &&
            strstr(kh_date_names[i].languages, " en "))
            return true;
    return false;
}

Test(date_parse, knows_the_months_of_english_and_no_others_in_its_prose)
{
    for (size_t i = 0; i < kh_date_n_names; i++) {
        char text[100];
        snprintf(text, sizeof(text), "%s 5, 2025", kh_date_names[i].name);
        kh_date date;
        size_t taken =
            kh_date_read(&date, kh_str_from(text), kh_language_find(KH_STR("en")));
        cr_expect(eq(int, taken > 0, is_english_month(kh_date_names[i].name)), "%s",
                  text);
        text[0] = (char)(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 0x20 : text[0]);
        cr_expect(
            eq(sz, taken,
               kh_date_read(&date, kh_str_from(text), kh_language_find(KH_STR("en")))),
            "%s", text);
    }
    check_read("en", "thang 6 5 2025", strlen("thang 6 5 2025"),
               2026u << 9 | 6u << 5 | 5u);
    check_read("en", "5 tháng 6 2025", strlen("5 tháng 6 2025"),
               2026u << 9 | 6u << 5 | 5u);
    check_read("en",
               "J\xE2\x80\x8D"
               "une 5",
               strlen("J\xE2\x80\x8D"
                      "une 5"),
               1u << 9 | 6u << 5 | 5u);
}

/* No text makes it read beyond the end or stop for ever. */
Test(date_parse, survives_random_text)
{
    static const char *const pieces[] = {
        "5",   "12",    "31",     "2025", "June",       "jun",      "Mai", "/",
        "-",   ".",     ",",      ":",    " ",          " ",        "T",   "Z",
        "+",   "05:30", "pm",     "de",   "年",         "月",       "日",  "tháng",
        "٥",   "थ",     "st",     "Thu",  "\xFF",       "\xE5\xB9", "(",   ")",
        "GMT", "كانون", "الثاني", "00",   "1749112200",
    };
    uint64_t state = 3;
    for (int round = 0; round < 20000; round++) {
        KH_AUTO_BUF text;
        kh_buf_init(&text, KH_BUF_MAX);
        for (int i = 0; i < 1 + round % 12; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            kh_buf_add(&text, kh_str_from(pieces[(state >> 33) % KH_COUNT_OF(pieces)]));
        }
        /* In memory of its own size, so that a sanitizer sees a byte too many. */
        char *copy = malloc(text.len + 1);
        memcpy(copy, text.ptr, text.len);
        kh_str view = kh_str_make(copy, text.len);
        kh_date date = { 0 };
        size_t start;
        size_t end;
        const kh_language *english = kh_language_find(KH_STR("en"));
        if (kh_date_parse(&date, view, english))
            cr_expect(kh_date_pack(&date) != 0, "'%s'", kh_buf_text(&text));
        if (kh_date_find(&date, &start, &end, view, english))
            cr_expect(start < end && end <= view.len, "'%s'", kh_buf_text(&text));
        cr_expect(le(sz, kh_date_read(&date, view, english), view.len));
        free(copy);
    }
}
