/* records - what the readers of records share: the mapped files, the stream and the
 * rest of an article, one analyser a language. Internal to lib/record. */
#pragma once

#include "places.h"
#include "record/record.h"
#include "rest.h"
#include "signs.h"
#include "text/analysis.h"
#include "unpacker.h"
#include "wordlist.h"

KH_BEGIN_DECLS

/* More cached lexemes than this are forgotten. */
#define KH_RECORD_LEXEMES_MAX 400000u

struct kh_frame;

struct kh_records {
    char *folder; /* owned */
    kh_wordlist words;
    kh_map codes;
    kh_map rest;
    kh_places places;
    kh_map keys;
    kh_map lengths;
    kh_signs signs; /* of no document: the segment has none */
    uint32_t n;
    kh_unpacker unpacker;
    kh_rest last;           /* the rest unpacked last */
    uint32_t document;      /* it is of this one; 0 none */
    struct kh_frame *frame; /* owned: the article put together last */
    uint32_t frame_document;
    kh_analyser **analysers; /* owned; by kh_language_number(), opened when met */
    size_t n_analysers;
};

/* The stream of an article, behind its language. Readable KH_STREAM_PADDING bytes past
 * its end; as long as the records are open. */
typedef struct kh_stream {
    const unsigned char *begin; /* first mark of a block */
    const unsigned char *end;
    uint32_t lang; /* number in the word list; KH_LANG_OTHER */
    const kh_language *language;
    bool has_pairs; /* codes are not units one to one: see KH_MARK_PAIRS */
} kh_stream;

/* KH_ERR_NOT_FOUND: no such document; KH_ERR_CORRUPT: its place lies outside. */
KH_MUST_USE kh_status kh_records_stream(kh_stream *out, kh_records *records,
                                        uint32_t document, kh_error *err);

/* The rest of an article, its checksum compared; until the next call with another. */
KH_MUST_USE kh_status kh_records_rest(kh_rest **out, kh_records *records,
                                      uint32_t document, kh_error *err);

/* The analyser of a language, opened when it is first asked for. */
KH_MUST_USE kh_status kh_records_analyser(kh_analyser **out, kh_records *records,
                                          const kh_language *language, kh_error *err);

kh_status kh_record_damaged(const kh_records *records, uint32_t document,
                            const char *what, kh_error *err);

KH_END_DECLS
