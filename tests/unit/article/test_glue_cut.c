/* test_glue_cut - glued tag lines are cut as people would cut them. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/tags.h"

/* Cut the tags glued; join them by " | ", to compare. */
static void join(kh_buf *out, const kh_tag *tags, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        kh_buf_add(out, i > 0 ? KH_STR(" | ") : KH_STR(""));
        kh_buf_add(out, tags[i].name);
    }
}

/* The line that tags joined by " | " make when they are glued. */
static kh_str glued(const char *joined, kh_arena *arena)
{
    KH_AUTO_BUF line;
    kh_buf_init(&line, KH_BUF_MAX);
    kh_str rest = kh_str_from(joined);
    for (;;) {
        size_t bar = kh_str_find(rest, KH_STR(" | "), 0);
        kh_buf_add(&line, kh_str_slice(rest, 0, bar));
        if (bar == SIZE_MAX)
            break;
        rest = kh_str_slice(rest, bar + 3, rest.len);
    }
    return kh_arena_copy(arena, kh_buf_str(&line));
}

static void expect_cut(const char *body, const char *wanted, const kh_known_tags *known)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF joined;
    kh_buf_init(&joined, KH_BUF_MAX);
    kh_block block = { .kind = KH_BLOCK_PARAGRAPH, .text = kh_str_from(body) };
    kh_glue *glue = kh_glue_collect(glued(wanted, arena), &block, 1, arena);

    kh_tag *tags = NULL;
    size_t n = kh_glue_cut(&tags, glue, known, arena);

    join(&joined, tags, n);
    cr_expect(eq(str, (char *)kh_buf_text(&joined), (char *)wanted));
    for (size_t i = 0; i < n; i++) {
        cr_expect(tags[i].origin == KH_TAG_CUT);
        cr_expect(tags[i].confidence >= 0 && tags[i].confidence <= 1);
    }
}

/* The article that the project was asked to handle, in its own words. */
static const char *const talks =
    "Islamabad seeks dialogue after Operation Sindoor. Deputy Prime Minister Ishaq Dar "
    "of Pakistan has signalled talks with India. India launched Operation Sindoor "
    "after "
    "the Pahalgam attack and blamed groups like Lashkar-e-Taiba. Jets hit hubs in "
    "Muzaffarabad, Muridke and Pakistan-occupied Kashmir (PoK). A ceasefire was "
    "reached "
    "in 2025. The Indus Waters Treaty stays suspended. At the Shangri-La Dialogue a "
    "general spoke of terror infrastructure. Shashi Tharoor spoke of terror links. "
    "Diplomatic sources, foreign observers and the military were heard "
    "internationally. "
    "South Asia has a geopolitical future; diplomacy and terrorism do not mix.";

Test(glue_cut, takes_the_example_apart)
{
    expect_cut(
        talks,
        "ceasefire 2025 | diplomatic tension | India foreign policy | India military "
        "response | India Pakistan Ceasefire | India Pakistan talks | Indus Waters "
        "Treaty | international relations | Ishaq Dar | Lashkar-e-Taiba | Muzaffarabad "
        "strike | Operation Sindoor | Pahalgam attack | Pakistan diplomacy | Pakistan "
        "terror links | POK | Shangri-La Dialogue | Shashi Tharoor | South Asia "
        "geopolitics | Terrorism in Kashmir",
        NULL);
}

static const struct {
    const char *body;
    const char *wanted;
} cases[] = {
    { "Apple sells the iPhone. Exports of the iPhone grew in India.",
      "Apple | exports | India | iPhone exports" },
    { "The J-10C jet flew over the Chenab river.", "Chenab river | J-10C | Jets" },
    { "Rain in Odisha. The IMD warned of heavy rain.",
      "Heavy Rain | IMD | Monsoon 2025 | Odisha Weather" },
    { "The BJP and the RSS met in Nagpur.", "BJP | Nagpur | RSS meeting" },
    { "Der Bundestag tagt. Die Ampelkoalition streitet.",
      "Ampelkoalition | Berlin | Bundestag | Haushalt 2025" },
    { "Les élections législatives en France.",
      "élections législatives | Emmanuel Macron | France" },
    { "Выборы в Москве. Госдума.", "Выборы 2025 | Госдума | Москва" },
    { "भारत और पाकिस्तान की सिंधु जल संधि", "पाकिस्तान | भारत | सिंधु जल संधि" },
    { "印度和巴基斯坦。印度说，巴基斯坦说，停火了。", "停火 | 印度 | 巴基斯坦" },
    { "Nothing that helps.", "Treaty" },
    { "", "India | Pakistan" },
    { "The U.S. and the U.K. agreed.", "Trade Deal | U.S. | United Nations" },
    { "", "Climate (EU) | Energy | Nord Stream" },
};

