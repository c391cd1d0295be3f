/* test_words - where the words of a text are. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <time.h>

#include "base/alloc.h"
#include "text_samples.h"

TestSuite(words);

typedef struct sample {
    const char *text;
    const char *words;
} sample;

static void check(const sample *samples, size_t n)
{
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));

    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        sample_words(&got, words, samples[i].text);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].words),
                  "of '%s'", samples[i].text);
    }
}

#define CHECK(...)                        \
    const sample samples[] = __VA_ARGS__; \
    check(samples, KH_COUNT_OF(samples))

Test(words, are_what_spaces_and_signs_leave)
{
    CHECK({
        { "", "" },
        { " \t\r\n", "" },
        { "one", "one" },
        { "One, two; (three) \"four\"!", "One|two|three|four" },
        { "a[b]c{d}e`f^g\\h", "a|b|c|d|e|f|g|h" },
        { "a/b a&b a+b a=b a|b", "a|b|a|b|a|b|a|b|a|b" },
        { "naïve Zürich é", "naïve|Zürich|é" },
        { "“Quoted” – dashed — text…", "Quoted|dashed|text" },
        { "Ελλάδα и Россия", "Ελλάδα|и|Россия" },
        { "word\u00A0word", "word|word" },
    });
}

Test(words, keep_numbers_whole)
{
    CHECK({
        { "1,000 1,00,000 5.83 1.000.000", "1,000|1,00,000|5.83|1.000.000" },
        { "1'000 1’000", "1'000|1’000" },
        { "1, 2. 3", "1|2|3" },
        { "12:30 3/4 50% $5", "12|30|3|4|50|5" },
        { "covid19 2nd G20 b2b", "covid19|2nd|G20|b2b" },
        { "1\u202F000 000", "1\u202F000|000" },
    });
}

Test(words, know_their_kind)
{
    static const struct {
        const char *text;
        kh_word_kind kind;
    } samples[] = {
        { "word", KH_WORD_LETTERS }, { "2nd", KH_WORD_LETTERS },
        { "1,000", KH_WORD_NUMBER }, { "2024_25", KH_WORD_NUMBER },
        { "_5", KH_WORD_LETTERS },   { "a5", KH_WORD_LETTERS },
        { "१२३", KH_WORD_NUMBER },   { "中", KH_WORD_CHARACTER },
        { "カ", KH_WORD_CHARACTER }, { "ｶ", KH_WORD_CHARACTER },
        { "ไทย", KH_WORD_LETTERS },  { "한국", KH_WORD_LETTERS },
        { "५वाँ", KH_WORD_LETTERS },
    };
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));

    for (size_t i = 0; i < KH_COUNT_OF(samples); i++) {
        for (int is_slow = 0; is_slow < 2; is_slow++) {
            kh_word word;
            kh_str text = kh_str_from(samples[i].text);
            if (is_slow)
                kh_words_reset_slow(words, text);
            else
                kh_words_reset(words, text);
            cr_assert(kh_words_next(words, &word) == true);
            cr_expect(eq(int, (int)word.kind, (int)samples[i].kind), "of '%s', %d",
                      samples[i].text, is_slow);
            cr_expect(eq(sz, word.start, 0));
            cr_expect(eq(sz, word.end, text.len));
        }
    }
}

Test(words, lose_possessives)
{
    CHECK({
        { "India's India’s INDIA'S", "India|India|INDIA" },
        { "it's let's", "it|let" },
        { "dogs' boss’", "dogs|boss" },
        { "don't I'm we've o'clock O'Brien", "don't|I'm|we've|o'clock|O'Brien" },
        { "rock'n'roll's", "rock'n'roll" },
        { "Trump's-era", "Trump|era" },
        { "2024's U.S.'s “Dune”’s (BBC)'s", "2024|U.S|Dune|BBC" },
        { "'s avonds 's", "s|avonds|s" },
        { "s's a's", "s|a" },
        { "class 's", "class|s" },
        { "'tis", "tis" },
    });
}

Test(words, lose_elided_articles)
{
    CHECK({
        { "l'eau d’état L'ÉTAT", "eau|état|ÉTAT" },
        { "j'ai m'a n'est s'il t'as c'est", "ai|a|est|il|as|est" },
        { "qu'il lorsqu'on puisqu’elle jusqu'à quoiqu'un", "il|on|elle|à|un" },
        { "un'altra dell'anno nell’acqua all'alba dall'Italia",
          "altra|anno|acqua|alba|Italia" },
        { "sull'onda quell'uomo coll'età bell'aria sant'Anna gl'Inni",
          "onda|uomo|età|aria|Anna|Inni" },
        { "aujourd'hui presqu'île", "aujourd'hui|presqu'île" },
        { "d’Estaing's l's", "Estaing|l" },
        { "l' l'", "l|l" },
        { "xl'eau", "xl'eau" },
    });
}

Test(words, join_by_one_hyphen_only)
{
    CHECK({
        { "Shangri-La cross‐border non‑stop", "Shangri|-La|cross|-border|non|-stop" },
        { "a--b a - b a– b a–b", "a|b|a|b|a|b|a|b" },
        { "-a b- -c", "a|b|c" },
        { "U.S.-based India's-x", "U.S|based|India|x" },
        { "a-\u00ADb", "a|b" },
        { "covid-19 19-20", "covid|-19|19|-20" },
        { "中-国", "中|-国" },
        { "a-b-c-d", "a|-b|-c|-d" },
    });
}

Test(words, cut_characters_one_by_one)
{
    CHECK({
        { "中国的水坝。", "中|+国|+的|+水|+坝" },
        { "中国、日本", "中|+国|日|+本" },
        { "カタカナー・ひら", "カ|+タ|+カ|+ナ|+ー|ひ|+ら" },
        { "ｶﾞｽ", "ｶﾞ|+ｽ" },
        { "か\u3099", "か\u3099" },
        { "中a国 5月abc", "中|a|国|5|月|abc" },
        { "々〇", "々|+〇" },
        { "\U00020000水", "\U00020000|+水" },
        { "邉\U000E0100中", "邉\U000E0100|+中" },
        { "カ_ナ_a", "カ|ナ|_a" },
    });
}

Test(words, of_dictionary_scripts_come_from_icu)
{
    CHECK({
        { "ฉันรักภาษาไทย", "ฉัน|รัก|ภาษา|ไทย" },
        { "ปี2568 Googleประกาศ", "ปี|2568|Google|ประกาศ" },
        { "ພາສາລາວ", "ພາສາ|ລາວ" },
        { "ខ្ញុំស្រលាញ់ភាសាខ្មែរ", "ខ្ញុំ|ស្រលាញ់|ភាសាខ្មែរ" },
        { "ສະບາຍດີ", "ສະບາຍດີ" },
        { "မြန်မာ", "မြန်မာ" },
    });
}

Test(words, of_other_scripts_are_whole)
{
    CHECK({
        { "भारत और पाकिस्तान।", "भारत|और|पाकिस्तान" },
        { "বাংলাদেশ தமிழ்நாடு", "বাংলাদেশ|தமிழ்நாடு" },
        { "السلام عليكم، اليوم", "السلام|عليكم|اليوم" },
        { "ישראל צה\"ל ג'ירפה", "ישראל|צה\"ל|ג'ירפה" },
        { "KBS는 한국3월", "KBS|는|한국|3|월" },
        { "Việt Nam", "Việt|Nam" },
        { "\u1112\u1161\u11AB3", "\u1112\u1161\u11AB|3" },
    });
}

Test(words, of_arabic_script_are_parted_by_a_non_joiner)
{
    CHECK({
        { "می\u200Cخواهم کتاب\u200Cهای", "می|-خواهم|کتاب|-های" },
        { "نمی\u200Cبینم\u200Cشان", "نمی|-بینم|-شان" },
        { "خانۀ\u200Cما خانهٔ\u200Cما", "خانۀ|-ما|خانهٔ|-ما" },
        { "۲۰\u200Cساله 20\u200Cساله دهه\u200C۹۰ SMS\u200Cها",
          "۲۰|-ساله|20|-ساله|دهه|-۹۰|SMS|-ها" },
        { "کتاب\u200C ها", "کتاب\u200C|ها" },
        { "کتاب \u200Cها \u200Cها", "کتاب|ها|ها" },
        { "می\u200C\u200Cشود", "می\u200C|-شود" },
        { "می\u200C\u200Dشود می\u200Cـشود", "می\u200C\u200Dشود|می|-ـشود" },
        { "می\u200C\u064Eشود", "می\u200C\u064Eشود" },
        { "کتاب\u200C-ها کتاب-\u200Cها", "کتاب\u200C|-ها|کتاب|ها" },
        { "کتاب\u200C.ها «کتاب\u200C»", "کتاب\u200C.ها|کتاب\u200C" },
        { "1\u200C2 ۱\u200C۲ a\u200Cb", "1\u200C2|۱\u200C۲|a\u200Cb" },
        { "क्\u200Cष বাংলা\u200Cদেশ", "क्\u200Cष|বাংলা\u200Cদেশ" },
        { "ה\u200Cא", "ה\u200Cא" },
        { "\u200C", "" },
    });
}

Test(words, keep_zero_width_characters_inside)
{
    CHECK({
        { "so\u00ADft", "so\u00ADft" },
        { "a\u200Cb c\u200Dd", "a\u200Cb|c\u200Dd" },
        { "a\u2060b c\uFEFFd", "a\u2060b|c\uFEFFd" },
        { "a\u200Bb", "a|b" },
        { "\uFEFFword", "word" },
        { "1\u00AD0,\u00AD5", "1\u00AD0,\u00AD5" },
        { "e\u0301te\u0301", "e\u0301te\u0301" },
    });
}

Test(words, are_not_joined_by_colons_ats_and_narrow_spaces)
{
    CHECK({
        { "a:b re：c", "a|b|re|c" },
        { "@narendra me@example.org", "narendra|me|example.org" },
        { "mot\u202F! 300\u202Feuros", "mot|300|euros" },
        { "_a b_ __ c_d", "_a|b_|c_d" },
        { "col·lecció", "col·lecció" },
        { "#tag $x", "tag|x" },
    });
}

Test(words, are_neither_symbols_nor_emoji)
{
    CHECK({
        { "🙂 👨‍👩‍👧 ★ → © ½", "" },
        { "good🙂day 🇮🇳India", "good|day|India" },
        { "... --- ___ '' \"\"", "" },
    });
}

Test(words, survive_broken_utf8)
{
    CHECK({
        { "\xFF\xFE", "" },
        { "ab\xC3", "ab" },
        { "ab\xC3 cd", "ab|cd" },
        { "ab\x80\x80"
          "cd",
          "ab|cd" },
        { "\xE4\xB8\xE4\xB8\xAD", "中" },
        { "x\xED\xA0\x80y", "x|y" },
        { "x\xF8\x88\x80\x80\x80y", "x|y" },
        { "\xC0\xAFz", "z" },
        { "a'\xC3's", "a" },
        { "ก\xE0\xB8", "ก" },
    });
}

Test(words, go_up_to_255_bytes)
{
    static char text[600];
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));

    for (size_t len = 254; len <= 256; len++) {
        kh_word word;
        memset(text, 'a', len);
        memcpy(text + len, " end", 4);
        kh_words_reset(words, kh_str_make(text, len + 4));
        cr_assert(kh_words_next(words, &word) == true);
        cr_expect(eq(sz, word.start, len <= 255 ? 0 : len + 1));
        cr_expect(eq(sz, word.end, len <= 255 ? len : len + 4));
    }

    /* What is cut off does not count. */
    kh_word word;
    memset(text, 'a', 255);
    memcpy(text + 255, "'s", 2);
    kh_words_reset(words, kh_str_make(text, 257));
    cr_assert(kh_words_next(words, &word) == true);
    cr_expect(eq(sz, word.end, 255));
}

