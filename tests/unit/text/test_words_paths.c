/* test_words_paths - the fast path and ICU alone give the same words. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <sys/stat.h>

#include "base/file.h"
#include "text/words.h"

TestSuite(words_paths);

#define N_TEXTS    20000
#define MAX_PIECES 24

/* Marsaglia's xorshift64. */
static uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* What texts are made of. Pieces of the same line are likely to meet. */
static const char *const pieces[] = {
    "a",          "b",      "s",      "S",      "l",          "qu",
    "US",         "word",   "é",      "ß",      "ı",          "ø",
    "ł",          "α",      "Ω",      "ж",      "й",          "ё",
    "0",          "1",      "23",     "000",    "٣",          "९",
    "'",          "’",      "‘",      "\"",     "'s",         "’s",
    "s'",         "l'",     ".",      ".",      ",",          ",",
    ";",          ":",      "·",      "•",      "_",          "__",
    "‿",          "-",      "-",      "‐",      "‑",          "–",
    " ",          " ",      " ",      "\u00A0", "\u202F",     "\u2009",
    "\t",         "\n",     "\r\n",   "\u2028", "\u00AD",     "\u200B",
    "\u200C",     "\u200D", "\u2060", "\uFEFF", "\u0301",     "\u0308",
    "\u0327",     "\u0483", "\u3099", "\uFE0F", "🙂",       "👨‍👩‍👧",
    "🇮🇳",         "★",      "½",      "²",      "@",          "#",
    "&",          "/",      "ا",      "ب",      "\u064E",     "ـ",
    "،",          "\u066B", "\u066C", "ש",      "צ",          "״",
    "׳",          "क",      "ि",      "्",       "।",          "ক",
    "த",          "中",     "国",     "の",     "カ",         "ー",
    "・",         "ｶ",      "\uFF9E", "゛",     "〱",         "㍿",
    "㋐",         "𠀀",     "々",     "한",     "국",         "\u1112",
    "\u1161",     "ไ",      "ท",      "ย",      "ก็",          "ລາວ",
    "ខ្មែរ",       "မြန်မာ",  "፡",      "አ",      "ა",          "Ա",
    "՚",          "€",      "\xFF",   "\xC3",   "\xE2\x80",   "\xED\xA0\x80",
    "\xF0\x9F",   "\x80",   "\x01",   "\x7F",   "\u00B7",     "\u2024",
    "\uFF07",     "\uFF0E", "\uFE55", "：",     "＠",         "＿",
    "\u302A",     "\u2F08", "\u2044", "\uFE50", "\u037E",     "\U0001D7D8",
    "\U0001D400", "\u1806", "\u180E", "\u034F", "\U000E0061", "\u17D2",
    "\uFFFD",     "\u0E33", "𗀀",   "آ",      "\u200C",     "\u200Cها",
};

/* A text of pieces; the lower half of the seeds keeps to a window of neighbours, so
 * that rare classes meet one another. */
static void make_text(kh_buf *out, uint64_t seed)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
    size_t n = KH_COUNT_OF(pieces);
    size_t first = seed % 2 ? random_next(&state) % n : 0;
    size_t window = seed % 2 ? 16 : n;
    size_t n_pieces = 1 + random_next(&state) % MAX_PIECES;
    kh_buf_reset(out);
    for (size_t i = 0; i < n_pieces; i++) {
        bool is_letter = seed % 3 == 0 && random_next(&state) % 2;
        size_t k = is_letter ? random_next(&state) % 20
                             : (first + random_next(&state) % window) % n;
        kh_buf_add(out, kh_str_from(pieces[k]));
    }
}

typedef struct pair {
    kh_words *fast;
    kh_words *slow;
} pair;

static pair open_pair(void)
{
    pair p = { NULL, NULL };
    cr_assert(eq(int, (int)kh_words_open(&p.fast, NULL), KH_OK));
    cr_assert(eq(int, (int)kh_words_open(&p.slow, NULL), KH_OK));
    return p;
}

static void close_pair(pair p)
{
    kh_words_free(p.fast);
    kh_words_free(p.slow);
}

