/* charset - bytes of any encoding to UTF-8.
 *
 * Well-formed UTF-8 goes before what is declared, since wrong declarations are common
 * and text of another encoding is almost never well-formed UTF-8 by chance. */
#include "text/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include "base/utf8.h"

#define NAME_MAX_BYTES    64
#define SAMPLE_BYTES      ((size_t)1 << 16) /* ICU's detector looks at fewer */
#define MIN_CONFIDENCE    30                /* per cent */
#define CONVERT_BYTES     8192
#define FALLBACK_ENCODING "windows-1252"

/* Bytes of well-formed UTF-8 to each other one, from which on a text is UTF-8; where
 * the other guess is of single bytes. */
#define DAMAGED_RATIO        4u
#define DAMAGED_RATIO_SINGLE 2u

typedef struct encoding_alias {
    const char *name; /* as ICU compares names: case, "-" and "_" do not count */
    const char *instead;
} encoding_alias;

/* Names that web and mail use for a larger set than they say.
 * Source: WHATWG Encoding Standard, section 4.2. */
static const encoding_alias aliases[] = {
    { "iso-8859-1", "windows-1252" },
    { "latin1", "windows-1252" },
    { "l1", "windows-1252" },
    { "us-ascii", "windows-1252" },
    { "ascii", "windows-1252" },
    { "iso8859-1", "windows-1252" },
    { "iso-8859-9", "windows-1254" },
    { "latin5", "windows-1254" },
    { "iso8859-9", "windows-1254" },
    { "iso-8859-11", "windows-874" },
    { "tis-620", "windows-874" },
    { "gb2312", "gb18030" },
    { "gb_2312-80", "gb18030" },
    { "gbk", "gb18030" },
    { "x-gbk", "gb18030" },
    { "cp936", "gb18030" },
    { "shift_jis", "windows-31j" },
    { "sjis", "windows-31j" },
    { "x-sjis", "windows-31j" },
    { "euc-kr", "windows-949" },
    { "ks_c_5601-1987", "windows-949" },
    { "ksc5601", "windows-949" },
    { "big5", "big5-hkscs" },
    { "iso-8859-8-i", "windows-1255" },
    { "iso-8859-8", "windows-1255" },
    { "ucs-2", "utf-16" },
    { "utf8", "utf-8" },
};

static const char *whatwg_name(const char *name)
{
    for (size_t i = 0; i < KH_COUNT_OF(aliases); i++)
        if (ucnv_compareNames(aliases[i].name, name) == 0)
            return aliases[i].instead;
    return name;
}

static bool begins_with(const char *name, const char *prefix)
{
    return kh_str_starts(kh_str_from(name), kh_str_from(prefix));
}

/* Encodings of one byte a character, of those that are guessed. */
static bool is_of_single_bytes(const char *name)
{
    return begins_with(name, "windows-125") || begins_with(name, "iso-8859-") ||
           begins_with(name, "koi8-");
}

/* UTF-16 and UTF-32 hold NUL bytes, no other encoding does. */
static bool is_wide(const char *name)
{
    return begins_with(name, "utf-16") || begins_with(name, "utf-32");
}

/* Stateful encodings of 7 bits look like ASCII. */
static bool is_7_bit(const char *name)
{
    return begins_with(name, "iso-2022-") || begins_with(name, "hz");
}

