/* glue_text - a text code point by code point: classes, scripts, folded form. */
#include "glue.h"

#include "base/utf8.h"
#include "text/fold.h"

enum { FOLD_MAX = 24, CACHE_PLACES = 256 };

/* What a code point is; remembered, since a fold through ICU costs more than a look. */
typedef struct folded_char {
    uint32_t code_point;
    uint8_t class;
    uint8_t script;
    uint8_t len;
    bool is_set;
    char text[FOLD_MAX];
} folded_char;

typedef struct folder {
    folded_char places[CACHE_PLACES];
} folder;

typedef struct range {
    uint32_t first;
    uint32_t last;
    uint8_t value;
} range;

/* Scripts as far as a cut may lie between two of them. */
enum { LATIN = 1, GREEK, CYRILLIC, ARMENIAN, HEBREW, ARABIC, HANGUL, EAST_ASIAN };
enum { OTHER_SCRIPT, FIRST_BLOCK_SCRIPT = 16 };

static const range scripts[] = {
    { 0x0041, 0x024F, LATIN },        { 0x0370, 0x03FF, GREEK },
    { 0x0400, 0x052F, CYRILLIC },     { 0x0530, 0x058F, ARMENIAN },
    { 0x0590, 0x05FF, HEBREW },       { 0x0600, 0x08FF, ARABIC },
    { 0x1100, 0x11FF, HANGUL },       { 0x1E00, 0x1EFF, LATIN },
    { 0x1F00, 0x1FFF, GREEK },        { 0x2E80, 0x312F, EAST_ASIAN },
    { 0x3130, 0x318F, HANGUL },       { 0x31A0, 0x9FFF, EAST_ASIAN },
    { 0xAC00, 0xD7FF, HANGUL },       { 0xF900, 0xFAFF, EAST_ASIAN },
    { 0xFB1D, 0xFB4F, HEBREW },       { 0xFB50, 0xFDFF, ARABIC },
    { 0xFE70, 0xFEFE, ARABIC },       { 0xFF21, 0xFF5A, LATIN },
    { 0x20000, 0x3FFFF, EAST_ASIAN },
};

/* Combining marks, and what stands for nothing by itself: joiners, soft hyphen.
 * Source: Unicode Character Database 15, Mn, Mc and Me of the scripts of the news. */
static const range marks[] = {
    { 0x00AD, 0x00AD, 0 }, { 0x0300, 0x036F, 0 }, { 0x0483, 0x0489, 0 },
    { 0x0591, 0x05BD, 0 }, { 0x05BF, 0x05C7, 0 }, { 0x0610, 0x061A, 0 },
    { 0x0640, 0x0640, 0 }, { 0x064B, 0x065F, 0 }, { 0x0670, 0x0670, 0 },
    { 0x06D6, 0x06DC, 0 }, { 0x06DF, 0x06E8, 0 }, { 0x06EA, 0x06ED, 0 },
    { 0x0E31, 0x0E31, 0 }, { 0x0E33, 0x0E3A, 0 }, { 0x0E45, 0x0E4E, 0 },
    { 0x0EB1, 0x0EB1, 0 }, { 0x0EB3, 0x0EBC, 0 }, { 0x0EC8, 0x0ECE, 0 },
    { 0x0F71, 0x0F87, 0 }, { 0x102B, 0x103E, 0 }, { 0x1056, 0x109D, 0 },
    { 0x1160, 0x11FF, 0 }, { 0x135D, 0x135F, 0 }, { 0x17B4, 0x17D3, 0 },
    { 0x1AB0, 0x1AFF, 0 }, { 0x1DC0, 0x1DFF, 0 }, { 0x200B, 0x200F, 0 },
    { 0x202A, 0x202E, 0 }, { 0x2060, 0x2064, 0 }, { 0x20D0, 0x20FF, 0 },
    { 0x3099, 0x309A, 0 }, { 0xFE00, 0xFE0F, 0 }, { 0xFE20, 0xFE2F, 0 },
    { 0xFEFF, 0xFEFF, 0 },
};

static const range *find_range(const range *ranges, size_t n, uint32_t code_point)
{
    for (size_t i = 0; i < n && ranges[i].first <= code_point; i++) {
        if (code_point <= ranges[i].last)
            return &ranges[i];
    }
    return NULL;
}

