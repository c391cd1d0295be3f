/* make_han_table - write lib/text/han_table.c from ICU's Traditional-Simplified.
 *
 *   cc scripts/make_han_table.c -Iinclude -o /tmp/make -licui18n -licuuc && /tmp/make \
 *       > lib/text/han_table.c
 *
 * Run it again for a new release of ICU, together with a new KH_ANALYSIS_VERSION. */
#include <stdint.h>
#include <stdio.h>

#include <unicode/utrans.h>
#include <unicode/uversion.h>

#include "../lib/text/han.h"

static UTransliterator *simplify;

/* What ICU makes of a character that stands alone. */
static UChar32 simplified(UChar32 c)
{
    UErrorCode icu = U_ZERO_ERROR;
    UChar units[8] = { (UChar)c };
    int32_t len = 1;
    int32_t limit = 1;
    utrans_transUChars(simplify, units, &len, 8, 0, &limit, &icu);
    return U_SUCCESS(icu) && len == 1 ? units[0] : c;
}

/* Again until nothing changes, so that what is folded is folded; of characters that
 * become each other, the first. */
static UChar32 target(UChar32 c)
{
    UChar32 next;
    for (int i = 0; i < 4 && (next = simplified(c)) != c; i++) {
        if (simplified(next) == c)
            return c < next ? c : next;
        c = next;
    }
    return c;
}

int main(void)
{
    UErrorCode icu = U_ZERO_ERROR;
    const UChar id[] = u"Traditional-Simplified";
    simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &icu);
    if (U_FAILURE(icu))
        return 1;

    static uint64_t changes[KH_HAN_BLOCKS];
    static unsigned before[KH_HAN_BLOCKS];
    static UChar32 targets[KH_HAN_BLOCKS * 64];
    unsigned n = 0;
    for (unsigned block = 0; block < KH_HAN_BLOCKS; block++) {
        before[block] = n;
        for (unsigned i = 0; i < 64; i++) {
            UChar32 c = (UChar32)(KH_HAN_FIRST + block * 64 + i);
            if (target(c) == c)
                continue;
            changes[block] |= UINT64_C(1) << i;
            targets[n++] = target(c);
        }
    }

    printf("/* han_table - by scripts/make_han_table.c, of ICU %s, whose rules are "
           "Unicode's data;\n * do not edit. */\n#include \"han.h\"\n\n"
           "/* clang-format off */\nconst uint64_t kh_han_changes[KH_HAN_BLOCKS] = {",
           U_ICU_VERSION);
    for (unsigned i = 0; i < KH_HAN_BLOCKS; i++)
        printf("%s0x%llX,", i % 6 ? "" : "\n    ", (unsigned long long)changes[i]);
    printf("\n};\n\nconst uint16_t kh_han_before[KH_HAN_BLOCKS] = {");
    for (unsigned i = 0; i < KH_HAN_BLOCKS; i++)
        printf("%s%u,", i % 20 ? "" : "\n    ", before[i]);
    printf("\n};\n\nconst uint16_t kh_han_simplified[%u] = {", n);
    for (unsigned i = 0; i < n; i++)
        printf("%s0x%04X,", i % 14 ? "" : "\n    ", (unsigned)targets[i]);
    printf("\n};\n");
    utrans_close(simplify);
    return 0;
}
