/* test_fold - one spelling for what readers take as the same word. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/utf8.h"
#include "text/fold.h"

TestSuite(fold);

typedef struct sample {
    const char *text;
    const char *folded;
} sample;

static void check_fold(const char *language, const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        kh_fold(&got, kh_str_from(samples[i].text),
                kh_language_find(kh_str_from(language)));
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].folded),
                  "of '%s' in '%s'", samples[i].text, language);
    }
}

#define CHECK(language, ...)                                   \
    do {                                                       \
        static const sample samples[] = __VA_ARGS__;           \
        check_fold((language), samples, KH_COUNT_OF(samples)); \
    } while (0)

typedef void transform(kh_buf *out, kh_str text);

static void check(transform *make, const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        make(&got, kh_str_from(samples[i].text));
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].folded),
                  "of '%s'", samples[i].text);
    }
}

Test(fold, takes_case_and_width_off)
{
    CHECK("en", {
                    { "", "" },
                    { "Word", "word" },
                    { "AZaz09[`{@", "azaz09[`{@" },
                    { "ÉCOLE", "école" },
                    { "Straße STRASSE ẞ", "strasse strasse ss" },
                    { "ΟΔΌΣ οδός", "οδόσ οδόσ" },
                    { "ＡＢＣ１２", "abc12" },
                    { "ﬁn", "fin" },
                    { "ſ", "s" },
                    { "Iİ", "ii\u0307" },
                    { "ｶﾞｽ", "ガス" },
                    { "⼈", "人" },
                    { "Ⅻ", "xii" },
                });
}

Test(fold, knows_the_turkish_i)
{
    CHECK("tr", {
                    { "ISPARTA", "ısparta" },
                    { "İstanbul", "istanbul" },
                    { "I\u0307stanbul", "istanbul" },
                    { "istanbul", "istanbul" },
                    { "DIŞ", "dış" },
                    { "Ankara", "ankara" },
                });
    CHECK("az", { { "Bakı BAKI", "bakı bakı" } });
}

Test(fold, takes_out_what_is_not_seen)
{
    CHECK("en", {
                    { "so\u00ADft", "soft" },
                    { "a\u200Cb\u200Dc\u2060d\uFEFF", "abcd" },
                    { "ا\u200Cب", "اب" },
                    { "邉\U000E0100", "邉" },
                });
}

Test(fold, straightens_apostrophes)
{
    CHECK("en",
          {
              { "o’clock o‘clock oʼclock o＇clock", "o'clock o'clock o'clock o'clock" },
          });
}

Test(fold, takes_stress_marks_off_cyrillic)
{
    CHECK("ru", {
                    { "слова\u0301ми", "словами" },
                    { "ѐѝ", "еи" },
                    { "и\u0300", "и" },
                    { "й ё ѓ ќ", "й ё ѓ ќ" },
                    { "и\u0306", "й" },
                    { "ӣ ӯ", "ӣ ӯ" },
                    { "á", "á" },
                    { "x\u0301", "x\u0301" },
                    { "क\u0301", "क\u0301" },
                });
}

Test(fold, straightens_hebrew_quotes)
{
    CHECK("he", { { "צה״ל", "צה\"ל" }, { "ג׳", "ג'" } });
}

Test(fold, unifies_arabic_letters)
{
    CHECK("ar", {
                    { "أحمد", "احمد" },
                    { "إسلام", "اسلام" },
                    { "آخر", "اخر" },
                    { "ا\u0653خر", "اخر" },
                    { "ٱلله", "الله" },
                    { "على", "علي" },
                    { "علی", "علي" },
                    { "کتاب", "كتاب" },
                    { "كِتَابٌ", "كتاب" },
                    { "مـــحمد", "محمد" },
                    { "هٰذا", "هذا" },
                    { "ب\u0610ب\u061Aب\u064Bب\u065Fب\u0670ب", "بببببب" },
                    { "ب\u06D6ب\u06EDب\u0898ب\u08FFب", "ببببب" },
                    { "ب\u06DEب\u06E5ب", "ب\u06DEب\u06E5ب" },
                    { "مدرسة", "مدرسه" },
                    { "مسؤول شيئا", "مسؤول شيئا" },
                    { "ﻻ", "لا" },
                    { "١٢٣", "123" },
                    { "۴۵۶", "456" },
                });
    CHECK("th", { { "กรุงเทพฯ", "กรุงเทพ" }, { "เด็กๆ", "เด็ก" } });
    CHECK("ur", { { "پاکستان", "پاكستان" }, { "ہے", "ہے" } });
    CHECK("fa", { { "می‌خواهم", "ميخواهم" } });
}

Test(fold, keeps_indic_marks)
{
    CHECK("hi", {
                    { "हिंदी", "हिंदी" },
                    { "किताबें", "किताबें" },
                    { "२०२५", "2025" },
                    { "के.वी", "केवी" },
                });
    CHECK("bn", { { "১২৩", "123" }, { "ৎ", "ত্" }, { "ত্\u200D", "ত্" } });
    CHECK("ml", {
                    { "\u0D7B\u0D7C\u0D7D\u0D7E\u0D7A\u0D7F",
                      "\u0D28\u0D4D\u0D30\u0D4D\u0D32\u0D4D\u0D33\u0D4D\u0D23\u0D4D"
                      "\u0D15\u0D4D" },
                    { "\u0D28\u0D4D\u200D", "\u0D28\u0D4D" },
                });
    CHECK("ta", { { "௧௨", "12" } });
}

Test(fold, unifies_spellings_of_devanagari)
{
    CHECK("hi", {
                    { "क\u0958लम", "ककलम" }, /* precomposed nukta */
                    { "क\u093Cलम", "कलम" },
                    { "ज़्यादा", "ज्यादा" },
                    { "अंग्रेज़ी", "अंग्रेजी" },
                    { "बाज़ार", "बाजार" },
                    { "सड़क", "सडक" },
                    { "\u0929\u0931\u0934", "नरळ" },
                    { "चाँद", "चांद" },
                    { "पहुँच", "पहुंच" },
                    { "गाँव", "गांव" },
                    { "सम्बन्ध", "संबंध" },
                    { "हिन्दी", "हिंदी" },
                    { "हिन्\u200Dदी", "हिंदी" },
                    { "पञ्जाब", "पंजाब" },
                    { "अङ्क", "अंक" },
                    { "घण्टा", "घंटा" },
                    { "फ़्रान्स", "फ्रांस" },
                    { "इन्टरनेट", "इंटरनेट" },
                });
    CHECK("gu", { { "ગાઁધી", "ગાંધી" }, { "ગાન્ધી", "ગાંધી" } });
    CHECK("pa", { { "ਫ\u0A3Cੌਜ", "ਫੌਜ" } });
}

