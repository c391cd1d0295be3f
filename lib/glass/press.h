/* press - tags packed as raw deflate streams, which the engine's reader unpacks. */
#pragma once

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

typedef struct kh_glass_press kh_glass_press;

KH_MUST_USE kh_status kh_glass_press_open(kh_glass_press **out, kh_error *err);
void kh_glass_press_free(kh_glass_press *press); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_press, kh_glass_press_free)

/* Whether a tag is shorter packed (one of over 8,192 bytes: at most 7 bytes longer, for
 * its safe ending), which then is in *packed: a view until the next call. Tags of up to
 * KH_GLASS_STORED_MAX bytes. */
bool kh_glass_pack(kh_str *packed, kh_glass_press *press, kh_str tag);
