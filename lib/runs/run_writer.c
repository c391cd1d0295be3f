/* run_writer - a run: terms in order, each with its postings.
 *
 *   term      varint bytes shared with the term before, string the rest
 *   postings  varint how many, varint bytes, then for each:
 *             varint article, less that of the posting before; varint wdf
 *
 * No more than a build reads it, so it has no version. */
#include "base/alloc.h"
#include "base/file.h"
#include "runs/inversion.h"

#define POSTING_BYTES_MAX (2 * KH_VARINT_MAX)

struct kh_run_writer {
    kh_sink *sink; /* owned */
    kh_buf term;
    kh_buf head;
    kh_buf postings;
    uint64_t n; /* postings of the term */
    uint64_t last_article;
    size_t shared; /* bytes of the term that the one before has, too */
    bool has_term;
};

kh_status kh_run_writer_open(kh_run_writer **out, const char *path, kh_error *err)
{
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open(&sink, path, err);
    if (status != KH_OK)
        return status;
    kh_run_writer *writer = kh_alloc(sizeof(*writer));
    writer->sink = sink;
    kh_buf_init(&writer->term, KH_BUF_MAX);
    kh_buf_init(&writer->head, KH_BUF_MAX);
    kh_buf_init(&writer->postings, KH_BUF_MAX);
    *out = writer;
    return KH_OK;
}

void kh_run_writer_free(kh_run_writer *writer)
{
    if (writer == NULL)
        return;
    kh_sink_free(writer->sink);
    kh_buf_release(&writer->term);
    kh_buf_release(&writer->head);
    kh_buf_release(&writer->postings);
    kh_free(writer);
}

static void end_term(kh_run_writer *writer)
{
    if (!writer->has_term)
        return;
    kh_buf *head = &writer->head;
    kh_buf_reset(head);
    kh_buf_add_varint(head, writer->shared);
    kh_buf_add_string(
        head, kh_str_slice(kh_buf_str(&writer->term), writer->shared, SIZE_MAX));
    kh_buf_add_varint(head, writer->n);
    kh_buf_add_varint(head, writer->postings.len);
    kh_sink_add(writer->sink, head->ptr, head->len);
    kh_sink_add(writer->sink, writer->postings.ptr, writer->postings.len);
    kh_buf_reset(&writer->postings);
    writer->n = 0;
    writer->last_article = 0;
}

void kh_run_writer_term(kh_run_writer *writer, kh_str term)
{
    end_term(writer);
    size_t shared = 0;
    while (shared < term.len && shared < writer->term.len &&
           term.ptr[shared] == writer->term.ptr[shared])
        shared++;
    writer->shared = shared;
    kh_buf_reset(&writer->term);
    kh_buf_add(&writer->term, term);
    writer->has_term = true;
}

void kh_run_writer_add(kh_run_writer *writer, uint64_t article, uint32_t wdf)
{
    kh_buf *out = &writer->postings;
    if (out->capacity < out->len + POSTING_BYTES_MAX + 1)
        kh_buf_reserve(out, out->len + POSTING_BYTES_MAX); /* doubles */
    uint64_t step = article - writer->last_article;
    char *at = out->ptr + out->len;
    at = step < KH_VARINT_SHORT_END ? kh_varint_put_short(at, (uint32_t)step)
                                    : kh_varint_put(at, step);
    at = kh_varint_put(at, wdf); /* mostly a byte */
    out->len = (size_t)(at - out->ptr);
    writer->last_article = article;
    writer->n++;
}

kh_status kh_run_writer_close(kh_run_writer *writer, kh_error *err)
{
    KH_AUTO(kh_run_writer_free) kh_run_writer *closing = writer;
    end_term(closing);
    return kh_sink_close_unsynced(KH_TAKE(closing->sink), err);
}
