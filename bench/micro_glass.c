/* micro_glass - what a posting and a rare term cost the writer of databases, and how
 * full its blocks are.
 *
 *   micro_glass FOLDER [BLOCK-BYTES]
 *
 * Prints LOOP<TAB>figure<TAB>unit. FOLDER must not exist; the databases in it stay.
 * Terms, as in news: 120,000 documents, a vocabulary of 700,000 of which half is in one
 * document, the frequencies of the rest by Zipf's law. Times are of kh_glass_term
 * alone, with what it writes, and of one thread; lists are made before. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/file.h"
#include "glass/writer.h"
#include "random.h"

#define DOCUMENTS  120000u
#define TERMS      700000u
#define TERM_BYTES 14u

typedef struct term {
    char text[TERM_BYTES];
    uint8_t len;
    uint32_t frequency;
} term;

/* Terms are made in batches, so that the clock is looked at once for many. */
#define BATCH_POSTINGS (4 * DOCUMENTS)
#define BATCH_TERMS    10000u

typedef struct subject {
    const char *folder;
    uint32_t block_bytes;
    kh_random random;
    term *terms;       /* owned; in the order of bytes */
    uint32_t *lengths; /* owned; not those of the documents, but right in sum */
    /* the batch */
    uint32_t *documents; /* owned */
    uint32_t *wdfs;      /* owned */
    const term **batch;  /* owned */
    size_t *starts;      /* owned; of each term's postings, and where the last end */
    size_t n_batch;
} subject;

static double cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int by_text(const void *a, const void *b)
{
    const term *x = a;
    const term *y = b;
    return kh_str_compare(kh_str_make(x->text, x->len), kh_str_make(y->text, y->len));
}

static void make_terms(subject *s)
{
    for (uint32_t i = 0; i < TERMS; i++) {
        term *t = &s->terms[i];
        t->len = (uint8_t)(7 + kh_random_below(&s->random, TERM_BYTES - 6));
        for (size_t k = 0; k < t->len; k++)
            t->text[k] = (char)('a' + kh_random_zipf(&s->random, 5) % 26);
        t->frequency = i < TERMS / 2       ? 1
                       : i < TERMS * 5 / 8 ? 2 + kh_random_below(&s->random, 7)
                                           : 1800000 / (i - TERMS * 5 / 8 + 25);
    }
    qsort(s->terms, TERMS, sizeof(*s->terms), by_text);
}

/* A list of about so many documents, behind the lists of the batch. */
static void make_list(subject *s, const term *t)
{
    uint32_t step = DOCUMENTS / t->frequency;
    size_t first = s->starts[s->n_batch];
    size_t n = first;
    uint32_t document = kh_random_below(&s->random, step);
    while (document < DOCUMENTS && (n == first || t->frequency > 1)) {
        s->documents[n] = document + 1;
        s->wdfs[n++] =
            1 + (kh_random_percent(&s->random, 35) ? kh_random_zipf(&s->random, 4) : 0);
        document += 1 + kh_random_below(&s->random, 2 * step - 1);
    }
    s->batch[s->n_batch++] = t;
    s->starts[s->n_batch] = n;
}

typedef struct sums {
    double ns;
    uint64_t n_postings;
    uint64_t n_terms;
    uint64_t total_wdf;
} sums;

/* Without a writer: what would come to it. */
static kh_status add_batch(sums *out, subject *s, kh_glass_writer *glass, kh_error *err)
{
    kh_status status = KH_OK;
    double begin = cpu_ns();
    for (size_t i = 0; glass != NULL && i < s->n_batch && status == KH_OK; i++) {
        size_t at = s->starts[i];
        status =
            kh_glass_term(glass, kh_str_make(s->batch[i]->text, s->batch[i]->len),
                          s->documents + at, s->wdfs + at, s->starts[i + 1] - at, err);
    }
    out->ns += cpu_ns() - begin;
    out->n_terms += s->n_batch;
    out->n_postings += s->starts[s->n_batch];
    for (size_t i = 0; i < s->starts[s->n_batch]; i++)
        out->total_wdf += s->wdfs[i];
    s->n_batch = 0;
    return status;
}

/* Terms whose frequency is from least to most; the same at each call. */
static kh_status add_terms(sums *out, subject *s, kh_glass_writer *glass,
                           uint32_t least, uint32_t most, kh_error *err)
{
    *out = (sums){ 0 };
    s->random.state = 1;
    kh_status status = KH_OK;
    const term *before = NULL;
    for (uint32_t i = 0; i < TERMS && status == KH_OK; i++) {
        const term *t = &s->terms[i];
        if (t->frequency < least || t->frequency > most ||
            (before != NULL && by_text(before, t) == 0))
            continue;
        before = t;
        make_list(s, t);
        if (s->n_batch == BATCH_TERMS ||
            s->starts[s->n_batch] > BATCH_POSTINGS - DOCUMENTS)
            status = add_batch(out, s, glass, err);
    }
    return status == KH_OK ? add_batch(out, s, glass, err) : status;
}

