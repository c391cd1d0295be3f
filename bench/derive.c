/* derive - queries of every kind from the articles that they will be put to.
 *
 *   derive ARTICLES.jsonl [--lang CODE] [--each N] [--seed S]
 *
 * Prints OPERATION:KIND<TAB>TEXT, N (100) of a kind, the same every time. Phrases are
 * drawn where they stand, so the common ones more often; those without stop words
 * (words of a quarter of the articles) are counted and cut in thirds by the number of
 * articles that hold them. */
#include <stdio.h>
#include <stdlib.h>

#include "archive.h"
#include "base/alloc.h"
#include "random.h"

#define TRIES        2000000
#define DRAWN        30000 /* phrases to cut in thirds */
#define WINDOW_WORDS 20

typedef struct chooser {
    const kh_archive *archive;
    kh_random random;
    size_t each;
    kh_archive_phrase *phrases; /* owned; DRAWN at most, by n_documents, most first */
    size_t n_phrases;
} chooser;

static bool is_break(uint32_t word)
{
    return word == KH_ARCHIVE_BREAK;
}

static bool is_stop(const chooser *c, uint32_t word)
{
    return c->archive->documents[word] > c->archive->n_articles / 4;
}

static kh_str text_of(const chooser *c, uint32_t word)
{
    return c->archive->table.texts[word];
}

/* A place in the text with `n` words side by side. */
static bool draw_place(chooser *c, size_t n, const uint32_t **out)
{
    for (size_t try = 0; try < 1000; try++) {
        size_t at = kh_random_next(&c->random) % c->archive->n_words;
        if (at + n > c->archive->n_words)
            continue;
        size_t i = 0;
        while (i < n && !is_break(c->archive->words[at + i]))
            i++;
        if (i == n) {
            *out = c->archive->words + at;
            return true;
        }
    }
    return false;
}

/* A word that is no stop word, from up to WINDOW_WORDS behind a place. */
static bool draw_word(chooser *c, const uint32_t *place, uint32_t *out)
{
    size_t left = (size_t)(c->archive->words + c->archive->n_words - place);
    for (size_t try = 0; try < 100; try++) {
        uint32_t at = kh_random_below(&c->random, WINDOW_WORDS);
        if (at < left && !is_break(place[at]) && !is_stop(c, place[at])) {
            *out = place[at];
            return true;
        }
    }
    return false;
}

static void print_words(const chooser *c, const char *kind, const uint32_t *words,
                        size_t n)
{
    printf("%s\t", kind);
    for (size_t i = 0; i < n && !is_break(words[i]); i++)
        printf("%s%" KH_FMT, i > 0 ? " " : "", KH_ARG(text_of(c, words[i])));
    putchar('\n');
}

/* ---- words ---- */

/* A group of words that stand near each other, n of them. */
static bool draw_words(chooser *c, uint32_t *words, size_t n)
{
    const uint32_t *place;
    if (!draw_place(c, 1, &place))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!draw_word(c, place, &words[i]))
            return false;
    return true;
}

static void print_ranked(chooser *c)
{
    uint32_t words[4];
    const uint32_t *place;
    for (size_t i = 0; i < c->each; i++)
        if (draw_words(c, words, 1))
            print_words(c, "rank:one-word", words, 1);
    for (size_t i = 0; i < c->each; i++) {
        size_t n = 2 + kh_random_below(&c->random, 3);
        if (!draw_words(c, words, n))
            continue;
        print_words(c, "rank:words", words, n);
        print_words(c, "match:words", words, n);
        print_words(c, "sort:words", words, n);
    }
    for (size_t i = 0; i < c->each; i++)
        if (draw_place(c, 8, &place))
            print_words(c, "rank:question", place, 8);
    for (size_t i = 0; i < c->each; i++)
        printf("rank:no-hit\tqzx%llxwvk\n",
               (unsigned long long)kh_random_next(&c->random) >> 40);
}

