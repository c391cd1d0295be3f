/* postings_direct - the database written as files, from front to end: the engine's
 * table, and rare terms beside it. */
#include "article/fields.h"
#include "base/alloc.h"
#include "glass/writer.h"
#include "postings.h"
#include "pulsed/pulsed.h"

/* Larger blocks are fuller, smaller ones are read faster: docs/decisions.md. */
#define BLOCK_BYTES KH_GLASS_BLOCK_USUAL
#define DATE_BYTES  4u

/* The writer frees itself when it is closed: what is left to free is one that failed.
 */
typedef struct direct {
    kh_glass_writer *glass;
    kh_pulsed_writer *rare;
} direct;

static kh_status put(void *self, kh_str key, kh_str value, kh_error *err)
{
    return kh_glass_metadata(((direct *)self)->glass, key, value, err);
}

/* The slot of dates: those that are dated, 4 bytes big endian each. */
static kh_status write_dates(kh_glass_writer *glass, const kh_segment_content *content,
                             kh_error *err)
{
    size_t n = content->n_documents;
    if (n > UINT32_MAX / DATE_BYTES)
        return kh_fail(err, KH_ERR_LIMIT, "too many articles in a segment");
    uint32_t *documents = kh_alloc((n + 1) * sizeof(uint32_t));
    uint32_t *starts = kh_alloc((n + 1) * sizeof(uint32_t));
    char *bytes = kh_alloc((n + 1) * DATE_BYTES);
    kh_glass_values dates = { KH_VALUE_DATE, 0, documents, bytes, starts };
    for (size_t i = 0; i < n; i++) {
        uint32_t date = content->dates[i];
        if (date == 0)
            continue;
        documents[dates.n] = (uint32_t)i + 1;
        char *at = bytes + dates.n * DATE_BYTES;
        for (unsigned k = 0; k < DATE_BYTES; k++)
            at[k] = (char)(date >> (24 - 8 * k));
        dates.n++;
        starts[dates.n] = (uint32_t)(dates.n * DATE_BYTES);
    }
    kh_status status = dates.n > 0 ? kh_glass_values_add(glass, &dates, 1, err) : KH_OK;
    kh_free(documents);
    kh_free(starts);
    kh_free(bytes);
    return status;
}

static kh_status heads(void *self, const kh_segment_content *content, kh_error *err)
{
    kh_glass_writer *glass = ((direct *)self)->glass;
    kh_status status = write_dates(glass, content, err);
    return status == KH_OK ? kh_glass_lengths(glass, NULL, content->lengths,
                                              content->n_documents, err)
                           : status;
}

static kh_status term(void *self, const kh_term_postings *t, kh_error *err)
{
    direct *d = self;
    if (t->n <= KH_PULSED_MAX) {
        for (size_t i = 0; i < t->n; i++)
            kh_glass_elsewhere(d->glass, t->wdfs[i]);
        return kh_pulsed_add(d->rare, t->term, t->documents, t->wdfs, t->n, err);
    }
    return kh_glass_term(d->glass, t->term, t->documents, t->wdfs, t->n, err);
}

static kh_status end(void *self, bool *again, kh_error *err)
{
    (void)self;
    (void)err;
    *again = false;
    return KH_OK;
}

static kh_status close_database(void *self, kh_error *err)
{
    direct *d = self;
    kh_status status = kh_pulsed_writer_close(KH_TAKE(d->rare), err);
    return status == KH_OK ? kh_glass_close(KH_TAKE(d->glass), err) : status;
}

static void release(void *self)
{
    direct *d = self;
    kh_pulsed_writer_free(d->rare);
    kh_glass_free(d->glass);
    kh_free(d);
}

kh_status kh_postings_direct(kh_postings_maker *out, const char *path, kh_error *err)
{
    kh_glass_writer *glass = NULL;
    kh_status status = kh_glass_open(&glass, path, BLOCK_BYTES, err);
    if (status != KH_OK)
        return status;
    kh_pulsed_writer *rare = NULL;
    status = kh_pulsed_writer_open(&rare, path, err);
    if (status != KH_OK) {
        kh_glass_free(glass);
        return status;
    }
    direct *self = kh_alloc(sizeof(*self));
    *self = (direct){ glass, rare };
    *out = (kh_postings_maker){ .self = self,
                                .metadata = { self, put },
                                .heads = heads,
                                .term = term,
                                .end = end,
                                .close = close_database,
                                .free = release };
    return KH_OK;
}