Test(fold, keeps_nasals_that_are_sounds)
{
    CHECK("hi", {
                    { "न्यूज", "न्यूज" },
                    { "अन्य", "अन्य" },
                    { "जन्म", "जन्म" },
                    { "सम्मान", "सम्मान" },
                    { "अन्न", "अन्न" },
                    { "उन्होंने", "उन्होंने" },
                    { "तुम्हारा", "तुम्हारा" },
                    { "जनता", "जनता" },
                });
    CHECK("bn", { { "চাঁদ", "চাঁদ" }, { "বন্ধ", "বন্ধ" } });
    CHECK("ta", { { "இந்தியா", "இந்தியா" } });
}

Test(fold, reads_numbers_of_languages_with_decimal_points)
{
    CHECK("en", {
                    { "1,000", "1000" },
                    { "100,000", "100000" },
                    { "1,00,000", "100000" },
                    { "10,00,00,000", "100000000" },
                    { "1,000,000.50", "1000000.50" },
                    { "1,000.50", "1000.50" },
                    { "1.000,50", "1000.50" },
                    { "1.000.000", "1000000" },
                    { "1'000", "1000" },
                    { "1’000’000.5", "1000000.5" },
                    { "1\u202F000", "1000" },
                    { "1\u202F000,5", "1000.5" },
                    { "5.83", "5.83" },
                    { "1.000", "1.000" },
                    { "5,83", "5,83" },
                    { "1,0000", "1,0000" },
                    { "1000,000", "1000,000" },
                    { "100,00,000", "100,00,000" },
                    { "1,2,3", "1,2,3" },
                    { "05.06.2025", "05.06.2025" },
                    { "192.168.1.1", "192.168.1.1" },
                    { "1,000.000,5", "1,000.000,5" },
                    { "1.2.3,4", "1.2.3,4" },
                    { "1;000", "1;000" },
                    { "1,000;5", "1,000;5" },
                    { "1_000", "1_000" },
                    { "1,", "1," },
                    { "1,,000", "1,,000" },
                    { "٥٫٨٣", "5.83" },
                    { "١٬٠٠٠٫٥", "1000.5" },
                    { "2nd", "2nd" },
                    { "1,000a", "1,000a" },
                    { "1\u00AD,000", "1000" },
                });
}

