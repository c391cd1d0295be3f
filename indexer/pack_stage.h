/* pack_stage - the spool, as resolved, through N packers into the records of a segment.
 */
#pragma once

#include "indexer/batches.h"
#include "indexer/job.h"

/* All borrowed. */
typedef struct kh_pack_plan {
    uint32_t n_jobs;
    kh_spool *spool;
    const kh_resolve *resolve;
    const kh_documents *documents;
    kh_late_tags *late;
    kh_batches *batches;
    kh_record_writer *records; /* begun */
    /* asked between two pieces; an error ends the packing */
    kh_status (*may_go_on)(void *context, kh_error *err);
    void *context;
} kh_pack_plan;

/* Pack and add the records of all articles that stay, in source order. */
KH_MUST_USE kh_status kh_pack_all(const kh_pack_plan *plan, kh_error *err);
