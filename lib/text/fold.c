/* fold - one spelling for what readers take as the same word. */
#include "text/fold.h"

#include <assert.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/alloc.h"
#include "base/utf8.h"

#include "fold_internal.h"
#include "words_internal.h"

/* Longer texts are folded in slices, cut at spaces, so that ICU's int32_t lengths and
 * our memory stay small. */
#define SLICE_BYTES ((size_t)1 << 20)

#define STACK_UNITS 1024

/* UTF-16 on the stack for words, on the heap for more. */
typedef struct units {
    UChar *ptr;
    int32_t len;
    int32_t capacity;
    UChar stack[STACK_UNITS];
} units;

static void units_reserve(units *u, int32_t capacity)
{
    u->ptr = u->stack;
    u->capacity = STACK_UNITS;
    if (capacity > STACK_UNITS) {
        u->ptr = kh_alloc((size_t)capacity * sizeof(UChar));
        u->capacity = capacity;
    }
}

static void units_release(units *u)
{
    if (u->ptr != u->stack)
        kh_free(u->ptr);
}

/* out = what the normalizer makes of in. */
static void units_normalize(units *out, const units *in, const UNormalizer2 *norm)
{
    units_reserve(out, in->len + in->len / 2);
    for (;;) {
        UErrorCode icu = U_ZERO_ERROR;
        out->len =
            unorm2_normalize(norm, in->ptr, in->len, out->ptr, out->capacity, &icu);
        if (icu != U_BUFFER_OVERFLOW_ERROR) {
            assert(U_SUCCESS(icu));
            return;
        }
        units_release(out);
        units_reserve(out, out->len + 1);
    }
}

/* Turkish and Azerbaijani: I is the capital of dotless i, I with dot that of i. */
static void fold_dotless(units *u)
{
    for (int32_t i = 0; i < u->len; i++) {
        if (u->ptr[i] == 'I')
            u->ptr[i] = 0x0131;
        else if (u->ptr[i] == 0x0130)
            u->ptr[i] = 'i';
    }
}

/* Letters that several keyboards write in several ways, and a few signs. Everything
 * else, 0. docs/analysis.md, section 3. */
static const char *unify(UChar32 c)
{
    switch (c) {
    case 0x2018: /* curly single quotes, modifier apostrophe */
    case 0x2019:
    case 0x02BC:
    case 0x05F3: /* Hebrew geresh */
        return "'";
    case 0x05F4: /* Hebrew gershayim */
        return "\"";
    case 0x0450: /* Cyrillic ie and i with a stress mark */
        return "\xD0\xB5";
    case 0x045D:
        return "\xD0\xB8";
    case 0x0622: /* alef with madda, hamza above, hamza below, wasla -> alef */
    case 0x0623:
    case 0x0625:
    case 0x0671:
        return "\xD8\xA7";
    case 0x0649: /* alef maksura, Farsi yeh -> yeh */
    case 0x06CC:
        return "\xD9\x8A";
    case 0x06A9: /* keheh -> kaf */
        return "\xD9\x83";
    case 0x0629: /* teh marbuta -> heh */
        return "\xD9\x87";
    case 0x0640: /* tatweel */
    case 0x0E2F: /* Thai: the sign of a shortened name, and of a word said twice */
    case 0x0E46:
        return "";
    case 0x09CE: /* Bengali khanda ta -> ta, virama */
        return "\xE0\xA6\xA4\xE0\xA7\x8D";
    case 0x0D7A: /* Malayalam chillus -> letter, virama */
        return "\xE0\xB4\xA3\xE0\xB5\x8D";
    case 0x0D7B:
        return "\xE0\xB4\xA8\xE0\xB5\x8D";
    case 0x0D7C:
        return "\xE0\xB4\xB0\xE0\xB5\x8D";
    case 0x0D7D:
        return "\xE0\xB4\xB2\xE0\xB5\x8D";
    case 0x0D7E:
        return "\xE0\xB4\xB3\xE0\xB5\x8D";
    case 0x0D7F:
        return "\xE0\xB4\x95\xE0\xB5\x8D";
    default:
        return NULL;
    }
}

static bool is_harakat(UChar32 c)
{
    return (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) ||
           c == 0x0670 ||
           (c >= 0x06D6 && c <= 0x06ED && u_charType(c) == U_NON_SPACING_MARK) ||
           (c >= 0x0898 && c <= 0x08FF && u_charType(c) == U_NON_SPACING_MARK);
}

/* Stress marks of dictionaries and of careful writers; those that make another letter
 * are part of it by now. */
static bool is_stress(UChar32 c)
{
    return c == 0x0300 || c == 0x0301;
}

static bool is_cyrillic(UChar32 c)
{
    return c >= 0x0400 && c <= 0x052F;
}

void kh_add_unified(kh_buf *out, UChar32 c)
{
    if (c < 0x80) {
        kh_buf_add_char(out, (char)c);
        return;
    }
    const char *instead = unify(c);
    if (instead)
        kh_buf_add(out, kh_str_from(instead));
    else if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
        kh_buf_add_char(out, (char)('0' + u_charDigitValue(c)));
    else if (!is_harakat(c))
        kh_buf_add_code_point(out, (uint32_t)c);
}

