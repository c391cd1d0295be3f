/* version - the file that makes tables a database: where their trees begin, what they
 * add up to. */
#pragma once

#include "base/buf.h"
#include "table.h"

#define KH_GLASS_COMPRESS_MIN 18u /* bytes; what is longer may be compressed */

typedef enum kh_glass_table_number {
    KH_GLASS_POSTLIST,
    KH_GLASS_DOCDATA,
    KH_GLASS_TERMLIST,
    KH_GLASS_POSITION,
    KH_GLASS_SPELLING,
    KH_GLASS_SYNONYM,
    KH_GLASS_N_TABLES
} kh_glass_table_number;

typedef struct kh_glass_version {
    uint32_t block_bytes;
    kh_glass_root roots[KH_GLASS_N_TABLES]; /* all zero for one that is not there */
    uint32_t n_documents;
    uint32_t last_document;
    uint32_t shortest; /* length over 0 */
    uint32_t longest;
    uint32_t max_wdf;
    uint64_t total_length;
} kh_glass_version;

/* Append what stands in the file. */
void kh_glass_version_encode(kh_buf *out, const kh_glass_version *version,
                             const char uuid[16]);

/* Write the file, with a new UUID, into a folder whose tables are synced. On failure it
 * is not there. */
KH_MUST_USE kh_status kh_glass_version_write(const kh_glass_version *version,
                                             const char *folder, kh_error *err);
