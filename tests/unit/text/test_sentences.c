/* test_sentences - where the sentences of a block end. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"
#include "text/sentences.h"

TestSuite(sentences);

/* Append the sentences of a block with "|" between them; their white space stays. */
static void cut(kh_buf *out, kh_sentences *sentences, kh_str block)
{
    size_t from = 0;
    size_t end;
    kh_sentences_reset(sentences, block);
    while (kh_sentences_next(sentences, &end)) {
        if (from > 0)
            kh_buf_add_char(out, '|');
        kh_buf_add(out, kh_str_slice(block, from, end));
        from = end;
    }
    cr_expect(eq(sz, from, block.len));
}

/* Every sample is a block with a "|" where a sentence ends. */
static void check(const char *const *samples, size_t n)
{
    KH_AUTO(kh_sentences_free) kh_sentences *sentences = NULL;
    cr_assert(eq(int, (int)kh_sentences_open(&sentences, NULL), KH_OK));

    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF block;
        KH_AUTO_BUF got;
        kh_buf_init(&block, KH_BUF_MAX);
        kh_buf_init(&got, KH_BUF_MAX);
        for (const char *c = samples[i]; *c != '\0'; c++)
            if (*c != '|')
                kh_buf_add_char(&block, *c);
        cut(&got, sentences, kh_buf_str(&block));
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i]));
    }
}

#define CHECK(...)                                    \
    static const char *const samples[] = __VA_ARGS__; \
    check(samples, KH_COUNT_OF(samples))

Test(sentences, end_at_stops_and_marks)
{
    CHECK({
        "",
        " ",
        "No stop at all",
        "One. |Two! |Three? |Four...",
        "He said: “It is done.” |She left. |(So did I.) |Then \"quiet.\" |End",
        "It cost $3.50 in v2.0 of example.com. |Next.",
        "what? |No.[1] then it goes on. and on.",
        "“Why?” |he asked. |“So...” he said. |«Да.» |Нет",
        "Really?! |Yes!!! |No… no. |End… and so on",
    });
}

Test(sentences, end_in_every_script)
{
    CHECK({
        "वह आया। |फिर गया॥ |क्या? |हाँ। |अंत",
        "তিনি এলেন। |তারপর গেলেন।",
        "جاء الرجل. |هل جاء؟ |نعم! |انتهى",
        "وہ آیا۔ |پھر گیا۔",
        "他来了。|他走了！|真的？“|好。”|完",
        "彼は来た。|彼は行った。",
        "그는 왔다. |그는 갔다.",
        "เขามา แล้วไป. |จบ! |ใหม่",
        "Он пришёл. |Она ушла? |Да!",
        "Ήρθε. |Έφυγε! |Τέλος",
        "Եկավ։ |Գնաց։",
        "እሱ መጣ። |ሄደ።",
        "အလာ။ |သွား။",
    });
}

Test(sentences, end_at_spaces_of_thai_and_lao_if_they_are_long)
{
    CHECK({
        "ฝนตกหนัก น้ำท่วมถนน รถติดทั้งเมือง",
        "ฝนตกหนักติดต่อกันสามวันทำให้น้ำท่วมถนนหลายสายในตัวเมืองและชานเมือง "
        "|เจ้าหน้าที่เตือนประชาชนให้ระวังน้ำป่าไหลหลากในคืนนี้และวันพรุ่งนี้ด้วย "
        "|รถติด",
        "ฝนตกหนักติดต่อกันสามวันทำให้น้ำท่วมถนนหลายสายในตัวเมืองและชานเมือง 25 จังหวัด",
        "ຝົນຕົກໜັກຕິດຕໍ່ກັນສາມວັນເຮັດໃຫ້ນ້ຳຖ້ວມຖະໜົນຫຼາຍສາຍໃນຕົວເມືອງ  |ເຈົ້າໜ້າທີ່ເຕືອນ",
    });
}

