/* Suite lists: whole lists hold what was written, or are left to the engine. */
#include <inttypes.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "glass/lists.h"
#include "support/dice.h"
#include "support/glass_made.h"

#include "scratch.h"

TestSuite(lists, .init = scratch_make, .fini = scratch_remove, .timeout = 100);

static uint32_t last_of(const made *content)
{
    return content->n_documents > 0 ? content->numbers[content->n_documents - 1] : 0;
}

/* Bits of documents up to the last one, and a guard behind them. */
static uint64_t *bits_of(uint32_t last)
{
    return calloc(last / 64 + 2, sizeof(uint64_t));
}

static bool is_marked(const made *content, const made_term *term, const uint64_t *bits)
{
    size_t n = 0;
    for (uint32_t k = 0; k < last_of(content) / 64 + 2; k++)
        n += (size_t)__builtin_popcountll(bits[k]);
    for (size_t i = 0; i < term->n; i++) {
        uint32_t document = content->documents[term->first + i];
        if ((bits[document / 64] >> document % 64 & 1) == 0)
            return false;
    }
    return n == term->n;
}

/* Every term of a database; returns how many lists were read. */
static size_t read_all(const made *content, const char *path, uint64_t seed)
{
    kh_error err = { 0 };
    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
    kh_status status = kh_glass_lists_open(&lists, path, &err);
    if (content->n_terms == 0 && status != KH_OK)
        return 0;
    cr_assert(eq(int, (int)status, KH_OK), "seed %" PRIu64 ": %s", seed, err.message);
    size_t n_read = 0;
    for (size_t i = 0; i < content->n_terms; i++) {
        const made_term *term = &content->terms[i];
        uint64_t *bits = bits_of(last_of(content));
        bool is_read = kh_glass_lists_mark(lists, term->text, bits, last_of(content));
        n_read += is_read;
        bool is_right = !is_read || is_marked(content, term, bits);
        cr_assert(is_right, "seed %" PRIu64 ", term %zu", seed, i);
        free(bits);
    }
    return n_read;
}

Test(lists, are_those_written)
{
    for (uint64_t seed = 1; seed <= 80; seed++) {
        const char *path = scratch_path("x");
        made_shape shape = made_shape_of(seed);
        KH_AUTO(made_free) made *content = made_open(&shape);
        must(made_write(content, path, made_block_of(seed), NULL));

        size_t n = read_all(content, path, seed);

        cr_assert(eq(sz, n, content->n_terms), "seed %" PRIu64, seed);
        must(kh_folder_remove(path, NULL));
    }
}

Test(lists, of_the_engine_are_read_or_left)
{
    size_t n = 0;
    size_t n_read = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        const char *path = scratch_path("x");
        made_shape shape = made_shape_of(seed);
        shape.has_gaps = false;
        shape.data_bytes_max = 8192; /* larger ones its writer may lose */
        KH_AUTO(made_free) made *content = made_open(&shape);
        must(made_write_engine(content, path, NULL));

        n_read += read_all(content, path, seed);

        n += content->n_terms;
        must(kh_folder_remove(path, NULL));
    }
    cr_expect(gt(sz, n_read, n - n / 10), "%zu of %zu", n_read, n);
}

Test(lists, of_no_term_are_not_read)
{
    const char *path = scratch_path("x");
    made_shape shape = {
        .seed = 7, .n_documents = 300, .n_terms = 40, .term_bytes_max = 6
    };
    KH_AUTO(made_free) made *content = made_open(&shape);
    must(made_write(content, path, KH_GLASS_BLOCK_MIN, NULL));
    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
    must(kh_glass_lists_open(&lists, path, NULL));
    uint64_t *bits = bits_of(last_of(content));

    cr_expect(not(kh_glass_lists_mark(lists, KH_STR(""), bits, last_of(content))));
    cr_expect(not(
        kh_glass_lists_mark(lists, KH_STR("no such term"), bits, last_of(content))));
    static char text[KH_GLASS_TERM_MAX + 1];
    kh_str zeros = kh_str_make(text, KH_GLASS_TERM_MAX);
    cr_expect(not(kh_glass_lists_mark(lists, zeros, bits, last_of(content))));
    zeros.len++;
    cr_expect(not(kh_glass_lists_mark(lists, zeros, bits, last_of(content))));
    cr_expect(not(kh_glass_lists_mark(lists, content->terms[0].text, bits, 0)));
    free(bits);
}

Test(lists, of_nothing_are_not_opened)
{
    kh_glass_lists *lists = NULL;
    cr_expect(eq(int, kh_glass_lists_open(&lists, scratch_path("none"), NULL),
                 KH_ERR_NOT_FOUND));
    cr_expect(eq(ptr, lists, NULL));
    kh_glass_lists_free(NULL);
}

/* A database of documents 1, 2, 3 with one term, whose list was changed at a byte of:
 * n, sum, first - 1 | '1' | span | wdf, gap, wdf, gap, wdf */
