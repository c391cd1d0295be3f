/* repeat - the articles of a file several times over, with changed words: an archive as
 * large as is wanted whose vocabulary grows, too. */
#pragma once

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"

typedef struct kh_repeat {
    const char *path; /* JSON lines */
    uint32_t times;   /* copies, the first as it is */
    uint32_t share;   /* words changed in each other copy, percent */
    const char *lang; /* only articles of this language; NULL: all */
} kh_repeat;

/* Write the copies, ids told apart by "~2", "~3" ... */
KH_MUST_USE kh_status kh_repeat_write(FILE *out, const kh_repeat *repeat,
                                      kh_error *err);

/* Append a text with words changed. The same word of the same article and copy is
 * changed in the same way; words under four bytes stay. */
void kh_repeat_text(kh_buf *out, kh_str text, uint64_t article, uint32_t copy,
                    uint32_t share);
