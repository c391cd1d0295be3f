/* test_tags - lists of tags and their compared form. */
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/tags.h"

/* Tags joined by " | ". */
static void expect_split(const char *list, const char *wanted)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF joined;
    kh_buf_init(&joined, KH_BUF_MAX);
    kh_tag *tags = NULL;
    size_t n = kh_tags_split(&tags, kh_str_from(list), arena);
    for (size_t i = 0; i < n; i++) {
        kh_buf_add(&joined, i > 0 ? KH_STR(" | ") : KH_STR(""));
        kh_buf_add(&joined, tags[i].name);
        cr_expect(tags[i].origin == KH_TAG_LISTED);
        cr_expect(tags[i].confidence == 1.0f);
    }
    cr_expect(eq(str, (char *)kh_buf_text(&joined), (char *)wanted));
}

static const struct {
    const char *list;
    const char *wanted;
} lists[] = {
    { "PoK, Ishaq Dar,ceasefire", "PoK | Ishaq Dar | ceasefire" },
    { "Washington, D.C.; Ishaq Dar", "Washington, D.C. | Ishaq Dar" },
    { "one|two, three|four", "one | two, three | four" },
    { "one\ntwo, three\r\nfour", "one | two, three | four" },
    { "#Ceasefire #IndusWaters #PoK", "Ceasefire | IndusWaters | PoK" },
    { "#Ceasefire, #Indus Waters", "Ceasefire | Indus Waters" },
    { "#1 in the world", "1 in the world" },
    { "C# #PoK", "C# #PoK" },
    { "هدنة، كشمير، باكستان", "هدنة | كشمير | باكستان" },
    { "停战、印度，巴基斯坦", "停战 | 印度 | 巴基斯坦" },
    { "停战；印度", "停战 | 印度" },
    { "جنگ بندی؛ کشمیر", "جنگ بندی | کشمیر" },
    { "PoK, pok, POK", "PoK" },
    { "Shangri-La, shangri la", "Shangri-La" },
    { " , ,a,, b ,", "a | b" },
    { "\"Operation Sindoor\", talks", "Operation Sindoor | talks" },
    { "one tag of words", "one tag of words" },
    { "...", "" },
    { "", "" },
};

Test(tags, are_split_at_the_strongest_separator)
{
    for (size_t i = 0; i < KH_COUNT_OF(lists); i++)
        expect_split(lists[i].list, lists[i].wanted);
}

Test(tags, are_split_without_a_limit)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF list;
    kh_buf_init(&list, KH_BUF_MAX);
    for (int i = 0; i < 3 * KH_ARTICLE_TAGS_MAX; i++)
        kh_buf_printf(&list, "tag %d,", i);

    kh_tag *tags = NULL;
    cr_expect(eq(sz, kh_tags_split(&tags, kh_buf_str(&list), arena),
                 3 * KH_ARTICLE_TAGS_MAX));
}

Test(tags, are_compared_without_case_accents_and_hyphens)
{
    static const char *const same[][2] = {
        { "Shangri-La  Dialogue", "shangri la dialogue" },
        { "Bogotá", "BOGOTA" },
        { "PoK", "pok" },
        { "État d’urgence", "etat d'urgence" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(same); i++) {
        KH_AUTO_BUF a;
        KH_AUTO_BUF b;
        kh_buf_init(&a, KH_BUF_MAX);
        kh_buf_init(&b, KH_BUF_MAX);
        kh_tag_normalise(&a, kh_str_from(same[i][0]));
        kh_tag_normalise(&b, kh_str_from(same[i][1]));
        cr_expect(gt(sz, a.len, 0));
        cr_expect(eq(str, (char *)kh_buf_text(&a), (char *)kh_buf_text(&b)));
    }
}

Test(tags, survive_any_bytes)
{
    char bytes[80];
    uint32_t state = 3;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    for (int round = 0; round < 5000; round++) {
        size_t len = (size_t)round % sizeof(bytes);
        for (size_t i = 0; i < len; i++) {
            state = state * 1664525u + 1013904223u;
            bytes[i] = ", ;#|\n\xD8\x8C\xE3\x80\x81 ab\"\xFF"[(state >> 20) % 16];
        }
        kh_tag *tags = NULL;
        size_t n = kh_tags_split(&tags, kh_str_make(bytes, len), arena);
        cr_assert(le(sz, n, len));
        kh_arena_reset(arena);
    }
}
