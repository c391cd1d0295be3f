/* docdata - data of documents, compressed where that is shorter. */
#pragma once

#include "table.h"

typedef struct kh_glass_docdata kh_glass_docdata;

KH_MUST_USE kh_status kh_glass_docdata_open(kh_glass_docdata **out, const char *folder,
                                            uint32_t block_bytes, kh_error *err);
void kh_glass_docdata_free(kh_glass_docdata *docdata); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_docdata, kh_glass_docdata_free)

KH_MUST_USE kh_status kh_glass_docdata_add(kh_glass_docdata *docdata, uint32_t document,
                                           kh_str data, kh_error *err);

/* The docdata is freed in either case. */
KH_MUST_USE kh_status kh_glass_docdata_close(kh_glass_root *out,
                                             kh_glass_docdata *docdata, kh_error *err);
