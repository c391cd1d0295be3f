/* batches - words as codes, for as long as there are pieces that need them. */
#include "indexer/batches.h"

#include "base/alloc.h"

struct kh_batches {
    const kh_numbers *numbers;
    const kh_read_stage *stage;
    const kh_read_batch *files;
    kh_batch **batches; /* NULL: not open */
    size_t n;
    kh_batch **late;
    size_t n_late;
};

kh_status kh_batches_open(kh_batches **out, const kh_numbers *numbers,
                          const kh_read_stage *stage, const kh_late_tags *late,
                          kh_error *err)
{
    KH_AUTO(kh_batches_free) kh_batches *batches = kh_alloc(sizeof(*batches));
    batches->numbers = numbers;
    batches->stage = stage;
    batches->files = kh_read_stage_batches(stage, &batches->n);
    batches->batches = kh_alloc((batches->n + 1) * sizeof(kh_batch *));
    size_t n_late = 0;
    const kh_inverter_batch_files *files = kh_late_tags_batches(late, &n_late);
    batches->late = kh_alloc((n_late + 1) * sizeof(kh_batch *));
    for (; batches->n_late < n_late; batches->n_late++) {
        size_t i = batches->n_late;
        kh_status status =
            kh_batch_open_late(&batches->late[i], numbers, files[i].words, err);
        if (status != KH_OK)
            return status;
    }
    *out = KH_TAKE(batches);
    return KH_OK;
}

void kh_batches_free(kh_batches *batches)
{
    if (batches == NULL)
        return;
    for (size_t i = 0; i < batches->n; i++)
        kh_batch_free(batches->batches[i]);
    for (size_t i = 0; i < batches->n_late; i++)
        kh_batch_free(batches->late[i]);
    kh_free(batches->batches);
    kh_free(batches->late);
    kh_free(batches);
}

kh_status kh_batches_of(kh_batches *batches, const kh_piece_head *head,
                        const kh_batch **out, kh_error *err)
{
    size_t i = kh_read_stage_batch(batches->stage, head->batch);
    if (i >= batches->n)
        return kh_fail(err, KH_ERR_CORRUPT, "the spool of this build is damaged");
    kh_status status = KH_OK;
    if (batches->batches[i] == NULL)
        status =
            kh_batch_open(&batches->batches[i], batches->numbers, (uint32_t)i, err);
    *out = batches->batches[i];
    return status;
}

const kh_batch *const *kh_batches_late(const kh_batches *batches, size_t *n)
{
    *n = batches->n_late;
    return (const kh_batch *const *)batches->late;
}

void kh_batches_done(kh_batches *batches, const kh_piece_head *head)
{
    for (size_t i = 0; i < batches->n; i++)
        if (batches->batches[i] != NULL && batches->files[i].last_use <= head->first)
            kh_batch_free(KH_TAKE(batches->batches[i]));
}