/* Whether both paths agree; counts words. */
static bool agree(pair p, kh_str text, size_t *n_words)
{
    kh_words_reset(p.fast, text);
    kh_words_reset_slow(p.slow, text);
    for (;;) {
        kh_word a = { 0 };
        kh_word b = { 0 };
        bool has_a = kh_words_next(p.fast, &a);
        bool has_b = kh_words_next(p.slow, &b);
        if (has_a != has_b || a.start != b.start || a.end != b.end ||
            a.kind != b.kind || a.join != b.join)
            return false;
        if (!has_a)
            return true;
        ++*n_words;
    }
}

static void print_bytes(kh_str text)
{
    for (size_t i = 0; i < text.len; i++)
        fprintf(stderr, "\\x%02X", (unsigned char)text.ptr[i]);
    fprintf(stderr, "  '%" KH_FMT "'\n", KH_ARG(text));
}

Test(words_paths, agree_on_random_texts, .timeout = 300)
{
    pair p = open_pair();
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    size_t n_words = 0;
    size_t n_bad = 0;

    for (uint64_t seed = 1; seed <= N_TEXTS; seed++) {
        make_text(&text, seed);
        if (!agree(p, kh_buf_str(&text), &n_words) && n_bad++ < 5)
            print_bytes(kh_buf_str(&text));
    }

    cr_expect(eq(sz, n_bad, 0));
    cr_expect(gt(sz, n_words, N_TEXTS)); /* the texts do have words */
    close_pair(p);
}

Test(words_paths, agree_on_all_pairs_of_pieces)
{
    pair p = open_pair();
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    size_t n_words = 0;
    size_t n_bad = 0;

    for (size_t i = 0; i < KH_COUNT_OF(pieces); i++)
        for (size_t j = 0; j < KH_COUNT_OF(pieces); j++) {
            static const char *const frames[][2] = { { "a", "a" },
                                                     { "1", "1" },
                                                     { "ا", "ب" } };
            for (size_t f = 0; f < KH_COUNT_OF(frames); f++) {
                kh_buf_reset(&text);
                kh_buf_add(&text, kh_str_from(frames[f][0]));
                kh_buf_add(&text, kh_str_from(pieces[i]));
                kh_buf_add(&text, kh_str_from(pieces[j]));
                kh_buf_add(&text, kh_str_from(frames[f][1]));
                if (!agree(p, kh_buf_str(&text), &n_words) && n_bad++ < 5)
                    print_bytes(kh_buf_str(&text));
            }
        }

    cr_expect(eq(sz, n_bad, 0));
    close_pair(p);
}

static void check_tree(pair p, const char *path, size_t *n_words, size_t *n_bad)
{
    kh_names names = { 0 };
    if (kh_folder_list(&names, path, NULL) != KH_OK)
        return;
    for (size_t i = 0; i < names.n; i++) {
        KH_AUTO_BUF child;
        KH_AUTO_BUF text;
        kh_buf_init(&child, 4096);
        kh_buf_init(&text, (size_t)64 << 20);
        kh_path_join(&child, path, names.names[i]);
        if (kh_path_is_folder(kh_buf_text(&child))) {
            check_tree(p, kh_buf_text(&child), n_words, n_bad);
        } else if (kh_file_read(&text, kh_buf_text(&child), (size_t)64 << 20, NULL) ==
                       KH_OK &&
                   !agree(p, kh_buf_str(&text), n_words)) {
            fprintf(stderr, "%s\n", kh_buf_text(&child));
            ++*n_bad;
        }
    }
    kh_names_release(&names);
}

Test(words_paths, agree_on_the_corpus)
{
    pair p = open_pair();
    size_t n_words = 0;
    size_t n_bad = 0;

    check_tree(p, KH_SOURCE_DIR "/corpus", &n_words, &n_bad);
    check_tree(p, KH_SOURCE_DIR "/docs", &n_words, &n_bad);

    cr_expect(eq(sz, n_bad, 0));
    cr_expect(gt(sz, n_words, 0));
    close_pair(p);
}
