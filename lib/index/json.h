/* json - jansson with our errors: files read and written whole, members by type.
 * Internal to lib/index. */
#pragma once

#include <jansson.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

static inline void kh_json_release(json_t **json)
{
    json_decref(*json);
}

#define KH_AUTO_JSON KH_CLEANUP(kh_json_release) json_t

/* Read a file that is one object. KH_ERR_NOT_FOUND, KH_ERR_IO, KH_ERR_CORRUPT. */
KH_MUST_USE kh_status kh_json_read(json_t **out, const char *folder, const char *name,
                                   kh_error *err);

/* Write an object, synced; replaced in one step. */
KH_MUST_USE kh_status kh_json_write(const json_t *json, const char *folder,
                                    const char *name, kh_error *err);

/* A string of any bytes; kh_json_get_... gives them back. */
json_t *kh_json_string(kh_str text);

/* Read members of an object. Sticky: once something was not as it must be, is_bad. */
typedef struct kh_json_reader {
    const json_t *object;
    kh_arena *arena;
    bool is_bad;
} kh_json_reader;

kh_str kh_json_get_string(kh_json_reader *reader, const char *name);
uint64_t kh_json_get_number(kh_json_reader *reader, const char *name, uint64_t max);
int64_t kh_json_get_signed(kh_json_reader *reader, const char *name);
/* A list of strings. */
kh_str *kh_json_get_strings(kh_json_reader *reader, const char *name, size_t *n);
/* A list of objects, as it stands. */
const json_t *kh_json_get_list(kh_json_reader *reader, const char *name, size_t *n);

KH_END_DECLS
