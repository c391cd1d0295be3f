/* postings_engine - the database made by the engine, document by document.
 *
 * Postings come by term, documents are wanted: those of a range of documents are kept
 * and turned round, and all terms are gone through once more for the next range. Slow,
 * but of the engine's own making: for libraries that nobody has met yet, and as what
 * the other maker is compared with. */
#include "article/fields.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/file.h"
#include "postings.h"
#include "xapian-c/writer.h"

#define RANGE_POSTINGS  8000000u /* kept at a time: 12 bytes each */
#define COMMIT_POSTINGS 3000000u /* that the engine keeps: 40 to 60 bytes each */

typedef struct kept {
    uint32_t document;
    uint32_t term;
    uint32_t wdf;
} kept;

typedef struct engine {
    char *path; /* owned */
    kh_writer *writer;
    const kh_segment_content *content;
    uint32_t first; /* of the range */
    uint32_t last;  /* not in it any more */
    uint32_t range; /* documents in one */
    kept *postings; /* owned */
    size_t n;
    size_t capacity;
    kh_arena *arena; /* texts of the range's terms */
    kh_str *terms;   /* owned */
    size_t n_terms;
    size_t terms_capacity;
} engine;

static kh_status put(void *self, kh_str key, kh_str value, kh_error *err)
{
    return kh_writer_set_metadata(((engine *)self)->writer, key, value, err);
}

/* As many documents a range as have so many postings if all are like their lengths. */
static uint32_t range_of(const kh_segment_content *content)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < content->n_documents; i++)
        total += content->lengths[i] + 16;
    uint64_t ranges = total / RANGE_POSTINGS + 1;
    return (uint32_t)(content->n_documents / ranges + 1);
}

static kh_status heads(void *self, const kh_segment_content *content, kh_error *err)
{
    engine *e = self;
    (void)err;
    e->content = content;
    e->range = range_of(content);
    e->first = 1;
    e->last = 1 + e->range;
    return KH_OK;
}

static kh_status keep_term(void *self, const kh_term_postings *t, kh_error *err)
{
    engine *e = self;
    (void)err;
    size_t before = e->n;
    for (size_t i = 0; i < t->n && t->documents[i] < e->last; i++)
        if (t->documents[i] >= e->first)
            KH_PUSH(e->postings, e->n, e->capacity) =
                (kept){ t->documents[i], (uint32_t)e->n_terms, t->wdfs[i] };
    if (e->n > before)
        KH_PUSH(e->terms, e->n_terms, e->terms_capacity) =
            kh_arena_copy(e->arena, t->term);
    return KH_OK;
}

/* ---- a range ---- */

/* Where the postings of each document of the range begin, by counting. */
static kh_posting *turn_round(const engine *e, size_t *starts)
{
    for (size_t i = 0; i < e->n; i++)
        starts[e->postings[i].document - e->first + 1]++;
    for (uint32_t d = 0; d < e->range; d++)
        starts[d + 1] += starts[d];
    kh_posting *all = kh_alloc((e->n + 1) * sizeof(kh_posting));
    size_t *at = kh_alloc(((size_t)e->range + 1) * sizeof(size_t));
    memcpy(at, starts, ((size_t)e->range + 1) * sizeof(size_t));
    for (size_t i = 0; i < e->n; i++) {
        const kept *k = &e->postings[i];
        all[at[k->document - e->first]++] = (kh_posting){ e->terms[k->term], k->wdf };
    }
    kh_free(at);
    return all;
}

static kh_status add_document(engine *e, uint32_t document, const kh_posting *postings,
                              size_t n, kh_error *err)
{
    uint32_t date = e->content->dates[document - 1];
    const char packed[4] = { (char)(date >> 24), (char)(date >> 16), (char)(date >> 8),
                             (char)date };
    const kh_value value = { KH_VALUE_DATE, { packed, sizeof(packed) } };
    const kh_document added = { .postings = postings,
                                .n_postings = n,
                                .values = &value,
                                .n_values = date != 0 ? 1 : 0 };
    uint32_t number = 0;
    kh_status status = kh_writer_add(e->writer, &added, &number, err);
    if (status == KH_OK && number != document)
        status = kh_fail(err, KH_ERR_ENGINE, "document %u got the number %u", document,
                         number);
    return status;
}

static kh_status add_range(engine *e, uint32_t end, kh_error *err)
{
    size_t *starts = kh_alloc(((size_t)e->range + 2) * sizeof(size_t));
    kh_posting *all = turn_round(e, starts);
    kh_status status = KH_OK;
    size_t n_waiting = 0;
    for (uint32_t d = e->first; d < end && status == KH_OK; d++) {
        size_t from = starts[d - e->first];
        size_t n = starts[d - e->first + 1] - from;
        status = add_document(e, d, all + from, n, err);
        n_waiting += n;
        if (status == KH_OK && n_waiting >= COMMIT_POSTINGS) {
            n_waiting = 0;
            status = kh_writer_commit(e->writer, err);
        }
    }
    kh_free(starts);
    kh_free(all);
    return status;
}

static kh_status end_range(void *self, bool *again, kh_error *err)
{
    engine *e = self;
    uint32_t n = e->content->n_documents;
    kh_status status = add_range(e, e->last <= n ? e->last : n + 1, err);
    *again = e->last <= n;
    e->first = e->last;
    e->last += e->range;
    e->n = e->n_terms = 0;
    kh_arena_reset(e->arena);
    return status;
}

/* ---- the whole ---- */

/* The postings as they are read: half the size of what was written into. */
static kh_status compact(const char *path, kh_error *err)
{
    KH_AUTO_BUF to;
    kh_buf_init(&to, KH_BUF_MAX);
    kh_buf_printf(&to, "%s.tmp", path);
    kh_status status = kh_database_compact(path, kh_buf_text(&to), err);
    if (status == KH_OK)
        status = kh_folder_remove(path, err);
    if (status == KH_OK && rename(kh_buf_text(&to), path) != 0)
        status = kh_fail_errno(err, KH_ERR_IO, "cannot rename '%s'", kh_buf_text(&to));
    return status;
}

static kh_status close_database(void *self, kh_error *err)
{
    engine *e = self;
    kh_status status = kh_writer_close(KH_TAKE(e->writer), err);
    return status == KH_OK ? compact(e->path, err) : status;
}

static void release(void *self)
{
    engine *e = self;
    kh_writer_free(e->writer);
    kh_arena_free(e->arena);
    kh_free(e->postings);
    kh_free(e->terms);
    kh_free(e->path);
    kh_free(e);
}

kh_status kh_postings_engine(kh_postings_maker *out, const char *path, kh_error *err)
{
    kh_writer *writer = NULL;
    kh_status status = kh_writer_open(&writer, path, err);
    if (status != KH_OK)
        return status;
    engine *self = kh_alloc(sizeof(*self));
    self->path = kh_str_dup(kh_str_from(path));
    self->writer = writer;
    self->arena = kh_arena_open();
    *out = (kh_postings_maker){ .self = self,
                                .metadata = { self, put },
                                .heads = heads,
                                .term = keep_term,
                                .end = end_range,
                                .close = close_database,
                                .free = release };
    return KH_OK;
}
