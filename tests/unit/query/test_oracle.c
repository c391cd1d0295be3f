/* test_oracle - random queries over random articles of twelve words, against a plain
 * evaluation of the same tree on the words themselves. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "asked.h"

#define N_WORDS    12u
#define N_ARTICLES 90u
#define BLOCK_MAX  4u
#define TOKENS_MAX 40u
#define N_QUERIES  700u
#define DEPTH_MAX  3u

/* None is a stem or a beginning of another, and all are left alone by the stemmer. */
static const char *const vocabulary[N_WORDS] = { "bat", "cod", "fig", "hut",
                                                 "jam", "kit", "log", "mud",
                                                 "nut", "pig", "rat", "sun" };

typedef struct block {
    uint8_t words[TOKENS_MAX];
    bool is_capital[TOKENS_MAX];
    size_t n;
} block;

typedef struct document {
    block blocks[BLOCK_MAX]; /* the first is the title */
    size_t n_blocks;
    unsigned tag; /* 0: none; else tag1, tag2 */
} document;

static document documents[N_ARTICLES];
static uint64_t state;

/* xorshift64* (Vigna, 2016) */
static uint32_t below(uint32_t n)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint32_t)((state * 2685821657736338717ull) >> 33) % n;
}

/* ---- random articles ---- */

static void write_block(kh_buf *out, block *b, size_t n)
{
    b->n = n;
    for (size_t i = 0; i < n; i++) {
        /* Low numbers often, high ones seldom. */
        b->words[i] = (uint8_t)(below(N_WORDS) * (1 + below(N_WORDS)) / N_WORDS);
        b->is_capital[i] = below(8) == 0;
        const char *word = vocabulary[b->words[i]];
        if (i > 0) {
            static const char *const gaps[] = { " ", " ", " ", " ", ", ", ". ", "-" };
            kh_buf_printf(out, "%s", gaps[below(KH_COUNT_OF(gaps))]);
        }
        kh_buf_printf(out, "%c%s", b->is_capital[i] ? word[0] - 'a' + 'A' : word[0],
                      word + 1);
    }
}

static void make_article(kh_arena *arena, made_article *out, size_t number)
{
    document *d = &documents[number];
    KH_AUTO_BUF title;
    KH_AUTO_BUF body;
    kh_buf_init(&title, KH_BUF_MAX);
    kh_buf_init(&body, KH_BUF_MAX);
    d->n_blocks = 2 + below(BLOCK_MAX - 1);
    write_block(&title, &d->blocks[0], 1 + below(4));
    for (size_t b = 1; b < d->n_blocks; b++) {
        if (b > 1)
            kh_buf_add_char(&body, '\n');
        write_block(&body, &d->blocks[b], 1 + below(12));
    }
    d->tag = below(3);
    static const char *const tags[] = { "", "Tag one", "Tag two" };
    *out = (made_article){ .id = kh_arena_printf(arena, "%03zu", number).ptr,
                           .lang = "en",
                           .title = kh_arena_copy(arena, kh_buf_str(&title)).ptr,
                           .body = kh_arena_copy(arena, kh_buf_str(&body)).ptr,
                           .tags = tags[d->tag],
                           .date = number % 5 == 0 ? "" : "2025-06-01" };
}

/* ---- random trees ---- */

typedef enum kind {
    WORD,
    PREFIX,
    EXACT,
    PHRASE,
    NEAR,
    TITLE,
    TAG,
    GROUP,
    AND,
    OR
} kind;

typedef struct tree tree;
struct tree {
    kind kind;
    char sign; /* in a group: ' ', '+', '-' */
    uint8_t words[3];
    size_t n_words;
    bool is_capital; /* of EXACT */
    uint32_t window;
    unsigned tag;
    tree *children[4];
    size_t n_children;
};

static tree *make_leaf(kh_arena *arena)
{
    static const kind kinds[] = { WORD, WORD,   WORD, WORD,  PHRASE, PHRASE,
                                  NEAR, PREFIX, TAG,  EXACT, TITLE };
    tree *t = kh_arena_alloc(arena, sizeof(*t));
    t->kind = kinds[below(KH_COUNT_OF(kinds))];
    t->sign = ' ';
    bool is_long = t->kind == PHRASE || (t->kind == TITLE && below(2) == 0);
    t->n_words = is_long ? 2 + below(2) : t->kind == NEAR ? 2 : 1;
    for (size_t i = 0; i < t->n_words; i++)
        t->words[i] = (uint8_t)below(N_WORDS);
    if (t->kind == NEAR && t->words[0] == t->words[1])
        t->words[1] = (uint8_t)((t->words[1] + 1) % N_WORDS);
    t->window = 1 + below(5);
    t->is_capital = below(2) == 0;
    t->tag = 1 + below(2);
    return t;
}

