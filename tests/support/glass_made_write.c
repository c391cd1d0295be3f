/* glass_made_write - made-up content in a database, by either writer. */
#include "glass_made.h"

#include "base/alloc.h"
#include "xapian-c/writer.h"

static kh_status write_postlist(kh_glass_writer *glass, const made *content,
                                kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < content->n_metadata && status == KH_OK; i++)
        status = kh_glass_metadata(glass, content->metadata[i].key,
                                   content->metadata[i].value, err);
    if (status == KH_OK && content->n_slots > 0)
        status = kh_glass_values_add(glass, content->slots, content->n_slots, err);
    if (status == KH_OK)
        status = kh_glass_lengths(glass, content->has_gaps ? content->numbers : NULL,
                                  content->lengths, content->n_documents, err);
    for (size_t i = 0; i < content->n_terms && status == KH_OK; i++) {
        const made_term *term = &content->terms[i];
        status = kh_glass_term(glass, term->text, content->documents + term->first,
                               content->wdfs + term->first, term->n, err);
    }
    return status;
}

kh_status made_write(const made *content, const char *path, uint32_t block_bytes,
                     kh_error *err)
{
    KH_AUTO(kh_glass_free) kh_glass_writer *glass = NULL;
    kh_status status = kh_glass_open(&glass, path, block_bytes, err);
    if (status == KH_OK)
        status = write_postlist(glass, content, err);
    for (size_t i = 0; i < content->n_documents && status == KH_OK; i++)
        if (content->data[i].len > 0)
            status = kh_glass_data(glass, content->numbers[i], content->data[i], err);
    return status == KH_OK ? kh_glass_close(KH_TAKE(glass), err) : status;
}

/* Postings by document: of document i from starts[i] on. */
static kh_posting *invert(const made *content, size_t *starts)
{
    size_t n = content->n_documents;
    for (size_t i = 0; i < content->n_postings; i++)
        starts[content->documents[i]]++;
    for (size_t i = 1; i <= n; i++)
        starts[i] += starts[i - 1];

    kh_posting *postings = kh_alloc(content->n_postings * sizeof(*postings));
    for (size_t t = content->n_terms; t > 0; t--) {
        const made_term *term = &content->terms[t - 1];
        for (size_t i = term->first; i < term->first + term->n; i++)
            postings[--starts[content->documents[i]]] =
                (kh_posting){ term->text, content->wdfs[i] };
    }
    for (size_t i = 0; i < n; i++)
        starts[i] = starts[i + 1];
    starts[n] = content->n_postings;
    return postings;
}

static size_t values_of(kh_value *out, const made *content, size_t *at, uint32_t number)
{
    size_t n = 0;
    for (size_t s = 0; s < content->n_slots; s++) {
        const kh_glass_values *slot = &content->slots[s];
        if (at[s] == slot->n || slot->documents[at[s]] != number)
            continue;
        const uint32_t *start = &slot->starts[at[s]++];
        out[n++] = (kh_value){ slot->slot, kh_str_make(slot->bytes + start[0],
                                                       start[1] - start[0]) };
    }
    return n;
}

static kh_status write_documents(kh_writer *writer, const made *content,
                                 const kh_posting *postings, const size_t *starts,
                                 kh_error *err)
{
    kh_status status = KH_OK;
    size_t at[MADE_SLOTS] = { 0 };
    for (size_t i = 0; i < content->n_documents && status == KH_OK; i++) {
        kh_value values[MADE_SLOTS];
        size_t n_values = values_of(values, content, at, content->numbers[i]);
        kh_document document = { postings + starts[i], starts[i + 1] - starts[i],
                                 values, n_values, content->data[i] };
        status = kh_writer_add(writer, &document, NULL, err);
    }
    return status;
}

kh_status made_write_engine(const made *content, const char *path, kh_error *err)
{
    KH_AUTO(kh_writer_free) kh_writer *writer = NULL;
    kh_status status = kh_writer_open(&writer, path, err);
    if (status != KH_OK)
        return status;

    size_t *starts = kh_alloc((content->n_documents + 1) * sizeof(*starts));
    kh_posting *postings = invert(content, starts);
    status = write_documents(writer, content, postings, starts, err);
    kh_free(postings);
    kh_free(starts);
    for (size_t i = 0; i < content->n_metadata && status == KH_OK; i++)
        status = kh_writer_set_metadata(writer, content->metadata[i].key,
                                        content->metadata[i].value, err);
    return status == KH_OK ? kh_writer_close(KH_TAKE(writer), err) : status;
}