Test(sentences, go_on_behind_titles_and_initials)
{
    CHECK({
        "Gen. Anil Chauhan met Mr. and Mrs. Lee. |Dr. Rao came.",
        "Lt. Col. R. S. Rathore and Capt. Singh spoke to Prof. Das. |He left.",
        "External Affairs Minister S. Jaishankar said so. |J. A. Smith agreed.",
        "George H. W. Bush and J. La Rue. |George R.R. Martin wrote.",
        "Gov. Kim and Sen. Li, Rep. Ray and Pres. Xi met St. John Jr. Monday.",
        "So Vitamin C. |The plan was B. |He knew.",
        "Smt. Devi, Md. Salim and Wg. Cdr. Rao. |Sqn. Ldr. Das too.",
        "Dr. Müller, z.B. Die Firma, bzw. Das Amt, Prof. Dr. Weber. |Ende.",
        "To mrmrmrmrmrmrmrmrmrmrmrmrmrmr\U00010428. |The word is too long for any.",
        "M. Le Pen et Mme. Royal. |Mlle. Dupont.",
        "El Sr. García y la Sra. López. |D. Juan y Dña. Ana.",
        "Il Sig. Rossi e la Sig.ra Bianchi, On. Verdi. |Fine.",
        "С. В. Лавров и А.С. Пушкин, им. Горького, ул. Мира. |Конец.",
        "Ο κ. Παπαδόπουλος και η κα. Μαρία. |Τέλος.",
        "डॉ. सिंह और एस. जयशंकर, ए.पी.जे. अब्दुल कलाम। |वह गए। |अंत है. |फिर आए.",
        "د. محمد قال. |ثم ذهب.",
        "மு.க. ஸ்டாலின் வந்தார். |பிறகு போனார்.",
        "Roe v. Wade. |India vs. Pakistan.",
    });
}

Test(sentences, ask_the_next_word_behind_abbreviations)
{
    CHECK({
        "The U.S. President met U.S. officials in the U.S. |The talks end.",
        "Apple Inc. Chairman Ray left Apple Inc. |He sold.",
        "On St. Peter St. |It is. |In St. Petersburg.",
        "At 5 p.m. Monday and 6 p.m. IST he spoke. |At 7 p.m. |Police came.",
        "No. 5 and Nos. 6 and 7. |No. |He said no. |Never.",
        "On Jan. 5 and Feb. 6, not in Mar. |Then came Oct. |Snow fell.",
        "Am 5. Juni im 19. Jahrhundert. |Er war 19. |Dann 20. |Ende.",
        "В 2025 г. |Президент в г. Москва. |Конец.",
        "Washington D.C. |The U.N. Security Council, the (U.N.) Council. |It met.",
        "Smith et al. |The paper by Jones Jr. |It is. |J. Smith Ltd. Chairman.",
        "EE. UU. Washington dijo que EE.UU. |El presidente.",
        "12. Results of the vote. |3. Next.",
    });
}

Test(sentences, take_one_line_end_as_a_space_and_two_as_an_end)
{
    CHECK({
        "Hard-wrapped text\ngoes on here. |It\r\nends.\n|Next\rline",
        "A paragraph\n\n|another one\r\n\r\n|third \n \t\n |fourth.\n\n\n|End\n",
        "Gen.\nChauhan. |Dr.\n\n|New",
        "separated\u2029|paragraphs\u2028|and\xC2\x85|lines",
        "\n\n|begins late",
    });
}

Test(sentences, of_broken_utf8_are_the_whole_block)
{
    KH_AUTO(kh_sentences_free) kh_sentences *sentences = NULL;
    cr_assert(eq(int, (int)kh_sentences_open(&sentences, NULL), KH_OK));
    KH_AUTO_BUF got;
    kh_buf_init(&got, KH_BUF_MAX);

    cut(&got, sentences, kh_str_make("\xFF. Yes. \xC3. \0No.\xF0\x9F", 17));

    cr_expect(eq(str, (char *)kh_buf_text(&got), "\xFF. |Yes. |\xC3. |"));
}

