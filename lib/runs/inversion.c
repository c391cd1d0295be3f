/* inversion - a log of postings, sorted by term when it is spilled.
 *
 *   63        36 35      14 13     0
 *   term         article    wdf          articles count from the first of the run
 *
 * Terms are numbered in the order of first sight and keep their numbers from run to
 * run. For a run those that are in its log are ranked, and the log is sorted by rank:
 * least significant digits first, which keeps the order of articles. A wdf too large
 * for its bits is logged in pieces; pieces, and what two spellings of a term brought,
 * stand side by side then and are added up. */
#include "runs/inversion.h"

#include <assert.h>

#include "base/alloc.h"
#include "base/sort.h"
#include "base/table.h"

#define WDF_BITS      14u
#define ARTICLE_BITS  22u
#define TERM_SHIFT    (WDF_BITS + ARTICLE_BITS)
#define WDF_MAX       ((1u << WDF_BITS) - 1)
#define ARTICLES_MAX  ((UINT64_C(1) << ARTICLE_BITS) - 1)
#define TERMS_MAX     ((UINT64_C(1) << (64 - TERM_SHIFT)) - 1)
#define DIGIT_BITS    11u
#define N_DIGITS      3u       /* of a rank, at most */
#define TERMS_IN_HAND 1000000u /* that one article may bring */

struct kh_inversion {
    kh_table terms;
    uint64_t *log; /* owned */
    size_t n;
    size_t capacity;
    uint64_t *sorted; /* owned; room for the log */
    size_t sorted_capacity;
    uint64_t first_article; /* of the run */
};

kh_inversion *kh_inversion_open(void)
{
    kh_inversion *inversion = kh_alloc(sizeof(*inversion));
    kh_table_init(&inversion->terms);
    return inversion;
}

void kh_inversion_free(kh_inversion *inversion)
{
    if (inversion == NULL)
        return;
    kh_table_release(&inversion->terms);
    kh_free(inversion->log);
    kh_free(inversion->sorted);
    kh_free(inversion);
}

uint32_t kh_inversion_term(kh_inversion *inversion, kh_str term, uint64_t hash)
{
    return kh_table_add(&inversion->terms, term, hash);
}

void kh_inversion_fetch_term(const kh_inversion *inversion, uint64_t hash)
{
    kh_table_fetch(&inversion->terms, hash);
}

static void grow_log(kh_inversion *inversion)
{
    inversion->capacity = inversion->capacity ? inversion->capacity * 2 : 65536;
    inversion->log = kh_realloc(inversion->log, inversion->capacity * sizeof(uint64_t));
}

void kh_inversion_add(kh_inversion *inversion, uint32_t term, uint64_t article,
                      uint32_t wdf)
{
    if (inversion->n == 0)
        inversion->first_article = article;
    assert(article - inversion->first_article <= ARTICLES_MAX);
    uint64_t place = (uint64_t)term << TERM_SHIFT | (article - inversion->first_article)
                                                        << WDF_BITS;
    uint32_t rest = wdf;
    do {
        if (inversion->n == inversion->capacity)
            grow_log(inversion);
        uint32_t piece = rest < WDF_MAX ? rest : WDF_MAX;
        inversion->log[inversion->n++] = place | piece;
        rest -= piece;
    } while (rest > 0);
}

size_t kh_inversion_bytes(const kh_inversion *inversion)
{
    return 2 * inversion->n * sizeof(uint64_t) + kh_table_bytes(&inversion->terms) +
           inversion->terms.n * 12 * sizeof(uint32_t); /* ranks and their making */
}

size_t kh_inversion_table_bytes(const kh_inversion *inversion)
{
    return kh_table_bytes(&inversion->terms);
}

bool kh_inversion_has_room(const kh_inversion *inversion, uint64_t last_article)
{
    return inversion->terms.n + TERMS_IN_HAND <= TERMS_MAX &&
           (inversion->n == 0 ||
            last_article - inversion->first_article <= ARTICLES_MAX);
}

/* ---- sorting ---- */

/* The terms of a run by rank. */
typedef struct ranking {
    size_t n;
    kh_str *texts;   /* owned, the views are not */
    uint32_t *order; /* owned; by rank, of texts */
} ranking;

/* How many entries of the log have each value of each digit of their ranks. */
typedef size_t digit_counts[N_DIGITS][(size_t)1 << DIGIT_BITS];

static_assert(N_DIGITS * DIGIT_BITS >= 64 - TERM_SHIFT, "a rank fits its digits");

static void ranking_release(ranking *r)
{
    kh_free(r->texts);
    kh_free(r->order);
}

static unsigned digit_of(uint64_t entry, unsigned digit)
{
    return (unsigned)(entry >> (TERM_SHIFT + digit * DIGIT_BITS)) &
           ((1u << DIGIT_BITS) - 1);
}