Test(glue_cut, goes_by_case_digits_and_the_body)
{
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_cut(cases[i].body, cases[i].wanted, NULL);
}

Test(glue_cut, goes_by_the_tags_of_other_articles)
{
    KH_AUTO(kh_known_tags_free) kh_known_tags *known = kh_known_tags_open();
    static const char *const tags[] = { "how we work",    "open source",   "api",
                                        "best practices", "user research", "agile" };
    for (size_t i = 0; i < KH_COUNT_OF(tags); i++)
        kh_known_tags_add(known, kh_str_from(tags[i]), 5);

    expect_cut("", "agile | api | best practices | how we work | open source", known);
    expect_cut("", "best practices | user research", known);
}

Test(glue_cut, is_surer_of_what_it_knows)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO(kh_known_tags_free) kh_known_tags *known = kh_known_tags_open();
    kh_known_tags_add(known, KH_STR("open data"), 9);
    kh_known_tags_add(known, KH_STR("open source"), 9);
    kh_glue *glue = kh_glue_collect(KH_STR("open dataopen source"), NULL, 0, arena);

    kh_tag *tags = NULL;
    size_t n = kh_glue_cut(&tags, glue, known, arena);

    cr_assert(eq(sz, n, 2));
    cr_expect(gt(flt, tags[0].confidence, 0.9f));
}

Test(glue_cut, of_nothing_is_nothing)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_tag *tags = NULL;

    cr_expect(
        eq(sz,
           kh_glue_cut(&tags, kh_glue_collect(KH_STR(""), NULL, 0, arena), NULL, arena),
           0));
}

/* Tags end to end are the line, whatever the line is. */
static void expect_whole(kh_str line, const kh_known_tags *known)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_block block = { .kind = KH_BLOCK_PARAGRAPH, .text = kh_str_from(talks) };
    kh_glue *glue = kh_glue_collect(line, &block, 1, arena);
    kh_tag *tags = NULL;
    size_t n = kh_glue_cut(&tags, glue, known, arena);

    const char *at = line.ptr;
    for (size_t i = 0; i < n; i++) {
        cr_assert(tags[i].name.ptr == at);
        cr_assert(gt(sz, tags[i].name.len, 0));
        at += tags[i].name.len;
    }
    cr_assert(at == line.ptr + line.len);
    cr_assert(le(sz, n, KH_ARTICLE_TAGS_MAX));
}

Test(glue_cut, is_the_line_end_to_end)
{
    static const char *const pieces[] = {
        "India",
        "talks",
        " ",
        "-",
        "PoK",
        "2025",
        "Ishaq Dar",
        "x",
        "É",
        "भारत",
        "\xE0\xA5\x8D",
        "停火",
        "(",
        ")",
        ".",
        "\xFF",
        "'s",
        "Москва",
        "treaty",
        "U.S.",
        "ﷺ",
        "\t",
        "é",
        "ไทย",
        "،",
    };
    KH_AUTO(kh_known_tags_free) kh_known_tags *known = kh_known_tags_open();
    kh_known_tags_add(known, KH_STR("India talks"), 3);
    kh_known_tags_add(known, KH_STR("x"), 3);
    uint64_t state = 5;
    for (int round = 0; round < 3000; round++) {
        KH_AUTO_BUF line;
        kh_buf_init(&line, KH_BUF_MAX);
        for (int i = 0; i < 1 + round % 30; i++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            kh_buf_add(&line, kh_str_from(pieces[(state >> 33) % KH_COUNT_OF(pieces)]));
        }
        expect_whole(kh_buf_str(&line), round % 2 ? known : NULL);
    }
}

Test(glue_cut, is_the_line_end_to_end_when_it_is_over_every_limit)
{
    KH_AUTO_BUF line;
    kh_buf_init(&line, KH_BUF_MAX);
    for (int i = 0; i < 5000; i++)
        kh_buf_add(&line, KH_STR("A)"));
    expect_whole(kh_buf_str(&line), NULL);
    kh_buf_reset(&line);
    for (int i = 0; i < 20000; i++)
        kh_buf_add(&line, KH_STR("भ"));
    expect_whole(kh_buf_str(&line), NULL);
}