static void print_operators(chooser *c)
{
    uint32_t w[4];
    for (size_t i = 0; i < c->each; i++)
        if (draw_words(c, w, 4))
            printf("bool:boolean\t%" KH_FMT " AND (%" KH_FMT " OR %" KH_FMT
                   ") NOT %" KH_FMT "\n",
                   KH_ARG(text_of(c, w[0])), KH_ARG(text_of(c, w[1])),
                   KH_ARG(text_of(c, w[2])), KH_ARG(text_of(c, w[3])));
    for (size_t i = 0; i < c->each; i++) {
        if (!draw_words(c, w, 1))
            continue;
        kh_str word = text_of(c, w[0]);
        bool is_ascii = true;
        for (size_t j = 0; j < word.len; j++)
            is_ascii &= (unsigned char)word.ptr[j] < 0x80;
        if (is_ascii && word.len > 5)
            printf("prefix:prefix\t%" KH_FMT "*\n", KH_ARG(kh_str_slice(word, 0, 4)));
    }
}

/* ---- phrases ---- */

static int by_documents(const void *a, const void *b)
{
    const kh_archive_phrase *x = a;
    const kh_archive_phrase *y = b;
    if (x->n_documents != y->n_documents)
        return x->n_documents > y->n_documents ? -1 : 1;
    return memcmp(x->words, y->words, sizeof(x->words));
}

static void draw_phrases(chooser *c)
{
    c->phrases = kh_alloc(DRAWN * sizeof(kh_archive_phrase));
    for (size_t try = 0; try < (size_t)DRAWN * 20 && c->n_phrases < DRAWN; try++) {
        const uint32_t *w;
        size_t n = 2 + kh_random_percent(&c->random, 25);
        if (!draw_place(c, n, &w) || is_stop(c, w[0]) || is_stop(c, w[1]) ||
            (n == 3 && is_stop(c, w[2])))
            continue;
        c->phrases[c->n_phrases++] = (kh_archive_phrase){
            { w[0], w[1], n == 3 ? w[2] : KH_ARCHIVE_BREAK }, 0, 0
        };
    }
    kh_archive_count(c->archive, c->phrases, c->n_phrases);
    qsort(c->phrases, c->n_phrases, sizeof(*c->phrases), by_documents);
    size_t n = 0;
    for (size_t i = 0; i < c->n_phrases; i++)
        if (c->phrases[i].n_documents >= 2 + c->archive->n_articles / 10000 &&
            (n == 0 || by_documents(&c->phrases[n - 1], &c->phrases[i]) != 0))
            c->phrases[n++] = c->phrases[i];
    c->n_phrases = n;
}

static void print_thirds(chooser *c)
{
    static const char *const kinds[] = { "count:common", "count:mid", "count:rare" };
    for (size_t third = 0; third < 3; third++) {
        size_t begin = c->n_phrases * third / 3;
        size_t n = c->n_phrases * (third + 1) / 3 - begin;
        size_t each = n < c->each ? n : c->each;
        for (size_t i = 0; i < each; i++) {
            const kh_archive_phrase *p = &c->phrases[begin + i * n / each];
            print_words(c, kinds[third], p->words, 3);
            if (third == 1)
                print_words(c, "phrase:phrase", p->words, 3);
        }
    }
}

static void print_stop_phrases(chooser *c)
{
    size_t n_stops = 0;
    size_t n_half = 0;
    for (size_t try = 0; try < TRIES && (n_stops < c->each || n_half < c->each);
         try++) {
        const uint32_t *w;
        if (!draw_place(c, 3, &w))
            return;
        size_t stops = (size_t)is_stop(c, w[0]) + is_stop(c, w[1]) + is_stop(c, w[2]);
        bool has_rare = !is_stop(c, w[1]) &&
                        c->archive->documents[w[1]] < c->archive->n_articles / 500 + 2;
        if (stops >= 2 && is_stop(c, w[1]) && n_stops < c->each) {
            n_stops++;
            print_words(c, "phrase:stop-words", w, 3);
            print_words(c, "count:stop-words", w, 3);
        } else if (is_stop(c, w[0]) && has_rare && n_half < c->each) {
            n_half++;
            print_words(c, "phrase:half-common", w, 2);
        }
    }
}

