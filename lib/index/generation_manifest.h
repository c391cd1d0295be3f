/* generation_manifest - manifest.json as an object, with what kh_manifest leaves out.
 * Internal to lib/index. */
#pragma once

#include "index/generation.h"
#include "json.h"

KH_BEGIN_DECLS

/* All of manifest.json; a new object. */
KH_MUST_USE kh_status kh_manifest_pack(json_t **out, const kh_manifest *manifest,
                                       const char *folder, kh_str failures,
                                       kh_error *err);

/* Digest of all of it but "digest": compact, keys sorted. */
kh_digest kh_manifest_digest(const json_t *json);

/* Read it as an object. */
KH_MUST_USE kh_status kh_manifest_load(json_t **out, const char *folder,
                                       uint32_t number, kh_error *err);

KH_END_DECLS
