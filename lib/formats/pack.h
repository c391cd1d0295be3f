/* pack - the unpacked bytes of a file, member by member, through libarchive. */
#pragma once

#include "base/buf.h"
#include "base/error.h"
#include "formats/reader.h"

KH_BEGIN_DECLS

typedef struct kh_pack kh_pack;

/**
 * Open a file, plain or packed.
 *
 * @param path    "-" is standard input; NULL: memory, which must outlive the pack
 * @return        KH_OK, KH_ERR_NOT_FOUND, KH_ERR_IO, KH_ERR_CORRUPT
 */
KH_MUST_USE kh_status kh_pack_open(kh_pack **out, const char *path, kh_str memory,
                                   kh_error *err);
void kh_pack_free(kh_pack *pack); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_pack, kh_pack_free)

/**
 * Go to the next member; a file that is no archive has one. A member that is packed
 * itself (05.json.gz in a tar) is unpacked, an archive inside an archive is not opened.
 *
 * @return  KH_OK; KH_END; KH_ERR_FORMAT: this member cannot be read (encrypted), call
 * again; KH_ERR_LIMIT, KH_ERR_IO, KH_ERR_CORRUPT: no more members
 */
KH_MUST_USE kh_status kh_pack_next(kh_pack *pack, kh_error *err);

/**
 * Read some of the member's bytes.
 *
 * @param[out] got  bytes written to out; 0 at the member's end
 * @return  KH_OK; KH_ERR_FORMAT: the rest of this member is damaged; KH_ERR_LIMIT,
 * KH_ERR_IO, KH_ERR_CORRUPT: of the file
 */
KH_MUST_USE kh_status kh_pack_read(kh_pack *pack, size_t *got, char *out, size_t size,
                                   kh_error *err);

bool kh_pack_is_archive(const kh_pack *pack);
kh_str kh_pack_member(const kh_pack *pack); /* name, UTF-8; "" outside archives */
void kh_pack_progress(const kh_pack *pack, kh_reader_progress *progress);

KH_END_DECLS
