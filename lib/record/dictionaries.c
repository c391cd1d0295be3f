/* dictionaries - what the rests of a language have in common. */
#include "dictionaries.h"

#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

#include "base/alloc.h"

#define DICTIONARY_BYTES ((size_t)32 << 10)
#define DICTIONARY_MIN   256u /* the trainer makes none that is smaller */
#define DICTIONARY_SHARE 8u   /* at most one part in so many of the sample */
#define SAMPLES_MIN      20u  /* zstd's trainer wants some */
#define SAMPLE_BYTES_MAX ((size_t)16 << 10) /* of one article */
#define SAMPLES_BYTES    ((size_t)4 << 20)  /* of one language */
#define SEGMENT_BYTES    256u /* of a sample, taken at once; 64 to 2,000 were tried */
#define DMER_BYTES       8u   /* what is counted; the trainer's own choice */
#define COUNTS_LOG       20u  /* the same */

/* Outside of the library's stable interface, so a later one may lack it. */
#pragma weak ZDICT_trainFromBuffer_fastCover

/* ---- dictionaries ---- */

void kh_dictionaries_init(kh_dictionaries *dictionaries)
{
    *dictionaries = (kh_dictionaries){ 0 };
    memset(dictionaries->of, KH_DICTIONARY_NONE, sizeof(dictionaries->of));
    for (size_t i = 0; i < KH_DICTIONARIES_MAX; i++)
        kh_buf_init(&dictionaries->all[i], KH_BUF_MAX);
}

void kh_dictionaries_release(kh_dictionaries *dictionaries)
{
    for (size_t i = 0; i < KH_DICTIONARIES_MAX; i++) {
        kh_buf_release(&dictionaries->all[i]);
        ZSTD_freeCDict(dictionaries->made[i]);
    }
}

kh_str kh_dictionary_bytes(const kh_dictionaries *dictionaries, uint32_t lang)
{
    uint8_t number = dictionaries->of[lang];
    return number == KH_DICTIONARY_NONE ? KH_STR("")
                                        : kh_buf_str(&dictionaries->all[number]);
}

const ZSTD_CDict *kh_dictionary_made(const kh_dictionaries *dictionaries, uint32_t lang)
{
    uint8_t number = dictionaries->of[lang];
    return number == KH_DICTIONARY_NONE ? NULL : dictionaries->made[number];
}

/* ---- samples ---- */

typedef struct samples {
    kh_buf bytes;
    size_t *sizes; /* owned; of each */
    size_t n;
    size_t capacity;
} samples;

struct kh_sampler {
    kh_layout layout;
    samples of[KH_LANG_OTHER + 1]; /* by language */
};

kh_sampler *kh_sampler_open(const kh_numbers *numbers)
{
    kh_sampler *sampler = kh_alloc(sizeof(*sampler));
    kh_layout_init(&sampler->layout, numbers);
    for (size_t i = 0; i < KH_COUNT_OF(sampler->of); i++)
        kh_buf_init(&sampler->of[i].bytes, KH_BUF_MAX);
    return sampler;
}

static void release_samples(samples *s)
{
    kh_buf_release(&s->bytes);
    kh_free(s->sizes);
}

void kh_sampler_free(kh_sampler *sampler)
{
    if (sampler == NULL)
        return;
    kh_layout_release(&sampler->layout);
    for (size_t i = 0; i < KH_COUNT_OF(sampler->of); i++)
        release_samples(&sampler->of[i]);
    kh_free(sampler);
}

static void add_sample(samples *s, kh_str plain)
{
    kh_buf_add(&s->bytes, plain);
    KH_PUSH(s->sizes, s->n, s->capacity) = plain.len;
}

kh_status kh_sampler_add(kh_sampler *sampler, const kh_record_source *source,
                         kh_error *err)
{
    kh_status status = kh_layout_article(&sampler->layout, source, err);
    if (status != KH_OK)
        return status;
    samples *s = &sampler->of[sampler->layout.coder.lang];
    if (s->bytes.len < SAMPLES_BYTES)
        add_sample(
            s, kh_str_slice(kh_buf_str(&sampler->layout.plain), 0, SAMPLE_BYTES_MAX));
    return KH_OK;
}

