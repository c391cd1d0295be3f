/* make_word_classes - write lib/text/word_class_table.c from ICU's properties.
 *
 *   cc scripts/make_word_classes.c -Iinclude -o /tmp/make -licuuc && /tmp/make \
 *       > lib/text/word_class_table.c
 *
 * Run it again for a new release of Unicode, together with a new
 * KH_ANALYSIS_VERSION. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

#include "../lib/text/word_class.h"

static int n_blocks;
static char blocks[256][129];

/* The ranges of kh_is_character(), docs/analysis.md, section 2. */
static int is_character(UChar32 c)
{
    return c == 0x3005 || c == 0x3007 || (c >= 0x3021 && c <= 0x3029) ||
           (c >= 0x3031 && c <= 0x3035) || (c >= 0x3038 && c <= 0x303B) ||
           (c >= 0x3041 && c <= 0x3096) || (c >= 0x309D && c <= 0x309F) ||
           (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FF) ||
           (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x2E80 && c <= 0x2FDF) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9D) ||
           (c >= 0x17000 && c <= 0x18DFF) || (c >= 0x1AFF0 && c <= 0x1B2FF) ||
           (c >= 0x20000 && c <= 0x3FFFD);
}

static int class_of(UChar32 c)
{
    UErrorCode icu = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &icu);
    int wb = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
    int is_extend = wb == U_WB_EXTEND || wb == U_WB_FORMAT || wb == U_WB_ZWJ;
    if (is_character(c))
        return KH_CLASS_CHARACTER;
    if (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || wb == U_WB_KATAKANA ||
        u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || c == '@')
        return KH_CLASS_CUT;
    if (c == 0x202F)
        return KH_CLASS_NARROW_SPACE;
    if (c == ':' || c == 0xFE55 || c == 0xFF1A)
        return KH_CLASS_OTHER;
    if (is_extend)
        return KH_CLASS_EXTEND;
    if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
        return KH_CLASS_DICTIONARY;
    if (script == USCRIPT_HANGUL && (wb == U_WB_ALETTER))
        return KH_CLASS_HANGUL;
    switch (wb) {
    case U_WB_ALETTER:
        return KH_CLASS_LETTER;
    case U_WB_HEBREW_LETTER:
        return KH_CLASS_HEBREW;
    case U_WB_NUMERIC:
        return KH_CLASS_DIGIT;
    case U_WB_EXTENDNUMLET:
        return KH_CLASS_CONNECTOR;
    case U_WB_MIDLETTER:
        return KH_CLASS_MID_LETTER;
    case U_WB_MIDNUM:
        return KH_CLASS_MID_NUMBER;
    case U_WB_MIDNUMLET:
        return KH_CLASS_MID_BOTH;
    case U_WB_SINGLE_QUOTE:
        return KH_CLASS_SINGLE_QUOTE;
    case U_WB_DOUBLE_QUOTE:
        return KH_CLASS_DOUBLE_QUOTE;
    default:
        return KH_CLASS_OTHER;
    }
}

static int block_number(const char *block)
{
    for (int i = 0; i < n_blocks; i++)
        if (memcmp(blocks[i], block, 128) == 0)
            return i;
    memcpy(blocks[n_blocks], block, 128);
    return n_blocks++;
}

int main(void)
{
    static uint8_t index[0x110000 >> 7];
    for (UChar32 at = 0; at < 0x110000; at += 128) {
        char block[128];
        for (int i = 0; i < 128; i++)
            block[i] = (char)class_of(at + i);
        index[at >> 7] = (uint8_t)block_number(block);
    }

    printf("/* word_class_table - by scripts/make_word_classes.c, Unicode %s; do not "
           "edit. */\n"
           "#include \"word_class.h\"\n\n/* clang-format off */\n"
           "const uint8_t kh_word_class_index[0x110000 >> 7] = {",
           U_UNICODE_VERSION);
    for (int i = 0; i < 0x110000 >> 7; i++)
        printf("%s%d,", i % 32 ? "" : "\n    ", index[i]);
    printf("\n};\n\nconst char kh_word_class_blocks[][129] = {\n");
    for (int i = 0; i < n_blocks; i++)
        printf("    /* %3d */ \"%.64s\"\n              \"%.64s\",\n", i, blocks[i],
               blocks[i] + 64);
    printf("};\n");
    return 0;
}
