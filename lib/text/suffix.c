/* suffix - a Turkish ending that an apostrophe keeps apart from a name: Ankara'daki.
 *
 * An apostrophe stands inside words as well (Kur'an, O'Brien), so what is behind it
 * must be made as endings are: parts of a few slots, one after the other. Vowels and
 * consonants that change with the word before stand as capitals:
 *
 *   A  a e (and schwa, in Azerbaijani)   I  i, dotless i, u, u umlaut
 *   C  c, c cedilla      D  d t      G  g, soft g
 *
 * Source: order of nominal endings as grammars have it, e.g. Goksel and Kerslake,
 * Turkish: A Comprehensive Grammar (2005), chapter 8; the list is written for khabar.
 */
#include "base/decls.h"
#include "base/utf8.h"
#include "text/fold.h"

#define LETTERS_MAX 24u /* of an ending; what is longer is none */

/* In the order in which they follow each other. */
typedef enum slot {
    SLOT_NONE,
    SLOT_DERIVED, /* may come again: CHP'lilik */
    SLOT_PLURAL,
    SLOT_OWNER,
    SLOT_CASE,
    SLOT_KI,     /* behind a case only; all but derivation may follow it */
    SLOT_COPULA, /* may come again: dadirlar */
    N_SLOTS,
} slot;

/* clang-format off */
static const struct {
    const char *letters;
    slot slot;
} endings[] = {
    { "lI", SLOT_DERIVED }, { "sIz", SLOT_DERIVED }, { "CI", SLOT_DERIVED },
    { "lIk", SLOT_DERIVED }, { "lIG", SLOT_DERIVED }, { "gil", SLOT_DERIVED },
    { "IncI", SLOT_DERIVED }, { "ncI", SLOT_DERIVED },
    { "lAr", SLOT_PLURAL },
    { "I", SLOT_OWNER }, { "sI", SLOT_OWNER }, { "Im", SLOT_OWNER },
    { "m", SLOT_OWNER }, { "In", SLOT_OWNER }, { "ImIz", SLOT_OWNER },
    { "mIz", SLOT_OWNER }, { "InIz", SLOT_OWNER }, { "nIz", SLOT_OWNER },
    { "I", SLOT_CASE }, { "yI", SLOT_CASE }, { "nI", SLOT_CASE },
    { "A", SLOT_CASE }, { "yA", SLOT_CASE }, { "nA", SLOT_CASE },
    { "In", SLOT_CASE }, { "nIn", SLOT_CASE }, { "yIn", SLOT_CASE },
    { "DA", SLOT_CASE }, { "nDA", SLOT_CASE }, { "DAn", SLOT_CASE },
    { "nDAn", SLOT_CASE }, { "lA", SLOT_CASE }, { "ylA", SLOT_CASE },
    { "CA", SLOT_CASE }, { "nCA", SLOT_CASE },
    { "kI", SLOT_KI },
    { "DIr", SLOT_COPULA }, { "DI", SLOT_COPULA }, { "yDI", SLOT_COPULA },
    { "mIs", SLOT_COPULA }, { "ymIs", SLOT_COPULA }, { "sA", SLOT_COPULA },
    { "ysA", SLOT_COPULA }, { "ken", SLOT_COPULA }, { "yken", SLOT_COPULA },
    { "yIm", SLOT_COPULA }, { "sIn", SLOT_COPULA }, { "Iz", SLOT_COPULA },
    { "yIz", SLOT_COPULA }, { "lAr", SLOT_COPULA },
};
/* clang-format on */

/* A letter as it is compared: one capital for all that may stand for each other. */
static char class_of(uint32_t c)
{
    switch (c) {
    case 'a':
    case 'e':
    case 0x0259: /* schwa */
        return 'A';
    case 'i':
    case 'u':
    case 0x0131: /* dotless i */
    case 0xFC:   /* u umlaut */
        return 'I';
    case 'c':
    case 0xE7: /* c cedilla */
        return 'C';
    case 'd':
    case 't':
        return 'D';
    case 'g':
    case 0x011F: /* soft g */
        return 'G';
    case 's':
    case 0x015F: /* s cedilla */
        return 'S';
    default:
        return c > 'a' && c <= 'z' ? (char)c : 0;
    }
}

/* Where the letters of an ending end if they stand at `at`; 0 if they do not. */
static size_t match(const char *ending, const char *classes, size_t n, size_t at)
{
    for (; *ending != '\0'; ending++, at++) {
        bool is_class = *ending >= 'A' && *ending <= 'Z';
        char wanted = is_class ? *ending : class_of((unsigned char)*ending);
        if (at == n || classes[at] != wanted)
            return 0;
    }
    return at;
}

static bool may_follow(slot before, slot next)
{
    if (before == SLOT_KI)
        return next > SLOT_DERIVED && next != SLOT_KI;
    if (next == SLOT_KI)
        return before == SLOT_CASE;
    bool may_repeat = next == SLOT_DERIVED || next == SLOT_COPULA;
    return next > before || (may_repeat && next == before);
}

/* Whether a folded text is nothing but endings. */
static bool is_suffix(kh_str text)
{
    char classes[LETTERS_MAX];
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++) {
        if (n == LETTERS_MAX)
            return false;
        classes[n] = class_of(kh_utf8_next(text, &at));
        if (classes[n] == 0)
            return false;
    }

    unsigned reached[LETTERS_MAX + 1] = { 1u << SLOT_NONE }; /* by letters: slots */
    for (size_t at = 0; at < n; at++)
        for (size_t i = 0; i < KH_COUNT_OF(endings) && reached[at] != 0; i++) {
            size_t end = match(endings[i].letters, classes, n, at);
            for (unsigned before = 0; end > 0 && before < N_SLOTS; before++)
                if ((reached[at] >> before & 1u) != 0 &&
                    may_follow((slot)before, endings[i].slot))
                    reached[end] |= 1u << endings[i].slot;
        }
    return n > 0 && reached[n] != 0;
}

kh_str kh_without_suffix(kh_str folded, const kh_language *language)
{
    if (!language->is_dotless_i)
        return folded;
    for (size_t at = 1; at < folded.len; at++)
        if (folded.ptr[at] == '\'' &&
            is_suffix(kh_str_slice(folded, at + 1, folded.len)))
            return kh_str_slice(folded, 0, at);
    return folded;
}

void kh_fold_form(kh_buf *out, kh_str folded, const kh_language *language)
{
    size_t from = out->len;
    folded = kh_without_suffix(folded, language);
    kh_strip_accents(out, folded);
    if (out->len == from)
        kh_buf_add(out, folded);
}
