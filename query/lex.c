/* lex - the marks and words of a query; what is no mark is text.
 *
 * A mark counts only where the contract says: a sign after a space and before a word,
 * an operator in capitals and alone, a field directly before its value. The rest is
 * left to the analysis, which knows what a word is. */
#include "query/lex.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/options.h"
#include "query/lex_chars.h"
#include "query/lex_quotes.h"
#include "text/words.h"

#define WIDE_COLON         0xFF1Au
#define NEAR_MAX           10000u
#define HEADLINE_WORDS_MIN 6u
#define PASTED_BYTES_MAX   200u
#define NOTES_MAX          32u /* more would be noise, and slow */

typedef struct scanner {
    kh_str text;
    size_t at;
    bool is_headline; /* all capitals: AND, OR, NOT are words */
    kh_lex_quotes quotes;
    kh_lex_result *result;
} scanner;

void kh_lex_note(kh_lex_result *result, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);

    kh_str note = kh_str_from(line);
    if (result->n_notes == NOTES_MAX)
        return;
    for (size_t i = 0; i < result->n_notes; i++)
        if (kh_str_equal(result->notes[i], note))
            return;
    result->notes = kh_arena_grow(result->arena, result->notes, result->n_notes,
                                  &result->notes_capacity, sizeof(*result->notes));
    result->notes[result->n_notes++] = kh_arena_copy(result->arena, note);
}

static void add_item(kh_lex_result *result, kh_lexed item)
{
    result->items = kh_arena_grow(result->arena, result->items, result->n,
                                  &result->capacity, sizeof(*result->items));
    result->items[result->n++] = item;
}

/* The code point at an offset; 0 at the end. */
static uint32_t peek(const scanner *s, size_t at)
{
    return at < s->text.len ? kh_utf8_next(s->text, &at) : 0;
}

/* Where a bare token that begins at `from` ends: at a space, a quote or a bracket. */
static size_t token_end(const scanner *s, size_t from)
{
    size_t at = from;
    while (at < s->text.len) {
        size_t next = at;
        uint32_t c = kh_utf8_next(s->text, &next);
        if (kh_lex_is_space(c) || kh_lex_quote_parts(s->text, at) || kh_lex_opens(c) ||
            kh_lex_closes(c))
            break;
        at = next;
    }
    return at;
}

static kh_str without_star(kh_str token)
{
    while (token.len > 0 && token.ptr[token.len - 1] == '*')
        token.len--;
    return token;
}

/* Whether a star stands beside a letter or digit. */
static bool has_star(kh_str text)
{
    uint32_t before = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = kh_utf8_next(text, &at);
        bool is_of_word = kh_lex_is_letter(c) || kh_lex_is_digit(c);
        if ((c == '*' && (kh_lex_is_letter(before) || kh_lex_is_digit(before))) ||
            (is_of_word && before == '*'))
            return true;
        before = c;
    }
    return false;
}

/* Whether the last of a text is a letter or digit. */
static bool ends_in_word(kh_str text)
{
    size_t at = text.len;
    uint32_t last = at > 0 ? kh_utf8_previous(text, &at) : 0;
    return kh_lex_is_letter(last) || kh_lex_is_digit(last);
}

static bool has_word(kh_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = kh_utf8_next(text, &at);
        if (kh_lex_is_letter(c) || kh_lex_is_digit(c))
            return true;
    }
    return false;
}

/* Whether the last of a text is a Chinese or Japanese character. */
static bool ends_in_character(kh_str text)
{
    size_t at = text.len;
    return at > 0 && kh_is_character(kh_utf8_previous(text, &at));
}

/* A star behind a character says nothing of words: nothing parts them there. */
static bool is_star_idle(const kh_lexed *item)
{
    bool is_of_text = item->field == KH_N_FIELDS ||
                      kh_field_table()[item->field].shape == KH_SHAPE_WORDS;
    return is_of_text && ends_in_character(item->text);
}

static size_t least_of_prefix(const kh_lexed *item)
{
    return ends_in_character(item->text) ? KH_PREFIX_CHARACTERS_MIN
                                         : KH_PREFIX_CHARS_MIN;
}

/* Whether an item asks for words or a tag; addresses and ids may hold stars. */
static bool is_of_words(const kh_lexed *item)
{
    if (item->field == KH_N_FIELDS)
        return true;
    kh_field_shape shape = kh_field_table()[item->field].shape;
    return shape == KH_SHAPE_WORDS || shape == KH_SHAPE_WHOLE;
}

