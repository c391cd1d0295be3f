/* news_article - made-up articles: the same number and seed give the same article.
 *
 * Words follow Zipf's law, and one in five is followed by one of a few words that
 * like to stand behind it, and some come as set phrases, so that phrases come again.
 * Each article has a few words of its own topic. Nothing is random but by (seed, n), so
 * a near copy makes its original again. */
#include "news_article.h"

#include "news_words.h"

#define N_TAGS_BITS         11
#define N_NAMES_BITS        12
#define N_COLLOCATIONS_BITS 12
#define N_TOPIC             8
#define N_SOURCES           40
#define LAST_DAY            3800 /* days behind the first of January 2015 */

typedef struct article {
    const kh_news_language *language;
    kh_random random;
    kh_random changes; /* of a near copy */
    bool is_copy;
    uint32_t topic[N_TOPIC]; /* ranks */
    kh_buf *out;
} article;

static void add_word(article *a, uint32_t rank)
{
    if (a->is_copy && kh_random_percent(&a->changes, 2))
        rank++;
    kh_news_word(a->out, a->language, rank);
    if (rank >= kh_news_n_stop_words(a->language) && kh_random_percent(&a->random, 20))
        kh_news_ending(a->out, a->language, &a->random);
}

/* Two or three words that always come together. */
static void add_collocation(article *a)
{
    kh_random words = { kh_random_zipf(&a->random, N_COLLOCATIONS_BITS) };
    uint32_t n = 2 + kh_random_percent(&words, 30);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            kh_buf_add(a->out, kh_str_from(a->language->space));
        kh_news_word(a->out, a->language,
                     64 + kh_random_zipf(&words, a->language->bits - 3));
    }
}

static uint32_t next_rank(article *a, uint32_t before)
{
    if (kh_random_percent(&a->random, 20)) {
        kh_random follower = { before * 16 + kh_random_zipf(&a->random, 4) };
        return kh_random_zipf(&follower, a->language->bits);
    }
    if (kh_random_percent(&a->random, 12))
        return a->topic[kh_random_below(&a->random, N_TOPIC)];
    return kh_random_zipf(&a->random, a->language->bits);
}

static void add_name(article *a)
{
    kh_news_name(a->out, a->language, kh_random_zipf(&a->random, N_NAMES_BITS));
    kh_buf_add(a->out, kh_str_from(a->language->space));
    kh_news_name(a->out, a->language, kh_random_zipf(&a->random, N_NAMES_BITS) + 4096);
}

static void add_sentence(article *a)
{
    uint32_t n = 7 + kh_random_below(&a->random, 22);
    uint32_t rank = kh_random_zipf(&a->random, a->language->bits);
    size_t from = a->out->len;
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            kh_buf_add(a->out, kh_str_from(a->language->space));
        uint32_t what = kh_random_below(&a->random, 100);
        if (what < 3) {
            add_name(a);
        } else if (what < 5) {
            kh_buf_printf(a->out, "%u", 1 + kh_random_zipf(&a->random, 12));
        } else if (what < 12) {
            add_collocation(a);
        } else {
            rank = next_rank(a, rank);
            add_word(a, rank);
        }
        if (i + 1 < n && what >= 95)
            kh_buf_add_char(a->out, ',');
    }
    kh_news_capital(a->out, from);
    kh_buf_add(a->out, kh_str_from(a->language->stop));
}

static void add_body(article *a)
{
    uint32_t n_paragraphs = 3 + kh_random_below(&a->random, 14);
    for (uint32_t i = 0; i < n_paragraphs; i++) {
        if (i > 0)
            kh_buf_add(a->out, KH_STR("\\n\\n"));
        bool is_quote = kh_random_percent(&a->random, 15);
        if (is_quote)
            kh_buf_add(a->out, KH_STR("\u201c"));
        uint32_t n_sentences = 1 + kh_random_below(&a->random, 3);
        for (uint32_t j = 0; j < n_sentences; j++)
            add_sentence(a);
        if (is_quote) {
            kh_buf_add(a->out, KH_STR("\u201d "));
            add_name(a);
            kh_buf_add(a->out, kh_str_from(a->language->stop));
        }
    }
}

static void add_title(article *a, kh_random *random)
{
    uint32_t n = 4 + kh_random_below(random, 7);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            kh_buf_add(a->out, kh_str_from(a->language->space));
        size_t from = a->out->len;
        bool is_topic = kh_random_percent(random, 50);
        kh_news_word(a->out, a->language,
                     is_topic ? a->topic[kh_random_below(random, N_TOPIC)]
                              : kh_random_zipf(random, a->language->bits));
        kh_news_capital(a->out, from);
    }
}

/* No leap days: a date is only ever compared. */
static void add_date(kh_buf *out, uint32_t day)
{
    static const unsigned char months[] = { 31, 28, 31, 30, 31, 30,
                                            31, 31, 30, 31, 30, 31 };
    uint32_t rest = day % 365;
    unsigned month = 0;
    while (rest >= months[month])
        rest -= months[month++];
    kh_buf_printf(out, "%u-%02u-%02u", 2015 + day / 365, month + 1, rest + 1);
}

static void add_tags(article *a, kh_random *random)
{
    kh_buf_add(a->out, KH_STR("\",\"tags\":["));
    uint32_t n = kh_random_below(random, 7);
    for (uint32_t i = 0; i < n; i++) {
        kh_random tag = { kh_random_zipf(random, N_TAGS_BITS) };
        kh_buf_add(a->out, i > 0 ? KH_STR(",\"") : KH_STR("\""));
        uint32_t n_words = 1 + kh_random_below(&tag, 3);
        for (uint32_t j = 0; j < n_words; j++) {
            if (j > 0)
                kh_buf_add_char(a->out, ' ');
            kh_news_name(a->out, a->language, kh_random_below(&tag, 3000));
        }
        kh_buf_add_char(a->out, '"');
    }
    kh_buf_add_char(a->out, ']');
}

void kh_news_article(kh_buf *out, uint64_t seed, uint64_t n)
{
    kh_random own = { kh_bench_mix(seed ^ kh_bench_mix(n)) };
    bool is_copy = n > 0 && kh_random_percent(&own, 8);
    uint64_t original = n;
    if (is_copy)
        original -= 1 + kh_random_below(&own, n < 200 ? (uint32_t)n : 200);
    article a = { .random = { kh_bench_mix(seed + kh_bench_mix(original + 1)) },
                  .changes = own,
                  .is_copy = is_copy,
                  .out = out };
    a.language = kh_news_language_of(&a.random);
    for (size_t i = 0; i < N_TOPIC; i++)
        a.topic[i] = 64 + kh_random_zipf(&a.random, a.language->bits);

    kh_buf_printf(out, "{\"id\":\"made:%llu:%llu\",\"title\":\"",
                  (unsigned long long)seed, (unsigned long long)n);
    add_title(&a, &own);
    kh_buf_add(out, KH_STR("\",\"body\":\""));
    add_body(&a);
    kh_buf_add(out, KH_STR("\",\"date\":\""));
    add_date(out, kh_random_below(&own, LAST_DAY));
    kh_buf_printf(out, "\",\"lang\":\"%s\",\"source\":\"Paper %u\",\"author\":\"",
                  a.language->code, kh_random_below(&own, N_SOURCES));
    add_name(&a);
    kh_buf_add(out, KH_STR("\",\"place\":\""));
    kh_news_name(out, a.language, 9000 + kh_random_zipf(&own, 7));
    add_tags(&a, &own);
    kh_buf_add(out, KH_STR("}\n"));
}
