/* test_charset - bytes of any encoding to UTF-8. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <unicode/ucnv.h>

#include "text/charset.h"

TestSuite(charset);

static void check(kh_str bytes, const char *declared, const char *wanted,
                  bool wanted_verbatim)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_error err = { 0 };
    bool is_verbatim = !wanted_verbatim;
    cr_expect(eq(int,
                 (int)kh_charset_to_utf8(&out, bytes, declared, &is_verbatim, &err),
                 KH_OK),
              "%s", err.message);
    cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)wanted), "declared %s",
              declared ? declared : "nothing");
    cr_expect(eq(int, is_verbatim, wanted_verbatim));
}

static void check_fails(kh_str bytes, const char *declared, const char *message)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    kh_buf_add(&out, KH_STR("before"));
    kh_error err = { 0 };
    bool is_verbatim = true;
    cr_expect(eq(int,
                 (int)kh_charset_to_utf8(&out, bytes, declared, &is_verbatim, &err),
                 KH_ERR_FORMAT));
    cr_expect(eq(str, err.message, (char *)message));
    cr_expect(eq(str, (char *)kh_buf_text(&out), "before"));
    cr_expect(is_verbatim);
}

/* Append UTF-8 in another encoding. */
static void encode(kh_buf *out, const char *text, const char *encoding)
{
    UErrorCode icu = U_ZERO_ERROR;
    char bytes[4000];
    int32_t len =
        ucnv_convert(encoding, "UTF-8", bytes, (int32_t)sizeof(bytes), text, -1, &icu);
    cr_assert(le(int, (int)icu, (int)U_ZERO_ERROR), "%s", encoding);
    kh_buf_add(out, kh_str_make(bytes, (size_t)len));
}

Test(charset, takes_utf8_as_it_is)
{
    check(KH_STR(""), NULL, "", true);
    check(KH_STR("plain"), NULL, "plain", true);
    check(KH_STR("plain"), "utf-16", "\u706C\u6169\uFFFD", false);
    check(KH_STR("naïve हिन्दी"), NULL, "naïve हिन्दी", true);
    check(KH_STR("naïve"), "iso-8859-1", "naïve", true);
    check(KH_STR("naïve"), "no such thing", "naïve", true);
    check(KH_STR("naïve"), "", "naïve", true);
}

Test(charset, obeys_byte_order_marks)
{
    check(KH_STR("\xEF\xBB\xBFna\xC3\xAFve"), NULL, "naïve", false);
    check(KH_STR("\xEF\xBB\xBF\xC3\xAF\xFF"), NULL, "ï\uFFFD", false);
    check(KH_STR("\xFF\xFEn\0\xEF\0"), NULL, "nï", false);
    check(KH_STR("\xFE\xFF\0n\0\xEF"), "utf-8", "nï", false);
    check(KH_STR("\xFF\xFE\x3D\xD8\x00\xDE"), NULL, "\U0001F600", false);
    check(KH_STR("\xFF\xFE\0\0n\0\0\0\xEF\0\0\0"), NULL, "nï", false);
    check(KH_STR("\0\0\xFE\xFF\0\0\0n"), NULL, "n", false);
    check(KH_STR("\xFF\xFE"), NULL, "", false);
}

Test(charset, obeys_declarations)
{
    check(KH_STR("na\xEFve \x93q\x94 \x80"), "ISO-8859-1", "naïve “q” €", false);
    check(KH_STR("na\xEFve \x93q\x94"), " \"latin1\" ", "naïve “q”", false);
    check(KH_STR("\xCF\xF0\xE8\xE2\xE5\xF2"), "windows-1251", "Привет", false);
    check(KH_STR("\xF0\xD2\xC9\xD7\xC5\xD4"), "KOI8-R", "Привет", false);
    check(KH_STR("\xE3\xD1\xCD\xC8\xC7"), "windows-1256", "مرحبا", false);
    check(KH_STR("\xC4\xE3\xBA\xC3"), "gb2312", "你好", false);
    check(KH_STR("\x81\x30\x84\x36\xC4\xE3"), "GB18030", "\u00A5你", false);
    check(KH_STR("\x93\xFA\x96\x7B \x87\x40"), "Shift_JIS", "日本 ①", false);
    check(KH_STR("\x1B$BF|K\\\x1B(B"), "iso-2022-jp", "日本", false);
    check(KH_STR("\xB0\xA1"), "euc-kr", "가", false);
    check(KH_STR("n\0\xEF\0"), "UTF-16LE", "nï", false);
    check(KH_STR("\xDE"), "iso-8859-9", "Ş", false);
    check(KH_STR("caf\xE9"), "utf-8", "café", false);
}

Test(charset, replaces_what_is_ill_formed)
{
    check(KH_STR("na\xC3\xAFve \xFF!"), "utf-8", "naïve \uFFFD!", false);
    check(KH_STR("\xC4\xE3\xFF!"), "gb18030", "你\uFFFD!", false);
    check(KH_STR("\xFF\xFE\x00\xD8n\0"), NULL, "\uFFFDn", false);
    check(KH_STR("\xFF\xFE\0\0n\0"), NULL, "\uFFFD", false);
    check(KH_STR("\xFE\xFF\0\0\0n"), NULL, "\uFFFDn", false);
}