static bool reads_forged(size_t at, char byte)
{
    static const char list[] = { 3, 3, 0, '1', 2, 1, 0, 1, 0, 1 };
    const char *path = scratch_path("x");
    uint32_t ones[] = { 1, 1, 1 };
    uint32_t documents[] = { 1, 2, 3 };
    kh_glass_writer *glass = writer_of(path, KH_GLASS_BLOCK_MIN);
    must(kh_glass_lengths(glass, NULL, ones, 3, NULL));
    must(kh_glass_term(glass, KH_STR("aaa"), documents, ones, 3, NULL));
    must(kh_glass_close(glass, NULL));
    KH_AUTO_BUF file;
    KH_AUTO_BUF bytes;
    kh_buf_init(&file, KH_BUF_MAX);
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_path_join(&file, path, "postlist.glass");
    must(kh_file_read(&bytes, kh_buf_text(&file), (size_t)1 << 20, NULL));
    size_t found = kh_str_find(kh_buf_str(&bytes), kh_str_make(list, sizeof(list)), 0);
    cr_assert(ne(sz, found, SIZE_MAX));
    bytes.ptr[found + at] = byte;
    must(kh_file_replace(kh_buf_text(&file), kh_buf_str(&bytes), NULL));

    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
    must(kh_glass_lists_open(&lists, path, NULL));
    uint64_t *bits = bits_of(300);
    bool is_read = kh_glass_lists_mark(lists, KH_STR("aaa"), bits, 300);
    free(bits);
    must(kh_folder_remove(path, NULL));
    return is_read;
}

Test(lists, tell_what_was_changed)
{
    cr_expect(reads_forged(0, 3));         /* as it was */
    cr_expect(not(reads_forged(0, 4)));    /* one posting more */
    cr_expect(not(reads_forged(4, 1)));    /* ends a document before */
    cr_expect(not(reads_forged(6, 100)));  /* a gap */
    cr_expect(not(reads_forged(3, '0')));  /* not the last chunk */
    cr_expect(not(reads_forged(9, -128))); /* cut off */
}

Test(lists, that_only_filter_are_unpacked)
{
    enum { N = 20000 };
    const char *path = scratch_path("x");
    uint32_t *documents = calloc(N, sizeof(uint32_t));
    uint32_t *zeros = calloc(N, sizeof(uint32_t));
    for (uint32_t i = 0; i < N; i++)
        documents[i] = 3 * i + 1;
    kh_glass_writer *glass = writer_of(path, KH_GLASS_BLOCK_USUAL);
    must(kh_glass_lengths(glass, documents, zeros, N, NULL));
    must(kh_glass_term(glass, KH_STR("filter"), documents, zeros, N, NULL));
    must(kh_glass_close(glass, NULL));

    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
    must(kh_glass_lists_open(&lists, path, NULL));
    uint64_t *bits = bits_of(3 * N);
    cr_expect(kh_glass_lists_mark(lists, KH_STR("filter"), bits, 3 * N));
    size_t n = 0;
    for (uint32_t document = 0; document <= 3 * N; document++) {
        bool is_set = (bits[document / 64] >> document % 64 & 1) != 0;
        cr_assert(eq(int, is_set, document % 3 == 1 && document <= 3 * N - 2));
        n += is_set;
    }
    cr_expect(eq(sz, n, N));
    free(bits);
    free(documents);
    free(zeros);
}

/* Any answer will do, inside the bits. */
Test(lists, survive_damage)
{
    dice d = { 99 };
    made_shape shape = {
        .seed = 5, .n_documents = 3000, .n_terms = 60, .term_bytes_max = 6
    };
    KH_AUTO(made_free) made *content = made_open(&shape);
    const char *path = scratch_path("x");
    must(made_write(content, path, KH_GLASS_BLOCK_MIN, NULL));
    KH_AUTO_BUF file;
    KH_AUTO_BUF good;
    kh_buf_init(&file, KH_BUF_MAX);
    kh_buf_init(&good, KH_BUF_MAX);
    kh_path_join(&file, path, "postlist.glass");
    must(kh_file_read(&good, kh_buf_text(&file), (size_t)1 << 30, NULL));
    uint32_t last = last_of(content);
    for (unsigned round = 0; round < 400; round++) {
        KH_AUTO_BUF bad;
        kh_buf_init(&bad, KH_BUF_MAX);
        kh_buf_add(&bad, kh_buf_str(&good));
        for (unsigned n = 1 + roll(&d, 40); n > 0; n--)
            bad.ptr[roll(&d, (unsigned)bad.len)] = (char)roll(&d, 256);
        if (round % 5 == 0)
            bad.len = roll(&d, (unsigned)bad.len);
        must(kh_file_replace(kh_buf_text(&file), kh_buf_str(&bad), NULL));
        kh_glass_lists *lists = NULL;
        if (kh_glass_lists_open(&lists, path, NULL) != KH_OK)
            continue;
        uint64_t *bits = bits_of(last);
        for (size_t i = 0; i < content->n_terms; i++)
            (void)kh_glass_lists_mark(lists, content->terms[i].text, bits, last);
        cr_assert(eq(u64, bits[last / 64 + 1], 0));
        free(bits);
        kh_glass_lists_free(lists);
    }
}
