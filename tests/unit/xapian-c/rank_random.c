/* rank_random - made-up databases and requests, the same for the same seed. */
#include "rank_random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "xapian-c/writer.h"

#include "scratch.h"

#define N_WORDS    16
#define N_VARIANTS 12
#define N_FILTERS  4
#define N_TERMS    (N_WORDS + N_VARIANTS + N_FILTERS)

static uint64_t state;

static uint32_t dice(uint32_t sides)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

static kh_str term(uint32_t number)
{
    static char names[N_TERMS][16];
    char *name = names[number];
    if (number < N_WORDS)
        snprintf(name, sizeof(names[0]), "w%u", number);
    else if (number < N_WORDS + N_VARIANTS)
        snprintf(name, sizeof(names[0]), "v%u", number - N_WORDS);
    else
        snprintf(name, sizeof(names[0]), "X%u", number - N_WORDS - N_VARIANTS);
    return kh_str_from(name);
}

/* One document; its length. */
static uint32_t add_document(kh_writer *writer)
{
    kh_posting postings[N_TERMS];
    size_t n = 0;
    uint32_t length = 0;
    uint64_t kept = state;
    if (dice(2) == 0)
        state = dice(20); /* one of twenty that come again and again */
    for (uint32_t i = 0; i < N_TERMS; i++) {
        uint32_t rarity = i < N_WORDS ? 1 + i * i / 3 : 6;
        if (dice(rarity) != 0)
            continue;
        uint32_t wdf = dice(30) == 0 ? 20 + dice(60) : 1 + dice(3);
        if (i >= N_WORDS + N_VARIANTS)
            wdf = 0;
        postings[n++] = (kh_posting){ term(i), wdf };
        length += wdf;
    }
    state = kept;
    (void)dice(2);
    kh_document document = { .postings = postings, .n_postings = n };
    cr_assert(eq(int, kh_writer_add(writer, &document, NULL, NULL), KH_OK));
    return length;
}

/* ---- bounds, by brute force ---- */

typedef struct known {
    kh_rank_bounds bounds[N_TERMS];
    bool is_known[N_TERMS];
} known;

static bool find_bounds(kh_rank_bounds *out, const void *context, kh_str wanted)
{
    const known *all = context;
    for (uint32_t i = 0; i < N_TERMS; i++) {
        if (!kh_str_equal(term(i), wanted) || !all->is_known[i])
            continue;
        *out = all->bounds[i];
        return true;
    }
    return false;
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x > y ? -1 : x < y;
}

static void learn(known *all, uint32_t number, const kh_rank_source *source,
                  double average)
{
    static double values[10000];
    uint32_t n = 0;
    uint32_t document = 0;
    uint32_t wdf = 0;
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    cr_assert(eq(int,
                 kh_posting_cursor_open(&cursor, source->database, term(number), NULL),
                 KH_OK));
    while (kh_posting_cursor_next(cursor, &document, &wdf, NULL) == KH_OK) {
        double normal = source->lengths[(document - 1) * 8] +
                        256 * source->lengths[(document - 1) * 8 + 1];
        normal = normal / average < 0.5 ? 0.5 : normal / average;
        values[n++] = wdf / (1.2 * (0.75 * normal + 0.25) + wdf);
    }
    qsort(values, n, sizeof(*values), descending);
    all->is_known[number] = n >= 50;
    all->bounds[number] = (kh_rank_bounds){ 0 };
    if (n == 0)
        return;
    all->bounds[number].most = (float)(values[0] * 1.000001);
    for (size_t i = 0; i < KH_RANK_DEPTHS; i++)
        if (n >= kh_rank_depths[i])
            all->bounds[number].at_rank[i] =
                (float)(values[kh_rank_depths[i] - 1] * 0.999999);
}

void rank_archive_make(rank_archive *out, uint32_t seed, const uint32_t *sizes,
                       size_t n)
{
    state = seed;
    *out = (rank_archive){ .n_sources = n };
    for (size_t i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof(name), "rank%u-%zu", seed, i);
        kh_writer *writer = NULL;
        unsigned char *lengths = kh_alloc(sizes[i] * 8);
        cr_assert(eq(int, kh_writer_open(&writer, scratch_path(name), NULL), KH_OK));
        double total = 0;
        for (uint32_t d = 0; d < sizes[i]; d++) {
            uint32_t length = add_document(writer);
            lengths[d * 8] = (unsigned char)length;
            lengths[d * 8 + 1] = (unsigned char)(length >> 8);
            total += length;
        }
        cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
        known *all = kh_alloc(sizeof(*all));
        out->sources[i] = (kh_rank_source){ .database = database_of(scratch_path(name)),
                                            .lengths = lengths,
                                            .stride = 8,
                                            .n_lengths = sizes[i],
                                            .find_bounds = find_bounds,
                                            .context = all };
        for (uint32_t t = 0; t < N_TERMS; t++)
            learn(all, t, &out->sources[i], total / sizes[i]);
    }
}

