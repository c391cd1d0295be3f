/* date_tokens - a written date as numbers, words and signs, and what its words mean. */
#include "date_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/fold.h"

/* Zeros of the digits that papers use; the other nine follow each. */
static const uint32_t zeros[] = {
    '0',    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
    0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
};

static bool read_digit(uint32_t c, uint32_t *value)
{
    if (c < zeros[1]) {
        *value = c - '0';
        return c >= '0' && c <= '9';
    }
    for (size_t i = 1; i < KH_COUNT_OF(zeros); i++) {
        if (c >= zeros[i] && c <= zeros[i] + 9) {
            *value = c - zeros[i];
            return true;
        }
    }
    return false;
}

/* Direction marks, zero-width characters, soft hyphen. */
static bool is_nothing(uint32_t c)
{
    return c == 0xAD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

/* Signs of the scripts that dates are written in; what is no digit either is a letter.
 */
static bool is_sign(uint32_t c)
{
    if (c < 0x80)
        return (c < 'A' || c > 'Z') && (c < 'a' || c > 'z');
    return (c < 0xC0 && c != 0xAA && c != 0xBA) || (c >= 0x2010 && c <= 0x205E) ||
           c == 0x060C || c == 0x061B || c == 0x06D4 || c == 0x0964 || c == 0x05BE ||
           (c >= 0x3001 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF20) || c == KH_UTF8_BAD;
}

/* Han, and the Hangul of year, month, day: each is a word of its own. */
static bool is_single(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || c == 0xB144 || c == 0xC6D4 || c == 0xC77C;
}

static void take_digit(kh_date_token *token, uint32_t digit)
{
    token->n_digits++;
    token->value = token->n_digits > 9 ? UINT32_MAX : token->value * 10 + digit;
}

void kh_date_fold(kh_buf *out, kh_str text)
{
    uint32_t digit = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = kh_utf8_next(text, &at);
        if (read_digit(c, &digit))
            kh_buf_add_char(out, (char)('0' + digit));
        else if (c > 0xFF00 && c < 0xFF5F)
            kh_buf_add_char(out, (char)(c - 0xFF00 + ' '));
        else if (!is_nothing(c))
            kh_buf_add_code_point(out, c);
    }
}

size_t kh_date_find_digit(kh_str text, size_t at)
{
    uint32_t digit;
    while (at < text.len) {
        size_t start = at;
        if (read_digit(kh_utf8_next(text, &at), &digit))
            return start;
    }
    return SIZE_MAX;
}

/* Move *at over ASCII letters, of which nothing ends a word. */
static inline void skip_letters(kh_str s, size_t *at)
{
    while (*at < s.len && (unsigned char)((s.ptr[*at] | 0x20) - 'a') < 26)
        ++*at;
}

/* Read the token at *at. */
static void read_token(kh_date_token *out, kh_str s, size_t *at)
{
    out->start = *at;
    uint32_t c = kh_utf8_next(s, at);
    uint32_t digit = 0;
    out->kind = KH_DATE_TOKEN_WORD;
    if (read_digit(c, &digit)) {
        out->kind = KH_DATE_TOKEN_NUMBER;
        take_digit(out, digit);
    } else if (is_sign(c)) {
        out->kind = KH_DATE_TOKEN_SIGN;
        out->value = c;
    }
    out->end = *at;
    if (out->kind == KH_DATE_TOKEN_SIGN || is_single(c))
        return;
    while (*at < s.len) {
        if (out->kind == KH_DATE_TOKEN_WORD) {
            skip_letters(s, at);
            out->end = *at;
            if (*at == s.len)
                break;
        }
        c = kh_utf8_next(s, at);
        bool is_digit = read_digit(c, &digit);
        if (is_digit != (out->kind == KH_DATE_TOKEN_NUMBER) ||
            (!is_digit && (is_sign(c) || is_space(c) || is_single(c))))
            break;
        if (is_digit)
            take_digit(out, digit);
        out->end = *at;
    }
    *at = out->end;
}

void kh_date_tokenise(kh_date_text *out, kh_str text, size_t at)
{
    kh_date_tokenise_some(out, text, at, KH_DATE_TOKENS);
}

void kh_date_tokenise_some(kh_date_text *out, kh_str text, size_t at, size_t max_tokens)
{
    out->text = text;
    out->n = 0;
    bool is_attached = at > 0;
    while (at < text.len && out->n < max_tokens) {
        size_t behind = at;
        uint32_t c = kh_utf8_next(text, &behind);
        if (is_nothing(c) || is_space(c)) {
            is_attached = is_attached && !is_space(c);
            at = behind;
            continue;
        }
        kh_date_token *token = &out->tokens[out->n++];
        *token = (kh_date_token){ .is_attached = is_attached };
        read_token(token, text, &at);
        is_attached = true;
    }
    out->tokens[out->n] = (kh_date_token){ .start = at, .end = at };
}

bool kh_date_is_sign(const kh_date_text *text, size_t i, uint32_t sign)
{
    return i < text->n && text->tokens[i].kind == KH_DATE_TOKEN_SIGN &&
           text->tokens[i].value == sign;
}

#define WORD_MAX_BYTES 64 /* of a token; longer ones are no names */

/* Append the folded word of token i; false if it is no word. */
static bool fold_word(kh_buf *out, const kh_date_text *text, size_t i)
{
    if (i >= text->n || text->tokens[i].kind != KH_DATE_TOKEN_WORD)
        return false;
    const kh_date_token *token = &text->tokens[i];
    if (token->end - token->start > WORD_MAX_BYTES)
        return false;
    kh_fold_phrase(out, kh_str_slice(text->text, token->start, token->end));
    return out->len > 0;
}

