/* inverter - open, bound and spill what a thread collects. */
#include "indexer/inverter.h"

#include "base/alloc.h"
#include "base/file.h"

/* What is cached of words may take one part in so many of the memory. */
#define CACHE_SHARE 3u

/* And so many of it terms, spellings and words by number, from one run to the next. */
#define TABLE_SHARE 2u

#define LEVELS_MAX 20u

kh_status kh_inverter_open(kh_inverter **out, const kh_inverter_plan *plan,
                           kh_error *err)
{
    KH_AUTO(kh_inverter_free) kh_inverter *inverter = kh_alloc(sizeof(*inverter));
    inverter->plan = plan;
    inverter->default_lang = kh_str_from(plan->default_lang);
    (void)kh_language_table(&inverter->n_languages);
    inverter->n_languages++;
    inverter->analysers = kh_alloc(inverter->n_languages * sizeof(kh_analyser *));
    inverter->inversion = kh_inversion_open();
    inverter->spellings = kh_counts_open();
    inverter->scratch = kh_arena_open();
    kh_buf_init(&inverter->buffer, KH_BUF_MAX);
    kh_buf_init(&inverter->cut, KH_BUF_MAX);
    kh_buf_init(&inverter->glue, KH_BUF_MAX);
    kh_status status = kh_cutter_open(&inverter->cutter, err);
    if (status == KH_OK)
        *out = KH_TAKE(inverter);
    return status;
}

void kh_inverter_forget(kh_inverter *inverter)
{
    for (size_t i = 0; i < inverter->n_languages; i++)
        kh_analyser_free(inverter->analysers[i]);
    inverter->n_languages = 0;
    kh_free(KH_TAKE(inverter->analysers));
}

/* Everything but the runs and the words. */
static void release(kh_inverter *inverter)
{
    kh_inversion_free(KH_TAKE(inverter->inversion));
    kh_counts_free(KH_TAKE(inverter->spellings));
    kh_cutter_free(KH_TAKE(inverter->cutter));
    kh_free(KH_TAKE(inverter->touched));
    kh_arena_free(KH_TAKE(inverter->scratch));
    kh_buf_release(&inverter->cut);
    kh_buf_release(&inverter->buffer);
    kh_buf_release(&inverter->glue);
}

void kh_inverter_free(kh_inverter *inverter)
{
    if (inverter == NULL)
        return;
    release(inverter);
    kh_inverter_forget(inverter);
    for (size_t i = 0; i < inverter->n_runs; i++)
        kh_free(inverter->runs[i]);
    for (size_t i = 0; i < inverter->n_batches; i++) {
        kh_free(inverter->batches[i].spellings);
        kh_free(inverter->batches[i].words);
    }
    kh_free(inverter->runs);
    kh_free(inverter->batches);
    kh_free(inverter);
}

kh_status kh_inverter_analyser(kh_inverter *inverter, kh_analyser **out,
                               const kh_language *language, kh_error *err)
{
    kh_analyser **slot = &inverter->analysers[kh_language_number(language)];
    kh_status status = *slot == NULL ? kh_analyser_open(slot, language, err) : KH_OK;
    *out = *slot;
    return status;
}

/* ---- spilling ---- */

static char *path_of(const kh_inverter *inverter, const char *what, size_t number)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, inverter->plan->folder, what);
    kh_buf_printf(&path, "-%u-%zu", inverter->plan->number, number);
    return kh_str_dup(kh_buf_str(&path));
}

static kh_status spill_postings(kh_inverter *inverter, kh_error *err)
{
    if (!inverter->has_postings)
        return KH_OK;
    inverter->has_postings = false;
    char *terms = path_of(inverter, "terms", inverter->n_runs);
    KH_PUSH(inverter->runs, inverter->n_runs, inverter->runs_capacity) = terms;
    return kh_inversion_spill(inverter->inversion, terms, err);
}

