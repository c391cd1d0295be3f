/* metadata - where keys and values of a database go while it is made, and blocks among
 * them. Internal to lib/index. */
#pragma once

#include "base/buf.h"
#include "base/error.h"

KH_BEGIN_DECLS

typedef struct kh_metadata {
    void *self;
    kh_status (*put)(void *self, kh_str key, kh_str value, kh_error *err);
} kh_metadata;

/* Put a block with its checksum, which is appended to it. */
KH_MUST_USE kh_status kh_metadata_put_block(const kh_metadata *out, kh_str key,
                                            kh_buf *block, kh_error *err);

/* Take the checksum off a block that was read; false if it is another. */
bool kh_metadata_block(kh_str *block, kh_str key);

KH_END_DECLS
