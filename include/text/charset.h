/* charset - bytes of any encoding to UTF-8. */
#pragma once

#include "base/buf.h"
#include "base/error.h"

KH_BEGIN_DECLS

/**
 * Append bytes as well-formed UTF-8, by the first of these that says an encoding:
 *   1. a byte-order mark (UTF-8, UTF-16, UTF-32; it is left out),
 *   2. well-formed UTF-8 is taken as it is,
 *   3. declared (any IANA name or alias; windows-1252 for iso-8859-1, as the WHATWG has
 * it),
 *   4. UTF-8 with damage, if most of what is beyond ASCII is well-formed,
 *   5. detection (ICU), if it is at least 30 % sure, else windows-1252.
 *
 * @param declared  as an HTTP header, an XML declaration or a user says it; NULL if
 * unknown
 * @param[out] is_verbatim  whether out is byte for byte the input: offsets agree; may
 * be NULL
 * @return          KH_OK; KH_ERR_FORMAT if the bytes cannot be text (NUL bytes outside
 * UTF-16/32) or the declared name is not known Ill-formed sequences become U+FFFD.
 */
KH_MUST_USE kh_status kh_charset_to_utf8(kh_buf *out, kh_str bytes,
                                         const char *declared, bool *is_verbatim,
                                         kh_error *err);

/* U+FFFD in a text: of what was converted, the characters that could not be read. */
size_t kh_charset_n_bad(kh_str utf8);

KH_END_DECLS