static kh_status spill_counts(kh_inverter *inverter, kh_error *err)
{
    if (!inverter->has_counts)
        return KH_OK;
    inverter->has_counts = false;
    size_t number = inverter->n_batches;
    kh_inverter_batch_files files = {
        .spellings = path_of(inverter, "spellings", number),
        .words = path_of(inverter, "words", number),
    };
    KH_PUSH(inverter->batches, inverter->n_batches, inverter->batches_capacity) = files;
    kh_status status = kh_counts_spill(inverter->spellings, files.spellings, err);
    if (status == KH_OK)
        status = kh_cutter_batch_end(inverter->cutter, files.words, err);
    return status;
}

/* Write what is counted and forget all numbers, if they have become many. Nothing may
 * be logged. */
static kh_status bound_tables(kh_inverter *inverter, kh_error *err)
{
    size_t bytes = kh_inversion_table_bytes(inverter->inversion) +
                   kh_counts_bytes(inverter->spellings) +
                   kh_cutter_bytes(inverter->cutter);
    bool has_numbers = kh_inversion_has_room(inverter->inversion, 0);
    if (has_numbers && bytes <= inverter->plan->memory_bytes / TABLE_SHARE)
        return KH_OK;
    kh_status status = spill_counts(inverter, err);
    kh_inversion_forget(inverter->inversion);
    kh_counts_forget(inverter->spellings);
    for (size_t i = 0; i < inverter->n_languages; i++)
        if (inverter->analysers[i] != NULL)
            kh_analyser_clear_notes(inverter->analysers[i]);
    return status;
}

/* Forget words if too many are cached; their notes go with them. */
static size_t trim_caches(kh_inverter *inverter)
{
    size_t bytes = 0;
    for (size_t i = 0; i < inverter->n_languages; i++)
        if (inverter->analysers[i] != NULL)
            bytes += kh_analyser_bytes(inverter->analysers[i]);
    if (bytes <= inverter->plan->memory_bytes / CACHE_SHARE)
        return bytes;
    kh_cutter_settle(inverter->cutter);
    for (size_t i = 0; i < inverter->n_languages; i++)
        if (inverter->analysers[i] != NULL)
            (void)kh_analyser_trim(inverter->analysers[i], 0);
    return 0;
}

/* A run was written: the next may have to be larger. */
static void count_run(kh_inverter *inverter)
{
    uint32_t share = inverter->plan->runs_max >> (inverter->level + 1);
    if (++inverter->n_at_level < share || inverter->level == LEVELS_MAX)
        return;
    inverter->level++;
    inverter->n_at_level = 0;
}

kh_status kh_inverter_make_room(kh_inverter *inverter, uint64_t last, kh_error *err)
{
    size_t bytes = trim_caches(inverter) + kh_inversion_bytes(inverter->inversion) +
                   kh_counts_bytes(inverter->spellings) +
                   kh_cutter_bytes(inverter->cutter);
    bool is_full = bytes > inverter->plan->memory_bytes << inverter->level ||
                   !kh_inversion_has_room(inverter->inversion, last);
    if (!is_full || !inverter->has_postings)
        return KH_OK;
    count_run(inverter);
    kh_status status = spill_postings(inverter, err);
    return status == KH_OK ? bound_tables(inverter, err) : status;
}

kh_status kh_inverter_finish(kh_inverter *inverter, kh_error *err)
{
    kh_status status = spill_postings(inverter, err);
    if (status == KH_OK)
        status = spill_counts(inverter, err);
    release(inverter);
    return status;
}

kh_known_words kh_inverter_words(const kh_inverter *inverter)
{
    return (kh_known_words){ inverter->analysers, inverter->n_languages };
}

uint32_t kh_inverter_batch(const kh_inverter *inverter)
{
    return (uint32_t)inverter->n_batches;
}

const char *const *kh_inverter_runs(const kh_inverter *inverter, size_t *n)
{
    *n = inverter->n_runs;
    return (const char *const *)inverter->runs;
}

const kh_inverter_batch_files *kh_inverter_batches(const kh_inverter *inverter,
                                                   size_t *n)
{
    *n = inverter->n_batches;
    return inverter->batches;
}
