/* segment - an immutable piece of an index: postings, records, vocabulary, tags.
 *
 * SEGMENT/ segment.json; postings/ (engine database); the records' files; see
 * docs/index-format.md. Written once, then only read, then removed whole. */
#pragma once

#include "index/bounds.h"
#include "index/vocabulary.h"
#include "record/record.h"
#include "record/writer.h"
#include "xapian-c/database.h"
#include "xapian-c/writer.h"

KH_BEGIN_DECLS

/* A tag of a segment, from the metadata. */
typedef struct kh_tag_entry {
    kh_str normal; /* kh_tag_normalise() */
    kh_str name;   /* the spelling most articles use; ties: first by bytes */
    uint32_t n_articles;
    uint32_t first; /* packed dates of its first and last article; 0: none is dated */
    uint32_t last;
} kh_tag_entry;

typedef struct kh_segment_counts {
    uint32_t n_articles;
    uint64_t text_bytes;  /* stored text */
    uint64_t index_bytes; /* all files */
    uint32_t first_date;  /* packed; 0: none is dated */
    uint32_t last_date;
    uint32_t n_tags;
} kh_segment_counts;

/* ---- writing ---- */

typedef struct kh_segment_writer kh_segment_writer;

/* Make a segment in a folder that does not exist yet. fingerprint: what queries must
 * agree with. numbers: finished; must outlive the writer. */
KH_MUST_USE kh_status kh_segment_writer_open(kh_segment_writer **out,
                                             const char *folder, kh_str fingerprint,
                                             const kh_numbers *numbers, kh_error *err);
void kh_segment_writer_free(
    kh_segment_writer *writer); /* leaves debris; NULL is allowed */
KH_DEFINE_CLEANUP(kh_segment_writer, kh_segment_writer_free)

/* Show an article of the sample, before the first is added: see
 * kh_record_writer_sample(). */
KH_MUST_USE kh_status kh_segment_writer_sample(kh_segment_writer *writer,
                                               const kh_record_source *source,
                                               kh_error *err);

/**
 * Append an article.
 *
 * @param source    its length is the sum of the postings' wdf and need not be given
 * @param postings  all its terms, Q term included; every term once, in any order
 */
KH_MUST_USE kh_status kh_segment_writer_add(kh_segment_writer *writer,
                                            const kh_record_source *source,
                                            const kh_posting *postings,
                                            size_t n_postings, kh_error *err);

/* The segment's vocabulary, to be filled by the caller before close. */
kh_vocabulary_writer *kh_segment_writer_vocabulary(kh_segment_writer *writer);

/* Write vocabulary, tags, languages, metadata and segment.json; sync all. The writer is
 * freed in either case. counts may be NULL. */
KH_MUST_USE kh_status kh_segment_writer_close(kh_segment_writer *writer,
                                              kh_segment_counts *counts, kh_error *err);

/* ---- reading ---- */

/* Documents of an open segment; the pieces are borrowed. */
typedef struct kh_segment kh_segment;
KH_MUST_USE kh_status kh_segment_open(kh_segment **out, const char *folder,
                                      kh_error *err);
void kh_segment_free(kh_segment *segment); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_segment, kh_segment_free)
kh_database *kh_segment_database(kh_segment *segment);
kh_records *kh_segment_records(kh_segment *segment);
kh_rank_source kh_segment_source(kh_segment *segment); /* for the first stage */
kh_segment_counts kh_segment_counts_of(const kh_segment *segment);
kh_str kh_segment_fingerprint(const kh_segment *segment);
/* Codes of the languages with a stemmer that occur, n of them, sorted. */
const kh_str *kh_segment_languages(const kh_segment *segment, size_t *n);

/* Tags whose normal form begins with a prefix, in the order of bytes, in the arena. */
KH_MUST_USE kh_status kh_segment_tags(kh_tag_entry **out, size_t *n,
                                      kh_segment *segment, kh_str prefix,
                                      kh_arena *arena, kh_error *err);

/* Check everything: files and digests against segment.json, the database, every record,
 * and that all agree. log (may be NULL) gets a line a finding. */
KH_MUST_USE kh_status kh_segment_check(const char *folder, kh_buf *log, kh_error *err);

KH_END_DECLS