bool kh_date_is_word(const kh_date_text *text, size_t i, const char *words)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    if (!fold_word(&folded, text, i))
        return false;
    kh_str rest = kh_str_from(words);
    while (rest.len > 0) {
        size_t space = kh_str_find(rest, KH_STR(" "), 0);
        if (kh_str_equal(kh_str_slice(rest, 0, space), kh_buf_str(&folded)))
            return true;
        rest = kh_str_slice(rest, space == SIZE_MAX ? rest.len : space + 1, rest.len);
    }
    return false;
}

static int compare_name(const void *key, const void *entry)
{
    return strcmp(key, ((const kh_date_name *)entry)->name);
}

/* The rows of a name: the first one, and how many there are. */
static const kh_date_name *find_names(const char *folded, size_t *n)
{
    const kh_date_name *found = bsearch(folded, kh_date_names, kh_date_n_names,
                                        sizeof(kh_date_names[0]), compare_name);
    if (!found)
        return NULL;
    const kh_date_name *end = kh_date_names + kh_date_n_names;
    while (found > kh_date_names && strcmp(found[-1].name, found->name) == 0)
        found--;
    for (*n = 1; found + *n < end && strcmp(found[*n].name, found->name) == 0;)
        (*n)++;
    return found;
}

static bool has_language(const kh_date_name *name, const char *code)
{
    size_t n = strlen(code);
    assert(n > 0);
    const char *at = name->languages; /* a space first */
    while ((at = strstr(at + 1, code)) != NULL)
        if (at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

/* What a name means: in the language, else in English, else in all that have it if
 * they agree. In prose of a known language the last does not count. */
static unsigned month_of_name(const kh_date_text *text, const char *folded)
{
    size_t n = 0;
    const kh_date_name *names = find_names(folded, &n);
    const char *code = text->language->code;
    const char *const preferred[] = { code, "en" };
    for (size_t p = 0; p < KH_COUNT_OF(preferred); p++)
        for (size_t i = 0; i < n && preferred[p][0] != '\0'; i++)
            if (names[i].month > 0 && has_language(&names[i], preferred[p]))
                return names[i].month;
    if (text->is_prose && code[0] != '\0')
        return 0;
    unsigned month = 0;
    for (size_t i = 0; i < n; i++) {
        if (names[i].month > 0 && month > 0)
            return 0;
        month = names[i].month > 0 ? names[i].month : month;
    }
    return month;
}

bool kh_date_may_be_month(const kh_date_text *text, size_t i)
{
    static const char starts[] = "|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
                                 "tha|thg|"; /* "tháng 6" */
    const kh_date_token *token = &text->tokens[i];
    if (!text->is_prose || strcmp(text->language->code, "en") != 0)
        return true;
    char start[] = "|...|";
    for (size_t k = 0; k < 3; k++) {
        char c = token->start + k < token->end ? text->text.ptr[token->start + k] : ' ';
        if ((unsigned char)c >= 0x80)
            return true;
        start[1 + k] = (char)(c | 0x20);
    }
    return strstr(starts, start) != NULL;
}

/* Thai writes its short names with a stop behind each part: "มิ.ย.", which stands in the
 * table as "มิ ย", and "ก.ค." as "กค". first: the part before the stop, folded. */
static unsigned month_in_parts(kh_buf *first, const kh_date_text *text, size_t i)
{
    size_t first_len = first->len;
    size_t at = 0;
    uint32_t letter = first_len > 0 ? kh_utf8_next(kh_buf_str(first), &at) : 0;
    if (letter < 0xE00 || letter > 0xE7F || i + 2 >= text->n ||
        !kh_date_is_sign(text, i + 1, '.') ||
        text->tokens[i + 2].kind != KH_DATE_TOKEN_WORD ||
        !text->tokens[i + 2].is_attached)
        return 0;
    unsigned month = 0;
    if (fold_word(first, text, i + 2))
        month = month_of_name(text, kh_buf_text(first));
    first->len = first_len;
    kh_buf_add_char(first, ' ');
    if (month == 0 && fold_word(first, text, i + 2))
        month = month_of_name(text, kh_buf_text(first));
    first->len = first_len;
    return month;
}

unsigned kh_date_month(const kh_date_text *text, size_t i, size_t *n_tokens)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    if (!fold_word(&folded, text, i))
        return 0;
    size_t first_len = folded.len;
    if (i + 1 < text->n && text->tokens[i + 1].kind == KH_DATE_TOKEN_WORD) {
        kh_buf_add_char(&folded, ' ');
        unsigned month = fold_word(&folded, text, i + 1)
                             ? month_of_name(text, kh_buf_text(&folded))
                             : 0;
        *n_tokens = 2;
        if (month > 0)
            return month;
    }
    folded.len = first_len;
    unsigned in_parts = month_in_parts(&folded, text, i);
    *n_tokens = 3;
    if (in_parts > 0)
        return in_parts;
    kh_str word = kh_str_slice(kh_buf_str(&folded), 0, first_len);
    folded.ptr[first_len] = '\0';
    *n_tokens = 1;
    unsigned month = month_of_name(text, word.ptr);
    /* Hebrew: "in June" is one word. */
    kh_str in = KH_STR("\xD7\x91");
    if (month == 0 && kh_str_starts(word, in))
        month = month_of_name(text, word.ptr + in.len);
    return month;
}

bool kh_date_is_weekday(const kh_date_text *text, size_t i)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    if (!fold_word(&folded, text, i))
        return false;
    size_t n = 0;
    const kh_date_name *names = find_names(kh_buf_text(&folded), &n);
    for (size_t j = 0; j < n; j++)
        if (names[j].month == 0)
            return true;
    return false;
}
