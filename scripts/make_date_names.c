/* make_date_names - writes lib/article/date_names.c from ICU's (CLDR's) names of months
 * and weekdays, folded as lib/text folds them.
 *
 *   cc -Iinclude scripts/make_date_names.c ... && ./make_date_names >
 * lib/article/date_names.c
 *
 * Link with kh_text, kh_base and ICU. Run it again when CLDR or folding changes. */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/language.h"

typedef struct entry {
    char *name;
    char code[16];
    unsigned month;
} entry;

static entry *entries;
static size_t n_entries, capacity;

static void add_folded(kh_str name, const char *code, unsigned month)
{
    if (name.len == 0)
        return;
    entry *e = &KH_PUSH(entries, n_entries, capacity);
    e->name = kh_str_dup(name);
    snprintf(e->code, sizeof(e->code), "%s", code);
    e->month = month;
}

/* Names with digits are read as numbers; of weekdays each word is one. */
static void add(kh_str name, const char *code, unsigned month)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, 1000);
    kh_fold_phrase(&folded, name);
    kh_str s = kh_buf_str(&folded);
    size_t n_spaces = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = kh_utf8_next(s, &at);
        if (u_isdigit((UChar32)c))
            return;
        n_spaces += c == ' ';
    }
    if (kh_utf8_count(s) < 2 || (month > 0 && n_spaces > 1))
        return;
    if (month > 0) {
        add_folded(s, code, month);
        return;
    }
    for (size_t from = 0; from <= s.len;) {
        size_t to = kh_str_find(s, KH_STR(" "), from);
        to = to > s.len ? s.len : to;
        add_folded(kh_str_slice(s, from, to), code, 0);
        from = to + 1;
    }
}

static void add_symbols(const char *locale, const char *code,
                        UDateFormatSymbolType type, bool is_month)
{
    UErrorCode icu = U_ZERO_ERROR;
    char full[80];
    snprintf(full, sizeof(full), "%s@calendar=gregorian", locale);
    UDateFormat *format = udat_open(UDAT_NONE, UDAT_FULL, full, NULL, 0, NULL, 0, &icu);
    int32_t n = udat_countSymbols(format, type);
    for (int32_t i = is_month ? 0 : 1; i < n; i++) {
        UChar wide[100];
        char utf8[300];
        int32_t len = 0;
        udat_getSymbols(format, type, i, wide, 100, &icu);
        u_strToUTF8(utf8, sizeof(utf8), &len, wide, -1, &icu);
        if (U_SUCCESS(icu))
            add(kh_str_make(utf8, (size_t)len), code, is_month ? (unsigned)i + 1 : 0);
    }
    udat_close(format);
}

static void add_locale(const char *locale)
{
    static const UDateFormatSymbolType months[] = { UDAT_MONTHS, UDAT_SHORT_MONTHS,
                                                    UDAT_STANDALONE_MONTHS,
                                                    UDAT_STANDALONE_SHORT_MONTHS };
    static const UDateFormatSymbolType days[] = { UDAT_WEEKDAYS, UDAT_SHORT_WEEKDAYS,
                                                  UDAT_STANDALONE_WEEKDAYS,
                                                  UDAT_STANDALONE_SHORT_WEEKDAYS };
    KH_AUTO_BUF code;
    kh_buf_init(&code, 100);
    if (!kh_language_code(&code, kh_str_from(locale)))
        return;
    for (size_t i = 0; i < KH_COUNT_OF(months); i++) {
        add_symbols(locale, kh_buf_text(&code), months[i], true);
        add_symbols(locale, kh_buf_text(&code), days[i], false);
    }
}

/* Spellings that papers use and CLDR does not have. */
static void add_more(void)
{
    static const struct {
        const char *code;
        const char *names[12];
    } more[] = {
        { "en", { NULL, NULL, NULL, NULL, NULL, "june", "july", NULL, "sept" } },
        { "hi",
          { "\u091c\u0928\u0935\u0930\u0940", "\u092b\u0930\u0935\u0930\u0940", NULL,
            "\u0905\u092a\u094d\u0930\u0947\u0932", NULL, NULL, NULL, NULL,
            "\u0938\u093f\u0924\u092e\u094d\u092c\u0930",
            "\u0905\u0915\u094d\u0924\u0942\u092c\u0930",
            "\u0928\u0935\u092e\u094d\u092c\u0930",
            "\u0926\u093f\u0938\u092e\u094d\u092c\u0930" } },
        { "bn",
          { "\u099c\u09be\u09a8\u09c1\u09df\u09be\u09b0\u09c0",
            "\u09ab\u09c7\u09ac\u09cd\u09b0\u09c1\u09df\u09be\u09b0\u09c0" } },
        { "eu",
          { "urtarrilaren", "otsailaren", "martxoaren", "apirilaren", "maiatzaren",
            "ekainaren", "uztailaren", "abuztuaren", "irailaren", "urriaren",
            "azaroaren", "abenduaren" } },
        { "el",
          { NULL, NULL, NULL, NULL, NULL, "\u03b9\u03bf\u03cd\u03bd",
            "\u03b9\u03bf\u03cd\u03bb" } },
    };
    for (size_t i = 0; i < KH_COUNT_OF(more); i++)
        for (unsigned month = 0; month < 12; month++)
            if (more[i].names[month])
                add(kh_str_from(more[i].names[month]), more[i].code, month + 1);
}

static int compare(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = strcmp(x->name, y->name);
    if (order == 0)
        order = (int)x->month - (int)y->month;
    return order != 0 ? order : strcmp(x->code, y->code);
}

int main(void)
{
    size_t n_rows;
    const kh_language *rows = kh_language_table(&n_rows);
    for (size_t i = 0; i < n_rows; i++)
        add_locale(rows[i].code);
    static const char *const others[] = {
        "nb",      "nn",      "fil",     "am",      "ti",    "so",    "ha",
        "yo",      "ig",      "rw",      "rn",      "ln",    "lg",    "sn",
        "zu",      "xh",      "om",      "ckb",     "mn",    "ms",    "kok",
        "mai",     "sd",      "ar_SY",   "ar_LB",   "ar_DZ", "ar_TN", "ar_MA",
        "ar_SA",   "de_AT",   "pt_PT",   "es_MX",   "es_PE", "fr_CA", "sr_Latn",
        "bs_Cyrl", "uz_Cyrl", "az_Cyrl", "pa_Arab", "en_GB", "en_AU", "en_CA",
        "en_IN",   "it_CH"
    };
    for (size_t i = 0; i < KH_COUNT_OF(others); i++)
        add_locale(others[i]);
    add_more();
    qsort(entries, n_entries, sizeof(*entries), compare);

    printf("/* date_names - names of months and weekdays. Generated by\n"
           " * scripts/make_date_names.c from CLDR %s: do not edit. */\n"
           "#include \"date_internal.h\"\n\n#include \"base/decls.h\"\n\n"
           "/* clang-format off */\nconst kh_date_name kh_date_names[] = {\n",
           "42");
    for (size_t i = 0; i < n_entries;) {
        const entry *e = &entries[i];
        printf("    { \"%s\", \" ", e->name);
        size_t j = i;
        for (; j < n_entries && strcmp(entries[j].name, e->name) == 0 &&
               entries[j].month == e->month;
             j++)
            if (j == i || strcmp(entries[j].code, entries[j - 1].code) != 0)
                printf("%s ", entries[j].code);
        printf("\", %u },\n", e->month);
        i = j;
    }
    printf("};\n/* clang-format on */\n\n"
           "const size_t kh_date_n_names = KH_COUNT_OF(kh_date_names);\n");
    return 0;
}