/* ---- training ---- */

/* The trainer that has a stable interface tries five sizes of segments, each on a part
 * of the samples, packs the rest with it, and takes five times as long (.02 to .05 of
 * a build). It is asked where the library is of another version than the one this was
 * built with, since the parameters of the other are promised to nobody. */
static size_t train_bytes(void *room, size_t bytes, const samples *s)
{
    ZDICT_fastCover_params_t with = {
        .k = SEGMENT_BYTES,
        .d = DMER_BYTES,
        .f = COUNTS_LOG,
        .accel = 1,
        .zParams = { .compressionLevel = KH_RECORD_LEVEL },
    };
    bool is_known = ZDICT_trainFromBuffer_fastCover != NULL &&
                    ZSTD_versionNumber() == ZSTD_VERSION_NUMBER;
    return is_known ? ZDICT_trainFromBuffer_fastCover(room, bytes, s->bytes.ptr,
                                                      s->sizes, (unsigned)s->n, with)
                    : ZDICT_trainFromBuffer(room, bytes, s->bytes.ptr, s->sizes,
                                            (unsigned)s->n);
}

/* A dictionary of samples; false where it does not pay. */
static bool train(kh_dictionaries *out, const samples *s)
{
    size_t bytes = s->bytes.len / DICTIONARY_SHARE;
    if (bytes > DICTIONARY_BYTES)
        bytes = DICTIONARY_BYTES;
    if (s->n < SAMPLES_MIN || bytes < DICTIONARY_MIN)
        return false;
    kh_buf *room = &out->all[out->n];
    kh_buf_reserve(room, bytes);
    size_t made = train_bytes(room->ptr, bytes, s);
    if (ZDICT_isError(made)) /* nothing repeats */
        return false;
    room->len = made;
    out->n++;
    return true;
}

/* One for all languages that have none. */
static bool train_shared(kh_dictionaries *out, const kh_sampler *sampler)
{
    samples all = { 0 };
    kh_buf_init(&all.bytes, KH_BUF_MAX);
    for (size_t lang = 0; lang < KH_COUNT_OF(out->of); lang++) {
        const samples *s = &sampler->of[lang];
        const char *at = s->bytes.ptr;
        for (size_t i = 0; i < s->n && out->of[lang] == KH_DICTIONARY_NONE; i++) {
            add_sample(&all, kh_str_make(at, s->sizes[i]));
            at += s->sizes[i];
        }
    }
    bool is_made = out->n < KH_DICTIONARIES_MAX && train(out, &all);
    release_samples(&all);
    return is_made;
}

/* The dictionary of the language with most samples. */
static uint8_t largest(const kh_dictionaries *dictionaries, const kh_sampler *sampler)
{
    uint8_t best = KH_DICTIONARY_NONE;
    size_t most = 0;
    for (size_t lang = 0; lang < KH_COUNT_OF(dictionaries->of); lang++)
        if (dictionaries->of[lang] != KH_DICTIONARY_NONE &&
            sampler->of[lang].n > most) {
            most = sampler->of[lang].n;
            best = dictionaries->of[lang];
        }
    return best;
}

kh_status kh_sampler_train(kh_dictionaries *out, kh_sampler *sampler, kh_error *err)
{
    for (size_t lang = 0; lang < KH_COUNT_OF(out->of); lang++)
        if (train(out, &sampler->of[lang]))
            out->of[lang] = (uint8_t)(out->n - 1);
    uint8_t others = largest(out, sampler);
    if (train_shared(out, sampler))
        others = (uint8_t)(out->n - 1);
    for (size_t lang = 0; lang < KH_COUNT_OF(out->of); lang++)
        if (out->of[lang] == KH_DICTIONARY_NONE)
            out->of[lang] = others;
    for (size_t i = 0; i < out->n; i++) {
        kh_str bytes = kh_buf_str(&out->all[i]);
        out->made[i] = ZSTD_createCDict(bytes.ptr, bytes.len, KH_RECORD_LEVEL);
        if (out->made[i] == NULL)
            return kh_fail(err, KH_ERR_LIMIT, "cannot use a dictionary");
    }
    return KH_OK;
}
