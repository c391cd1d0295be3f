/* dead_bits - articles of a segment that are replaced or taken down. Internal to
 * lib/index. */
#pragma once

#include "base/file.h"

KH_BEGIN_DECLS

/* Bits of one segment; no file: ptr is NULL and none is dead. */
typedef struct kh_dead_bits {
    kh_map map;
    uint32_t n_dead;
} kh_dead_bits;

/* n: documents of the segment. */
KH_MUST_USE kh_status kh_dead_bits_open(kh_dead_bits *out, const char *folder,
                                        uint32_t generation, kh_str uuid, uint32_t n,
                                        kh_error *err);
void kh_dead_bits_close(kh_dead_bits *bits);

static inline bool kh_dead_bits_has(const kh_dead_bits *bits, uint32_t document)
{
    return bits->map.ptr &&
           (bits->map.ptr[(document - 1) >> 3] >> ((document - 1) & 7) & 1) != 0;
}

KH_END_DECLS
