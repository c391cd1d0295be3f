/* made_content - see made_content.h. */
#include "made_content.h"

#include "base/alloc.h"

static void must_be(kh_status status, const kh_error *err)
{
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s",
              status == KH_OK ? "" : err->message);
}

void made_document(made_content *made, uint32_t length, uint32_t date)
{
    if (made->n == made->capacity) {
        made->capacity = made->capacity ? 2 * made->capacity : 64;
        made->lengths = kh_realloc(made->lengths, made->capacity * sizeof(uint32_t));
        made->dates = kh_realloc(made->dates, made->capacity * sizeof(uint32_t));
    }
    made->lengths[made->n] = length;
    made->dates[made->n++] = date;
}

void made_postings(const made_content *made, kh_segment_writer *writer,
                   kh_database_maker maker)
{
    kh_error err;
    uint32_t *documents = kh_alloc((made->n + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < made->n; i++)
        documents[i] = (uint32_t)i + 1;
    const kh_article_map map = { documents, made->n };
    KH_AUTO(kh_term_merge_free) kh_term_merge *terms = NULL;
    KH_AUTO(kh_counts_merge_free) kh_counts_merge *spellings = NULL;
    must_be(kh_term_merge_open(&terms, made->terms, made->n_terms, &map, &err), &err);
    must_be(kh_counts_merge_open(&spellings, made->spellings, made->n_spellings, &err),
            &err);
    const kh_segment_content content = {
        .n_documents = (uint32_t)made->n,
        .lengths = made->lengths,
        .dates = made->dates,
        .text_bytes = kh_record_writer_text_bytes(kh_segment_writer_records(writer)),
        .languages = made->languages,
        .n_languages = made->n_languages,
        .terms = terms,
        .spellings = spellings,
    };
    must_be(kh_segment_write_postings(writer, &content, maker, &err), &err);
    kh_free(documents);
}

void made_content_release(made_content *made)
{
    kh_free(made->lengths);
    kh_free(made->dates);
    *made = (made_content){ 0 };
}

void made_records(kh_record_writer *records, const kh_record_source *sources, size_t n)
{
    kh_error err;
    KH_AUTO(kh_record_packer_free) kh_record_packer *packer = NULL;
    must_be(kh_record_packer_open(&packer, records, &err), &err);
    KH_AUTO_BUF packed;
    kh_buf_init(&packed, KH_BUF_MAX);
    for (size_t i = 0; i < n; i++)
        must_be(kh_record_pack(packer, &sources[i], &packed, &err), &err);
    must_be(kh_record_writer_add(records, kh_buf_str(&packed), &err), &err);
}
