/* json - pieces of JSON appended to a buffer, in the order that the contract fixes. */
#pragma once

#include "base/buf.h"

KH_BEGIN_DECLS

/* Append a text as a JSON string: quotes, escapes; ill-formed bytes become U+FFFD. */
void kh_json_add_string(kh_buf *out, kh_str text);

/* The same, null for the empty text. */
void kh_json_add_string_or_null(kh_buf *out, kh_str text);

/* Append a number as short as it reads back the same; not finite: null. */
void kh_json_add_number(kh_buf *out, double number);

KH_END_DECLS