/* Two frequent words that never stand side by side. */
static void print_absent(chooser *c)
{
    size_t n = c->each * 4;
    kh_archive_phrase *pairs = kh_alloc(n * sizeof(*pairs));
    size_t n_pairs = 0;
    for (size_t try = 0; try < TRIES && n_pairs < n; try++) {
        const uint32_t *a;
        const uint32_t *b;
        if (!draw_place(c, 1, &a) || !draw_place(c, 1, &b))
            break;
        size_t least = c->archive->n_articles / 100;
        if (!is_stop(c, *a) && !is_stop(c, *b) && c->archive->documents[*a] > least &&
            c->archive->documents[*b] > least)
            pairs[n_pairs++] =
                (kh_archive_phrase){ { *a, *b, KH_ARCHIVE_BREAK }, 0, 0 };
    }
    kh_archive_count(c->archive, pairs, n_pairs);
    size_t n_printed = 0;
    for (size_t i = 0; i < n_pairs && n_printed < c->each; i++) {
        if (pairs[i].n_documents > 0)
            continue;
        n_printed++;
        print_words(c, "phrase:absent", pairs[i].words, 2);
        print_words(c, "count:absent", pairs[i].words, 2);
    }
    kh_free(pairs);
}

/* ---- tags and dates ---- */

static void print_tags_and_dates(chooser *c)
{
    const kh_archive *archive = c->archive;
    for (size_t i = 0; i < c->each && archive->n_tags > 0; i++)
        printf("tag:tag\t%s\n",
               archive->tags[kh_random_next(&c->random) % archive->n_tags]);
    for (size_t i = 0; i < c->each; i++) {
        const kh_archive_article *a =
            &archive->articles[kh_random_next(&c->random) % archive->n_articles];
        uint32_t words[2];
        if (a->date[0] == '\0' || !draw_words(c, words, 2))
            continue;
        const char *kind = i % 2 == 0 ? "month" : "year";
        printf("date:%s\t%.*s%s..%.*s%s %" KH_FMT " %" KH_FMT "\n", kind,
               i % 2 == 0 ? 8 : 5, a->date, i % 2 == 0 ? "01" : "01-01",
               i % 2 == 0 ? 8 : 5, a->date, i % 2 == 0 ? "28" : "12-31",
               KH_ARG(text_of(c, words[0])), KH_ARG(text_of(c, words[1])));
    }
}

int main(int argc, char **argv)
{
    const char *lang = "en";
    unsigned long long each = 100;
    unsigned long long seed = 1;
    bool is_well = argc > 1 && argc % 2 == 0;
    for (int i = 2; i + 1 < argc; i += 2) {
        kh_str value = kh_str_from(argv[i + 1]);
        if (strcmp(argv[i], "--lang") == 0)
            lang = argv[i + 1];
        else if (strcmp(argv[i], "--each") == 0)
            is_well &= kh_str_number(value, 100000, &each);
        else if (strcmp(argv[i], "--seed") == 0)
            is_well &= kh_str_number(value, UINT32_MAX, &seed);
        else
            is_well = false;
    }
    if (!is_well) {
        fprintf(stderr, "usage: derive ARTICLES.jsonl [--lang CODE] [--each N] "
                        "[--seed S]\n");
        return 2;
    }
    kh_archive archive = { 0 };
    kh_error err = { 0 };
    kh_status status = kh_archive_read(&archive, argv[1], lang, &err);
    if (status == KH_OK) {
        chooser c = { .archive = &archive, .random = { seed }, .each = each };
        print_ranked(&c);
        draw_phrases(&c);
        print_thirds(&c);
        print_stop_phrases(&c);
        print_absent(&c);
        print_tags_and_dates(&c);
        print_operators(&c);
        kh_free(c.phrases);
    } else {
        fprintf(stderr, "derive: %s\n", err.message);
    }
    kh_archive_release(&archive);
    return status == KH_OK ? 0 : 2;
}
