/* stream - a window that moves over the bytes of one member, and counts lines. */
#pragma once

#include "pack.h"

KH_BEGIN_DECLS

typedef struct kh_stream kh_stream;

/* The pack must outlive the stream. */
kh_stream *kh_stream_open(kh_pack *pack);
void kh_stream_free(kh_stream *stream); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_stream, kh_stream_free)

/* Begin anew: the pack has gone to another member. */
void kh_stream_reset(kh_stream *stream);

/**
 * See the bytes ahead: at least n, or all that are left.
 *
 * @param[out] window  a view that lives until the next call that may read
 * @return             KH_OK, or what kh_pack_read() says; then the rest is given up
 */
KH_MUST_USE kh_status kh_stream_see(kh_stream *stream, size_t n, kh_str *window,
                                    kh_error *err);

/* See up to n bytes ahead; what is in the way of more is only said by the calls that
 * need more. */
KH_MUST_USE kh_status kh_stream_peek(kh_stream *stream, size_t n, kh_str *window,
                                     kh_error *err);

/* Step over n bytes that were seen. They stay where they are until the next call that
 * may read. */
void kh_stream_take(kh_stream *stream, size_t n);

/**
 * Take the next line, without its line end.
 *
 * @return  KH_OK; KH_END; KH_ERR_LIMIT: the line is over KH_RECORD_MAX_BYTES and was
 * passed over; else what kh_pack_read() says
 */
KH_MUST_USE kh_status kh_stream_line(kh_stream *stream, kh_str *line, kh_error *err);

/* See all that is left of the member; KH_ERR_LIMIT over KH_RECORD_MAX_BYTES. */
KH_MUST_USE kh_status kh_stream_all(kh_stream *stream, kh_str *bytes, kh_error *err);

/* Replace what is left by UTF-8 (a member in UTF-16); offsets are then those of the
 * converted bytes. */
KH_MUST_USE kh_status kh_stream_convert(kh_stream *stream, kh_error *err);

uint32_t kh_stream_line_number(const kh_stream *stream); /* of the next byte, from 1 */
uint64_t kh_stream_byte(const kh_stream *stream);        /* of the next byte, from 0 */
size_t kh_stream_column(const kh_stream *stream);        /* in bytes, from 1 */

KH_END_DECLS
