/* records - what the readers of records share: the mapped files, the record unpacked
 * last, one analyser a language. Internal to lib/index. */
#pragma once

#include <zstd.h>

#include "base/file.h"
#include "index/record.h"
#include "record_frame.h"
#include "record_letters.h"
#include "record_runs.h"
#include "text/analysis.h"

KH_BEGIN_DECLS

#define KH_RECORD_HEAD_BYTES 24

/* More cached lexemes than this are forgotten between two articles. */
#define KH_RECORD_LEXEMES_MAX 400000u

/* The analyser of a language, and what the current query thinks of its lexemes. */
typedef struct kh_record_analyser {
    kh_analyser *analyser; /* owned; opened at the first article of its language */
    uint64_t *masks; /* owned; by lexeme number: stamp of a query << 32 | its words */
    size_t n_masks;
    kh_runs runs;
} kh_record_analyser;

struct kh_records {
    char *folder; /* owned */
    kh_map text;
    kh_map places;
    kh_map heads;
    uint32_t n;
    ZSTD_DCtx *zstd;
    char *plain; /* owned: the record unpacked last */
    size_t plain_capacity;
    uint32_t document; /* it is of this one; 0 none */
    kh_frame frame;
    kh_record_analyser *analysers; /* owned; by kh_language_number() */
    size_t n_analysers;
    uint32_t last_stamp; /* given to a query */
    kh_letters letters;
};

/* Unpack a record; a view until the next call with another document. */
KH_MUST_USE kh_status kh_records_fetch(kh_frame **out, kh_records *records,
                                       uint32_t document, kh_error *err);

/* The analyser for the language of a record; forgets what grew too large. */
KH_MUST_USE kh_status kh_records_analyser(kh_record_analyser **out, kh_records *records,
                                          const kh_language *language, kh_error *err);

/* A new stamp for a query, never 0. */
uint32_t kh_records_stamp(kh_records *records);

kh_status kh_record_damaged(const kh_records *records, uint32_t document,
                            const char *what, kh_error *err);

KH_END_DECLS
