/* strip - the accents of Latin, Greek and Cyrillic letters off a folded word, and
 * traditional Chinese characters as simplified ones. */
#include <assert.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

#include "fold_internal.h"
#include "han.h"

/* What the marks behind a letter belong to. */
typedef enum base_kind {
    BASE_NONE,  /* the beginning, or a script whose marks stay */
    BASE_PLAIN, /* Latin, Greek, Cyrillic, digits, signs: marks are accents */
} base_kind;

/* Letters that Unicode does not take apart, as people type them; NULL for others. */
static const char *respell(UChar32 c)
{
    switch (c) {
    case 0x00E6: /* ae */
        return "ae";
    case 0x00F0: /* eth */
    case 0x0111: /* d with stroke */
    case 0x0256: /* d with tail */
    case 0x0257: /* d with hook */
        return "d";
    case 0x00F8: /* o with stroke */
        return "o";
    case 0x00FE: /* thorn */
        return "th";
    case 0x0127: /* h with stroke */
        return "h";
    case 0x0131: /* dotless i */
        return "i";
    case 0x0142: /* l with stroke */
        return "l";
    case 0x0153: /* oe */
        return "oe";
    case 0x0167: /* t with stroke */
        return "t";
    case 0x0180: /* b with stroke, b with hook (Hausa) */
    case 0x0253:
        return "b";
    case 0x0199: /* k with hook */
        return "k";
    case 0x01B4: /* y with hook */
        return "y";
    case 0x02BB: /* turned comma, half rings: okina, ayn, hamza of transliterations */
    case 0x02BD:
    case 0x02BE:
    case 0x02BF:
        return "";
    case 0x0451: /* Cyrillic io, mostly written ie */
        return "\xD0\xB5";
    default:
        return NULL;
    }
}

/* Marks that stand on Latin, Greek and Cyrillic letters. */
static bool is_accent(UChar32 c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0487) ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

static base_kind base_of(UScriptCode script)
{
    switch (script) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_COMMON:
        return BASE_PLAIN;
    default:
        return BASE_NONE;
    }
}

static void add_respelled(kh_buf *out, UChar32 c)
{
    const char *instead = respell(c);
    if (instead)
        kh_buf_add(out, kh_str_from(instead));
    else
        kh_buf_add_code_point(out, (uint32_t)c);
}

/* A Latin or Greek letter taken apart, without its accents. */
static void add_decomposed(kh_buf *out, UChar32 c, const UNormalizer2 *nfd)
{
    UChar parts[32];
    UErrorCode icu = U_ZERO_ERROR;
    int32_t n =
        unorm2_getDecomposition(nfd, c, parts, (int32_t)KH_COUNT_OF(parts), &icu);
    if (n < 0 || U_FAILURE(icu)) {
        add_respelled(out, c);
        return;
    }
    for (int32_t i = 0; i < n;) {
        UChar32 part = kh_utf16_next(parts, n, &i);
        if (!is_accent(part))
            add_respelled(out, part);
    }
}

void kh_strip_accents(kh_buf *out, kh_str folded)
{
    if (kh_is_ascii(folded)) {
        kh_buf_add(out, folded);
        return;
    }
    UErrorCode icu = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&icu);
    assert(U_SUCCESS(icu));

    base_kind base = BASE_NONE;
    for (size_t at = 0; at < folded.len;) {
        UChar32 c = (UChar32)kh_utf8_next(folded, &at);
        if (c < 0x80) {
            kh_buf_add_char(out, (char)c);
            base = BASE_PLAIN;
            continue;
        }
        UScriptCode script = uscript_getScript(c, &icu);
        if (script == USCRIPT_INHERITED || is_accent(c)) {
            if (base == BASE_NONE || !is_accent(c))
                kh_buf_add_code_point(out, (uint32_t)c);
            continue;
        }
        base = base_of(script);
        if (script == USCRIPT_LATIN || script == USCRIPT_GREEK)
            add_decomposed(out, c, nfd);
        else if (script == USCRIPT_HAN)
            kh_buf_add_code_point(out, kh_simplified((uint32_t)c));
        else
            add_respelled(out, c);
    }
}