/* Texts as long as those of an article; ICU's detector needs some. */
Test(charset, detects_what_is_not_declared)
{
    static const struct {
        const char *encoding;
        const char *text;
    } cases[] = {
        { "windows-1251",
          "Президент России заявил в четверг, что переговоры о перемирии "
          "будут продолжены на следующей неделе в Стамбуле." },
        { "KOI8-R", "Президент России заявил в четверг, что переговоры о перемирии "
                    "будут продолжены на следующей неделе в Стамбуле." },
        { "windows-1256", "قال الرئيس يوم الخميس إن المحادثات بشأن وقف إطلاق النار "
                          "ستستمر في الأسبوع المقبل في العاصمة القاهرة." },
        { "windows-1252",
          "Le président a déclaré jeudi que les négociations de paix se "
          "poursuivront la semaine prochaine à Genève, côté français." },
        { "gb18030", "总统星期四表示，有关停火的谈判将于下周在日内瓦继续进行，"
                     "双方代表都将出席这次会议。" },
        { "Shift_JIS", "大統領は木曜日、停戦に関する交渉を来週ジュネーブで"
                       "続けると述べた。両国の代表が出席する。" },
        { "EUC-JP", "大統領は木曜日、停戦に関する交渉を来週ジュネーブで"
                    "続けると述べた。両国の代表が出席する。" },
        { "EUC-KR", "대통령은 목요일 휴전에 관한 협상이 다음 주 제네바에서 계속될 "
                    "것이라고 말했다." },
        { "ISO-2022-JP", "大統領は木曜日、停戦に関する交渉を続けると述べた。" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF bytes;
        kh_buf_init(&bytes, KH_BUF_MAX);
        encode(&bytes, cases[i].text, cases[i].encoding);
        check(kh_buf_str(&bytes), NULL, cases[i].text, false);
    }
}

/* A byte too many, one lost, a text that is cut off: one character, not all of them. */
Test(charset, takes_damaged_utf8_for_utf8)
{
    check(KH_STR("कावेरी का जल\xE0"), NULL, "कावेरी का जल\uFFFD", false);
    check(KH_STR("कावेरी का ज\xE0\xA4"), NULL, "कावेरी का ज\uFFFD", false);
    check(KH_STR("कावेरी \xA4\xBE का जल"), NULL, "कावेरी \uFFFD\uFFFD का जल", false);
    check(KH_STR("the region\xE2\x80\x99s \x96 talks"), NULL,
          "the region\u2019s \uFFFD talks", false);
    check(KH_STR("M\xC3\xBCnchen \xFF"), NULL, "München \uFFFD", false);
    check(KH_STR("总统星期四表示\xE6\xFF，谈判"), NULL,
          "总统星期四表示\uFFFD\uFFFD，谈判", false);
    check(KH_STR("Ein \x84Wort\x93, M\xFCnchen"), NULL, "Ein „Wort“, München", false);
    check(KH_STR("M\xC3\xBCnchen, K\xF6ln, D\xFCsseldorf"), NULL,
          "MÃ¼nchen, Köln, Düsseldorf", false);
}

Test(charset, detects_beyond_a_long_beginning_of_ascii)
{
    KH_AUTO_BUF bytes;
    KH_AUTO_BUF wanted;
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_buf_init(&wanted, KH_BUF_MAX);
    for (int i = 0; i < 5000; i++)
        kh_buf_add(&bytes, KH_STR("<p class=\"x\">\n"));
    kh_buf_add(&wanted, kh_buf_str(&bytes));
    const char *text = "Президент России заявил в четверг, что переговоры продолжены.";
    encode(&bytes, text, "windows-1251");
    kh_buf_add(&wanted, kh_str_from(text));

    check(kh_buf_str(&bytes), NULL, kh_buf_text(&wanted), false);
}

Test(charset, falls_back_to_windows_1252)
{
    check(KH_STR("\x80"), NULL, "€", false);
    check(KH_STR("a \x96 b"), NULL, "a – b", false);
}

Test(charset, refuses_what_is_no_text)
{
    check_fails(kh_str_make("a\0b", 3), NULL, "not text: it holds NUL bytes");
    check_fails(kh_str_make("\xEF\xBB\xBF\0", 4), NULL, "not text: it holds NUL bytes");
    check_fails(kh_str_make("\xFF\0\xE9", 3), "iso-8859-1",
                "not text: it holds NUL bytes");
}

Test(charset, refuses_names_that_it_does_not_know)
{
    check_fails(KH_STR("caf\xE9"), "klingon-8", "no encoding is called 'klingon-8'");
    check_fails(KH_STR("caf\xE9"),
                "a-name-that-is-much-longer-than-any-name-of-an-encoding-that-there-is",
                "no encoding is called '?'");
}

Test(charset, says_when_the_text_is_too_long)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, 4);
    kh_error err = { 0 };
    cr_expect(
        eq(int, (int)kh_charset_to_utf8(&out, KH_STR("caf\xE9s"), "latin1", NULL, &err),
           KH_ERR_LIMIT));
    cr_expect(eq(sz, out.len, 0));
}
