/* stem - libstemmer and our own stemmers behind a handle that belongs to one thread. */
#include "stem.h"

#include <string.h>

#include <libstemmer.h>

#include "base/alloc.h"

#include "stem_own.h"

/* libstemmer.h does not say its version; the build asks the package. */
#ifndef KH_STEMMER_VERSION
#define KH_STEMMER_VERSION "unknown"
#endif

typedef kh_str own_stem(kh_str folded);

static const struct {
    const char *algorithm;
    own_stem *stem;
} own_stemmers[] = {
    { "arabic_light", kh_stem_arabic },
    { "korean", kh_stem_korean },
};

struct kh_stemmer {
    own_stem *own;               /* NULL: libstemmer's */
    struct sb_stemmer *snowball; /* owned; NULL with one of our own */
};

kh_status kh_stemmer_open(kh_stemmer **out, const char *algorithm, kh_error *err)
{
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = kh_alloc(sizeof(*stemmer));

    for (size_t i = 0; i < KH_COUNT_OF(own_stemmers); i++)
        if (strcmp(own_stemmers[i].algorithm, algorithm) == 0)
            stemmer->own = own_stemmers[i].stem;
    if (stemmer->own == NULL)
        stemmer->snowball = sb_stemmer_new(algorithm, "UTF_8");
    if (stemmer->own == NULL && stemmer->snowball == NULL)
        return kh_fail(err, KH_ERR_ARGUMENT, "no stemmer is called '%s'", algorithm);

    *out = KH_TAKE(stemmer);
    return KH_OK;
}

void kh_stemmer_free(kh_stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball); /* takes NULL */
    kh_free(stemmer);
}

kh_str kh_stem(kh_stemmer *stemmer, kh_str folded)
{
    if (folded.len > KH_STEM_MAX_BYTES)
        return folded;
    if (stemmer->own != NULL)
        return stemmer->own(folded);
    const sb_symbol *stem = sb_stemmer_stem(
        stemmer->snowball, (const sb_symbol *)folded.ptr, (int)folded.len);
    int len = sb_stemmer_length(stemmer->snowball);
    if (!stem || len <= 0)
        return folded;
    return kh_str_make((const char *)stem, (size_t)len);
}

void kh_stemmer_version(kh_buf *out)
{
    kh_buf_add(out, KH_STR(KH_STEMMER_VERSION));
}
