/* markup - what HTML, XML and programs begin with, so that none becomes an article.
 *
 * A tag alone says little: people paste "<b>Floods</b>" into text. So XML is told by
 * its declaration, a document type, a namespace in the first tag (Namespaces in
 * XML 1.0), or the name of that tag where feeds and news formats do without.
 */
#include "markup.h"

#include <string.h>

#include "base/decls.h"
#include "format.h"

enum { NARROW_MAX = 4096 /* bytes of what is not UTF-8 that are looked at */ };

/* How the first tag begins, in any case, with a sign behind it that ends names. */
static const struct {
    const char *head;
    const char *what;
} tags[] = {
    { "<html", "an HTML page" },  { "<?xml", "XML" },
    { "<rss", "an RSS feed" },    { "<feed", "an Atom feed" },
    { "<?php", "a PHP program" }, { "<rdf:rdf", "XML" },
    { "<channel", "XML" },        { "<nitf", "XML" },
    { "<newsml", "XML" },         { "<newsitem", "XML" },
    { "<newsmessage", "XML" },
};

static bool starts(kh_str text, kh_str what)
{
    return kh_str_equal_ascii(kh_str_slice(text, 0, what.len), what);
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '.' || c == ':';
}

/* ASCII out of UTF-16 or UTF-32, with or without a mark: its bytes that are not 0. What
 * is no ASCII becomes anything, which no tag depends on. */
static kh_str narrow(char out[NARROW_MAX], kh_str head)
{
    size_t n = 0;
    for (size_t i = 0; i < head.len && n < NARROW_MAX; i++) {
        bool is_mark = i < 4 && ((unsigned char)head.ptr[i] >= 0xFE);
        if (head.ptr[i] != '\0' && !is_mark)
            out[n++] = head.ptr[i];
    }
    return kh_str_make(out, n);
}

static bool is_wide(kh_str head)
{
    return kh_head_is_wide(head) || kh_str_starts(head, kh_str_make("<\0", 2)) ||
           kh_str_starts(head, kh_str_make("\0<", 2)) ||
           kh_str_starts(head, kh_str_make("\0\0\0<", 4));
}

/* Go behind marks, white space and comments; whether there was a comment. */
static bool skip_comments(kh_str *text)
{
    bool has_comment = false;
    *text = kh_head_trim(*text);
    while (kh_str_starts(*text, KH_STR("<!--"))) {
        has_comment = true;
        size_t end = kh_str_find(*text, KH_STR("-->"), 4);
        size_t behind = end == SIZE_MAX ? text->len : end + 3;
        *text = kh_head_trim(kh_str_slice(*text, behind, text->len));
    }
    return has_comment;
}

/* "<!DOCTYPE html" in any case, or of something else. */
static const char *type_of(kh_str text)
{
    kh_str word = KH_STR("<!doctype");
    if (!starts(text, word))
        return NULL;

    kh_str name = kh_str_trim(kh_str_slice(text, word.len, text.len));
    bool is_html =
        starts(name, KH_STR("html")) && (name.len == 4 || !is_name_byte(name.ptr[4]));
    return is_html ? "an HTML page" : "XML";
}

static bool has_namespace(kh_str text)
{
    if (text.len < 2 || text.ptr[0] != '<' || !is_name_byte(text.ptr[1]))
        return false;
    kh_str tag = kh_str_slice(text, 0, kh_str_find(text, KH_STR(">"), 0));
    size_t at = kh_str_find(tag, KH_STR("xmlns"), 0);
    return at != SIZE_MAX && strchr(" \t\r\n", tag.ptr[at - 1]) != NULL;
}

/* Whether a tag goes on behind its name as tags do: "<channel>", "<feed lang=...". Not
 * "<Channel 4> reports". */
static bool is_tag_behind(kh_str text, size_t name)
{
    if (kh_str_starts(text, KH_STR("<?")))
        return true;
    kh_str rest = kh_str_slice(text, name, kh_str_find(text, KH_STR(">"), name));
    rest = kh_str_trim(rest);
    return rest.len == 0 || rest.ptr[0] == '/' ||
           kh_str_find(rest, KH_STR("="), 0) != SIZE_MAX;
}

const char *kh_markup_of(kh_str head)
{
    char narrowed[NARROW_MAX];
    kh_str text = is_wide(head) ? narrow(narrowed, head) : head;
    bool has_comment = skip_comments(&text);
    if (text.len == 0)
        return has_comment ? "XML" : NULL;

    const char *type = type_of(text);
    if (type)
        return type;
    for (size_t i = 0; i < KH_COUNT_OF(tags); i++) {
        kh_str tag = kh_str_from(tags[i].head);
        if (starts(text, tag) &&
            (text.len == tag.len || !is_name_byte(text.ptr[tag.len])) &&
            is_tag_behind(text, tag.len))
            return tags[i].what;
    }
    return has_namespace(text) ? "XML" : NULL;
}