/* The fast path and ICU's answer. */
static void compare(kh_sentences *fast, kh_sentences *slow, kh_str block)
{
    kh_sentences_reset(fast, block);
    kh_sentences_reset_slow(slow, block);
    for (;;) {
        size_t fast_end = 0;
        size_t slow_end = 0;
        bool fast_more = kh_sentences_next(fast, &fast_end);
        bool slow_more = kh_sentences_next(slow, &slow_end);
        cr_assert(fast_more == slow_more && fast_end == slow_end,
                  "%zu is not ICU's %zu in '%" KH_FMT "'", fast_end, slow_end,
                  KH_ARG(block));
        if (!fast_more)
            return;
    }
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Pieces that rules and abbreviations look at, in every script. */
static const char *const pieces[] = {
    "a",        "b",          "A",          "B",          "I",        "É",
    "ß",        "д",          "Д",          "γ",          "Γ",        "1",
    "23",       ".",          ".",          ".",          "!",        "?",
    ",",        ";",          ":",          "-",          "–",        "(",
    ")",        "[",          "]",          "\"",         "'",        "“",
    "”",        "’",          "«",          "»",          " ",        " ",
    " ",        "  ",         "\t",         "\n",         "\n",       "\r\n",
    "\r",       "\u00A0",     "\u2028",     "\u2029",     "\xC2\x85", "\u0301",
    "\u200D",   "\u00AD",     "\uFEFF",     "।",          "॥",        "。",
    "！",       "？",         "「",         "」",         "中",       "か",
    "ア",       "क",          "है",          "ं",           "ال",       "؟",
    "۔",        "ก",          "한",         "։",          "።",        "။",
    "\u2026",   "\u2024",     "\uFF0E",     "Mr",         "Dr.",      "U.S.",
    "Inc.",     "p.m.",       "No.",        "Jan.",       "The",      "the",
    "Monday",   "г.",         "5.",         "Juni",       "डॉ.",      "\xFF",
    "\xE2\x80", "\U0001F600", "\U00010400", "\U00010428", "\u02BC",   "\u2160",
    "ª",
};

Test(sentences, are_those_of_icu_in_random_text)
{
    KH_AUTO(kh_sentences_free) kh_sentences *fast = NULL;
    KH_AUTO(kh_sentences_free) kh_sentences *slow = NULL;
    cr_assert(eq(int, (int)kh_sentences_open(&fast, NULL), KH_OK));
    cr_assert(eq(int, (int)kh_sentences_open(&slow, NULL), KH_OK));
    uint64_t state = 42;
    KH_AUTO_BUF block;
    kh_buf_init(&block, KH_BUF_MAX);

    for (int round = 0; round < 40000; round++) {
        kh_buf_reset(&block);
        uint32_t n = 1 + next_random(&state) % 24;
        for (uint32_t i = 0; i < n; i++)
            kh_buf_add(&block,
                       kh_str_from(pieces[next_random(&state) % KH_COUNT_OF(pieces)]));
        compare(fast, slow, kh_buf_str(&block));
    }
}

/* Any code points at all. */
Test(sentences, are_those_of_icu_in_noise)
{
    KH_AUTO(kh_sentences_free) kh_sentences *fast = NULL;
    KH_AUTO(kh_sentences_free) kh_sentences *slow = NULL;
    cr_assert(eq(int, (int)kh_sentences_open(&fast, NULL), KH_OK));
    cr_assert(eq(int, (int)kh_sentences_open(&slow, NULL), KH_OK));
    static const uint32_t limits[] = { 0x80, 0x250, 0x600, 0x1000, 0x3100, 0x20000 };
    uint64_t state = 7;
    KH_AUTO_BUF block;
    kh_buf_init(&block, KH_BUF_MAX);

    for (int round = 0; round < 20000; round++) {
        kh_buf_reset(&block);
        uint32_t limit = limits[next_random(&state) % KH_COUNT_OF(limits)];
        for (uint32_t i = 0; i < 30; i++) {
            uint32_t c = next_random(&state) % (i % 5 == 0 ? 0x40u : limit);
            if (c < 0xD800 || c > 0xDFFF)
                kh_buf_add_code_point(&block, c);
        }
        compare(fast, slow, kh_buf_str(&block));
    }
}

Test(sentences, of_long_blocks_need_time_in_proportion)
{
    KH_AUTO(kh_sentences_free) kh_sentences *sentences = NULL;
    cr_assert(eq(int, (int)kh_sentences_open(&sentences, NULL), KH_OK));
    static const char *const hard[] = { ". ",  ".) ",  "1. ", "a\r", "\n",
                                        "a.1", "Mr. ", "ก ",  "ก1 " };
    for (size_t i = 0; i < KH_COUNT_OF(hard); i++) {
        KH_AUTO_BUF block;
        kh_buf_init(&block, KH_BUF_MAX);
        while (block.len < 1000000)
            kh_buf_add(&block, kh_str_from(hard[i]));

        size_t end = 0;
        kh_sentences_reset(sentences, kh_buf_str(&block));
        while (kh_sentences_next(sentences, &end))
            ;

        cr_expect(eq(sz, end, block.len));
    }
}