static tree *make_tree(kh_arena *arena, unsigned depth)
{
    if (depth == DEPTH_MAX || below(3) == 0)
        return make_leaf(arena);
    static const kind kinds[] = { GROUP, GROUP, AND, OR };
    tree *t = kh_arena_alloc(arena, sizeof(*t));
    t->kind = kinds[below(KH_COUNT_OF(kinds))];
    t->sign = ' ';
    t->n_children = 2 + below(3);
    for (size_t i = 0; i < t->n_children; i++) {
        t->children[i] = make_tree(arena, depth + 1);
        if (t->kind == GROUP)
            t->children[i]->sign = "    +-"[below(6)];
    }
    return t;
}

static void write_tree(kh_buf *out, const tree *t, unsigned depth)
{
    if (t->sign != ' ')
        kh_buf_add_char(out, t->sign);
    const char *word = t->n_words > 0 ? vocabulary[t->words[0]] : "";
    switch (t->kind) {
    case WORD:
        kh_buf_printf(out, "%s", word);
        return;
    case PREFIX:
        kh_buf_printf(out, "%s*", word);
        return;
    case EXACT:
        kh_buf_printf(out, "=%c%s", t->is_capital ? word[0] - 'a' + 'A' : word[0],
                      word + 1);
        return;
    case NEAR:
        kh_buf_printf(out, "%s NEAR/%u %s", word, t->window, vocabulary[t->words[1]]);
        return;
    case TAG:
        kh_buf_printf(out, "tag:tag-%s", t->tag == 1 ? "one" : "two");
        return;
    case TITLE:
    case PHRASE:
        kh_buf_printf(out, "%s\"", t->kind == TITLE ? "title:" : "");
        for (size_t i = 0; i < t->n_words; i++)
            kh_buf_printf(out, "%s%s", i > 0 ? " " : "", vocabulary[t->words[i]]);
        kh_buf_add_char(out, '"');
        return;
    default:
        break;
    }
    static const char *const joints[] = {
        [GROUP] = " ", [AND] = " AND ", [OR] = " OR "
    };
    kh_buf_printf(out, "%s", depth > 0 ? "(" : "");
    for (size_t i = 0; i < t->n_children; i++) {
        kh_buf_printf(out, "%s", i > 0 ? joints[t->kind] : "");
        write_tree(out, t->children[i], depth + 1);
    }
    kh_buf_printf(out, "%s", depth > 0 ? ")" : "");
}

/* ---- what it means ---- */

static bool block_has_phrase(const block *b, const tree *t)
{
    for (size_t i = 0; i + t->n_words <= b->n; i++) {
        size_t k = 0;
        while (k < t->n_words && b->words[i + k] == t->words[k])
            k++;
        if (k == t->n_words)
            return true;
    }
    return false;
}

static bool block_has_near(const block *b, const tree *t)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t j = 0; j < b->n; j++)
            if (b->words[i] == t->words[0] && b->words[j] == t->words[1] &&
                (i > j ? i - j : j - i) <= t->window)
                return true;
    return false;
}

static bool block_has_exact(const block *b, const tree *t)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->words[i] == t->words[0] && (b->is_capital[i] || !t->is_capital))
            return true;
    return false;
}

static bool leaf_matches(const document *d, const tree *t)
{
    if (t->kind == TAG)
        return d->tag == t->tag;
    size_t n_blocks = t->kind == TITLE ? 1 : d->n_blocks;
    for (size_t i = 0; i < n_blocks; i++) {
        const block *b = &d->blocks[i];
        if (t->kind == NEAR    ? block_has_near(b, t)
            : t->kind == EXACT ? block_has_exact(b, t)
                               : block_has_phrase(b, t))
            return true;
    }
    return false;
}

/* Plain words, also in brackets, are wishes. */
static bool is_plain(const tree *t)
{
    if (t->kind == WORD || t->kind == PREFIX)
        return t->sign == ' ';
    if ((t->kind != GROUP && t->kind != OR) || t->sign != ' ')
        return false;
    for (size_t i = 0; i < t->n_children; i++)
        if (!is_plain(t->children[i]))
            return false;
    return true;
}