static void fold_slice(kh_buf *out, kh_str text, bool is_dotless_i)
{
    UErrorCode icu = U_ZERO_ERROR;
    units written, folded;
    units_reserve(&written, (int32_t)text.len + 1);
    u_strFromUTF8WithSub(written.ptr, written.capacity, &written.len, text.ptr,
                         (int32_t)text.len, KH_UTF8_BAD, NULL, &icu);
    assert(U_SUCCESS(icu));

    if (is_dotless_i) {
        units composed;
        units_normalize(&composed, &written, unorm2_getNFCInstance(&icu));
        fold_dotless(&composed);
        units_normalize(&folded, &composed, unorm2_getNFKCCasefoldInstance(&icu));
        units_release(&composed);
    } else {
        units_normalize(&folded, &written, unorm2_getNFKCCasefoldInstance(&icu));
    }

    UChar32 before = 0;
    for (int32_t i = 0; i < folded.len;) {
        UChar32 c = kh_utf16_next(folded.ptr, folded.len, &i);
        if (kh_is_indic_unified(c))
            i += kh_unify_indic(&c, folded.ptr + i, folded.len - i);
        if (c != 0 && !(is_stress(c) && is_cyrillic(before)))
            kh_add_unified(out, c);
        before = c;
    }
    units_release(&written);
    units_release(&folded);
}

/* Where to end a slice of at most SLICE_BYTES: at the last space, or between code
 * points if there is none. */
static size_t slice_end(kh_str text)
{
    if (text.len <= SLICE_BYTES)
        return text.len;
    for (size_t at = SLICE_BYTES; at > 0; at--)
        if (text.ptr[at] == ' ')
            return at;
    size_t at = SLICE_BYTES;
    while (at > SLICE_BYTES - 4 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void fold_ascii(kh_buf *out, kh_str text)
{
    size_t from = out->len;
    kh_buf_add(out, text);
    for (size_t i = from; i < out->len; i++) {
        char c = out->ptr[i];
        out->ptr[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
}

void kh_fold_code_points(kh_buf *out, kh_str text, bool is_dotless_i)
{
    bool has_dotless = is_dotless_i && text.len > 0 && memchr(text.ptr, 'I', text.len);
    if (!has_dotless && kh_is_ascii(text)) {
        fold_ascii(out, text);
        return;
    }
    while (text.len > 0) {
        size_t end = slice_end(text);
        fold_slice(out, kh_str_slice(text, 0, end), is_dotless_i);
        text = kh_str_slice(text, end, text.len);
    }
}

void kh_fold(kh_buf *out, kh_str word, const kh_language *language)
{
    size_t from = out->len;
    kh_fold_code_points(out, word, language->is_dotless_i);
    if (out->len == from)
        return;
    kh_fold_number(out, from, language->has_decimal_comma);
    kh_fold_acronym(out, from);
}

/* Whether the dot at `at` stands between single letters: "u.s". */
static bool is_acronym_dot(kh_str s, size_t at)
{
    size_t before = at;
    size_t behind = at + 1;
    if (at == 0 || behind >= s.len)
        return false;
    if (!u_isalpha((UChar32)kh_utf8_previous(s, &before)) ||
        !u_isalpha((UChar32)kh_utf8_next(s, &behind)))
        return false;
    bool starts = before == 0 || !u_isalnum((UChar32)kh_utf8_previous(s, &before));
    return starts && (behind == s.len || !u_isalnum((UChar32)kh_utf8_next(s, &behind)));
}

static bool is_ascii_kept(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* kh_fold_phrase() of ASCII. */
static void phrase_ascii(kh_buf *out, kh_str s)
{
    bool is_gap = false;
    bool is_first = true;
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        while (at < s.len && is_ascii_kept(s.ptr[at]))
            at++;
        if (at > start) {
            if (is_gap && !is_first)
                kh_buf_add_char(out, ' ');
            fold_ascii(out, kh_str_slice(s, start, at));
            is_gap = false;
            is_first = false;
        } else if (s.ptr[at] != '.' || !is_acronym_dot(s, at)) {
            is_gap = true;
        }
        at += at == start;
    }
}

/* A space for each non-joiner that parts words: folding would drop it. */
static void part_words(kh_buf *out, kh_str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t found = kh_str_find(text, KH_STR(KH_NON_JOINER), at);
        if (found >= text.len) {
            kh_buf_add(out, kh_str_slice(text, at, text.len));
            return;
        }
        kh_buf_add(out, kh_str_slice(text, at, found));
        if (found > 0 && kh_is_seam(text, found))
            kh_buf_add_char(out, ' ');
        at = found + KH_NON_JOINER_BYTES;
    }
}

void kh_fold_phrase(kh_buf *out, kh_str text)
{
    if (kh_is_ascii(text)) {
        phrase_ascii(out, text);
        return;
    }
    KH_AUTO_BUF parted;
    KH_AUTO_BUF folded;
    KH_AUTO_BUF form;
    kh_buf_init(&parted, KH_BUF_MAX);
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_buf_init(&form, KH_BUF_MAX);
    if (kh_str_find(text, KH_STR(KH_NON_JOINER), 0) != SIZE_MAX) {
        part_words(&parted, text);
        text = kh_buf_str(&parted);
    }
    kh_fold_code_points(&folded, text, false);
    kh_strip_accents(&form, kh_buf_str(&folded));

    const uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    kh_str s = kh_buf_str(&form);
    bool is_gap = false;
    bool is_first = true;
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        uint32_t c = kh_utf8_next(s, &at);
        if (c == '.' && is_acronym_dot(s, start))
            continue;
        if (!(U_MASK(u_charType((UChar32)c)) & kept)) {
            is_gap = true;
            continue;
        }
        if (is_gap && !is_first)
            kh_buf_add_char(out, ' ');
        kh_buf_add(out, kh_str_slice(s, start, at));
        is_gap = false;
        is_first = false;
    }
}