Test(fold, reads_numbers_of_languages_with_decimal_commas)
{
    CHECK("de", {
                    { "5,83", "5.83" },
                    { "1.000", "1000" },
                    { "1.000.000,5", "1000000.5" },
                    { "1,000", "1.000" },
                    { "1,000,000", "1000000" },
                    { "5.83", "5.83" },
                    { "05.06.2025", "05.06.2025" },
                    { "1,000.50", "1000.50" },
                });
}

Test(fold, gives_up_on_numbers_of_many_parts)
{
    KH_AUTO_BUF text;
    KH_AUTO_BUF got;
    kh_buf_init(&text, 1 << 20);
    kh_buf_init(&got, 1 << 20);
    kh_buf_add(&text, KH_STR("1"));
    for (int i = 0; i < 31; i++)
        kh_buf_add(&text, KH_STR(",000"));
    kh_fold(&got, kh_buf_str(&text), kh_language_neutral());
    cr_expect(eq(sz, got.len, 1 + 31 * 3));

    kh_buf_add(&text, KH_STR(",000"));
    kh_buf_reset(&got);
    kh_fold(&got, kh_buf_str(&text), kh_language_neutral());
    cr_expect(eq(sz, got.len, text.len));
}

Test(fold, takes_the_dots_out_of_acronyms)
{
    CHECK("en", {
                    { "U.S", "us" },
                    { "u.s.a", "usa" },
                    { "F.B.I.", "fbi" },
                    { "P.o.K", "pok" },
                    { "e.g", "eg" },
                    { "é.u", "éu" },
                    { "С.Ш.А", "сша" },
                    { "example.org", "example.org" },
                    { "x.org", "x.org" },
                    { "a.bc", "a.bc" },
                    { "a..b", "a..b" },
                    { "a.1", "a.1" },
                    { ".a", ".a" },
                    { "a'b", "a'b" },
                });
}

Test(fold, changes_a_folded_word_no_more)
{
    static const char *const words[] = { "Straße", "كِتَابٌ", "U.S.A", "1,00,000",
                                         "ｶﾞｽ",    "क़लम",  "ΌΔΟΣ",  "ৎ" };
    for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
        KH_AUTO_BUF once;
        KH_AUTO_BUF twice;
        kh_buf_init(&once, 1024);
        kh_buf_init(&twice, 1024);
        kh_fold(&once, kh_str_from(words[i]), kh_language_neutral());
        kh_fold(&twice, kh_buf_str(&once), kh_language_neutral());
        cr_expect(eq(str, (char *)kh_buf_text(&once), (char *)kh_buf_text(&twice)));
    }
}

Test(fold, appends_and_survives_broken_utf8)
{
    KH_AUTO_BUF got;
    kh_buf_init(&got, 1024);
    kh_buf_add(&got, KH_STR("1,000 U.S "));
    kh_fold(&got, KH_STR("A\xFF\xC3\xE2\x82"), kh_language_neutral());
    cr_expect(kh_str_starts(kh_buf_str(&got), KH_STR("1,000 U.S a\uFFFD")) == true);
    cr_expect(eq(sz, kh_utf8_check(kh_buf_str(&got)), got.len));

    kh_buf_reset(&got);
    kh_fold(&got, kh_str_make(NULL, 0), kh_language_neutral());
    cr_expect(eq(sz, got.len, 0));
}

Test(fold, of_long_texts_goes_slice_by_slice)
{
    /* Without spaces and with them; é as e and a mark, so that a bad cut shows. */
    static const char *const units[] = { "Ae\u0301ℌ", "Ae\u0301 ℌ" };
    static const char *const folded[] = { "aéh", "aé h" };
    for (size_t i = 0; i < KH_COUNT_OF(units); i++) {
        KH_AUTO_BUF text;
        KH_AUTO_BUF got;
        kh_buf_init(&text, KH_BUF_MAX);
        kh_buf_init(&got, KH_BUF_MAX);
        size_t n = 500000;
        for (size_t k = 0; k < n; k++)
            kh_buf_add(&text, kh_str_from(units[i]));

        kh_fold(&got, kh_buf_str(&text), kh_language_neutral());

        cr_assert(eq(sz, got.len, n * strlen(folded[i])));
        for (size_t k = 0; k < n; k++)
            cr_assert(memcmp(got.ptr + k * strlen(folded[i]), folded[i],
                             strlen(folded[i])) == 0);
    }
}