void rank_archive_release(rank_archive *archive)
{
    for (size_t i = 0; i < archive->n_sources; i++) {
        kh_database_free(archive->sources[i].database);
        kh_free((void *)archive->sources[i].lengths);
        kh_free((void *)archive->sources[i].context);
    }
}

/* ---- requests ---- */

static kh_status accept_some(bool *out, void *context, uint32_t document, kh_error *err)
{
    (void)context;
    (void)err;
    *out = document % 7 != 0 && document % 3 != 1;
    return KH_OK;
}

/* Terms first.. of the table, n of them, each once. */
static kh_rank_terms terms(uint32_t first, uint32_t n)
{
    static kh_str lists[32][N_TERMS];
    static size_t next;
    kh_str *list = lists[next++ % 32];
    for (uint32_t i = 0; i < n; i++)
        list[i] = first + i < N_TERMS ? term(first + i) : KH_STR("absent");
    return (kh_rank_terms){ list, n };
}

static kh_rank_group group(void)
{
    kh_rank_group made = { .factor = dice(4) == 0 ? 0.25 * dice(9) : 1 };
    uint32_t kind = dice(8);
    if (kind == 0)
        made.any = terms(N_WORDS, 2 + dice(N_VARIANTS - 1)); /* up to 12: gathered */
    else if (kind == 1)
        made.any = terms(dice(N_WORDS), 1 + dice(4));
    else if (kind == 2)
        made.any = terms(N_TERMS - dice(2), 1); /* absent, or a filter */
    else
        made.any = terms(dice(N_WORDS), 1);
    made.is_required = dice(6) == 0;
    return made;
}

/* Put some groups together, none of which is required. */
static void join(kh_rank_group *groups, uint32_t n)
{
    uint32_t first = dice(n);
    uint32_t n_joined = 1 + dice(n - first);
    for (uint32_t i = first; i < first + n_joined; i++)
        groups[i].is_required = false;
    groups[first].n_together = n_joined;
}

const kh_rank_request *rank_request_make(uint32_t seed)
{
    static kh_rank_request made;
    static kh_rank_group groups[6];
    static kh_rank_terms filters[2];
    static kh_rank_terms nevers[2];
    state = seed;
    for (int i = 0; i < 4; i++)
        (void)dice(2);
    made = (kh_rank_request){ .groups = groups,
                              .filters = filters,
                              .nevers = nevers,
                              .limit = 1 + dice(dice(2) == 0 ? 10 : 200),
                              .k1 = 1.2,
                              .b = 0.75,
                              .min_normalised_length = 0.5,
                              .optional_is_free = dice(5) == 0 };
    uint32_t n_groups = dice(6);
    for (uint32_t i = 0; i < n_groups; i++)
        groups[made.n_groups++] = group();
    if (n_groups > 1 && dice(3) == 0)
        join(groups, n_groups);
    bool is_plain = dice(2) == 0;
    for (uint32_t i = is_plain ? 0 : dice(3); i > 0; i--)
        filters[made.n_filters++] = dice(3) == 0 ? terms(N_WORDS, 1 + dice(N_VARIANTS))
                                                 : terms(dice(N_TERMS), 1 + dice(3));
    for (uint32_t i = is_plain ? 0 : dice(2); i > 0; i--)
        nevers[made.n_nevers++] = terms(5 + dice(N_TERMS - 5), 1 + dice(10));
    if (!is_plain && dice(3) == 0)
        made.accept = accept_some;
    return &made;
}

static void describe(char *out, size_t size, char mark, const kh_rank_terms *list)
{
    size_t n = strlen(out);
    n += (size_t)snprintf(out + n, size - n, " %c", mark);
    for (size_t i = 0; i < list->n && n < size; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%" KH_FMT, i > 0 ? "|" : "",
                              KH_ARG(list->terms[i]));
}

const char *rank_request_text(const kh_rank_request *request)
{
    static char text[1000];
    snprintf(text, sizeof(text), "%u%s%s:", request->limit,
             request->optional_is_free ? " free" : "",
             request->accept != NULL ? " accept" : "");
    for (size_t i = 0, end = 0; i < request->n_groups; i++) {
        char mark = request->groups[i].is_required ? '+' : i < end ? '&' : '?';
        describe(text, sizeof(text), mark, &request->groups[i].any);
        if (request->groups[i].n_together > 0)
            end = i + request->groups[i].n_together;
    }
    for (size_t i = 0; i < request->n_filters; i++)
        describe(text, sizeof(text), '=', &request->filters[i]);
    for (size_t i = 0; i < request->n_nevers; i++)
        describe(text, sizeof(text), '-', &request->nevers[i]);
    return text;
}
