/* Suite signs: what an article holds its sign never denies; most else it does. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "base/hash.h"
#include "codes.h"
#include "sign_maker.h"
#include "support/dice.h"
#include "unit.h"

TestSuite(signs, .timeout = 60);

enum { N_CODES = 9000, N_ARTICLES = 600, WORDS_MAX = 20000 };

typedef struct made {
    kh_sign_table *table;
    kh_sign_word *words; /* by number; what the file says of each */
    uint32_t **articles; /* numbers of words; UINT32_MAX between blocks */
    size_t *n;
    kh_signs signs;
    char folder[40];
} made;

/* Words of one class, from the commonest on; few of an article's are rare. */
static uint32_t roll_word(dice *d)
{
    return roll(d, 1 + roll(d, 1 + roll(d, N_CODES)));
}

/* Codes of an article: a mark in front of some words, three for UINT32_MAX. */
static size_t put_article(uint32_t *codes, const uint32_t *words, size_t n, dice *d)
{
    static const uint32_t block[] = { KH_MARK_BLOCK, 2, 0 }; /* of another kind */
    size_t n_codes = 0;
    for (size_t i = 0; i < n; i++) {
        if (words[i] == UINT32_MAX) {
            memcpy(codes + n_codes, block, sizeof(block));
            n_codes += KH_COUNT_OF(block);
            continue;
        }
        if (roll(d, 9) == 0)
            codes[n_codes++] = KH_MARK_SENTENCE;
        codes[n_codes++] = words[i] + KH_CODE_WORDS;
    }
    return n_codes;
}

static void make_table(made *m)
{
    m->table = kh_sign_table_open(N_CODES);
    m->table->classes[1] = 5;
    m->words = calloc(N_CODES, sizeof(*m->words));
    for (uint32_t i = 0; i < N_CODES; i++) {
        char text[16];
        snprintf(text, sizeof(text), "en:%u", i);
        kh_lexeme lexeme = { .term = kh_str_from(text) };
        kh_sign_table_note(m->table, 5, i + KH_CODE_WORDS, &lexeme);
        m->words[i].hash = kh_sign_hash(kh_rare_hash(&lexeme));
    }
}

static void write_signs(made *m, const kh_buf *signs, const kh_buf *groups)
{
    KH_AUTO_BUF file;
    KH_AUTO_BUF path;
    KH_CLEANUP(kh_summing_release) kh_summing summing;
    kh_buf_init(&file, KH_BUF_MAX);
    kh_buf_init(&path, KH_BUF_MAX);
    kh_summing_init(&summing);
    kh_buf_add(&file, KH_STR(KH_SIGNS_MAGIC));
    kh_sign_table_write(&file, m->table);
    kh_buf_add(&file, kh_buf_str(signs));
    kh_buf_add(&file, kh_buf_str(groups));
    kh_summing_add(&summing, kh_buf_str(&file));
    kh_summing_end(&summing);
    kh_buf *end = &summing.sums;
    kh_buf_add_u64(end, signs->len);
    kh_buf_add_u32(end, kh_sign_table_n(m->table));
    kh_buf_add_u32(end, N_ARTICLES);
    kh_buf_add_u32(end, (uint32_t)kh_checksum(kh_buf_str(end), 0));
    kh_buf_add(&file, kh_buf_str(end));
    kh_path_join(&path, m->folder, KH_SIGNS_FILE);
    cr_assert(
        eq(int, kh_file_replace(kh_buf_text(&path), kh_buf_str(&file), NULL), KH_OK));
    cr_assert(eq(int, kh_signs_open(&m->signs, m->folder, NULL), KH_OK));
    cr_assert(kh_signs_are_sound(&m->signs));
}