Test(strip, takes_accents_off_latin_and_greek)
{
    static const sample samples[] = {
        { "", "" },
        { "plain", "plain" },
        { "éèêëñüçåāăąőűşţž", "eeeenucaaaaoustz" },
        { "việtươđ", "vietuod" },
        { "øłđħŧæœþðıß", "oldhtaeoethdiß" },
        { "ǿǽ", "oae" },
        { "ɓɗƙƴ", "bdky" },
        { "ọ̀ẹ́ṣ", "oes" },
        { "e\u0301\u0302x", "ex" },
        { "i\u0307", "i" },
        { "1\u0301", "1" },
        { "άέήίόύώϊΐ", "αεηιουωιι" },
        { "ᾳ", "α" },
        { "a\u0300b\u036Fc\u1AB0d\u1AFFe\u1DC0f\u1DFFg", "abcdefg" },
        { "a\u20D0b\u20FFc\uFE20d\uFE2Fe\u0483f\u0487g", "abcdefg" },
        { "a\u064B\u0301", "a\u064B" },
        { "qurʾān hawaiʻi", "quran hawaii" },
        { "o'brien", "o'brien" },
    };
    check(kh_strip_accents, samples, KH_COUNT_OF(samples));
}

Test(strip, leaves_cyrillic_letters_that_are_no_accents)
{
    static const sample samples[] = {
        { "ёйїґўѓќ", "ейїґўѓќ" },
        { "за\u0301мок", "замок" },
        { "и\u0300", "и" },
        { "ӣӯ", "ӣӯ" },
    };
    check(kh_strip_accents, samples, KH_COUNT_OF(samples));
}

Test(strip, leaves_marks_of_other_scripts)
{
    static const sample samples[] = {
        { "हिंदी", "हिंदी" },       { "தமிழ்", "தமிழ்" },       { "ไทยก็", "ไทยก็" },
        { "क\u0301", "क\u0301" }, { "שָׁלוֹם", "שָׁלוֹם" },       { "が", "が" },
        { "중", "중" },           { "\u0301a", "\u0301a" }, { "éहिé", "eहिe" },
    };
    check(kh_strip_accents, samples, KH_COUNT_OF(samples));
}

Test(strip, makes_traditional_characters_simplified)
{
    static const sample samples[] = {
        { "東京", "东京" },     { "臺灣總統", "台湾总统" }, { "台湾总统", "台湾总统" },
        { "裡裏里", "里里里" }, { "發髮发", "发发发" },     { "東\u0301", "东\u0301" },
        { "タワー", "タワー" }, { "広気", "広気" }, /* of Japan alone */
    };
    check(kh_strip_accents, samples, KH_COUNT_OF(samples));
}

Test(phrase, is_words_with_single_spaces)
{
    static const sample samples[] = {
        { "", "" },
        { " -- ", "" },
        { "Shangri-La  Dialogue", "shangri la dialogue" },
        { "  Indus Waters Treaty. ", "indus waters treaty" },
        { "AT&T", "at t" },
        { "Côte d’Ivoire", "cote d ivoire" },
        { "U.S.-China", "us china" },
        { "U.S.A. U. S.", "usa u s" },
        { ".a b. .", "a b" },
        { "x.com 1.2", "x com 1 2" },
        { "हिंदी-समाचार", "हिंदी समाचार" },
        { "२०२५", "2025" },
        { "so\u00ADft word\u200B", "soft word" },
        { "snake_case", "snake case" },
        { "中国、日本", "中国 日本" },
        { "中國、臺灣", "中国 台湾" },
        { "good🙂day", "good day" },
        { "\xFFz", "z" },
        { "الأمم المتحدة", "الامم المتحده" },
    };
    check(kh_fold_phrase, samples, KH_COUNT_OF(samples));
}

Test(fold, keeps_case_and_accents_of_what_is_written)
{
    static const struct {
        const char *word;
        const char *wanted;
        bool has_capital;
    } cases[] = {
        { "Waters", "Waters", true },
        { "o\u2019brien", "o'brien", false },
        { "Ko\u0308ln", "K\u00f6ln", true },
        { "\uff21\uff50\uff50", "App", true },
        { "stra\u00dfe", "stra\u00dfe", false },
        { "\u01c5ep", "D\u017eep", true }, /* a letter in title case */
        { "160,000", "160,000", false },
        { "\u6771\u4eac", "\u6771\u4eac", false }, /* Tokyo, traditional */
        { "\ufdfa",
          "\u0635\u0644\u064a \u0627\u0644\u0644\u0647 "
          "\u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645",
          false }, /* the most that becomes of one code point */
        { "", "", false },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_fold_written(&out, kh_str_from(cases[i].word));
        cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)cases[i].wanted), "%s",
                  cases[i].word);
        cr_expect(
            eq(int, kh_has_capital(kh_str_from(cases[i].word)), cases[i].has_capital),
            "%s", cases[i].word);
    }
}