/* A star that asks for nothing is named: one in the text, or a last one behind what is
 * no word. */
static void note_star(scanner *s, const kh_lexed *item, kh_str token, bool is_dropped)
{
    if (!is_of_words(item) ||
        !((is_dropped && has_word(item->text)) || has_star(item->text)))
        return;
    if (item->kind == KH_LEX_PHRASE || item->kind == KH_LEX_EXACT_PHRASE)
        kh_lex_note(s->result, "a star in quotes is not looked at");
    else
        kh_lex_note(s->result,
                    "'%" KH_FMT
                    "' is read as text: a star counts only at the end of a word",
                    KH_ARG(token));
}

/* A word, prefix* or =word; punctuation around it is left to the analysis. */
static void add_word(scanner *s, kh_str token, kh_lexed item)
{
    bool is_dropped = false; /* the star at its end */
    item.kind = KH_LEX_WORD;
    item.text = token;
    size_t at = 1;
    if (token.len > 1 && token.ptr[0] == '=' &&
        (kh_lex_is_letter(kh_utf8_next(token, &at)) ||
         kh_lex_is_digit((unsigned char)token.ptr[1]))) {
        item.kind = KH_LEX_EXACT;
        item.text = kh_str_slice(token, 1, token.len);
    } else if (token.len > 1 && token.ptr[token.len - 1] == '*') {
        item.text = without_star(token);
        is_dropped = has_star(item.text) || !ends_in_word(item.text);
        if ((is_of_words(&item) && is_dropped) || is_star_idle(&item))
            item.kind = KH_LEX_WORD;
        else if (kh_utf8_count(item.text) >= least_of_prefix(&item))
            item.kind = KH_LEX_PREFIX;
        else if (item.text.len > 0)
            kh_lex_note(s->result,
                        "'%" KH_FMT
                        "*' is read as a word: a prefix has %d letters or more",
                        KH_ARG(item.text), KH_PREFIX_CHARS_MIN);
    }
    bool is_named = kh_str_ends(item.text, KH_STR(":")); /* a field without a value */
    note_star(s, &item, token, is_dropped && !is_named);
    if (item.text.len > 0)
        add_item(s->result, item);
}

/* A phrase, =phrase, bracket or word, at the scanner, for a field or without. */
static void read_value(scanner *s, kh_lexed item)
{
    size_t at = s->at;
    uint32_t c = peek(s, at);
    bool is_exact = c == '=' && kh_lex_quote_opens(s->text, at + 1);
    size_t quote = at + is_exact;
    size_t end = 0;
    if (kh_lex_quote_opens(s->text, quote)) {
        if (kh_lex_quote_read(&s->quotes, &item.text, &end, s->text, quote)) {
            item.kind = is_exact ? KH_LEX_EXACT_PHRASE : KH_LEX_PHRASE;
            s->at = end;
            note_star(s, &item, item.text, false);
            add_item(s->result, item);
            return;
        }
        kh_lex_note(s->result, "a quote is not closed: its words are plain words");
        s->at = quote;
        (void)kh_utf8_next(s->text, &s->at);
        return;
    }
    if (kh_lex_opens(c) || kh_lex_closes(c)) {
        item.kind = kh_lex_opens(c) ? KH_LEX_OPEN : KH_LEX_CLOSE;
        (void)kh_utf8_next(s->text, &s->at);
        item.text = kh_str_slice(s->text, at, s->at);
        add_item(s->result, item);
        return;
    }
    if (kh_lex_is_quote(c)) { /* a closing one alone */
        (void)kh_utf8_next(s->text, &s->at);
        return;
    }
    end = token_end(s, at);
    s->at = end;
    add_word(s, kh_str_slice(s->text, at, end), item);
}

/* AND, OR, NOT, NEAR, NEAR/5 as whole tokens. */
static bool find_operator(kh_lexed *item, kh_str token)
{
    static const struct {
        const char *name;
        kh_lex_kind kind;
    } operators[] = { { "AND", KH_LEX_AND },
                      { "OR", KH_LEX_OR },
                      { "NOT", KH_LEX_NOT },
                      { "NEAR", KH_LEX_NEAR } };
    *item =
        (kh_lexed){ .field = KH_N_FIELDS, .text = token, .window = KH_NEAR_DEFAULT };
    for (size_t i = 0; i < KH_COUNT_OF(operators); i++) {
        item->kind = operators[i].kind;
        if (kh_str_equal(token, kh_str_from(operators[i].name)))
            return true;
    }
    unsigned long long window = 0;
    bool is_near = kh_str_starts(token, KH_STR("NEAR/")) &&
                   kh_str_number(kh_str_slice(token, 5, token.len), NEAR_MAX, &window);
    item->window = (uint32_t)window;
    return is_near && window > 0;
}