/* Share of the blocks' bytes that is in use; in the header stands what is free. */
static kh_status measure_fill(double *out, uint64_t *n_bytes, const char *path,
                              uint32_t block_bytes, kh_error *err)
{
    kh_map map;
    kh_status status = kh_map_open(&map, path, err);
    if (status != KH_OK)
        return status;
    uint64_t free_bytes = 0;
    for (size_t at = 0; at + block_bytes <= map.len; at += block_bytes)
        free_bytes += (uint64_t)map.ptr[at + 7] << 8 | map.ptr[at + 8];
    *n_bytes = map.len;
    *out = 1 - (double)free_bytes / (double)(map.len > 0 ? map.len : 1);
    kh_map_close(&map);
    return KH_OK;
}

/* Lengths of as many words together, one of them longer than any wdf. */
static void make_lengths(subject *s, uint64_t total)
{
    for (uint32_t i = 0; i < DOCUMENTS; i++)
        s->lengths[i] = (uint32_t)(total / DOCUMENTS + (i < total % DOCUMENTS));
    for (uint32_t i = 1; i <= 20; i++) {
        s->lengths[0]++;
        s->lengths[i]--;
    }
}

static kh_status run(subject *s, const char *name, uint32_t least, uint32_t most,
                     kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, s->folder, name);
    KH_AUTO(kh_glass_free) kh_glass_writer *glass = NULL;
    kh_status status = kh_glass_open(&glass, kh_buf_text(&path), s->block_bytes, err);
    sums found = { 0 };
    if (status == KH_OK)
        status = add_terms(&found, s, NULL, least, most, err);
    make_lengths(s, found.total_wdf);
    if (status == KH_OK)
        status = kh_glass_lengths(glass, NULL, s->lengths, DOCUMENTS, err);
    if (status == KH_OK)
        status = add_terms(&found, s, glass, least, most, err);
    if (status == KH_OK)
        status = kh_glass_close(KH_TAKE(glass), err);
    double fill = 0;
    uint64_t n_bytes = 0;
    kh_buf_add(&path, KH_STR("/postlist.glass"));
    if (status == KH_OK)
        status = measure_fill(&fill, &n_bytes, kh_buf_text(&path), s->block_bytes, err);
    if (status != KH_OK)
        return status;
    printf("%s, a term\t%.1f\tns\n", name, found.ns / (double)found.n_terms);
    printf("%s, a posting\t%.2f\tns\n", name, found.ns / (double)found.n_postings);
    printf("%s, a posting\t%.3f\tbytes\n", name,
           (double)n_bytes / (double)found.n_postings);
    printf("%s, blocks\t%.4f\tfull\n", name, fill);
    return KH_OK;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: micro_glass FOLDER [BLOCK-BYTES]\n");
        return 2;
    }
    subject s = { .folder = argv[1],
                  .block_bytes = KH_GLASS_BLOCK_USUAL,
                  .random = { 1 },
                  .terms = kh_alloc(TERMS * sizeof(term)),
                  .lengths = kh_alloc(DOCUMENTS * sizeof(uint32_t)),
                  .documents = kh_alloc(BATCH_POSTINGS * sizeof(uint32_t)),
                  .wdfs = kh_alloc(BATCH_POSTINGS * sizeof(uint32_t)),
                  .batch = kh_alloc(BATCH_TERMS * sizeof(term *)),
                  .starts = kh_alloc((BATCH_TERMS + 1) * sizeof(size_t)) };
    if (argc > 2)
        s.block_bytes = (uint32_t)strtoul(argv[2], NULL, 10);
    make_terms(&s);
    kh_error err = { 0 };
    kh_status status = run(&s, "single", 1, 1, &err);
    if (status == KH_OK)
        status = run(&s, "long", 1000, UINT32_MAX, &err);
    if (status == KH_OK)
        status = run(&s, "all", 1, UINT32_MAX, &err);
    kh_free(s.terms);
    kh_free(s.documents);
    kh_free(s.wdfs);
    kh_free(s.lengths);
    kh_free(s.batch);
    kh_free(s.starts);
    if (status != KH_OK)
        fprintf(stderr, "micro_glass: %s\n", err.message);
    return status == KH_OK ? 0 : 2;
}
