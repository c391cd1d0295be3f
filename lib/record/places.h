/* places - where the parts of each article begin, the file `places`.
 *
 * Groups of 16 documents: where the first begins, and how long each is. A length takes
 * two bytes; where one is longer, the group's places stand whole behind all groups.
 * Layout: docs/index-format.md, section 5. Internal to lib/record. */
#pragma once

#include "base/error.h"
#include "base/file.h"
#include "checked.h"

KH_BEGIN_DECLS

typedef enum kh_part {
    KH_PART_CODES,
    KH_PART_REST,
    KH_N_PARTS,
} kh_part;

#define KH_PLACE_GROUP  16u /* documents */
#define KH_OFFSET_BYTES 5u
/* What a group has: where its parts begin; then u16 lengths, one part's behind the
 * other's. */
#define KH_PLACE_LENGTHS_AT  (KH_N_PARTS * KH_OFFSET_BYTES)
#define KH_PLACE_GROUP_BYTES (KH_PLACE_LENGTHS_AT + KH_N_PARTS * 2 * KH_PLACE_GROUP)
#define KH_PLACE_IS_WIDE     0x80u /* in the last byte of the first offset */
#define KH_OFFSET_MAX        ((UINT64_C(1) << 39) - 1)
/* Of a wide group: both offsets of each document, and of the one behind. */
#define KH_PLACE_WIDE_BYTES ((KH_PLACE_GROUP + 1) * KH_N_PARTS * KH_OFFSET_BYTES)

/* ---- reading ---- */

typedef struct kh_places {
    kh_map map; /* of the whole file */
    uint32_t n; /* documents */
    uint64_t n_wide;
} kh_places;

/* Take it for one of so many documents; false if its size says otherwise. */
bool kh_places_fit(kh_places *places, uint32_t n);

typedef struct kh_extent {
    uint64_t begin;
    uint64_t end;
} kh_extent;

/* Of a document, 1 to n. What is damaged may lie anywhere, or end before it begins. */
kh_extent kh_places_of(const kh_places *places, uint32_t document, kh_part part);

/* Whether all parts lie end to end, up to these ends. */
bool kh_places_are_sound(const kh_places *places, const uint64_t ends[KH_N_PARTS]);

/* Fetch ahead for it. */
void kh_places_fetch(const kh_places *places, uint32_t document);

/* ---- writing ---- */

typedef struct kh_place_writer {
    uint64_t begin[KH_N_PARTS]; /* of the group */
    uint64_t end[KH_N_PARTS];   /* of the last document */
    uint64_t lengths[KH_PLACE_GROUP][KH_N_PARTS];
    uint32_t n; /* in the group */
    uint32_t n_wide;
    kh_buf wide;
} kh_place_writer;

void kh_place_writer_init(kh_place_writer *writer);
void kh_place_writer_release(kh_place_writer *writer);

/* The next document, by the bytes of its parts; to: the file. KH_ERR_LIMIT: it would
 * end behind KH_OFFSET_MAX. */
KH_MUST_USE kh_status kh_place_writer_add(kh_place_writer *writer, kh_sink *to,
                                          const uint64_t lengths[KH_N_PARTS],
                                          kh_error *err);
void kh_place_writer_end(kh_place_writer *writer, kh_sink *to);

KH_END_DECLS
