/* layout - an article as its stream and its rest, neither packed. Internal to
 * lib/record. */
#pragma once

#include "coder.h"

KH_BEGIN_DECLS

typedef struct kh_layout {
    kh_coder coder;
    kh_buf stream; /* with its language */
    kh_buf plain;  /* the rest */
    kh_buf places;
} kh_layout;

void kh_layout_init(kh_layout *layout, const kh_numbers *numbers);
void kh_layout_release(kh_layout *layout);

/* KH_ERR_LIMIT: too large. KH_ERR_CORRUPT: the cut is damaged. */
KH_MUST_USE kh_status kh_layout_article(kh_layout *layout,
                                        const kh_record_source *source, kh_error *err);

KH_END_DECLS
