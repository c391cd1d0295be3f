/* test_language - what analysis has to know of a language, and how codes name one. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <libstemmer.h>
#include <stdio.h>

#include "base/buf.h"
#include "text/fold.h"
#include "text/language.h"

#include "stem.h"

TestSuite(language);

/* The code that a name leads to, or "-". */
static const char *code_of(char out[16], const char *name)
{
    KH_AUTO_BUF code;
    kh_buf_init(&code, 16);
    bool is_known = kh_language_code(&code, kh_str_from(name));
    cr_expect(eq(int, is_known, code.len > 0), "%s", name);
    snprintf(out, 16, "%s", is_known ? kh_buf_text(&code) : "-");
    return out;
}

Test(language, codes_of_every_kind_lead_to_one)
{
    static const struct {
        const char *name;
        const char *code;
    } cases[] = {
        { "en", "en" },
        { "EN", "en" },
        { "eng", "en" },
        { "en-US", "en" },
        { "en_US", "en" },
        { "en_US.UTF-8", "en" },
        { "HIN", "hi" },
        { " hi ", "hi" },
        { "zh-Hant", "zh" },
        { "zh-Hant-TW", "zh" },
        { "chi", "zh" },
        { "zho", "zh" },
        { "cmn", "zh" },
        { "ger", "de" },
        { "deu", "de" },
        { "de_DE@euro", "de" },
        { "fre", "fr" },
        { "iw", "he" },
        { "he", "he" },
        { "in", "id" },
        { "ji", "yi" },
        { "jw", "jv" },
        { "nb", "no" },
        { "nn-NO", "no" },
        { "no", "no" },
        { "nob", "no" },
        { "mo", "ro" },
        { "sh", "sr" },
        { "sr-Latn", "sr" },
        { "fil", "tl" },
        { "tgl", "tl" },
        { "pes", "fa" },
        { "npi", "ne" },
        { "arb", "ar" },
        { "swh", "sw" },
        { "hau", "ha" },
        { "yor", "yo" },
        { "som", "so" },
        { "amh", "am" },
        { "pcm", "pcm" },
        { "pnb", "pnb" },
        { "sat", "sat" },
        { "mai", "mai" },
        { "ckb", "ckb" },
        { "x", "-" },
        { "", "-" },
        { "xx", "-" },
        { "foo", "-" },
        { "english", "-" },
        { "en us", "-" },
        { "und", "-" },
        { "mul", "-" },
        { "zxx", "-" },
        { "en-", "-" },
        { "-en", "-" },
        { "C", "-" },
        { "POSIX", "-" },
        { "en--US", "-" },
        { "12", "-" },
        { "e\xC3\xA9", "-" },
        { "en-123456789", "-" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char code[16];
        cr_expect(eq(str, (char *)code_of(code, cases[i].name), (char *)cases[i].code),
                  "of '%s'", cases[i].name);
    }
}

Test(language, tags_of_every_kind_have_their_usual_form)
{
    static const struct {
        const char *name;
        const char *tag;
        bool is_whole;
    } cases[] = {
        { "zh", "zh", true },
        { "ZH-TW", "zh-TW", true },
        { "zh_hant_tw", "zh-Hant-TW", true },
        { " PT-br ", "pt-BR", true },
        { "es-419", "es-419", true },
        { "en_US.UTF-8", "en-US", true },
        { "en.UTF-8", "en", true },
        { "sr_RS@latin", "sr-RS", true },
        { "SR-LATN", "sr-Latn", true },
        { "cmn-hans-cn", "zh-Hans-CN", true }, /* begins with the code of the index */
        { "ENG-gb", "en-GB", true },
        { "iw-IL", "he-IL", true },
        { "nb-NO", "no-NO", true },
        { "zh-CMN-hans", "zh-cmn-Hans", true },
        { "zh-min-nan", "zh-min-nan", true },
        { "de-ch-1901", "de-CH-1901", true },
        { "sl-ROZAJ-biske-1994", "sl-rozaj-biske-1994", true },
        { "de-1A2B", "de-1a2b", true },
        { "en-US-U-CA-Buddhist-t-FR", "en-US-u-ca-buddhist-t-fr", true },
        { "az-Latn-X-LATN-AZ", "az-Latn-x-latn-az", true },
        { "de-x-A-b", "de-x-a-b", true },
        { "en-a-bb-x-a-ccc", "en-a-bb-x-a-ccc", true },
        { "zh-TW-Hant", "zh-TW", false }, /* a script behind its region */
        { "en-US-GB", "en-US", false },
        { "en-1b", "en", false },
        { "en-12", "en", false },
        { "en-a1c", "en", false },
        { "en-abc1", "en", false },
        { "en-US-u", "en-US", false },
        { "en-x", "en", false },
        { "en-u-x-fine", "en", false },
        { "en-u-a-bb", "en", false },
        { "en-US-posix", "en-US-posix", true },
        { "x-private", "-", false },
        { "i-klingon", "-", false },
        { "und-US", "-", false },
        { "mul-Latn", "-", false },
        { "xx-YY", "-", false },
        { "en--US", "-", false },
        { "en-US-", "-", false },
        { "en-123456789", "-", false },
        { "en-\xC3\xA9", "-", false },
        { "", "-", false },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF tag;
        kh_buf_init(&tag, KH_BUF_MAX);
        bool is_whole = false;
        bool is_known = kh_language_tag(&tag, &is_whole, kh_str_from(cases[i].name));
        const char *got = is_known ? kh_buf_text(&tag) : "-";
        cr_expect(eq(str, (char *)got, (char *)cases[i].tag), "of '%s'", cases[i].name);
        cr_expect(eq(int, is_whole, cases[i].is_whole), "of '%s'", cases[i].name);
        cr_expect(eq(int, is_known, tag.len > 0), "of '%s'", cases[i].name);
    }
}

Test(language, long_tags_lose_whole_subtags_and_stay_as_they_are_then)
{
    static const struct {
        const char *part;
        size_t len; /* of the tag */
    } cases[] = {
        { "-abcdefgh", 2 + 6 * 9 },
        { "-bcdefgh", 2 + 7 * 8 },
        { "-x-abcdefgh-abcdefgh-a", 2 + 2 * 22 + 2 + 9 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF name;
        KH_AUTO_BUF tag;
        KH_AUTO_BUF again;
        kh_buf_init(&name, KH_BUF_MAX);
        kh_buf_init(&tag, KH_BUF_MAX);
        kh_buf_init(&again, KH_BUF_MAX);
        kh_buf_add(&name, KH_STR("zh"));
        for (int k = 0; k < 1000; k++)
            kh_buf_add(&name, kh_str_from(cases[i].part));

        bool is_whole = true;
        cr_assert(kh_language_tag(&tag, &is_whole, kh_buf_str(&name)));
        cr_assert(kh_language_tag(&again, NULL, kh_buf_str(&tag)));

        cr_expect(not(is_whole));
        cr_expect(eq(sz, tag.len, cases[i].len), "%s", kh_buf_text(&tag));
        cr_expect(le(sz, tag.len, KH_LANGUAGE_TAG_BYTES));
        cr_expect(eq(str, (char *)kh_buf_text(&again), (char *)kh_buf_text(&tag)));
    }
}

/* Of whatever bytes: the code is what the tag begins with, and the tag is its own. */
Test(language, tags_begin_with_the_code_and_are_their_own)
{
    static const char letters[] = "aAzZxXuU0919-----____.@ e\xC3";
    static const char *const heads[] = { "en", "ZH", "cmn", "nb", "sr", "q", "" };
    uint64_t state = 7;
    for (int round = 0; round < 200000; round++) {
        KH_AUTO_BUF name;
        KH_AUTO_BUF code;
        KH_AUTO_BUF tag;
        KH_AUTO_BUF again;
        kh_buf_init(&name, KH_BUF_MAX);
        kh_buf_init(&code, KH_BUF_MAX);
        kh_buf_init(&tag, KH_BUF_MAX);
        kh_buf_init(&again, KH_BUF_MAX);
        kh_buf_add(&name, kh_str_from(heads[round % (int)KH_COUNT_OF(heads)]));
        for (int i = round % 80; i > 0; i--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            kh_buf_add_char(&name, letters[(state >> 33) % (sizeof(letters) - 1)]);
        }
        bool has_code = kh_language_code(&code, kh_buf_str(&name));
        cr_assert(eq(int, kh_language_tag(&tag, NULL, kh_buf_str(&name)), has_code));
        if (!has_code)
            continue;
        kh_str primary = kh_language_primary(kh_buf_str(&tag));
        cr_assert(kh_str_equal(primary, kh_buf_str(&code)) != 0, "%s",
                  kh_buf_text(&name));
        bool is_whole = false;
        cr_assert(kh_language_tag(&again, &is_whole, kh_buf_str(&tag)));
        cr_assert(is_whole);
        cr_assert(eq(str, (char *)kh_buf_text(&again), (char *)kh_buf_text(&tag)));
    }
}

Test(language, rows_are_found_by_their_codes)
{
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (size_t i = 0; i < n; i++) {
        char code[16];
        cr_expect(kh_language_find(kh_str_from(rows[i].code)) == &rows[i], "%s",
                  rows[i].code);
        cr_expect(eq(sz, kh_language_number(&rows[i]), i));
        cr_expect(eq(str, (char *)code_of(code, rows[i].code), (char *)rows[i].code));
        if (i > 0)
            cr_expect(strcmp(rows[i - 1].code, rows[i].code) < 0, "%s", rows[i].code);
    }
    cr_expect(kh_language_find(KH_STR("xx")) == kh_language_neutral());
    cr_expect(kh_language_find(KH_STR("")) == kh_language_neutral());
    cr_expect(eq(sz, kh_language_number(kh_language_neutral()), n));
    cr_expect(eq(str, (char *)kh_language_neutral()->code, ""));
}

Test(language, traits_are_those_of_the_language)
{
    cr_expect(kh_language_find(KH_STR("tr"))->is_dotless_i);
    cr_expect(not(kh_language_find(KH_STR("en"))->is_dotless_i));
    cr_expect(kh_language_find(KH_STR("de"))->has_decimal_comma);
    cr_expect(not(kh_language_find(KH_STR("hi"))->has_decimal_comma));
    cr_expect(kh_language_find(KH_STR("en"))->has_month_first);
    cr_expect(not(kh_language_find(KH_STR("fr"))->has_month_first));
    cr_expect(eq(str, (char *)kh_language_find(KH_STR("no"))->stemmer, "norwegian"));
    cr_expect(kh_language_find(KH_STR("zh"))->stemmer == NULL);
}

/* Every algorithm has a row but Porter's and Lovins's, which English replaces, and
 * Arabic's, which ours does. */
Test(language, every_stemmer_has_a_row)
{
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (const char **name = sb_stemmer_list(); *name; name++) {
        bool is_found = strcmp(*name, "porter") == 0 || strcmp(*name, "lovins") == 0 ||
                        strcmp(*name, "arabic") == 0 ||
                        strcmp(*name, "kraaij_pohlmann") == 0 ||
                        strcmp(*name, "german2") == 0;
        for (size_t i = 0; i < n && !is_found; i++)
            is_found = rows[i].stemmer && strcmp(rows[i].stemmer, *name) == 0;
        cr_expect(is_found, "%s", *name);
    }
}

/* Letters that words of the stemmers' languages are made of. */
static const char *const alphabets[][2] = {
    { "hy", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև" },
    { "el", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ" },
    { "hi", "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौंँ्" },
    { "ne", "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौंँ्" },
    { "ko", "은는이가을를의에과와도만로나들서게라고부터까지한국정회전문학생사람" },
    { "ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" },
    { "", "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿšžčćđğışőűąęėįųūłńśźż"
          "ăâîșț'" },
};

static kh_str letter_at(kh_str alphabet, uint32_t number)
{
    size_t at = 0;
    for (uint32_t i = 0; at < alphabet.len; i++) {
        size_t end = at + 1;
        while (end < alphabet.len && ((unsigned char)alphabet.ptr[end] & 0xC0) == 0x80)
            end++;
        if (i == number)
            return kh_str_slice(alphabet, at, end);
        at = end;
    }
    return letter_at(alphabet, number % 26);
}

static kh_str first_letter(const kh_buf *text)
{
    return text->len > 0 ? letter_at(kh_buf_str(text), 0) : kh_str_make(NULL, 0);
}

static void check_first_letters(const kh_language *row, kh_str alphabet)
{
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, row->stemmer, NULL), KH_OK));
    uint64_t state = 99;
    KH_AUTO_BUF word;
    KH_AUTO_BUF form;
    KH_AUTO_BUF stem;
    kh_buf_init(&word, KH_BUF_MAX);
    kh_buf_init(&form, KH_BUF_MAX);
    kh_buf_init(&stem, KH_BUF_MAX);
    for (int round = 0; round < 3000; round++) {
        kh_buf_reset(&word);
        kh_buf_reset(&form);
        kh_buf_reset(&stem);
        int len = 1 + round % 9;
        for (int i = 0; i < len; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            kh_str letter = letter_at(alphabet, (uint32_t)(state >> 33) % 50);
            if (i > 0 || letter.ptr[0] != '\'')
                kh_buf_add(&word, letter);
        }
        if (word.len == 0)
            continue;
        kh_strip_accents(&form, kh_buf_str(&word));
        kh_strip_accents(&stem, kh_stem(stemmer, kh_buf_str(&word)));
        cr_expect(stem.len == 0 ||
                      kh_str_equal(first_letter(&form), first_letter(&stem)),
                  "%s: %s -> %s", row->code, kh_buf_text(&form), kh_buf_text(&stem));
    }
}

Test(language, stems_keep_the_first_letter_where_the_row_says_so)
{
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].stemmer || !rows[i].keeps_first_letter)
            continue;
        for (size_t a = 0; a < KH_COUNT_OF(alphabets); a++) {
            bool is_last = a + 1 == KH_COUNT_OF(alphabets);
            if (is_last || strcmp(alphabets[a][0], rows[i].code) == 0) {
                check_first_letters(&rows[i], kh_str_from(alphabets[a][1]));
                break;
            }
        }
    }
}
