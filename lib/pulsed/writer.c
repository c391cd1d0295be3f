/* writer - rare terms as they come, into blocks. */
#include "pulsed/pulsed.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "pulsed_file.h"

struct kh_pulsed_writer {
    kh_sink *sink;
    kh_buf block;  /* entries of the one that is being filled */
    kh_buf starts; /* the index */
    kh_buf places;
    kh_buf names;
    uint64_t n_terms;
    uint32_t n_blocks;
    size_t last_len;
    char last[KH_PULSED_TERM_MAX];
};

kh_status kh_pulsed_writer_open(kh_pulsed_writer **out, const char *folder,
                                kh_error *err)
{
    KH_AUTO(kh_pulsed_writer_free) kh_pulsed_writer *writer = kh_alloc(sizeof(*writer));
    kh_buf *bufs[] = { &writer->block, &writer->starts, &writer->places,
                       &writer->names };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_init(bufs[i], KH_BUF_MAX);
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_PULSED_FILE);
    kh_status status = kh_sink_open_mapped(&writer->sink, kh_buf_text(&path), err);
    if (status == KH_OK)
        *out = KH_TAKE(writer);
    return status;
}

void kh_pulsed_writer_free(kh_pulsed_writer *writer)
{
    if (writer == NULL)
        return;
    kh_sink_free(writer->sink);
    kh_buf *bufs[] = { &writer->block, &writer->starts, &writer->places,
                       &writer->names };
    for (size_t i = 0; i < KH_COUNT_OF(bufs); i++)
        kh_buf_release(bufs[i]);
    kh_free(writer);
}

static void end_block(kh_pulsed_writer *writer)
{
    if (writer->block.len == 0)
        return;
    kh_str entries = kh_buf_str(&writer->block);
    uint32_t check = (uint32_t)kh_checksum(entries, 0);
    unsigned char bytes[KH_PULSED_CHECK_BYTES] = { (unsigned char)check,
                                                   (unsigned char)(check >> 8),
                                                   (unsigned char)(check >> 16),
                                                   (unsigned char)(check >> 24) };
    kh_sink_add(writer->sink, bytes, sizeof(bytes));
    kh_sink_add(writer->sink, entries.ptr, entries.len);
    kh_buf_reset(&writer->block);
}

static void begin_block(kh_pulsed_writer *writer, kh_str term)
{
    kh_buf_add_u64(&writer->starts, kh_sink_offset(writer->sink));
    kh_buf_add_u32(&writer->places, (uint32_t)writer->names.len);
    kh_buf_add(&writer->names, term);
    writer->n_blocks++;
    writer->last_len = 0;
}

static size_t shared_bytes(const kh_pulsed_writer *writer, kh_str term)
{
    size_t n = 0;
    while (n < term.len && n < writer->last_len && term.ptr[n] == writer->last[n])
        n++;
    return n;
}

static void add_term(kh_buf *out, kh_str term, size_t shared)
{
    size_t rest = term.len - shared;
    size_t high = shared < KH_PULSED_NIBBLE ? shared : KH_PULSED_NIBBLE;
    size_t low = rest < KH_PULSED_NIBBLE ? rest : KH_PULSED_NIBBLE;
    kh_buf_add_char(out, (char)(high << 4 | low));
    if (high == KH_PULSED_NIBBLE)
        kh_buf_add_varint(out, shared - KH_PULSED_NIBBLE);
    if (low == KH_PULSED_NIBBLE)
        kh_buf_add_varint(out, rest - KH_PULSED_NIBBLE);
    kh_buf_add(out, kh_str_slice(term, shared, term.len));
}

static void add_postings(kh_buf *out, const uint32_t *documents, const uint32_t *wdfs,
                         size_t n)
{
    uint32_t wdf = wdfs[0] < KH_PULSED_WDF ? wdfs[0] : KH_PULSED_WDF;
    for (size_t i = 1; i < n; i++)
        wdf = wdfs[i] == wdfs[0] ? wdf : KH_PULSED_WDF;
    kh_buf_add_char(out, (char)(wdf << 3 | (uint32_t)(n - 1)));
    kh_buf_add_varint(out, documents[0]);
    for (size_t i = 1; i < n; i++)
        kh_buf_add_varint(out, documents[i] - documents[i - 1] - 1);
    for (size_t i = 0; i < n && wdf == KH_PULSED_WDF; i++)
        kh_buf_add_varint(out, wdfs[i]);
}

static bool are_sound(const kh_pulsed_writer *writer, kh_str term,
                      const uint32_t *documents, size_t n)
{
    kh_str last = kh_str_make(writer->last, writer->last_len);
    bool is_sound = n > 0 && n <= KH_PULSED_MAX && documents[0] > 0 &&
                    (writer->n_terms == 0 || kh_str_compare(last, term) < 0);
    for (size_t i = 1; i < n && is_sound; i++)
        is_sound = documents[i] > documents[i - 1];
    return is_sound;
}

kh_status kh_pulsed_add(kh_pulsed_writer *writer, kh_str term,
                        const uint32_t *documents, const uint32_t *wdfs, size_t n,
                        kh_error *err)
{
    if (term.len == 0 || term.len > KH_PULSED_TERM_MAX)
        return kh_fail(err, KH_ERR_ARGUMENT, "a rare term of %zu bytes", term.len);
    if (!are_sound(writer, term, documents, n))
        return kh_fail(err, KH_ERR_ARGUMENT,
                       "rare terms ascend, with 1 to %u documents that ascend from 1",
                       KH_PULSED_MAX);
    if (writer->block.len >= KH_PULSED_BLOCK_BYTES)
        end_block(writer);
    if (writer->names.len > UINT32_MAX - KH_PULSED_TERM_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "too many rare terms");
    if (writer->block.len == 0)
        begin_block(writer, term);
    add_term(&writer->block, term, shared_bytes(writer, term));
    add_postings(&writer->block, documents, wdfs, n);
    memcpy(writer->last, term.ptr, term.len);
    writer->last_len = term.len;
    writer->n_terms++;
    return kh_sink_status(writer->sink, err);
}

kh_status kh_pulsed_writer_close(kh_pulsed_writer *writer, kh_error *err)
{
    KH_AUTO(kh_pulsed_writer_free) kh_pulsed_writer *closing = writer;
    end_block(closing);
    uint64_t index = kh_sink_offset(closing->sink);
    const kh_buf *parts[] = { &closing->starts, &closing->places, &closing->names };
    uint64_t check = 0;
    for (size_t i = 0; i < KH_COUNT_OF(parts); i++) {
        kh_str part = kh_buf_str(parts[i]);
        check = kh_checksum(part, check);
        if (part.len > 0)
            kh_sink_add(closing->sink, part.ptr, part.len);
    }
    kh_buf_add_u64(&closing->block, closing->n_terms);
    kh_buf_add_u64(&closing->block, index);
    kh_buf_add_u32(&closing->block, closing->n_blocks);
    kh_buf_add_u32(&closing->block, (uint32_t)check);
    kh_buf_add_u32(&closing->block, KH_PULSED_MAGIC);
    kh_sink_add(closing->sink, closing->block.ptr, closing->block.len);
    return kh_sink_close(KH_TAKE(closing->sink), err);
}
