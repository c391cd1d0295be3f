/* metadata - where keys and values of a database go while it is made. Internal to
 * lib/index. */
#pragma once

#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_metadata {
    void *self;
    kh_status (*put)(void *self, kh_str key, kh_str value, kh_error *err);
} kh_metadata;

KH_END_DECLS
