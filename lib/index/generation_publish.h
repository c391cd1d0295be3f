/* generation_publish - the steps of publishing, for the test that crashes between them.
 * Internal to lib/index. */
#pragma once

#include "index/generation.h"

KH_BEGIN_DECLS

typedef enum kh_publish_step {
    KH_PUBLISH_ALL, /* stop nowhere */
    KH_PUBLISH_WRITE,
    KH_PUBLISH_RENAME,
    KH_PUBLISH_ACTIVATE,
    KH_PUBLISH_CURRENT, /* history is written, current is not */
} kh_publish_step;

/* For tests: publishing fails before a step, and leaves everything as it is. */
void kh_publish_stop_before(kh_publish_step step);
kh_status kh_publish_reach(kh_publish_step step, kh_error *err);

KH_END_DECLS
