/* values - what of an article is no block: id, dates, places it came from. Internal to
 * lib/record. */
#pragma once

#include "record/writer.h"
#include "rest.h"

KH_BEGIN_DECLS

/* Append the values of a rest. is_other: the language is not in the word list. */
void kh_values_write(kh_buf *out, const kh_record_source *source, bool is_other);

KH_END_DECLS