static bool read_operator(scanner *s, kh_str token)
{
    kh_lexed item;
    if (s->is_headline || !find_operator(&item, token))
        return false;
    add_item(s->result, item);
    return true;
}

/* Six words or more and every letter a capital: a headline, or a topic of a test set.
 * Capitals of operators prove nothing, and a script without capitals is none. */
static bool reads_as_headline(const scanner *s)
{
    size_t n_words = 0;
    bool has_capital = false;
    for (size_t at = 0; at < s->text.len;) {
        size_t end = token_end(s, at);
        bool is_capital = false;
        for (size_t i = at; i < end;) {
            uint32_t c = kh_utf8_next(s->text, &i);
            if (kh_lex_is_lower(c) || kh_lex_is_caseless(c))
                return false;
            is_capital |= c >= 'A' && c <= 'Z';
        }
        kh_lexed operator;
        if (is_capital && !find_operator(&operator, kh_str_slice(s->text, at, end)))
            has_capital = true;
        n_words += end > at;
        at = end;
        if (at < s->text.len)
            (void)kh_utf8_next(s->text, &at);
    }
    return n_words >= HEADLINE_WORDS_MIN && has_capital;
}

/* The query to be pasted as plain words; only its part if it is long. */
static kh_str pasted(kh_str text, kh_str token)
{
    text = kh_str_trim(text);
    return text.len <= PASTED_BYTES_MAX ? text : token;
}

static kh_status unknown_field(kh_str name, kh_str pasted, kh_error *err)
{
    const char *names[KH_N_FIELDS + 1] = { 0 };
    for (size_t i = 0; i < KH_N_FIELDS; i++)
        names[i] = kh_field_table()[i].name;
    const char *nearest = kh_nearest(name, names);
    if (nearest != NULL)
        kh_fail(err, KH_ERR_USAGE,
                "unknown field '%" KH_FMT ":' in the query: nearest is '%s:'",
                KH_ARG(name), nearest);
    else
        kh_fail(err, KH_ERR_USAGE, "unknown field '%" KH_FMT ":' in the query",
                KH_ARG(name));
    KH_AUTO_BUF quoted;
    kh_buf_init(&quoted, KH_BUF_MAX);
    kh_shell_quote(&quoted, pasted);
    kh_hint(err, "as plain words: khabar-query -F -- %s", kh_buf_text(&quoted));
    return KH_ERR_USAGE;
}

/* The ASCII letters at the scanner and what stands behind them. */
static kh_str field_name(const scanner *s, bool *is_lower_case, uint32_t *behind)
{
    size_t at = s->at;
    *is_lower_case = true;
    while (at < s->text.len && kh_lex_is_ascii_letter((unsigned char)s->text.ptr[at]))
        *is_lower_case &= s->text.ptr[at++] >= 'a';
    *behind = peek(s, at);
    return kh_str_slice(s->text, s->at, at);
}

/**
 * Read "field:" at the scanner and move behind it. The colon may be of full width, as
 * Chinese and Japanese keyboards have it; behind what is no field that one is text,
 * which in these scripts has no space after it.
 *
 * @param[out] field  the field, or KH_N_FIELDS if the token is no field
 */
static kh_status read_field(scanner *s, kh_field *field, kh_error *err)
{
    *field = KH_N_FIELDS;
    bool is_lower_case = false;
    uint32_t colon = 0;
    kh_str name = field_name(s, &is_lower_case, &colon);
    if (name.len == 0 || (colon != ':' && colon != WIDE_COLON))
        return KH_OK;

    size_t value = s->at + name.len;
    (void)kh_utf8_next(s->text, &value);
    size_t end = token_end(s, s->at);
    uint32_t c = peek(s, value);
    const kh_field_row *row = kh_field_find(name);
    bool has_value =
        kh_lex_is_letter(c) || kh_lex_is_digit(c) || kh_lex_quote_opens(s->text, value);
    if (row != NULL) {
        bool is_date_field = row->shape == KH_SHAPE_DATE;
        has_value |= kh_lex_opens(c) || (is_date_field && c == '.') ||
                     (c == '/' && row->field == KH_FIELD_ID);
        if (has_value) {
            *field = row->field;
            s->at = value;
        } else if (c == 0 || kh_lex_is_space(c) || (c == '*' && value + 1 == end)) {
            kh_lex_note(s->result,
                        "'%" KH_FMT ":' has nothing after it and is read as text",
                        KH_ARG(name));
        } else if (c == '=') {
            kh_lex_note(s->result, "'%" KH_FMT ":' takes no '=', so it is read as text",
                        KH_ARG(name));
        }
        return KH_OK;
    }
    if (colon == ':' && is_lower_case && has_value)
        return unknown_field(name, pasted(s->text, kh_str_slice(s->text, s->at, end)),
                             err);
    return KH_OK;
}