/* Put ranks into the log in place of terms, and count their digits. */
static void put_ranks(kh_inversion *inversion, const uint32_t *ranks,
                      digit_counts counts)
{
    const uint64_t below = (UINT64_C(1) << TERM_SHIFT) - 1;
    for (size_t i = 0; i < inversion->n; i++) {
        uint64_t entry = inversion->log[i];
        entry = (uint64_t)ranks[entry >> TERM_SHIFT] << TERM_SHIFT | (entry & below);
        inversion->log[i] = entry;
        for (unsigned digit = 0; digit < N_DIGITS; digit++)
            counts[digit][digit_of(entry, digit)]++;
    }
}

/* Rank the terms that are logged, and put their ranks into the log. */
static void rank_terms(kh_inversion *inversion, ranking *r, digit_counts counts)
{
    const kh_table *terms = &inversion->terms;
    uint32_t *ranks = kh_alloc((terms->n + 1) * sizeof(uint32_t));
    uint32_t *numbers = kh_alloc((terms->n + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < inversion->n; i++)
        ranks[inversion->log[i] >> TERM_SHIFT] = 1;
    r->texts = kh_alloc((terms->n + 1) * sizeof(kh_str));
    for (uint32_t number = 0; number < terms->n; number++) {
        if (ranks[number] == 0)
            continue;
        numbers[r->n] = number;
        r->texts[r->n++] = terms->texts[number];
    }
    r->order = kh_alloc((r->n + 1) * sizeof(uint32_t));
    kh_sort_texts(r->order, r->texts, r->n);
    for (size_t i = 0; i < r->n; i++)
        ranks[numbers[r->order[i]]] = (uint32_t)i;
    kh_free(numbers);
    put_ranks(inversion, ranks, counts);
    kh_free(ranks);
}

/* Move all of `from` to `to`, ordered by one digit; what shares it keeps its order.
 * *counts, how many have each, become where the next of each goes. */
static void sort_by_digit(uint64_t *to, const uint64_t *from, size_t n, unsigned digit,
                          size_t *counts)
{
    size_t sum = 0;
    for (size_t value = 0; value < (size_t)1 << DIGIT_BITS; value++) {
        size_t count = counts[value];
        counts[value] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[digit_of(from[i], digit)]++] = from[i];
}

static void sort_log(kh_inversion *inversion, size_t n_terms, digit_counts counts)
{
    if (inversion->sorted_capacity < inversion->n) {
        kh_free(inversion->sorted);
        inversion->sorted_capacity = inversion->capacity;
        inversion->sorted = kh_alloc(inversion->capacity * sizeof(uint64_t));
    }
    for (unsigned digit = 0; (uint64_t)n_terms >> (digit * DIGIT_BITS) != 0; digit++) {
        sort_by_digit(inversion->sorted, inversion->log, inversion->n, digit,
                      counts[digit]);
        uint64_t *swapped = inversion->log;
        inversion->log = inversion->sorted;
        inversion->sorted = swapped;
        size_t capacity = inversion->capacity;
        inversion->capacity = inversion->sorted_capacity;
        inversion->sorted_capacity = capacity;
    }
}

/* ---- the run ---- */

static void write_terms(const kh_inversion *inversion, const ranking *r,
                        kh_run_writer *writer)
{
    const uint64_t *log = inversion->log;
    for (size_t i = 0; i < inversion->n;) {
        uint64_t rank = log[i] >> TERM_SHIFT;
        kh_run_writer_term(writer, r->texts[r->order[rank]]);
        while (i < inversion->n && log[i] >> TERM_SHIFT == rank) {
            uint64_t place = log[i] >> WDF_BITS;
            uint32_t wdf = 0;
            for (; i < inversion->n && log[i] >> WDF_BITS == place; i++)
                wdf += (uint32_t)(log[i] & WDF_MAX);
            kh_run_writer_add(writer, inversion->first_article + (place & ARTICLES_MAX),
                              wdf);
        }
    }
}

kh_status kh_inversion_spill(kh_inversion *inversion, const char *path, kh_error *err)
{
    KH_AUTO(kh_run_writer_free) kh_run_writer *writer = NULL;
    kh_status status = kh_run_writer_open(&writer, path, err);
    if (status != KH_OK)
        return status;
    ranking r = { 0 };
    digit_counts counts = { 0 };
    rank_terms(inversion, &r, counts);
    sort_log(inversion, r.n, counts);
    write_terms(inversion, &r, writer);
    ranking_release(&r);
    inversion->n = 0;
    return kh_run_writer_close(KH_TAKE(writer), err);
}

void kh_inversion_forget(kh_inversion *inversion)
{
    kh_table_reset(&inversion->terms);
}
