/* layout - an article as its stream and its rest, neither packed. */
#include "layout.h"

#include "record/record.h"
#include "values.h"

void kh_layout_init(kh_layout *layout, const kh_numbers *numbers)
{
    kh_coder_init(&layout->coder, numbers);
    kh_buf_init(&layout->stream, KH_BUF_MAX);
    kh_buf_init(&layout->plain, KH_BUF_MAX);
    kh_buf_init(&layout->places, KH_BUF_MAX);
}

void kh_layout_release(kh_layout *layout)
{
    kh_coder_release(&layout->coder);
    kh_buf_release(&layout->stream);
    kh_buf_release(&layout->plain);
    kh_buf_release(&layout->places);
}

static void lay_out_stream(kh_layout *layout)
{
    const kh_coder *coder = &layout->coder;
    kh_buf *stream = &layout->stream;
    kh_buf_reset(stream);
    kh_buf_add_char(stream, (char)(0x80u | coder->lang / 8));
    kh_buf_add_char(stream, (char)(0x80u | coder->lang % 8));
    if (coder->has_pairs)
        kh_buf_add_char(stream, (char)(0x80u | KH_MARK_PAIRS));
    kh_buf_reserve(stream, coder->n_codes * KH_CODE_BYTES_MAX);
    unsigned char *at = (unsigned char *)stream->ptr + stream->len;
    const uint32_t *end = coder->codes + coder->n_codes;
    for (const uint32_t *code = coder->codes; code < end; code++) {
        unsigned n_bytes;
        uint32_t bytes = kh_code_bytes(*code, &n_bytes);
        at[0] = (unsigned char)bytes;
        at[1] = (unsigned char)(bytes >> 8);
        at[2] = (unsigned char)(bytes >> 16);
        at += n_bytes;
    }
    stream->len = (size_t)((char *)at - stream->ptr);
}

static void lay_out_rest(kh_layout *layout, const kh_record_source *source)
{
    const kh_coder *coder = &layout->coder;
    kh_buf *places = &layout->places;
    kh_buf_reset(places);
    kh_buf_add_varint(places, coder->first_line);
    kh_buf_add_varint(places, coder->first_byte);
    kh_buf_add_varint(places, coder->n_jumps);
    kh_buf_add(places, kh_buf_str(&coder->jumps));

    kh_buf *plain = &layout->plain;
    kh_buf_reset(plain);
    kh_buf_add_varint(plain, coder->text_bytes);
    kh_buf_add_varint(plain, coder->stored_bytes);
    kh_buf_add_string(plain, kh_buf_str(&coder->gaps));
    kh_buf_add_string(plain, kh_buf_str(&coder->spelled));
    kh_buf_add_string(plain, kh_buf_str(places));
    kh_values_write(plain, source, coder->lang == KH_LANG_OTHER);
}

kh_status kh_layout_article(kh_layout *layout, const kh_record_source *source,
                            kh_error *err)
{
    kh_status status = kh_coder_article(&layout->coder, source, err);
    if (status != KH_OK)
        return status;
    lay_out_stream(layout);
    lay_out_rest(layout, source);
    if (layout->coder.stored_bytes > KH_ARTICLE_TEXT_MAX ||
        layout->plain.len > KH_REST_MAX)
        return kh_fail(err, KH_ERR_LIMIT, "article too large: '%" KH_FMT "'",
                       KH_ARG(source->article->id));
    return KH_OK;
}
