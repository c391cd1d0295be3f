/* test_identity - ids, keys and REFs of articles. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/article.h"
#include "base/hash.h"

static kh_str identify(kh_article *article, kh_arena *arena)
{
    kh_article_identify(article, arena);
    return article->id;
}

static int is(kh_str got, const char *wanted)
{
    return kh_str_equal(got, kh_str_from(wanted));
}

Test(identity, is_the_articles_own_id_before_anything_else)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article article = { .id = KH_STR("urn:x:1"), .url = KH_STR("https://a.org/1") };

    cr_expect(is(identify(&article, arena), "urn:x:1") != 0);
    cr_expect(article.has_own_id != 0);
}

Test(identity, of_a_language_is_its_tag_or_its_code)
{
    kh_article article = { 0 };
    cr_expect(is(kh_article_lang(&article), "") != 0);

    kh_article_set_lang(&article, KH_STR("pt-BR"));
    cr_expect(is(article.lang, "pt") != 0);
    cr_expect(is(kh_article_lang(&article), "pt-BR") != 0);

    kh_article_set_lang(&article, KH_STR("pt"));
    cr_expect(is(article.lang, "pt") != 0);
    cr_expect(is(article.lang_tag, "") != 0);
    cr_expect(is(kh_article_lang(&article), "pt") != 0);
}

Test(identity, is_the_address_if_there_is_no_id)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article article = { .url = KH_STR("https://a.org/1"), .path = KH_STR("/a.txt") };

    cr_expect(is(identify(&article, arena), "https://a.org/1") != 0);
    cr_expect(article.has_own_id != 0);
}

Test(identity, is_path_member_and_record_if_the_article_brings_none)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_article alone = { .path = KH_STR("/srv/05/x.txt") };
    kh_article line = { .path = KH_STR("/srv/a.jsonl"), .record = 17 };
    kh_article packed = { .path = KH_STR("/srv/b.zip"), .member = KH_STR("05/x.txt") };
    kh_article both = { .path = KH_STR("/srv/b.zip"),
                        .member = KH_STR("05/a.jsonl"),
                        .record = 3 };
    kh_article piped = { .path = KH_STR(""), .record = 9 };

    cr_expect(is(identify(&alone, arena), "/srv/05/x.txt") != 0);
    cr_expect(is(identify(&line, arena), "/srv/a.jsonl#17") != 0);
    cr_expect(is(identify(&packed, arena), "/srv/b.zip!05/x.txt") != 0);
    cr_expect(is(identify(&both, arena), "/srv/b.zip!05/a.jsonl#3") != 0);
    cr_expect(is(identify(&piped, arena), "-#9") != 0);
    cr_expect(eq(int, alone.has_own_id, 0));
}

Test(identity, is_written_in_thirteen_letters_highest_bits_first)
{
    char text[KH_KEY_CHARS + 1];

    kh_article_key_text(text, 0);
    cr_expect(eq(str, text, "0000000000000"));
    kh_article_key_text(text, UINT64_MAX);
    cr_expect(eq(str, text, "zzzzzzzzzzzzy"));
    kh_article_key_text(text, UINT64_C(1) << 59);
    cr_expect(eq(str, text, "1000000000000"));
    kh_article_key_text(text, 1);
    cr_expect(eq(str, text, "0000000000002"));
}

Test(identity, keeps_the_order_of_keys_in_their_text)
{
    char low[KH_KEY_CHARS + 1];
    char high[KH_KEY_CHARS + 1];
    uint64_t key = 1;
    for (int i = 0; i < 1000; i++) {
        uint64_t next = key * UINT64_C(6364136223846793005) + 1442695040888963407u;
        kh_article_key_text(low, key < next ? key : next);
        kh_article_key_text(high, key < next ? next : key);
        cr_assert(lt(int, strcmp(low, high), 0));
        key = next;
    }
}

Test(identity, has_a_key_that_is_the_hash_of_the_id)
{
    cr_expect(kh_article_key(KH_STR("urn:x:1")) == kh_hash(KH_STR("urn:x:1")));
    cr_expect(kh_article_key(KH_STR("urn:x:1")) != kh_article_key(KH_STR("urn:x:2")));
}

Test(identity, has_a_text_hash_that_copies_share)
{
    kh_block blocks[] = { { .text = KH_STR("One.") }, { .text = KH_STR("Two.") } };
    kh_block joined[] = { { .text = KH_STR("One.Two.") } };
    kh_article a = { .id = KH_STR("1"), .blocks = blocks, .n_blocks = 2 };
    kh_article b = { .id = KH_STR("2"), .blocks = blocks, .n_blocks = 2 };
    kh_article c = { .id = KH_STR("3"), .blocks = joined, .n_blocks = 1 };

    cr_expect(kh_article_text_hash(&a) == kh_article_text_hash(&b));
    cr_expect(kh_article_text_hash(&a) != kh_article_text_hash(&c));
}
