/* Suite chinese: simplified and traditional characters meet, but in exact words. */
#include "asked.h"

static const made_article articles[] = {
    { "cn", "zh", "台湾总统访问东京",
      "总统说，双方将签署渔业条约。\n记者在台北采访了里长。", "台湾|外交",
      "2025-06-01" },
    { "tw", "zh", "臺灣總統訪問東京",
      "總統說，雙方將簽署漁業條約。\n記者在台北採訪了里長，裡面很熱。",
      "臺灣|臺北市議會", "2025-06-02" },
    { "hk", "zh", "台灣的天氣", "颱風過後，乾旱仍未結束。", "天氣", "2025-06-03" },
    { "ja", "ja", "東京都の知事", "台湾の総統は来ない。その後は晴れ。", "東京",
      "2025-06-04" },
};

static asked each[2];

static void open_indexes(void)
{
    asked_open(&each[0], articles, KH_COUNT_OF(articles), 1);
    asked_open(&each[1], articles, KH_COUNT_OF(articles), 4);
}

static void close_indexes(void)
{
    for (size_t i = 0; i < KH_COUNT_OF(each); i++)
        asked_close(&each[i]);
}

TestSuite(chinese, .init = open_indexes, .fini = close_indexes);

typedef struct row {
    const char *query;
    const char *wanted;
} row;

static void expect_rows(const row *rows, size_t n)
{
    for (size_t k = 0; k < KH_COUNT_OF(each); k++)
        for (size_t i = 0; i < n; i++) {
            ask(&each[k], rows[i].query);
            cr_expect(
                eq(str, (char *)asked_ids(&each[k], true), (char *)rows[i].wanted),
                "'%s' in index %zu", rows[i].query, k);
        }
}

Test(chinese, is_found_by_either_script)
{
    static const row rows[] = {
        { "+东京", "cn ja tw" },    { "+東京", "cn ja tw" },
        { "+总统", "cn tw" }, /* president; Japan writes the second in its own way */
        { "+總統", "cn tw" },       { "+台湾", "cn hk ja tw" },
        { "+臺灣", "cn hk ja tw" }, { "+台灣", "cn hk ja tw" },
        { "漁", "cn tw" }, /* one character, inside a run */
        { "渔", "cn tw" },          { "+东京 lang:ja", "ja" },
    };
    expect_rows(rows, KH_COUNT_OF(rows));
}

Test(chinese, is_found_by_either_script_in_phrases_and_fields)
{
    static const row rows[] = {
        { "\"总统访问东京\"", "cn tw" },
        { "\"總統訪問東京\"", "cn tw" },
        { "\"訪問總統\"", "" },
        { "\"東\"", "cn ja tw" },
        { "\"东\"", "cn ja tw" },
        { "总统 NEAR/9 条约", "cn tw" },
        { "總統 NEAR/9 條約", "cn tw" },
        { "title:总统", "cn tw" },
        { "title:總統", "cn tw" },
        { "tag:台湾", "cn tw" },
        { "tag:臺灣", "cn tw" },
        { "tag:台灣", "cn tw" },
        { "tag:东京", "ja" },
        { "tag:天气", "hk" },
        { "tag:台北市*", "tw" },
        { "tag:台灣*", "cn tw" },
        { "总统访*", "cn tw" },
        { "title:總統訪*", "cn tw" },
    };
    expect_rows(rows, KH_COUNT_OF(rows));
}

/* It was taken for one hyphenated word, all of whose pairs must be there. */
Test(chinese, is_a_wish_with_a_hyphen_in_it)
{
    static const row rows[] = {
        { "总统-部长访问东京多少次？", "cn ja tw" },
        { "总统-部长访问东京多少次？ OR 颱風", "cn hk ja tw" },
    };
    expect_rows(rows, KH_COUNT_OF(rows));
}

Test(chinese, is_told_apart_in_exact_words)
{
    static const row rows[] = {
        { "=东京", "cn" }, { "=東京", "ja tw" }, { "=臺灣", "tw" },
        { "=台灣", "hk" }, { "=台湾", "cn ja" }, { "=\"總統訪問東京\"", "tw" },
        { "=漁", "tw" },   { "=裡", "tw" },      { "=里", "cn tw" },
    };
    expect_rows(rows, KH_COUNT_OF(rows));
}

Test(chinese, merges_characters_that_one_simplified_stands_for)
{
    static const row rows[] = {
        { "干旱", "hk" }, { "後", "hk ja" }, { "后", "hk ja" },
        { "=后", "" },    { "台风", "hk" },
    };
    expect_rows(rows, KH_COUNT_OF(rows));
}

Test(chinese, is_marked_as_it_is_written)
{
    static const row rows[] = {
        { "漁業條約 -=臺灣",
          "总统说，双方将签署[渔业条约]。\n\n记者在台北采访了里长。" },
        { "\"渔业条约\" =臺灣",
          "總統說，雙方將簽署[漁業條約]。\n\n記者在台北採訪了里長，裡面很熱。" },
        { "=里長", "記者在台北採訪了[里長]，裡面很熱。" },
        { "台湾 后 lang:ja", "[台湾]の総統は来ない。その[後]は晴れ。" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
        ask(&each[0], rows[i].query);
        cr_expect(eq(sz, each[0].answer.n_results, 1), "%s", rows[i].query);
        cr_expect(eq(str, (char *)asked_marked(&each[0], 0), (char *)rows[i].wanted),
                  "%s", rows[i].query);
    }
}
