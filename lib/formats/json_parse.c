/* json_parse - one JSON value as a tree of views.
 *
 * Our own because of what archives need: strings stay where they are in the line (the
 * tree of jansson copies each, 80 MB/s on a core where this does 380), lone surrogates
 * must not cost an article (jansson and simdjson refuse them), and a failure names the
 * byte. tests/unit/formats/test_json_parse.c compares it with jansson.
 */
#include "json_parse.h"

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"

typedef struct parser {
    const char *start;
    const char *at;
    const char *end;
    kh_arena *arena;
    size_t n_nodes;
    unsigned depth;
    kh_status status;
    kh_json_trouble trouble;
} parser;

static bool fail_at(parser *p, const char *where, const char *what)
{
    if (p->status == KH_OK) {
        p->status = KH_ERR_FORMAT;
        p->trouble.what = what;
        p->trouble.offset = (size_t)(where - p->start);
    }
    return false;
}

static bool fail_limit(parser *p, const char *what)
{
    fail_at(p, p->at, what);
    p->status = KH_ERR_LIMIT;
    return false;
}

static void skip_space(parser *p)
{
    while (p->at < p->end &&
           (*p->at == ' ' || *p->at == '\n' || *p->at == '\r' || *p->at == '\t'))
        p->at++;
}

static bool take(parser *p, char c)
{
    if (p->at >= p->end || *p->at != c)
        return false;

    p->at++;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Four hexadecimal digits; -1 if they are not. */
static int32_t hex_quad(const char *at, const char *end)
{
    if (end - at < 4)
        return -1;

    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Decode the escape \uXXXX whose digits begin at *at, with its second half if it has
 * one; *at moves behind what was used. */
static uint32_t unicode_escape(const char **at, const char *end)
{
    uint32_t unit = (uint32_t)hex_quad(*at, end);
    *at += 4;
    if (unit == 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
        return KH_UTF8_BAD;
    if (unit < 0xD800 || unit > 0xDBFF)
        return unit;

    if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
        return KH_UTF8_BAD;
    int32_t low = hex_quad(*at + 2, end);
    if (low < 0xDC00 || low > 0xDFFF)
        return KH_UTF8_BAD;

    *at += 6;
    return 0x10000u + ((unit - 0xD800u) << 10) + ((uint32_t)low - 0xDC00u);
}

static char simple_escape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c; /* quote, backslash, slash */
    }
}

#ifdef __SSE2__

#define STEP 16 /* bytes looked at together */

/* Copy plain bytes up to the next escape, or nearly so: at most those up to the last 16
 * before the end. `out` has room for all bytes from `at` to `end`. */
static inline size_t copy_plain(char *out, const char *at, const char *end)
{
    size_t n = 0;
    while (end - at >= STEP) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        int escapes = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        _mm_storeu_si128((__m128i *)(void *)(out + n), bytes);
        if (escapes != 0)
            return n + (size_t)__builtin_ctz((unsigned)escapes);
        n += STEP;
        at += STEP;
    }
    return n;
}

#else

static inline size_t copy_plain(char *out, const char *at, const char *end)
{
    (void)out;
    (void)at;
    (void)end;
    return 0;
}

#endif

/* Decode what stands between two quotes; it has been checked. */
static kh_str decode(parser *p, const char *at, const char *end)
{
    char *out = kh_arena_room(p->arena, (size_t)(end - at));
    size_t n = 0;
    while (at < end) {
        size_t plain = copy_plain(out + n, at, end);
        n += plain;
        at += plain;
        while (at < end && *at != '\\')
            out[n++] = *at++;
        if (at == end)
            break;

        char c = at[1];
        at += 2;
        if (c == 'u')
            n += kh_utf8_put(out + n, unicode_escape(&at, end));
        else
            out[n++] = simple_escape(c);
    }
    return kh_str_make(out, n);
}

/* Check the escape at p->at and step over it. */
static bool skip_escape(parser *p)
{
    const char *at = p->at;
    if (p->end - at < 2)
        return fail_at(p, at, "a closing quote expected");
    if (at[1] == 'u') {
        if (hex_quad(at + 2, p->end) < 0)
            return fail_at(p, at, "four hexadecimal digits expected");
        p->at += 6;
        return true;
    }
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        p->at += 2;
        return true;
    default:
        return fail_at(p, at, "unknown escape");
    }
}