Test(words, end_for_good)
{
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));
    kh_word word;

    kh_words_reset(words, KH_STR("one"));
    cr_assert(kh_words_next(words, &word) == true);
    cr_expect(kh_words_next(words, &word) == false);
    cr_expect(kh_words_next(words, &word) == false);

    kh_words_reset(words, kh_str_make(NULL, 0));
    cr_expect(kh_words_next(words, &word) == false);
    kh_words_free(NULL);
}

Test(words, of_a_new_text_know_nothing_of_the_old)
{
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));
    kh_word word;

    kh_words_reset(words, KH_STR("ฉันรักภาษาไทย"));
    cr_assert(kh_words_next(words, &word) == true);
    kh_words_reset_slow(words, KH_STR("中国"));
    cr_assert(kh_words_next(words, &word) == true);
    kh_words_reset(words, KH_STR("-x"));
    cr_assert(kh_words_next(words, &word) == true);

    cr_expect(eq(sz, word.start, 1));
    cr_expect(eq(int, (int)word.join, KH_JOIN_NONE));
}

/* CPU seconds to cut `bytes` bytes of `unit` over and over. */
static double seconds_to_cut(const char *unit, size_t bytes, size_t *n_words)
{
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    while (text.len < bytes)
        kh_buf_add(&text, kh_str_from(unit));

    kh_word word;
    clock_t begin = clock();
    *n_words = 0;
    kh_words_reset(words, kh_buf_str(&text));
    while (kh_words_next(words, &word))
        ++*n_words;
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

Test(words, of_a_paragraph_of_10_mb_take_linear_time)
{
    static const char *const units[] = {
        "The talks go on. ",
        "a",
        "a\u0301",
        "a'",
        "a'\u0301",
        "'\u0301",
        "中",
        "ไทย",
        "1,",
        "\xFF",
        "भारत",
        "한",
        "a\u202F",
        "\u0627\u200C",
        "\u0627\u200C\u200C",
        "\"\u05D0",
        "l'",
        "'s",
        "-",
    };
    for (size_t i = 0; i < KH_COUNT_OF(units); i++) {
        size_t n_words;
        double seconds = seconds_to_cut(units[i], (size_t)10 << 20, &n_words);
        /* 10 MB take .05 to .5 s; what is not linear takes minutes. */
        cr_expect(lt(dbl, seconds, 20.0), "of '%s'", units[i]);
    }
}

Test(words, of_100000_letters_are_gap)
{
    size_t n_words;
    seconds_to_cut("abcde", 100000, &n_words);
    cr_expect(eq(sz, n_words, 0));
    seconds_to_cut("अबक", 100000, &n_words);
    cr_expect(eq(sz, n_words, 0));
}

Test(words, see_nothing_behind_the_end)
{
    static const struct {
        const char *text;
        size_t len; /* of the part that is cut */
        size_t end; /* of its only word; 0: none */
    } samples[] = {
        { "words", 4, 4 },    { "1,000", 2, 1 },    { "a'b", 2, 1 },
        { "a's", 2, 1 },      { "e\u0301", 1, 1 },  { "'s", 1, 0 },
        { " word", 1, 0 },    { "中\u3099", 3, 3 }, { "한국", 3, 3 },
        { "ไทย", 3, 3 },      { "a\u2019b", 3, 1 }, { "é", 1, 0 },
        { "1\u202F0", 4, 1 }, { "ا\u200Cب", 5, 5 }, { "ا\u200Cب", 2, 2 },
        { "l'eau", 1, 1 },    { "א'", 2, 2 },
    };
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    cr_assert(eq(int, (int)kh_words_open(&words, NULL), KH_OK));

    for (size_t i = 0; i < KH_COUNT_OF(samples); i++)
        for (int is_slow = 0; is_slow < 2; is_slow++) {
            kh_word word;
            kh_str text = kh_str_make(samples[i].text, samples[i].len);
            if (is_slow)
                kh_words_reset_slow(words, text);
            else
                kh_words_reset(words, text);
            bool has_word = kh_words_next(words, &word);
            cr_expect(eq(int, (int)has_word, samples[i].end > 0), "of '%s'",
                      samples[i].text);
            if (has_word)
                cr_expect(eq(sz, word.end, samples[i].end), "of '%s'", samples[i].text);
            cr_expect(kh_words_next(words, &word) == false);
        }
}
