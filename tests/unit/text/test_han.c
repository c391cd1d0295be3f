/* test_han - the table of simplified characters against ICU. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <unicode/utf16.h>
#include <unicode/utrans.h>

#include "base/buf.h"
#include "text/fold.h"
#include "text/words.h"

#include "han.h"

TestSuite(han);

static UTransliterator *open_simplify(void)
{
    UErrorCode icu = U_ZERO_ERROR;
    const UChar id[] = u"Traditional-Simplified";
    UTransliterator *made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &icu);
    cr_assert(le(int, icu, U_ZERO_ERROR));
    return made;
}

/* What ICU makes of a character alone; itself if that is more than one. */
static uint32_t simplify(UTransliterator *with, uint32_t c)
{
    UErrorCode icu = U_ZERO_ERROR;
    UChar units[16];
    int32_t len = 0;
    U16_APPEND_UNSAFE(units, len, c);
    int32_t limit = len;
    utrans_transUChars(with, units, &len, 16, 0, &limit, &icu);
    cr_assert(le(int, icu, U_ZERO_ERROR));
    UChar32 made;
    int32_t at = 0;
    U16_NEXT(units, at, len, made);
    return at == len ? (uint32_t)made : c;
}

/* In ICU two of these (of ramie) become each other; here all are the first of them. */
static bool is_in_circle(uint32_t c)
{
    return c == 0x82CE || c == 0x82E7 || c == 0x85B4;
}

Test(han, is_simplified_as_icu_has_it)
{
    UTransliterator *with = open_simplify();

    for (uint32_t c = 0x2E80; c <= 0x3FFFD; c++) {
        if (!kh_is_character(c) || is_in_circle(c))
            continue;
        cr_assert(eq(u32, kh_simplified(c), simplify(with, c)), "%x", c);
    }
    utrans_close(with);
}

Test(han, is_one_of_characters_that_become_each_other)
{
    cr_expect(eq(u32, kh_simplified(0x82E7), 0x82CE));
    cr_expect(eq(u32, kh_simplified(0x85B4), 0x82CE));
    cr_expect(eq(u32, kh_simplified(0x82CE), 0x82CE));
}

Test(han, stays_when_it_is_simplified_or_no_character_of_china)
{
    static const uint32_t same[] = { 0,      'a',    0x3042,  0x33FF,  0x4E00,
                                     0x9FFF, 0xA000, 0x1F600, 0x10FFFF };

    for (size_t i = 0; i < KH_COUNT_OF(same); i++)
        cr_expect(eq(u32, kh_simplified(same[i]), same[i]));
    for (uint32_t c = 0x3400; c < 0xA000; c++)
        cr_assert(eq(u32, kh_simplified(kh_simplified(c)), kh_simplified(c)));
}

/* What is simplified needs no folding, else a term would be told from itself. */
Test(han, is_folded_once_it_is_simplified)
{
    for (uint32_t c = 0x3400; c < 0xA000; c++) {
        KH_AUTO_BUF written;
        KH_AUTO_BUF folded;
        kh_buf_init(&written, 8);
        kh_buf_init(&folded, 64);
        kh_buf_add_code_point(&written, kh_simplified(c));
        kh_fold(&folded, kh_buf_str(&written), kh_language_neutral());
        cr_assert(kh_str_equal(kh_buf_str(&written), kh_buf_str(&folded)) == true, "%x",
                  c);
    }
}
