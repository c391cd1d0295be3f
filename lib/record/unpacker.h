/* unpacker - frames of the file `rest`, unpacked.
 *
 * A frame is zstd's (RFC 8878) without its magic number, which is the same four bytes
 * in all. Internal to lib/record. */
#pragma once

#include <zstd.h>

#include "rest.h"
#include "wordlist.h"

KH_BEGIN_DECLS

#define KH_FRAME_MAGIC_BYTES 4u

typedef struct kh_unpacker {
    ZSTD_DCtx *zstd;                               /* made when it is needed */
    ZSTD_DDict *dictionaries[KH_DICTIONARIES_MAX]; /* the same; of the word list's */
    kh_buf frame;                                  /* with its magic number */
} kh_unpacker;

void kh_unpacker_init(kh_unpacker *unpacker);
void kh_unpacker_release(kh_unpacker *unpacker);

/**
 * Unpack a frame into a rest, and take that apart.
 *
 * @param lang  number of the article's language: which dictionary
 * @return      NULL, or what is wrong with it; where a dictionary was damaged on the
 * way, kh_wordlist_status() says so, too
 */
const char *kh_unpack(kh_unpacker *unpacker, kh_rest *rest, const kh_wordlist *words,
                      uint32_t lang, kh_str frame);

KH_END_DECLS