/* The Indic blocks 0900-0DFF are laid out alike: signs, letters, vowel signs. */
static bool is_indic_mark(uint32_t c)
{
    if (c < 0x0900 || c > 0x0DFF)
        return false;
    uint32_t at = c & 0x7F;
    if (c >= 0x0D80)
        return at <= 0x03 || at >= 0x4A;
    return at <= 0x03 || (at >= 0x3A && at <= 0x4D && at != 0x3D) ||
           (at >= 0x51 && at <= 0x57) || at == 0x62 || at == 0x63;
}

static bool is_mark(uint32_t c)
{
    return is_indic_mark(c) || find_range(marks, KH_COUNT_OF(marks), c) != NULL;
}

static uint8_t script_of(uint32_t c)
{
    const range *found = find_range(scripts, KH_COUNT_OF(scripts), c);
    if (found != NULL)
        return found->value;
    if (c >= 0x0900 && c < 0x1900)
        return (uint8_t)(FIRST_BLOCK_SCRIPT + ((c - 0x0900) >> 7));
    return OTHER_SCRIPT;
}

static bool is_cased(uint32_t c)
{
    return c < 0x0590 || (c >= 0x1E00 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00) ||
           (c >= 0xA640 && c < 0xA800) || (c >= 0xFF21 && c < 0xFF5B);
}

static uint8_t class_of_sign(uint32_t c)
{
    static const uint32_t spaces[] = { 0x85,   0xA0,   0x1680, 0x2028,
                                       0x2029, 0x202F, 0x205F, 0x3000 };
    static const uint32_t opens[] = { '#',    '(',    '[',    '{',    '"',    '<',
                                      '@',    '$',    0xA1,   0xA3,   0xAB,   0xBF,
                                      0x2018, 0x201A, 0x201C, 0x201E, 0x20AC, 0x20B9,
                                      0x300A, 0x300C, 0x300E, 0x3010, 0xFF03, 0xFF08 };
    static const uint32_t joins[] = { '-',    '\'',   '/',    '&',    '_',   ',',
                                      ':',    ';',    '=',    '*',    '|',   0xB7,
                                      0x2010, 0x2011, 0x2013, 0x2014, 0x2019 };
    if (c <= ' ' || (c >= 0x2000 && c <= 0x200A))
        return KH_GLUE_SPACE;
    for (size_t i = 0; i < KH_COUNT_OF(spaces); i++) {
        if (c == spaces[i])
            return KH_GLUE_SPACE;
    }
    for (size_t i = 0; i < KH_COUNT_OF(opens); i++) {
        if (c == opens[i])
            return KH_GLUE_OPEN;
    }
    for (size_t i = 0; i < KH_COUNT_OF(joins); i++) {
        if (c == joins[i])
            return KH_GLUE_JOIN;
    }
    return KH_GLUE_PUNCT;
}

static uint8_t class_of_letter(uint32_t c, kh_str bytes, kh_str folded)
{
    if (folded.ptr[0] >= '0' && folded.ptr[0] <= '9')
        return KH_GLUE_DIGIT;
    if (!is_cased(c))
        return KH_GLUE_LETTER;
    KH_AUTO_BUF lower;
    kh_buf_init(&lower, FOLD_MAX);
    kh_fold(&lower, bytes, kh_language_neutral());
    return kh_str_equal(kh_buf_str(&lower), bytes) ? KH_GLUE_LOWER : KH_GLUE_UPPER;
}

static void fold_ascii(folded_char *out, uint32_t c)
{
    bool is_upper = c >= 'A' && c <= 'Z';
    bool is_lower = c >= 'a' && c <= 'z';
    bool is_digit = c >= '0' && c <= '9';
    out->class = is_upper   ? KH_GLUE_UPPER
                 : is_lower ? KH_GLUE_LOWER
                 : is_digit ? KH_GLUE_DIGIT
                            : class_of_sign(c);
    out->script = is_upper || is_lower ? LATIN : OTHER_SCRIPT;
    out->text[0] = (char)(is_upper                     ? c - 'A' + 'a'
                          : out->class >= KH_GLUE_MARK ? c
                                                       : ' ');
    out->len = 1;
}