/* + or - that counts: after a space (the caller knows) and before a word. */
static kh_sign read_sign(scanner *s)
{
    uint32_t c = peek(s, s->at);
    if (c != '+' && c != '-')
        return KH_SIGN_NONE;
    uint32_t next = peek(s, s->at + 1);
    if (!kh_lex_is_letter(next) && !kh_lex_quote_opens(s->text, s->at + 1) &&
        !kh_lex_opens(next) && next != '=')
        return KH_SIGN_NONE;
    s->at++;
    return c == '+' ? KH_SIGN_MUST : KH_SIGN_NOT;
}

/* Brackets without a partner, or too deep, are dropped. */
static void pair_brackets(kh_lex_result *result)
{
    size_t stack[KH_QUERY_DEPTH_MAX];
    size_t depth = 0;
    size_t too_deep = 0;
    bool *is_dropped = kh_arena_alloc(result->arena, result->n + 1);
    bool has_dropped = false;
    for (size_t i = 0; i < result->n; i++) {
        kh_lex_kind kind = result->items[i].kind;
        if (kind == KH_LEX_OPEN && depth < KH_QUERY_DEPTH_MAX)
            stack[depth++] = i;
        else if (kind == KH_LEX_CLOSE && too_deep == 0 && depth > 0)
            depth--;
        else if (kind == KH_LEX_OPEN || kind == KH_LEX_CLOSE) {
            if (kind == KH_LEX_OPEN)
                too_deep++;
            else if (too_deep > 0)
                too_deep--;
            is_dropped[i] = has_dropped = true;
        }
    }
    while (depth > 0)
        is_dropped[stack[--depth]] = has_dropped = true;
    if (!has_dropped)
        return;

    kh_lex_note(result, "a bracket has no partner and is read as text");
    size_t n = 0;
    for (size_t i = 0; i < result->n; i++)
        if (!is_dropped[i])
            result->items[n++] = result->items[i];
    result->n = n;
}

kh_status kh_lex(kh_lex_result *out, kh_str text, kh_error *err)
{
    scanner s = { .text = text, .result = out };
    s.is_headline = reads_as_headline(&s);
    while (s.at < text.len) {
        size_t start = s.at;
        if (kh_lex_is_space(kh_utf8_next(text, &s.at)))
            continue;
        s.at = start;
        size_t at = start;
        uint32_t before = start > 0 ? kh_utf8_previous(text, &at) : ' ';
        bool is_free = kh_lex_is_space(before) || kh_lex_opens(before);

        size_t end = token_end(&s, start);
        if (read_operator(&s, kh_str_slice(text, start, end))) {
            s.at = end;
            continue;
        }
        kh_lexed item = { .field = KH_N_FIELDS, .sign = KH_SIGN_NONE };
        if (is_free)
            item.sign = read_sign(&s);
        kh_status status = read_field(&s, &item.field, err);
        if (status != KH_OK)
            return status;
        read_value(&s, item);
    }
    pair_brackets(out);
    return KH_OK;
}

void kh_lex_literal(kh_lex_result *out, kh_str text)
{
    scanner s = { .text = text, .result = out };
    while (s.at < text.len) {
        size_t start = s.at;
        while (s.at < text.len && !kh_lex_is_space(peek(&s, s.at)))
            (void)kh_utf8_next(text, &s.at);
        if (s.at > start)
            add_item(out, (kh_lexed){ .kind = KH_LEX_WORD,
                                      .field = KH_N_FIELDS,
                                      .text = kh_str_slice(text, start, s.at) });
        else
            (void)kh_utf8_next(text, &s.at);
    }
}
