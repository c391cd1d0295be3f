/* language - what analysis has to know of a language, and how codes name one. */
#include "text/language.h"

#include <stdlib.h>

#include <unicode/uloc.h>

#include "language_table.h"

const kh_language *kh_language_neutral(void)
{
    return &kh_language_rows[kh_language_n_rows];
}

static int compare_row(const void *key, const void *row)
{
    const kh_language *language = row;
    return kh_str_compare(*(const kh_str *)key, kh_str_from(language->code));
}

const kh_language *kh_language_find(kh_str code)
{
    const kh_language *row = bsearch(&code, kh_language_rows, kh_language_n_rows,
                                     sizeof(kh_language_rows[0]), compare_row);
    return row ? row : kh_language_neutral();
}

const kh_language *kh_language_table(size_t *n)
{
    *n = kh_language_n_rows;
    return kh_language_rows;
}

size_t kh_language_number(const kh_language *language)
{
    return (size_t)(language - kh_language_rows);
}

#define SUBTAG_MAX 8 /* letters or digits; BCP 47 */

/* Copy the first subtag in lower case. False if the name is not made of subtags: 2 or
 * 3 letters, then 1 to 8 letters or digits each; what stands behind "." or "@" is
 * POSIX's and does not count. */
static bool read_primary(char out[4], kh_str name)
{
    size_t n_primary = 0;
    size_t n_letters = 0;
    bool is_primary = true;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (n_letters > 0 && (c == '.' || c == '@'))
            break;
        if (c == '-' || c == '_') {
            if (n_letters == 0)
                return false;
            is_primary = false;
            n_letters = 0;
            continue;
        }
        if (!is_letter && (is_primary || c < '0' || c > '9'))
            return false;
        if (++n_letters > (is_primary ? 3 : SUBTAG_MAX))
            return false;
        if (is_primary)
            out[n_primary++] = (char)(c | 0x20);
    }
    out[n_primary] = '\0';
    return n_primary >= 2 && n_letters > 0;
}

static int compare_alias(const void *key, const void *entry)
{
    return strcmp(key, ((const kh_language_alias *)entry)->alias);
}

bool kh_language_code(kh_buf *out, kh_str name)
{
    char primary[4];
    if (!read_primary(primary, kh_str_trim(name)))
        return false;

    const kh_language_alias *alias =
        bsearch(primary, kh_language_aliases, kh_language_n_aliases,
                sizeof(kh_language_aliases[0]), compare_alias);
    if (alias || kh_language_find(kh_str_from(primary)) != kh_language_neutral()) {
        kh_buf_add(out, kh_str_from(alias ? alias->code : primary));
        return true;
    }
    char code[ULOC_LANG_CAPACITY];
    UErrorCode icu = U_ZERO_ERROR;
    (void)uloc_getLanguage(primary, code, (int32_t)sizeof(code), &icu);
    bool is_known = U_SUCCESS(icu) && uloc_getISO3Language(code)[0] != '\0';
    static const char *const none[] = { "mul", "mis", "zxx", "und" };
    for (size_t i = 0; i < KH_COUNT_OF(none); i++)
        is_known = is_known && strcmp(code, none[i]) != 0;
    if (is_known)
        kh_buf_add(out, kh_str_from(code));
    return is_known;
}
