/* language_tag - the whole tag of a language: script, region and what else it names.
 *
 * Source: RFC 5646, 2.1 (order of subtags, case). ICU knows tags, too, but it orders
 * and replaces subtags; a tag is given back here as the article has it. */
#include "text/language.h"

#include <string.h>

/* What a subtag is, in the order in which they come. */
typedef enum subtag_kind {
    KIND_EXTLANG,
    KIND_SCRIPT,
    KIND_REGION,
    KIND_VARIANT,
    KIND_EXTENSION, /* "u" and what follows it */
    KIND_PRIVATE,   /* "x" and what follows it */
    KIND_NONE,
} subtag_kind;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(kh_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += is_digit(text.ptr[i]);
    return n;
}

/* By its length and letters, as nothing else than its place tells. */
static subtag_kind kind_of(kh_str subtag)
{
    size_t n_digits = count_digits(subtag);
    switch (subtag.len) {
    case 1:
        return (subtag.ptr[0] | 0x20) == 'x' ? KIND_PRIVATE : KIND_EXTENSION;
    case 2:
        return n_digits == 0 ? KIND_REGION : KIND_NONE;
    case 3:
        return n_digits == 0 ? KIND_EXTLANG : n_digits == 3 ? KIND_REGION : KIND_NONE;
    case 4:
        return n_digits == 0             ? KIND_SCRIPT
               : is_digit(subtag.ptr[0]) ? KIND_VARIANT
                                         : KIND_NONE;
    default:
        return KIND_VARIANT;
    }
}

/* The tag as far as it is in order. */
typedef struct tag_state {
    char text[KH_LANGUAGE_TAG_BYTES]; /* behind the primary subtag */
    size_t len;
    size_t whole; /* of it: no "u" or "x" without what it announces */
    subtag_kind last;
    bool is_announced; /* behind "u" or "x" */
} tag_state;

/* The kind of a subtag where it stands; KIND_NONE: it may not stand there. */
static subtag_kind kind_behind(const tag_state *tag, kh_str subtag)
{
    if (tag->last == KIND_PRIVATE)
        return KIND_PRIVATE;
    if (tag->last == KIND_EXTENSION && subtag.len > 1)
        return KIND_EXTENSION;
    subtag_kind kind = kind_of(subtag);
    bool is_once = kind == KIND_SCRIPT || kind == KIND_REGION;
    bool is_in_order = is_once ? kind > tag->last : kind >= tag->last;
    return is_in_order && !tag->is_announced ? kind : KIND_NONE;
}

/* Two letters are a region and in capitals, four a script and have one. */
static void add_subtag(tag_state *tag, kh_str subtag, subtag_kind kind)
{
    tag->text[tag->len++] = '-';
    for (size_t i = 0; i < subtag.len; i++) {
        char c = subtag.ptr[i];
        bool is_capital = kind == KIND_REGION || (kind == KIND_SCRIPT && i == 0);
        if (!is_digit(c))
            c = (char)(is_capital ? c & ~0x20 : c | 0x20);
        tag->text[tag->len++] = c;
    }
    tag->is_announced = kind == KIND_PRIVATE
                            ? tag->last != KIND_PRIVATE
                            : kind == KIND_EXTENSION && subtag.len == 1;
    tag->last = kind;
    if (!tag->is_announced)
        tag->whole = tag->len;
}

static size_t subtag_end(kh_str name, size_t at)
{
    while (at < name.len && strchr("-_.@", name.ptr[at]) == NULL)
        at++;
    return at;
}

bool kh_language_tag(kh_buf *out, bool *is_whole, kh_str name)
{
    size_t before = out->len;
    if (!kh_language_code(out, name)) /* all subtags are 1 to 8 letters or digits */
        return false;
    size_t n_primary = out->len - before;
    kh_str text = kh_str_trim(name);
    tag_state tag = { .last = KIND_EXTLANG };
    size_t at = subtag_end(text, 0);
    bool is_read = true;
    while (is_read && at < text.len && text.ptr[at] != '.' && text.ptr[at] != '@') {
        size_t end = subtag_end(text, at + 1);
        kh_str subtag = kh_str_slice(text, at + 1, end);
        subtag_kind kind = kind_behind(&tag, subtag);
        size_t n_bytes = n_primary + tag.len + 1 + subtag.len;
        is_read = kind != KIND_NONE && n_bytes <= KH_LANGUAGE_TAG_BYTES;
        if (is_read)
            add_subtag(&tag, subtag, kind);
        at = end;
    }
    kh_buf_add(out, kh_str_make(tag.text, tag.whole));
    if (is_whole != NULL)
        *is_whole = is_read && tag.whole == tag.len;
    return true;
}

kh_str kh_language_primary(kh_str tag)
{
    return kh_str_slice(tag, 0, kh_str_find(tag, KH_STR("-"), 0));
}