/* Bytes that end a run of plain bytes in a string. */
static inline bool is_special(unsigned char c)
{
    return c == '"' || c == '\\' || c < 0x20;
}

#ifdef __SSE2__

/* Step over plain bytes, sixteen at a time, up to the next special one or nearly so. */
static inline void skip_plain_steps(parser *p)
{
    while (p->end - p->at >= STEP) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p->at);
        __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        __m128i escape = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        __m128i control =
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        int hits =
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, escape), control));
        if (hits != 0) {
            p->at += __builtin_ctz((unsigned)hits);
            return;
        }
        p->at += STEP;
    }
}

#else

/* The same, eight at a time while none of them is special: the tests leave a high bit
 * where a byte is 0 (Bit Twiddling Hacks, "zero byte in word"). */
static inline void skip_plain_steps(parser *p)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t highs = 0x8080808080808080u;
    while (p->end - p->at >= 8) {
        uint64_t word;
        memcpy(&word, p->at, sizeof(word));
        uint64_t quote = word ^ (ones * '"');
        uint64_t escape = word ^ (ones * '\\');
        uint64_t hits = ((quote - ones) & ~quote) | ((escape - ones) & ~escape) |
                        ((word - ones * 0x20) & ~word);
        if (hits & highs)
            return;
        p->at += 8;
    }
}

#endif

static inline void skip_plain(parser *p)
{
    skip_plain_steps(p);
    while (p->at < p->end && !is_special((unsigned char)*p->at))
        p->at++;
}

static bool parse_string(parser *p, kh_str *out)
{
    if (!take(p, '"'))
        return fail_at(p, p->at, "'\"' expected");

    const char *from = p->at;
    bool has_escapes = false;
    for (;;) {
        skip_plain(p);
        if (p->at >= p->end || *p->at == '\n' || *p->at == '\r')
            return fail_at(p, p->at, "a closing quote expected");

        if (*p->at == '"')
            break;
        if (*p->at == '\0')
            return fail_at(p, p->at, "NUL byte");
        if (*p->at == '\\') {
            has_escapes = true;
            if (!skip_escape(p))
                return false;
        } else {
            p->at++;
        }
    }

    *out = has_escapes ? decode(p, from, p->at)
                       : kh_str_make(from, (size_t)(p->at - from));
    p->at++;
    return true;
}

static void skip_digits(parser *p)
{
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
        p->at++;
}

static bool parse_number(parser *p, kh_json *node)
{
    const char *from = p->at;
    take(p, '-');
    const char *digits = p->at;
    skip_digits(p);
    if (p->at == digits || (*digits == '0' && p->at - digits > 1))
        return fail_at(p, from, "a value expected");

    if (take(p, '.')) {
        digits = p->at;
        skip_digits(p);
        if (p->at == digits)
            return fail_at(p, p->at, "a digit expected");
    }
    if (take(p, 'e') || take(p, 'E')) {
        if (!take(p, '+'))
            take(p, '-');
        digits = p->at;
        skip_digits(p);
        if (p->at == digits)
            return fail_at(p, p->at, "a digit expected");
    }
    node->kind = KH_JSON_NUMBER;
    node->text = kh_str_make(from, (size_t)(p->at - from));
    return true;
}

static bool parse_word(parser *p, kh_json *node)
{
    static const struct {
        kh_json_kind kind;
        const char *word;
    } words[] = {
        { KH_JSON_TRUE, "true" },     { KH_JSON_FALSE, "false" },
        { KH_JSON_NULL, "null" },     { KH_JSON_NULL, "NaN" },
        { KH_JSON_NULL, "Infinity" }, { KH_JSON_NULL, "-Infinity" },
    };
    kh_str rest = kh_str_make(p->at, (size_t)(p->end - p->at));
    for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
        kh_str word = kh_str_from(words[i].word);
        if (kh_str_starts(rest, word)) {
            node->kind = words[i].kind;
            p->at += word.len;
            return true;
        }
    }
    return parse_number(p, node);
}

static bool parse_value(parser *p, kh_json **out);