/* Filters weigh nothing: tags, NOT, and what is made of them alone. */
static bool is_filter(const tree *t)
{
    if (t->kind < GROUP)
        return t->kind == TAG;
    for (size_t i = 0; i < t->n_children; i++)
        if (t->children[i]->sign != '-' && !is_filter(t->children[i]))
            return false;
    return true;
}

static bool matches(const document *d, const tree *t);

static bool group_matches(const document *d, const tree *t)
{
    bool has_wish = false;
    bool has_one = false;
    bool is_free = false;
    for (size_t i = 0; i < t->n_children; i++) {
        const tree *child = t->children[i];
        bool is_match = matches(d, child);
        if (is_plain(child)) {
            has_wish = true;
            has_one |= is_match;
            continue;
        }
        if (is_match == (child->sign == '-'))
            return false;
        is_free |= child->sign != '-' && !is_filter(child);
    }
    return !has_wish || has_one || is_free;
}

static bool matches(const document *d, const tree *t)
{
    if (t->kind < GROUP)
        return leaf_matches(d, t);
    if (t->kind == GROUP)
        return group_matches(d, t);
    for (size_t i = 0; i < t->n_children; i++)
        if (matches(d, t->children[i]) == (t->kind == OR))
            return t->kind == OR;
    return t->kind == AND;
}

/* ---- the comparison ---- */

static void expect_ids(asked *a, const tree *t, const char *query, size_t index)
{
    KH_AUTO_BUF wanted;
    kh_buf_init(&wanted, KH_BUF_MAX);
    size_t n = 0;
    for (size_t i = 0; i < N_ARTICLES; i++) {
        if (!matches(&documents[i], t))
            continue;
        kh_buf_printf(&wanted, "%s%03zu", n > 0 ? " " : "", i);
        n++;
    }
    ask(a, query);
    const char *seen = asked_ids(a, true);
    cr_expect(kh_str_equal(kh_str_from(seen), kh_buf_str(&wanted)),
              "%s in index %zu\n  seen   %s\n  wanted %s", query, index, seen,
              kh_buf_text(&wanted));
    cr_expect(eq(u64, a->answer.n_articles, n), "%s", query);
    cr_expect(a->answer.is_count_exact, "%s", query);
    for (size_t r = 0; r < a->answer.n_results; r++) {
        double sum = 0;
        for (size_t p = 0; p < a->answer.results[r].n_parts; p++)
            sum += a->answer.results[r].parts[p].value;
        cr_expect(fabs(sum - a->answer.results[r].score) < 1e-9, "%s", query);
    }

    a->options.limit = 0;
    a->options.want_count = true;
    ask(a, query);
    cr_expect(eq(u64, a->answer.n_articles, n), "%s counted in index %zu", query,
              index);
    a->options.limit = UINT32_MAX;
    a->options.want_count = false;
}

/* The first of a page must be the first of the whole list. */
static void expect_page(asked *a, const char *query)
{
    ask(a, query);
    size_t n = a->answer.n_results;
    if (n == 0)
        return;
    uint32_t at = below((uint32_t)n);
    uint64_t key = a->answer.results[at].key;
    a->options.offset = at;
    a->options.limit = 1;
    ask(a, query);
    cr_expect(eq(sz, a->answer.n_results, 1), "%s", query);
    cr_expect(eq(u64, a->answer.results[0].key, key), "%s at %u", query, at);
    a->options.offset = 0;
    a->options.limit = UINT32_MAX;
}

static void run_seed(uint64_t seed)
{
    static const int makes[] = { 1, 3, 4 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    made_article articles[N_ARTICLES];
    asked each[3];
    state = seed * 2 + 1;
    for (size_t i = 0; i < N_ARTICLES; i++)
        make_article(arena, &articles[i], i);
    for (size_t k = 0; k < 3; k++) {
        asked_open(&each[k], articles, N_ARTICLES, makes[k]);
        each[k].options.want_explain = true;
    }
    for (unsigned q = 0; q < N_QUERIES; q++) {
        tree *t = make_tree(arena, 0);
        KH_AUTO_BUF query;
        kh_buf_init(&query, KH_BUF_MAX);
        write_tree(&query, t, 0);
        for (size_t k = 0; k < 3; k++)
            expect_ids(&each[k], t, kh_buf_text(&query), k);
        expect_page(&each[q % 3], kh_buf_text(&query));
    }
    for (size_t k = 0; k < 3; k++)
        asked_close(&each[k]);
}

Test(oracle, agrees_on_random_queries, .timeout = 100)
{
    run_seed(1);
}

Test(oracle, agrees_on_other_random_queries, .timeout = 100)
{
    run_seed(20250605);
}
