/* written - a word as it is written, so that only spellings differ, not their bytes. */
#include "text/fold.h"

#include <assert.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/alloc.h"
#include "base/utf8.h"

#include "fold_internal.h"

/* NFKC makes at most 18 code points of one (U+FDFA). */
#define EXPANSION_MAX 18

void kh_fold_written(kh_buf *out, kh_str word)
{
    if (kh_is_ascii(word)) {
        kh_buf_add(out, word);
        return;
    }
    int32_t capacity = (int32_t)word.len * (EXPANSION_MAX + 1) + 1;
    UChar *units = kh_alloc((size_t)capacity * sizeof(UChar));
    UChar *composed = units + word.len;
    UErrorCode icu = U_ZERO_ERROR;
    int32_t n = 0;
    u_strFromUTF8WithSub(units, (int32_t)word.len, &n, word.ptr, (int32_t)word.len,
                         KH_UTF8_BAD, NULL, &icu);
    icu = icu == U_STRING_NOT_TERMINATED_WARNING ? U_ZERO_ERROR : icu;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&icu);
    n = unorm2_normalize(nfkc, units, n, composed, capacity - (int32_t)word.len, &icu);
    assert(U_SUCCESS(icu));
    for (int32_t i = 0; i < n;)
        kh_add_unified(out, kh_utf16_next(composed, n, &i));
    kh_free(units);
}

bool kh_has_capital(kh_str word)
{
    for (size_t at = 0; at < word.len;) {
        UChar32 c = (UChar32)kh_utf8_next(word, &at);
        if (u_isUUppercase(c) || u_istitle(c))
            return true;
    }
    return false;
}