/* The encoding that a byte-order mark says, and its length; NULL if there is none. */
static const char *read_mark(kh_str bytes, size_t *len)
{
    static const struct {
        kh_str mark;
        const char *name;
    } marks[] = {
        { { "\xEF\xBB\xBF", 3 }, "utf-8" },    { { "\xFF\xFE\0\0", 4 }, "utf-32le" },
        { { "\0\0\xFE\xFF", 4 }, "utf-32be" }, { { "\xFF\xFE", 2 }, "utf-16le" },
        { { "\xFE\xFF", 2 }, "utf-16be" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(marks); i++) {
        if (kh_str_starts(bytes, marks[i].mark)) {
            *len = marks[i].mark.len;
            return marks[i].name;
        }
    }
    return NULL;
}

/* What is declared, in lower case, without quotes and spaces, by its usual meaning.
 * NULL if nothing is. */
static const char *read_declared(char out[NAME_MAX_BYTES], const char *declared)
{
    kh_str name = kh_str_trim(kh_str_from(declared));
    if (name.len >= 2 && (name.ptr[0] == '"' || name.ptr[0] == '\'') &&
        name.ptr[name.len - 1] == name.ptr[0])
        name = kh_str_trim(kh_str_slice(name, 1, name.len - 1));
    if (name.len == 0 || name.len >= NAME_MAX_BYTES)
        return name.len == 0 ? NULL : "?";
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    out[name.len] = '\0';
    return whatwg_name(out);
}

/* Bytes beyond ASCII: those that are well-formed UTF-8, and the others. */
typedef struct utf8_share {
    size_t good;
    size_t bad;
} utf8_share;

static utf8_share count_utf8(kh_str bytes)
{
    utf8_share share = { 0, 0 };
    kh_str replacement = KH_STR("\uFFFD");
    for (size_t at = 0; at < bytes.len;) {
        size_t start = at;
        uint32_t c = kh_utf8_next(bytes, &at);
        bool is_bad = c == KH_UTF8_BAD &&
                      !kh_str_starts(kh_str_slice(bytes, start, at), replacement);
        share.bad += is_bad ? at - start : 0;
        share.good += !is_bad && c >= 0x80 ? at - start : 0;
    }
    return share;
}

/* UTF-8 with damage: a byte lost, or a file cut off. Of 4,000 passages of 3 to 100
 * characters in GB18030 or Big5 .2 % have four good bytes to a bad one, 4 % have two;
 * of Thai ones two: 6 % of 10 characters, 1.5 % of 20, none of 100; of Russian and
 * French ones none. */
static bool is_damaged_utf8(utf8_share share, size_t ratio)
{
    return share.good >= share.bad * ratio;
}

/* From the line on in which the first byte beyond ASCII stands: the detector reads but
 * a beginning. */
static kh_str sample_of(kh_str bytes)
{
    size_t at = 0;
    if (!bytes.ptr)
        return bytes;
    while (at < bytes.len && (unsigned char)bytes.ptr[at] < 0x80)
        at++;
    size_t start = at;
    while (start > 0 && at - start < 1000 && bytes.ptr[start - 1] != '\n')
        start--;
    return kh_str_slice(bytes, at == bytes.len ? 0 : start, start + SAMPLE_BYTES);
}

/* Copy the name of the likeliest encoding; false if none is likely enough. */
static bool detect(char out[NAME_MAX_BYTES], kh_str bytes)
{
    kh_str sample = sample_of(bytes);
    UErrorCode icu = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&icu);
    ucsdet_setText(detector, sample.ptr, (int32_t)sample.len, &icu);
    int32_t n = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &n, &icu);
    bool is_found = false;
    for (int32_t i = 0; U_SUCCESS(icu) && i < n && !is_found; i++) {
        const char *name = ucsdet_getName(matches[i], &icu);
        if (ucsdet_getConfidence(matches[i], &icu) < MIN_CONFIDENCE)
            break;
        /* EBCDIC is no news, and what is UTF was seen before. */
        if (begins_with(name, "IBM") || begins_with(name, "UTF"))
            continue;
        is_found = read_declared(out, name) != NULL;
        const char *usual = whatwg_name(out);
        if (usual != out)
            memcpy(out, usual, strlen(usual) + 1);
    }
    ucsdet_close(detector);
    return is_found;
}

/* What cannot be converted is U+FFFD, also where an encoding's own table says SUB. */
static void U_CALLCONV on_bad_bytes(const void *context,
                                    UConverterToUnicodeArgs *arguments,
                                    const char *bytes, int32_t len,
                                    UConverterCallbackReason reason, UErrorCode *icu)
{
    (void)context;
    (void)bytes;
    (void)len;
    static const UChar bad = KH_UTF8_BAD;
    if (reason > UCNV_IRREGULAR)
        return;
    *icu = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(arguments, &bad, 1, 0, icu);
}

/* Append text of a wide encoding: U+0000 is no text. */
static void add_without_nul(kh_buf *out, kh_str text)
{
    for (size_t at = 0; at < text.len;) {
        const char *nul = memchr(text.ptr + at, '\0', text.len - at);
        size_t end = nul ? (size_t)(nul - text.ptr) : text.len;
        kh_buf_add(out, kh_str_slice(text, at, end));
        if (nul)
            kh_buf_add_code_point(out, KH_UTF8_BAD);
        at = end + 1;
    }
}

