/* stem - libstemmer and our own stemmers behind a handle that belongs to one thread. */
#pragma once

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"

KH_BEGIN_DECLS

/* Longer words stay whole: a stemmer's time may grow faster than the word. */
#define KH_STEM_MAX_BYTES 64

typedef struct kh_stemmer kh_stemmer;

/* algorithm: libstemmer's name, "english", or that of one of ours (stem_own.h);
 * KH_ERR_ARGUMENT if there is none such. */
KH_MUST_USE kh_status kh_stemmer_open(kh_stemmer **out, const char *algorithm,
                                      kh_error *err);
void kh_stemmer_free(kh_stemmer *stemmer); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_stemmer, kh_stemmer_free)

/* The stem of a folded word, accents on; a view of the word or of the stemmer's memory,
 * good until the next call. Never empty for a word that is not. */
kh_str kh_stem(kh_stemmer *stemmer, kh_str folded);

/* Append the version of the stemmers: "2.2.0". */
void kh_stemmer_version(kh_buf *out);

KH_END_DECLS
