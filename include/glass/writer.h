/* writer - a search-engine database in Xapian's glass format, in one pass.
 *
 * The tables are filled bottom-up and written from front to end, so what goes into them
 * must come in their order: metadata, values, lengths, terms. Memory: a block a level
 * of each table and one posting list's chunk. What comes out is read by Xapian 1.4.0
 * and later; format: the glass backend as of 2016-03-14, every release since 1.4.0. No
 * positions, no lists of a document's terms.
 *
 * Nothing else in khabar knows a byte of the format. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* What is over one of these is KH_ERR_LIMIT. */
#define KH_GLASS_TERM_MAX     245u /* bytes of a term; a zero byte counts twice */
#define KH_GLASS_KEY_MAX      253u /* bytes of a key of metadata */
#define KH_GLASS_STORED_MAX   (16u << 20) /* bytes of data, a value, metadata */
#define KH_GLASS_BLOCK_MIN    2048u
#define KH_GLASS_BLOCK_MAX    65536u
#define KH_GLASS_BLOCK_USUAL  8192u
#define KH_GLASS_DOCUMENT_MAX UINT32_C(0xFFFFFFFE)

typedef struct kh_glass_writer kh_glass_writer;

/**
 * Make a database in a folder that is missing (it is made, with its parents) or empty.
 *
 * @param block_bytes  a power of two, KH_GLASS_BLOCK_MIN to KH_GLASS_BLOCK_MAX
 */
KH_MUST_USE kh_status kh_glass_open(kh_glass_writer **out, const char *folder,
                                    uint32_t block_bytes, kh_error *err);

/* Half-written files stay, but nothing that a reader takes for a database; NULL is
 * allowed. */
void kh_glass_free(kh_glass_writer *glass);
KH_DEFINE_CLEANUP(kh_glass_writer, kh_glass_free)

/* Out of order, twice, or a number that cannot be is KH_ERR_ARGUMENT. After any error
 * the writer can only be freed. */

/* Keys in the order of bytes; neither key nor value is empty. */
KH_MUST_USE kh_status kh_glass_metadata(kh_glass_writer *glass, kh_str key,
                                        kh_str value, kh_error *err);

/* Values of a slot: value i is bytes[starts[i]] up to bytes[starts[i + 1]]. */
typedef struct kh_glass_values {
    uint32_t slot;
    size_t n;
    const uint32_t *documents; /* ascending */
    const char *bytes;
    const uint32_t *starts; /* n + 1 of them; no value is empty */
} kh_glass_values;

/* All slots at once, in any order, each once; behind the metadata; may be left out. */
KH_MUST_USE kh_status kh_glass_values_add(kh_glass_writer *glass,
                                          const kh_glass_values *slots, size_t n,
                                          kh_error *err);

/* Documents with their lengths (sums of wdf), ascending; NULL: 1 to n. Once, before the
 * first term. What is no document here has no postings. */
KH_MUST_USE kh_status kh_glass_lengths(kh_glass_writer *glass,
                                       const uint32_t *documents,
                                       const uint32_t *lengths, size_t n,
                                       kh_error *err);

/* A term and its postings, n of 1 or more, documents ascending. Terms in the order of
 * bytes. wdf 0: filters only. The sum of all wdf of a document must be its length.
 * Checked is what costs nothing: no document above the last, no wdf above the longest
 * length (both KH_ERR_ARGUMENT), no term whose wdfs are over 32 bits (KH_ERR_LIMIT),
 * and, when the writer is closed, that all of them are all lengths together. */
KH_MUST_USE kh_status kh_glass_term(kh_glass_writer *glass, kh_str term,
                                    const uint32_t *documents, const uint32_t *wdfs,
                                    size_t n, kh_error *err);

/* Terms that are kept elsewhere occur so many times more: their wdf count towards the
 * lengths of documents. */
void kh_glass_elsewhere(kh_glass_writer *glass, uint64_t occurrences);

/* Data of a document, ascending; at any time behind the lengths; none is empty. */
KH_MUST_USE kh_status kh_glass_data(kh_glass_writer *glass, uint32_t document,
                                    kh_str data, kh_error *err);

/* Finish all tables, sync them, and make them a database as one step. The writer is
 * freed in either case. */
KH_MUST_USE kh_status kh_glass_close(kh_glass_writer *glass, kh_error *err);

KH_END_DECLS