static void fold_other(folded_char *out, uint32_t c)
{
    char bytes[4];
    kh_str whole = kh_str_make(bytes, kh_utf8_put(bytes, c));
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, FOLD_MAX);
    kh_fold_phrase(&folded, whole);

    if (is_mark(c)) {
        out->class = KH_GLUE_MARK;
    } else if (folded.len == 0) {
        out->class = class_of_sign(c);
        kh_buf_add_char(&folded, ' ');
    } else {
        out->class = class_of_letter(c, whole, kh_buf_str(&folded));
        out->script = out->class == KH_GLUE_DIGIT ? OTHER_SCRIPT : script_of(c);
    }
    out->len = (uint8_t)folded.len;
    if (folded.len > 0)
        memcpy(out->text, folded.ptr, folded.len);
}

static const folded_char *fold_char(folder *cache, uint32_t c)
{
    folded_char *place = &cache->places[(c ^ c >> 8) % CACHE_PLACES];
    if (place->is_set && place->code_point == c)
        return place;
    memset(place, 0, sizeof(*place));
    place->code_point = c;
    place->is_set = true;
    if (c < 0x80)
        fold_ascii(place, c);
    else
        fold_other(place, c);
    return place;
}

void kh_glue_text_make(kh_glue_text *out, kh_str text, kh_arena *arena)
{
    folder cache;
    memset(&cache, 0, sizeof(cache));
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++)
        kh_utf8_next(text, &at);
    kh_glue_char *chars = kh_arena_alloc(arena, (n + 1) * sizeof(*chars));

    n = 0;
    for (size_t at = 0; at < text.len; n++) {
        chars[n].at = (uint32_t)at;
        chars[n].fold_at = (uint32_t)folded.len;
        const folded_char *c = fold_char(&cache, kh_utf8_next(text, &at));
        chars[n].class = c->class;
        chars[n].script = c->script;
        bool is_space = c->class < KH_GLUE_MARK;
        if (!is_space || folded.len == 0 || folded.ptr[folded.len - 1] != ' ')
            kh_buf_add_bytes(&folded, c->text, c->len);
    }
    chars[n].at = (uint32_t)text.len;
    chars[n].fold_at = (uint32_t)folded.len;

    out->text = text;
    out->folded = kh_arena_copy(arena, kh_buf_str(&folded));
    out->chars = chars;
    out->n = n;
}

bool kh_glue_is_unspaced(const kh_glue_char *c)
{
    enum { THAI_LAO = FIRST_BLOCK_SCRIPT + ((0x0E00 - 0x0900) >> 7) };
    enum { BURMESE = FIRST_BLOCK_SCRIPT + ((0x1000 - 0x0900) >> 7) };
    enum { KHMER = FIRST_BLOCK_SCRIPT + ((0x1780 - 0x0900) >> 7) };
    if (c->class != KH_GLUE_LETTER)
        return false;
    return c->script == EAST_ASIAN || c->script == THAI_LAO ||
           c->script == THAI_LAO + 1 || c->script == BURMESE || c->script == KHMER;
}

/* Append the folded words of a text; false, and nothing done, if it is not ASCII. */
static bool add_ascii(kh_buf *out, kh_str text)
{
    unsigned char any = 0;
    for (size_t i = 0; i < text.len; i++)
        any |= (unsigned char)text.ptr[i];
    if (any >= 0x80)
        return false;

    bool is_gap = false;
    size_t before = out->len;
    for (size_t i = 0; i < text.len; i++) {
        folded_char c;
        fold_ascii(&c, (unsigned char)text.ptr[i]);
        if (c.class < KH_GLUE_MARK) {
            is_gap = true;
            continue;
        }
        if (is_gap && out->len > before)
            kh_buf_add_char(out, ' ');
        kh_buf_add_char(out, c.text[0]);
        is_gap = false;
    }
    return true;
}

void kh_glue_fold(kh_buf *out, kh_str text)
{
    if (add_ascii(out, text))
        return;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue_text folded;
    kh_glue_text_make(&folded, text, arena);
    kh_buf_add(out, kh_str_trim(folded.folded));
}
