/* segment - an immutable piece of an index: postings, records, vocabulary, tags.
 *
 * SEGMENT/ segment.json; postings/ (engine database); the records' files; see
 * docs/index-format.md. Written once, then only read, then removed whole. */
#pragma once

#include "base/hash.h"
#include "index/bounds.h"
#include "index/vocabulary.h"
#include "record/record.h"
#include "record/writer.h"
#include "runs/counts.h"
#include "runs/merge.h"
#include "xapian-c/database.h"

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
    kh_digest content; /* of all that it holds: the same articles, the same digest */
} kh_segment_counts;

/* ---- writing ---- */

/* Who makes the database of a segment. */
typedef enum kh_database_maker {
    KH_MAKER_DIRECT, /* glass/writer.h: its tables, from front to end */
    KH_MAKER_ENGINE, /* the engine itself, document by document: slow, the reference */
} kh_database_maker;

/* What a segment holds but for its records. Borrowed. */
typedef struct kh_segment_content {
    uint32_t n_documents;
    const uint32_t *lengths; /* of document d at d - 1: the sum of its wdf */
    const uint32_t *dates;   /* the same; packed, 0 for none */
    uint64_t text_bytes;     /* stored text */
    const kh_str *languages; /* codes that have a stemmer and occur; sorted */
    size_t n_languages;
    kh_term_merge *terms;       /* Q terms included, and tags as kh_tag_name_term() */
    kh_counts_merge *spellings; /* keys as kh_spelling_key() makes them */
    /* asked now and then; an error ends the writing; may be NULL */
    kh_status (*may_go_on)(void *context, kh_error *err);
    void *context;
} kh_segment_content;

/* Append what stands for a tag among the terms of an article, one for each normal form:
 * no term of the index, but what its table of tags is made of. */
void kh_tag_name_term(kh_buf *out, kh_str normal, kh_str name);

typedef struct kh_segment_writer kh_segment_writer;

/* Make a segment in a folder that does not exist yet. fingerprint: what queries must
 * agree with. numbers: finished; must outlive the writer. */
KH_MUST_USE kh_status kh_segment_writer_open(kh_segment_writer **out,
                                             const char *folder, kh_str fingerprint,
                                             const kh_numbers *numbers, kh_error *err);
void kh_segment_writer_free(
    kh_segment_writer *writer); /* leaves debris; NULL is allowed */
KH_DEFINE_CLEANUP(kh_segment_writer, kh_segment_writer_free)

/* The segment's records, to be filled by the caller before close. */
kh_record_writer *kh_segment_writer_records(kh_segment_writer *writer);

/* Write postings, vocabulary, tags, bounds. Once; records may be added on another
 * thread meanwhile. */
KH_MUST_USE kh_status kh_segment_write_postings(kh_segment_writer *writer,
                                                const kh_segment_content *content,
                                                kh_database_maker maker, kh_error *err);

/* Finish the records, write segment.json: the segment may be opened, but is not synced.
 * counts may be NULL. */
KH_MUST_USE kh_status kh_segment_writer_finish(kh_segment_writer *writer,
                                               kh_segment_counts *counts,
                                               kh_error *err);

/* Finish, if it was not; sync all. The writer is freed in either case. counts may be
 * NULL. */
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

/* Parts of it, for a build whose files were digested as they were written: the database
 * whole; one article of so many, and the tags. */
KH_MUST_USE kh_status kh_segment_check_database(const char *folder, kh_error *err);
KH_MUST_USE kh_status kh_segment_check_sample(const char *folder, uint32_t every,
                                              kh_error *err);

KH_END_DECLS
