/* packer - what packers share, and what they hand to the writer.
 *
 *   document   varint bytes of the stream, varint bytes of the frame, varint bytes of
 *              the stored text; u64 key, text hash (5 bytes), u32 length, u32 date;
 * stream; u32 checksum, frame; if there are signs: kh_sign_make()
 *
 * In the memory of one build alone. Internal to lib/record. */
#pragma once

#include "dictionaries.h"
#include "record/writer.h"
#include "sign_maker.h"

KH_BEGIN_DECLS

typedef struct kh_packing {
    const kh_numbers *numbers;
    kh_dictionaries dictionaries; /* of the rests */
    kh_sign_table *signs;         /* owned; NULL: none */
} kh_packing;

/* The writer must have begun. */
const kh_packing *kh_record_writer_packing(const kh_record_writer *writer);

KH_END_DECLS
