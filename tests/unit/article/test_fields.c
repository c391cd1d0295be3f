/* test_fields - the table of fields and the terms made by it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/fields.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/analysis.h"

static void expect_term(kh_field field, const char *value, const char *wanted)
{
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_field_term(&term, field, kh_str_from(value));
    cr_expect(eq(str, (char *)kh_buf_text(&term), (char *)wanted));
}

Test(fields, have_one_row_each_in_their_order)
{
    const kh_field_row *table = kh_field_table();
    for (int i = 0; i < KH_N_FIELDS; i++) {
        cr_expect(eq(int, (int)table[i].field, i));
        cr_expect(kh_field_find(kh_str_from(table[i].name)) == &table[i]);
        for (int k = 0; k < i; k++)
            cr_expect(table[i].shape == KH_SHAPE_DATE ||
                      strcmp(table[i].term_prefix, table[k].term_prefix) != 0);
    }
}

Test(fields, are_found_in_any_case)
{
    cr_expect(kh_field_find(KH_STR("TITLE")) == &kh_field_table()[KH_FIELD_TITLE]);
    cr_expect(kh_field_find(KH_STR("titel")) == NULL);
    cr_expect(kh_field_find(KH_STR("")) == NULL);
}

Test(fields, hold_title_and_deck_as_one)
{
    uint64_t kinds = kh_field_table()[KH_FIELD_TITLE].kinds;

    cr_expect(eq(u64, kinds, 1u << KH_BLOCK_TITLE | 1u << KH_BLOCK_DECK));
}

Test(fields, weigh_titles_and_tags_more_than_text)
{
    unsigned body = kh_block_weight(KH_BLOCK_PARAGRAPH, false);

    cr_expect(eq(uint, body, 1));
    cr_expect(gt(uint, kh_block_weight(KH_BLOCK_TITLE, false), body));
    cr_expect(gt(uint, kh_block_weight(KH_BLOCK_TAG, false), body));
    cr_expect(eq(uint, kh_block_weight(KH_BLOCK_AUTHOR, false), 1));
    cr_expect(eq(uint, kh_block_weight(KH_BLOCK_PLACE, false), 1));
    cr_expect(eq(uint, kh_block_weight((kh_block_kind)99, false), 0));
}

Test(fields, weigh_in_the_table_what_their_blocks_weigh)
{
    const kh_field_row *table = kh_field_table();

    cr_expect(
        eq(uint, table[KH_FIELD_TITLE].weight, kh_block_weight(KH_BLOCK_TITLE, false)));
    cr_expect(
        eq(uint, table[KH_FIELD_TAG].weight, kh_block_weight(KH_BLOCK_TAG, false)));
    cr_expect(eq(uint, table[KH_FIELD_AUTHOR].weight,
                 kh_block_weight(KH_BLOCK_AUTHOR, false)));
}

Test(fields, make_terms_as_omega_does)
{
    expect_term(KH_FIELD_TAG, "indus waters treaty", "Kindus waters treaty");
    expect_term(KH_FIELD_TITLE, "en:treati", "Sen:treati");
    expect_term(KH_FIELD_PLACE, "delhi", "XPLdelhi");
    expect_term(KH_FIELD_PLACE, "Delhi", "XPL:Delhi");
    expect_term(KH_FIELD_SECTION, ":x", "XSEC::x");
    expect_term(KH_FIELD_TAG, "Delhi", "KDelhi");
    expect_term(KH_FIELD_LANG, "", "L");
    expect_term(KH_FIELD_LANG, "zh-Hant-TW", "Lzh-hant-tw");
}

Test(fields, end_long_terms_in_a_hash_of_the_whole)
{
    char value[500];
    memset(value, 'x', sizeof(value));
    KH_AUTO_BUF fits;
    KH_AUTO_BUF cut;
    KH_AUTO_BUF other;
    kh_buf_init(&fits, KH_BUF_MAX);
    kh_buf_init(&cut, KH_BUF_MAX);
    kh_buf_init(&other, KH_BUF_MAX);

    kh_field_term(&fits, KH_FIELD_TAG, kh_str_make(value, KH_TERM_MAX_BYTES - 1));
    kh_field_term(&cut, KH_FIELD_TAG, kh_str_make(value, KH_TERM_MAX_BYTES));
    value[400] = 'y';
    kh_field_term(&other, KH_FIELD_TAG, kh_str_make(value, sizeof(value)));

    cr_expect(eq(sz, fits.len, KH_TERM_MAX_BYTES));
    cr_expect(eq(chr, fits.ptr[fits.len - 1], 'x'));
    cr_expect(eq(sz, cut.len, KH_TERM_MAX_BYTES));
    cr_expect(eq(sz, other.len, KH_TERM_MAX_BYTES));
    cr_expect(ne(str, cut.ptr, other.ptr));
}

Test(fields, never_cut_a_letter_of_a_long_term_in_two)
{
    char value[600];
    for (size_t i = 0; i < sizeof(value); i += 3)
        memcpy(value + i, "\xE0\xA4\x95", 3);
    for (size_t skip = 0; skip < 3; skip++) {
        KH_AUTO_BUF term;
        kh_buf_init(&term, KH_BUF_MAX);
        memset(value, 'a', skip);
        memmove(value + skip, "\xE0\xA4\x95", 3);
        for (size_t i = skip; i + 3 <= sizeof(value); i += 3)
            memcpy(value + i, "\xE0\xA4\x95", 3);

        kh_field_term(&term, KH_FIELD_PLACE, kh_str_make(value, 500));

        cr_expect(le(sz, term.len, KH_TERM_MAX_BYTES));
        cr_expect(eq(sz, kh_utf8_check(kh_buf_str(&term)), term.len));
    }
}