static void make(made *m, dice *d)
{
    make_table(m);
    m->articles = calloc(N_ARTICLES, sizeof(*m->articles));
    m->n = calloc(N_ARTICLES, sizeof(*m->n));
    kh_sign_maker *maker = kh_sign_maker_open(m->table);
    KH_AUTO_BUF signs;
    KH_AUTO_BUF groups;
    kh_buf_init(&signs, KH_BUF_MAX);
    kh_buf_init(&groups, KH_BUF_MAX);
    for (size_t i = 0; i < N_ARTICLES; i++) {
        size_t n =
            i < 100 ? i / 10 : roll(d, 1 + roll(d, i % 50 == 0 ? WORDS_MAX : 900));
        m->n[i] = n;
        m->articles[i] = calloc(n + 1, sizeof(uint32_t));
        for (size_t k = 0; k < n; k++)
            m->articles[i][k] = roll(d, 40) == 0 ? UINT32_MAX : roll_word(d);
        KH_AUTO_BUF sign;
        kh_buf_init(&sign, KH_BUF_MAX);
        uint32_t *codes = calloc(3 * n + 1, sizeof(*codes));
        size_t n_codes = put_article(codes, m->articles[i], n, d);
        kh_sign_make(&sign, maker, 1, codes, n_codes);
        free(codes);
        if (i % KH_SIGN_GROUP == 0) {
            for (unsigned k = 0; k < KH_SIGN_START_BYTES; k++)
                kh_buf_add_char(&groups, (char)((uint64_t)signs.len >> 8 * k));
            for (unsigned k = 0; k < 2 * KH_SIGN_GROUP; k++)
                kh_buf_add_char(&groups, '\0');
        }
        char *sizes = groups.ptr + groups.len - 2 * KH_SIGN_GROUP;
        sizes[i % KH_SIGN_GROUP] = sign.ptr[0];
        sizes[KH_SIGN_GROUP + i % KH_SIGN_GROUP] = sign.ptr[1];
        cr_assert(eq(sz, sign.len - 2, kh_sign_bytes((unsigned char)sign.ptr[0])));
        kh_buf_add_bytes(&signs, sign.ptr + 2, sign.len - 2);
    }
    kh_sign_maker_free(maker);
    strcpy(m->folder, "/tmp/khabar-signs-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(m->folder), NULL));
    write_signs(m, &signs, &groups);
    for (uint32_t i = 0; i < N_CODES; i++)
        m->words[i] = kh_signs_word(&m->signs, m->words[i].hash);
}

static void release(made *m)
{
    kh_signs_close(&m->signs);
    kh_sign_table_free(m->table);
    for (size_t i = 0; i < N_ARTICLES; i++)
        free(m->articles[i]);
    free(m->articles);
    free(m->n);
    free(m->words);
    cr_expect(eq(int, kh_folder_remove(m->folder, NULL), KH_OK));
}

Test(signs, hold_all_neighbours)
{
    dice d = { 20261126 };
    made m = { 0 };
    make(&m, &d);
    size_t n_pairs = 0;
    for (uint32_t i = 0; i < N_ARTICLES; i++) {
        kh_sign sign;
        cr_assert(kh_signs_of(&sign, &m.signs, i + 1));
        cr_assert(eq(u32, sign.lang, 1));
        for (size_t k = 0; k + 1 < m.n[i]; k++) {
            uint32_t left = m.articles[i][k];
            uint32_t right = m.articles[i][k + 1];
            if (left == UINT32_MAX || right == UINT32_MAX)
                continue;
            if (m.words[left].weight == 0 || m.words[right].weight == 0)
                continue;
            kh_sign_pair pair = kh_sign_pair_of(m.words[left], m.words[right]);
            cr_assert(kh_sign_has(&sign, pair), "article %u, word %zu of %zu", i, k,
                      m.n[i]);
            n_pairs++;
        }
    }
    cr_expect(gt(sz, n_pairs, 10000));
    release(&m);
}

Test(signs, deny_most_of_what_is_not_there)
{
    dice d = { 42 };
    made m = { 0 };
    make(&m, &d);
    size_t n_asked = 0;
    size_t n_denied = 0;
    for (uint32_t i = 0; i < N_ARTICLES; i++) {
        kh_sign sign;
        if (m.n[i] < 300 || !kh_signs_of(&sign, &m.signs, i + 1))
            continue;
        for (unsigned k = 0; k < 200; k++) {
            kh_sign_word left = m.words[100 + roll(&d, 1500)];
            kh_sign_word right = m.words[2000 + roll(&d, 3000)];
            n_denied += !kh_sign_has(&sign, kh_sign_pair_of(right, left));
            n_asked++;
        }
    }
    cr_expect(gt(sz, n_denied, n_asked / 2), "%zu of %zu", n_denied, n_asked);
    release(&m);
}

Test(signs, weigh_words_by_how_common_they_are)
{
    dice d = { 1 };
    made m = { 0 };
    make(&m, &d);
    cr_expect(eq(int, m.words[0].weight, 0));
    cr_expect(eq(int, m.words[100].weight, KH_SIGN_WEIGHT_MAX));
    cr_expect(lt(int, m.words[5000].weight, m.words[100].weight));
    cr_expect(gt(int, m.words[5000].weight, 0));
    cr_expect(eq(int, m.words[N_CODES - 1].weight, KH_SIGN_WEIGHT_USUAL));
    release(&m);
}

/* A damaged sign tells nothing, whatever is changed; the check sees it. */
Test(signs, that_are_damaged_deny_nothing_that_is_there)
{
    dice d = { 77 };
    made m = { 0 };
    make(&m, &d);
    KH_AUTO_BUF path;
    KH_AUTO_BUF good;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_buf_init(&good, KH_BUF_MAX);
    kh_path_join(&path, m.folder, KH_SIGNS_FILE);
    cr_assert(
        eq(int, kh_file_read(&good, kh_buf_text(&path), (size_t)1 << 30, NULL), KH_OK));
    size_t n_opened = 0;
    for (unsigned round = 0; round < 60; round++) {
        KH_AUTO_BUF bad;
        kh_buf_init(&bad, KH_BUF_MAX);
        kh_buf_add(&bad, kh_buf_str(&good));
        size_t at = roll(&d, (unsigned)bad.len);
        size_t end = at + 1 + roll(&d, 3000);
        for (size_t k = at; k < end && k < bad.len; k++)
            bad.ptr[k] = round % 3 == 0 ? 0 : (char)roll(&d, 256);
        bool is_same = memcmp(bad.ptr, good.ptr, good.len) == 0;
        cr_assert(eq(int, kh_file_replace(kh_buf_text(&path), kh_buf_str(&bad), NULL),
                     KH_OK));
        kh_signs signs;
        if (kh_signs_open(&signs, m.folder, NULL) != KH_OK)
            continue;
        n_opened++;
        for (uint32_t i = 0; i < N_ARTICLES; i++) {
            kh_sign sign;
            if (!kh_signs_of(&sign, &signs, i + 1))
                continue;
            for (size_t k = 0; k + 1 < m.n[i]; k++) {
                uint32_t left = m.articles[i][k];
                uint32_t right = m.articles[i][k + 1];
                if (left == UINT32_MAX || right == UINT32_MAX ||
                    m.words[left].weight == 0 || m.words[right].weight == 0)
                    continue;
                kh_sign_pair pair = kh_sign_pair_of(m.words[left], m.words[right]);
                cr_assert(kh_sign_has(&sign, pair), "round %u, article %u", round, i);
            }
        }
        cr_assert(eq(int, kh_signs_are_sound(&signs), is_same));
        kh_signs_close(&signs);
    }
    cr_expect(gt(sz, n_opened, 20));
    release(&m);
}

/* A word that was not counted in the language: its article is always looked at. */
Test(signs, of_unknown_words_tell_nothing)
{
    kh_sign_table *table = kh_sign_table_open(N_CODES);
    kh_lexeme lexeme = { .term = KH_STR("en:rain") };
    table->classes[1] = 5;
    kh_sign_table_note(table, 5, KH_CODE_WORDS, &lexeme);
    kh_sign_maker *maker = kh_sign_maker_open(table);
    static const uint32_t words[] = { 0, 0, 1 };
    dice d = { 3 };
    for (size_t n = 2; n <= 3; n++) {
        KH_AUTO_BUF sign;
        kh_buf_init(&sign, KH_BUF_MAX);
        uint32_t codes[3 * KH_COUNT_OF(words)];
        size_t n_codes = put_article(codes, words, n, &d);
        kh_sign_make(&sign, maker, 1, codes, n_codes);
        cr_expect(eq(int, (unsigned char)sign.ptr[1], n == 2 ? 1 : (int)KH_SIGN_NONE));
    }
    kh_sign_maker_free(maker);
    kh_sign_table_free(table);
}

Test(signs, sizes_are_as_many_bytes_as_are_wanted_or_a_few_more)
{
    for (size_t n = 0; n <= KH_SIGN_BYTES_MAX + 100; n++) {
        uint32_t bytes = kh_sign_bytes(kh_sign_size(n));
        if (n <= KH_SIGN_BYTES_MAX)
            cr_assert(bytes >= n && bytes - n < KH_SIGN_LARGE, "%zu: %u", n, bytes);
        else
            cr_assert(eq(u32, bytes, KH_SIGN_BYTES_MAX));
    }
}

Test(signs, of_a_folder_without_them_are_none)
{
    kh_signs signs;
    kh_sign sign;
    cr_expect(eq(int, kh_signs_open(&signs, "/tmp/no such folder", NULL), KH_OK));
    cr_expect(not(kh_signs_of(&sign, &signs, 1)));
    cr_expect(eq(int, kh_signs_word(&signs, 7).weight, KH_SIGN_WEIGHT_USUAL));
    kh_signs_close(&signs);
}
