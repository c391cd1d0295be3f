/* unpacker - frames of the file `rest`, unpacked. */
#include "unpacker.h"

#include "base/alloc.h"

/* zstd makes at most 128 KiB of a block of 3 bytes: no frame can grow more. */
#define GROWTH_MAX 45000u

void kh_unpacker_init(kh_unpacker *unpacker)
{
    *unpacker = (kh_unpacker){ 0 };
    kh_buf_init(&unpacker->frame, KH_BUF_MAX);
}

void kh_unpacker_release(kh_unpacker *unpacker)
{
    for (size_t i = 0; i < KH_COUNT_OF(unpacker->dictionaries); i++)
        ZSTD_freeDDict(unpacker->dictionaries[i]);
    ZSTD_freeDCtx(unpacker->zstd);
    kh_buf_release(&unpacker->frame);
}

/* What zstd calls a frame. */
static kh_str complete(kh_unpacker *unpacker, kh_str frame)
{
    kh_buf_reset(&unpacker->frame);
    kh_buf_add_u32(&unpacker->frame, ZSTD_MAGICNUMBER);
    kh_buf_add(&unpacker->frame, frame);
    return kh_buf_str(&unpacker->frame);
}

/* The dictionary of a language, made once; NULL: it has none, or *fault. */
static const ZSTD_DDict *dictionary_of(kh_unpacker *unpacker, const kh_wordlist *words,
                                       uint32_t lang, const char **fault)
{
    uint8_t number = words->dictionary_of[lang];
    if (number == KH_DICTIONARY_NONE)
        return NULL;
    ZSTD_DDict **slot = &unpacker->dictionaries[number];
    if (*slot != NULL)
        return *slot;
    kh_str bytes = kh_wordlist_dictionary(words, number);
    if (bytes.len > 0)
        *slot = ZSTD_createDDict(bytes.ptr, bytes.len);
    if (*slot == NULL)
        *fault = "its dictionary is damaged";
    return *slot;
}

static void make_room(kh_rest *rest, size_t n_bytes)
{
    if (n_bytes + 1 <= rest->capacity)
        return;
    kh_free(rest->plain);
    rest->capacity = n_bytes + n_bytes / 4 + 4096;
    rest->plain = kh_alloc(rest->capacity);
}

const char *kh_unpack(kh_unpacker *unpacker, kh_rest *rest, const kh_wordlist *words,
                      uint32_t lang, kh_str frame)
{
    const char *fault = NULL;
    const ZSTD_DDict *dictionary = dictionary_of(unpacker, words, lang, &fault);
    if (fault != NULL)
        return fault;
    if (unpacker->zstd == NULL)
        unpacker->zstd = ZSTD_createDCtx();
    if (unpacker->zstd == NULL)
        return "out of memory";
    kh_str whole = complete(unpacker, frame);
    unsigned long long bytes = ZSTD_getFrameContentSize(whole.ptr, whole.len);
    if (bytes > KH_REST_MAX || bytes > (uint64_t)whole.len * GROWTH_MAX)
        return "no frame of known size";
    make_room(rest, (size_t)bytes);
    size_t got =
        dictionary != NULL
            ? ZSTD_decompress_usingDDict(unpacker->zstd, rest->plain, rest->capacity,
                                         whole.ptr, whole.len, dictionary)
            : ZSTD_decompressDCtx(unpacker->zstd, rest->plain, rest->capacity,
                                  whole.ptr, whole.len);
    if (ZSTD_isError(got))
        return ZSTD_getErrorName(got);
    return got == bytes && kh_rest_read(rest, (size_t)bytes) ? NULL
                                                             : "its parts do not fit";
}
