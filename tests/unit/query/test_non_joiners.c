/* Suite non_joiners: Persian and Urdu words that are written with a zero-width
 * non-joiner, with a space, in one. */
#include "asked.h"

static asked a;

static const made_article articles[] = {
    { "want-zwnj", "fa", "خبر", "او می\u200Cخواهد به بازار برود.", "", "2025-05-01" },
    { "want-zwnj-2", "fa", "خبر", "وزیر می\u200Cخواهد برود.", "", "2025-05-01" },
    { "want-space", "fa", "خبر", "او می خواهد بماند.", "", "2025-05-02" },
    { "want-joined", "fa", "خبر", "او میخواهد بنویسد.", "", "2025-05-03" },
    { "want-apart", "fa", "خبر", "او می داند که نان خواهد خرید.", "", "2025-05-03" },
    { "book-zwnj", "fa", "گزارش", "بهای کتاب\u200Cها بالا رفت.", "آن\u200Cسو",
      "2025-05-04" },
    { "book-space", "fa", "گزارش", "بهای کتاب های تازه ثابت ماند.", "", "2025-05-05" },
    { "book-joined", "fa", "گزارش", "کتابها را بردند.", "", "2025-05-06" },
    { "age", "fa", "ورزش", "دوندهٔ ۲۰\u200Cساله پیام\u200C SMS\u200Cها را خواند.", "",
      "2025-05-07" },
    { "urdu", "ur", "سفر", "بے\u200Cشک راستہ لمبا ہے۔", "", "2025-05-08" },
    { "urdu-space", "ur", "سفر", "بے شک موسم اچھا ہے۔", "", "2025-05-08" },
    { "nepali", "ne", "समाचार", "श्रीमान्\u200Cको घर।", "", "2025-05-09" },
    { "nepali-plain", "ne", "समाचार", "श्रीमान्को पसल।", "", "2025-05-09" },
};

static void open_index(void)
{
    asked_open(&a, articles, KH_COUNT_OF(articles), 1);
}

static void close_index(void)
{
    asked_close(&a);
}

TestSuite(non_joiners, .init = open_index, .fini = close_index);

typedef struct row {
    const char *query;
    const char *ids;
} row;

static void expect_rows(const row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ask(&a, rows[i].query);
        cr_expect(eq(str, (char *)asked_ids(&a, true), (char *)rows[i].ids), "%s",
                  rows[i].query);
    }
}

#define EXPECT(...)                 \
    const row rows[] = __VA_ARGS__; \
    expect_rows(rows, KH_COUNT_OF(rows))

#define WANT "want-joined want-space want-zwnj want-zwnj-2"

Test(non_joiners, are_as_hyphens_for_words)
{
    EXPECT({
        { "می\u200Cخواهد", WANT },
        { "+می\u200Cخواهد", WANT },
        { "بنویسد OR می\u200Cخواهد", WANT },
        { "نان می\u200Cخواهد", "want-apart " WANT },
        { "میخواهد", WANT }, /* mostly written with a non-joiner here */
        { "+می +خواهد", "want-apart want-space want-zwnj want-zwnj-2" },
        { "می خواهد", "want-apart want-space want-zwnj want-zwnj-2" },
        { "می\u200C\u200Cخواهد", WANT },
        { "\u200Cمی\u200Cخواهد\u200C", WANT },
        { "می-خواهد", "want-apart " WANT },
        { "او NOT می\u200Cخواهد", "want-apart" },
        { "او NOT میخواهد", "want-apart" },
        { "کتاب", "book-space book-zwnj" },
        { "کتاب\u200Cها", "book-joined book-zwnj" },
        { "کتابها", "book-joined book-zwnj" },
        { "ساله", "age" },
        { "۲۰ساله", "age" },
        { "20 AND ساله", "age" },
        { "sms", "age" },
        { "پیام", "age" },
    });
}

Test(non_joiners, are_as_hyphens_where_the_record_decides)
{
    EXPECT({
        { "\"می\u200Cخواهد برود\"", "want-zwnj-2" },
        { "\"می خواهد برود\"", "want-zwnj-2" },
        { "\"میخواهد برود\"", "want-zwnj-2" },
        { "\"می\u200Cخواهد\"", "want-space want-zwnj want-zwnj-2" },
        { "\"میخواهد\"", "want-joined want-zwnj want-zwnj-2" },
        { "وزیر NEAR/1 می\u200Cخواهد", "want-zwnj-2" },
        { "وزیر NEAR/1 میخواهد", "want-zwnj-2" },
        { "وزیر NEAR/2 برود", "" },
        { "وزیر NEAR/3 برود", "want-zwnj-2" },
        { "=می\u200Cخواهد", "want-space want-zwnj want-zwnj-2" },
        { "=میخواهد", "want-joined" },
        { "=خواهد", "want-apart want-space want-zwnj want-zwnj-2" },
        { "میخوا*", "want-joined want-zwnj want-zwnj-2" },
        { "می\u200Cخوا*", "want-joined want-zwnj want-zwnj-2" },
        { "کتا*", "book-joined book-space book-zwnj" },
    });
}

Test(non_joiners, are_as_hyphens_in_urdu)
{
    EXPECT({
        { "+بے\u200Cشک", "urdu urdu-space" },
        { "\"بے شک\"", "urdu urdu-space" },
        { "بےشک", "urdu urdu-space" },
    });
}

/* As hyphens of tags are. */
Test(non_joiners, of_tags_are_spaces)
{
    EXPECT({
        { "tag:آن\u200Cسو", "book-zwnj" },
        { "tag:\"آن سو\"", "book-zwnj" },
        { "tag:آن-سو", "book-zwnj" },
        { "tag:آنسو", "" },
        { "آن", "book-zwnj" },
    });
}

/* What other signs part is several words, each of which must match. */
Test(non_joiners, part_only_their_own_word)
{
    EXPECT({
        { "+کتاب\u200Cها/بالا", "book-zwnj" },
        { "+بالا،کتاب\u200Cها", "book-zwnj" },
        { "گزارش NOT کتاب\u200Cها،بالا", "book-joined book-space" },
        { "بازار،کتاب\u200Cها", "age book-joined book-space book-zwnj want-zwnj" },
    });
}

Test(non_joiners, of_other_scripts_do_not_count)
{
    EXPECT({
        { "श्रीमान्\u200Cको", "nepali nepali-plain" },
        { "श्रीमान्को", "nepali nepali-plain" },
        { "\"श्रीमान्\u200Cको\"", "nepali nepali-plain" },
        { "को", "" },
        { "श्रीमान्\u200Cको/घर", "nepali nepali-plain" },
        { "+श्रीमान्\u200Cको-घर", "nepali" },
        { "श्री\u200Cमान्को-घर AND समाचार", "nepali" },
    });
}

Test(non_joiners, stand_within_a_mark)
{
    static const row rows[] = {
        { "می\u200Cخواهد بازار", "او [می\u200Cخواهد] به [بازار] برود." },
        { "میخواهد AND بازار", "او [می\u200Cخواهد] به [بازار] برود." },
        { "\"میخواهد به\"", "او [می\u200Cخواهد] [به] بازار برود." },
        { "\"خواهد به\"", "او می\u200C[خواهد] [به] بازار برود." },
    };
    for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
        ask(&a, rows[i].query);
        cr_expect(eq(str, (char *)asked_marked(&a, 0), (char *)rows[i].ids), "%s",
                  rows[i].query);
    }
}