static kh_status convert(kh_buf *out, kh_str bytes, const char *name, kh_error *err)
{
    UErrorCode icu = U_ZERO_ERROR;
    UConverter *from = ucnv_open(name, &icu);
    if (U_FAILURE(icu))
        return kh_fail(err, KH_ERR_FORMAT, "no encoding is called '%s'", name);
    ucnv_setToUCallBack(from, on_bad_bytes, NULL, NULL, NULL, &icu);
    UConverter *to = ucnv_open("UTF-8", &icu);

    const char *source = bytes.ptr;
    UChar pivot[CONVERT_BYTES / 2];
    UChar *pivot_from = pivot;
    UChar *pivot_to = pivot;
    bool is_first = true;
    do {
        char piece[CONVERT_BYTES];
        char *target = piece;
        icu = U_SUCCESS(icu) || icu == U_BUFFER_OVERFLOW_ERROR ? U_ZERO_ERROR : icu;
        ucnv_convertEx(to, from, &target, piece + sizeof(piece), &source,
                       bytes.ptr + bytes.len, pivot, &pivot_from, &pivot_to,
                       pivot + KH_COUNT_OF(pivot), is_first, true, &icu);
        is_first = false;
        add_without_nul(out, kh_str_make(piece, (size_t)(target - piece)));
    } while (icu == U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(from);
    ucnv_close(to);
    if (U_FAILURE(icu))
        return kh_fail(err, KH_ERR_FORMAT, "cannot convert from '%s': %s", name,
                       u_errorName(icu));
    return KH_OK;
}

static bool has_byte(kh_str bytes, int byte)
{
    return bytes.ptr && memchr(bytes.ptr, byte, bytes.len) != NULL;
}

/* The encoding to convert from; NULL if the bytes are UTF-8 as they are. */
static const char *choose(char name[NAME_MAX_BYTES], kh_str bytes, const char *declared)
{
    const char *said = declared ? read_declared(name, declared) : NULL;
    bool has_escapes = has_byte(bytes, 0x1B);
    bool has_7_bit = has_escapes || (said && said[0] == 'h' &&
                                     kh_str_find(bytes, KH_STR("~{"), 0) != SIZE_MAX);
    if (said && (is_wide(said) || (is_7_bit(said) && has_7_bit)))
        return said;
    if (kh_utf8_check(bytes) == bytes.len) {
        bool is_japanese = has_escapes && detect(name, bytes) && is_7_bit(name);
        return is_japanese ? name : NULL;
    }
    utf8_share share = count_utf8(bytes);
    if (said && (strcmp(said, "utf-8") != 0 || share.good > 0))
        return said;
    if (is_damaged_utf8(share, DAMAGED_RATIO))
        return "utf-8";
    const char *guess = detect(name, bytes) ? name : FALLBACK_ENCODING;
    return is_of_single_bytes(guess) && is_damaged_utf8(share, DAMAGED_RATIO_SINGLE)
               ? "utf-8"
               : guess;
}

kh_status kh_charset_to_utf8(kh_buf *out, kh_str bytes, const char *declared,
                             bool *is_verbatim, kh_error *err)
{
    size_t before = out->len;
    size_t mark = 0;
    char name[NAME_MAX_BYTES];
    const char *from = read_mark(bytes, &mark);
    bytes = kh_str_slice(bytes, mark, bytes.len);
    if (!from || (strcmp(from, "utf-8") == 0 && kh_utf8_check(bytes) == bytes.len))
        from = from ? NULL : choose(name, bytes, declared);

    if (!(from && is_wide(from)) && has_byte(bytes, '\0'))
        return kh_fail(err, KH_ERR_FORMAT, "not text: it holds NUL bytes");
    kh_status status = KH_OK;
    if (from)
        status = convert(out, bytes, from, err);
    else
        kh_buf_add(out, bytes);
    if (status == KH_OK && out->is_over_max)
        status = kh_fail(err, KH_ERR_LIMIT, "text is longer than %zu bytes", out->max);
    if (status != KH_OK) {
        out->len = before;
        if (out->ptr)
            out->ptr[before] = '\0';
        return status;
    }
    if (is_verbatim)
        *is_verbatim = !from && mark == 0;
    return KH_OK;
}

size_t kh_charset_n_bad(kh_str utf8)
{
    size_t n = 0;
    kh_str replacement = KH_STR("\uFFFD");
    for (size_t at = 0; (at = kh_str_find(utf8, replacement, at)) != SIZE_MAX; n++)
        at += replacement.len;
    return n;
}