/* The members up to the closing bracket; the opening one has been taken. */
static bool parse_members(parser *p, kh_json *node, char close)
{
    kh_json **tail = &node->first;
    skip_space(p);
    if (take(p, close))
        return true;

    for (;;) {
        kh_str key = { NULL, 0 };
        if (close == '}') {
            skip_space(p);
            if (!parse_string(p, &key))
                return false;
            skip_space(p);
            if (!take(p, ':'))
                return fail_at(p, p->at, "':' expected");
        }
        if (!parse_value(p, tail))
            return false;
        (*tail)->key = key;
        tail = &(*tail)->next;

        skip_space(p);
        if (take(p, close))
            return true;
        if (!take(p, ','))
            return fail_at(p, p->at, "',' expected");
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): KH_JSON_DEPTH_MAX bounds it */
static bool parse_value(parser *p, kh_json **out)
{
    skip_space(p);
    if (p->at >= p->end)
        return fail_at(p, p->at, "a value expected");
    if (++p->n_nodes > KH_JSON_NODES_MAX)
        return fail_limit(p, "too many values");

    kh_json *node = kh_arena_alloc(p->arena, sizeof(*node));
    node->offset = (size_t)(p->at - p->start);
    *out = node;
    switch (*p->at) {
    case '"':
        node->kind = KH_JSON_STRING;
        return parse_string(p, &node->text);
    case '{':
    case '[':
        if (++p->depth > KH_JSON_DEPTH_MAX)
            return fail_limit(p, "nested too deep");
        node->kind = *p->at == '{' ? KH_JSON_OBJECT : KH_JSON_ARRAY;
        p->at++;
        if (!parse_members(p, node, node->kind == KH_JSON_OBJECT ? '}' : ']'))
            return false;
        p->depth--;
        return true;
    default:
        return parse_word(p, node);
    }
}

kh_status kh_json_parse(kh_json **out, kh_str bytes, kh_arena *arena,
                        kh_json_trouble *trouble)
{
    parser p = { .start = bytes.len ? bytes.ptr : "", .arena = arena };
    p.at = p.start;
    p.end = p.start + bytes.len;

    kh_json *root = NULL;
    if (parse_value(&p, &root)) {
        skip_space(&p);
        if (p.at < p.end)
            fail_at(&p, p.at, "end of the value expected");
    }
    if (p.status != KH_OK) {
        *trouble = p.trouble;
        return p.status;
    }

    *out = root;
    return KH_OK;
}

const kh_json *kh_json_member(const kh_json *object, kh_str key)
{
    const kh_json *found = NULL;
    if (object->kind != KH_JSON_OBJECT)
        return NULL;

    for (const kh_json *at = object->first; at; at = at->next)
        if (kh_str_equal(at->key, key))
            found = at;
    return found;
}

/* Step over the inside of a string; offset of its closing quote, or bytes.len. */
static size_t skip_string(kh_json_extent *extent, kh_str bytes, size_t at)
{
    for (; at < bytes.len; at++) {
        char c = bytes.ptr[at];
        if (extent->is_escaped) {
            extent->is_escaped = false;
        } else if (c == '\\') {
            extent->is_escaped = true;
        } else if (c == '"') {
            extent->is_in_string = false;
            return at;
        }
    }
    return at;
}

size_t kh_json_extent_find(kh_json_extent *extent, kh_str bytes, size_t from)
{
    for (size_t at = from; at < bytes.len; at++) {
        if (extent->is_in_string) {
            at = skip_string(extent, bytes, at);
            if (at == bytes.len)
                return SIZE_MAX;
            if (extent->depth == 0)
                return at + 1;
            continue;
        }

        char c = bytes.ptr[at];
        if (extent->is_scalar) {
            if (strchr(" \t\r\n,]}[{\":", c))
                return at;
            continue;
        }
        if (c == '"')
            extent->is_in_string = true;
        else if (c == '{' || c == '[')
            extent->depth++;
        else if ((c == '}' || c == ']') && extent->depth <= 1)
            return at + 1;
        else if (c == '}' || c == ']')
            extent->depth--;
        else if (!extent->is_begun)
            extent->is_scalar = true;
        extent->is_begun = true;
    }
    return SIZE_MAX;
}
