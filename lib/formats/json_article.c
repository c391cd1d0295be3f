/* json_article - a record becomes an article.
 *
 * Nothing here is verbatim: escapes are gone, so blocks have the record's place.
 */
#include "json_article.h"

#include "blocks.h"
#include "html.h"
#include "json_fields.h"

#define DEPTH_MAX 8 /* lists and objects in a body or a name */

typedef const char *const *key_list;

/* Where objects keep their text: WordPress, NYT, Mongo, Badgerfish, JSON-LD. */
static const char *const text_keys[] = {
    "rendered", "value", "text",  "name",  "title", "main",   "original", "label",
    "term",     "$oid",  "$date", "#text", "_",     "@value", "@id",      NULL,
};

static const char *const body_keys[] = {
    "rendered", "text",     "value", "content", "body",   "html", "paragraphs",
    "blocks",   "children", "#text", "_",       "@value", "p",    NULL,
};

static const kh_json *first_with_content(const kh_json *object, key_list keys)
{
    for (size_t i = 0; keys[i]; i++) {
        const kh_json *value = kh_json_member(object, kh_str_from(keys[i]));
        if (value && kh_json_has_content(value))
            return value;
    }
    return NULL;
}

static const kh_json *first_item(const kh_json *array)
{
    for (const kh_json *at = array->first; at; at = at->next)
        if (kh_json_has_content(at))
            return at;
    return NULL;
}

/* The text of a value: of an object where it keeps it, of an array its first. */
static kh_str text_of(const kh_json *value, kh_arena *arena)
{
    for (int depth = 0; value && depth < DEPTH_MAX; depth++) {
        if (value->kind == KH_JSON_STRING || value->kind == KH_JSON_NUMBER) {
            kh_str text = kh_str_trim(value->text);
            bool may_be_cdata = text.len > 0 && text.ptr[0] == '<';
            return may_be_cdata ? kh_str_trim(kh_html_without_cdata(text, arena))
                                : text;
        }
        if (value->kind == KH_JSON_OBJECT)
            value = first_with_content(value, text_keys);
        else if (value->kind == KH_JSON_ARRAY)
            value = first_item(value);
        else
            break;
    }
    return kh_str_make(NULL, 0);
}

static kh_str line_of(const kh_json *value, kh_arena *arena)
{
    kh_str text = text_of(value, arena);
    return text.len ? kh_html_line(text, arena) : text;
}

/* {"type": "heading"}, "subhead", "h2" */
static bool says_heading(const kh_json *object)
{
    const kh_json *type = kh_json_member(object, KH_STR("type"));
    if (!type || type->kind != KH_JSON_STRING)
        type = kh_json_member(object, KH_STR("tag"));
    if (!type || type->kind != KH_JSON_STRING)
        return false;

    kh_str s = type->text;
    return kh_str_find(s, KH_STR("head"), 0) != SIZE_MAX ||
           (s.len == 2 && s.ptr[0] == 'h' && s.ptr[1] >= '1' && s.ptr[1] <= '6');
}

/* NOLINTNEXTLINE(misc-no-recursion): DEPTH_MAX bounds it */
static void add_body(kh_draft *draft, const kh_json *value, int depth)
{
    if (depth > DEPTH_MAX)
        return;

    switch (value->kind) {
    case KH_JSON_STRING: {
        kh_str text = value->text;
        bool may_be_html = text.len > 0 && memchr(text.ptr, '<', text.len) != NULL;
        kh_str bare =
            may_be_html ? kh_html_without_cdata(text, draft->arena) : KH_STR("");
        bool is_html = may_be_html && kh_html_is_in(bare);
        if (is_html || kh_str_starts(kh_str_trim(text), KH_STR("<![CDATA[")))
            text = bare; /* elsewhere an article writes about the marks */
        if (is_html)
            kh_html_blocks(draft, text);
        else
            kh_draft_plain(draft, kh_html_entities(text, draft->arena));
        break;
    }
    case KH_JSON_ARRAY:
        for (const kh_json *at = value->first; at; at = at->next)
            add_body(draft, at, depth + 1);
        break;
    case KH_JSON_OBJECT: {
        const kh_json *inner = first_with_content(value, body_keys);
        if (inner && says_heading(value))
            kh_draft_text(draft, KH_BLOCK_HEADING, line_of(inner, draft->arena));
        else if (inner)
            add_body(draft, inner, depth + 1);
        break;
    }
    default:
        break;
    }
}

/* A first and a last name in an object; empty if it has not both. */
static kh_str whole_name(const kh_json *object, kh_arena *arena)
{
    static const char *const firsts[] = { "firstName",  "first_name", "firstname",
                                          "given_name", "givenName",  NULL };
    static const char *const lasts[] = { "lastName",    "last_name",  "lastname",
                                         "family_name", "familyName", NULL };
    const kh_json *first = first_with_content(object, firsts);
    const kh_json *last = first_with_content(object, lasts);
    kh_str none = { NULL, 0 };
    if (!first || !last || first->kind != KH_JSON_STRING ||
        last->kind != KH_JSON_STRING)
        return none;
    return kh_arena_printf(arena, "%" KH_FMT " %" KH_FMT, KH_ARG(first->text),
                           KH_ARG(last->text));
}

static void add_author(kh_draft *draft, const kh_json *value, bool is_list)
{
    if (value->kind == KH_JSON_OBJECT) {
        kh_str name = whole_name(value, draft->arena);
        if (name.len) {
            kh_draft_author(draft, name);
            return;
        }
    }
    kh_str text = line_of(value, draft->arena);
    if (is_list)
        kh_draft_author(draft, text);
    else
        kh_draft_byline(draft, text);
}

static void add_authors(kh_draft *draft, const kh_json *value)
{
    bool is_list = value->kind == KH_JSON_ARRAY && value->first && value->first->next;
    if (value->kind != KH_JSON_ARRAY) {
        add_author(draft, value, false);
        return;
    }
    for (const kh_json *at = value->first; at; at = at->next)
        add_author(draft, at, is_list);
}

static void add_tags(kh_draft *draft, const kh_json *value)
{
    if (value->kind != KH_JSON_ARRAY) {
        kh_draft_tag_list(draft, line_of(value, draft->arena));
        return;
    }
    for (const kh_json *at = value->first; at; at = at->next)
        kh_draft_tag(draft, line_of(at, draft->arena));
}

/* A date as text; a number is seconds or milliseconds since 1970, or 20250605. */
static kh_str date_text(const kh_json *value, kh_arena *arena)
{
    kh_str text = text_of(value, arena);
    unsigned long long number = 0;
    size_t dot = kh_str_find(text, KH_STR("."), 0);
    kh_str whole = kh_str_slice(text, 0, dot);
    if (!kh_str_number(whole, 99999999999999ull, &number) || number < 100000000ull)
        return text;

    if (number >= 100000000000ull)
        number /= 1000;
    kh_date day = kh_date_from_days((int64_t)(number / 86400));
    unsigned seconds = (unsigned)(number % 86400);
    return kh_arena_printf(arena, "%04d-%02u-%02uT%02u:%02u:%02uZ", (int)day.year,
                           day.month, day.day, seconds / 3600, seconds / 60 % 60,
                           seconds % 60);
}

/* An address: no white space, and a scheme, a path or a dot in it. */
static bool is_address(kh_str text)
{
    if (text.len == 0 || kh_line_words(text) != 1)
        return false;
    return text.ptr[0] == '/' || kh_str_find(text, KH_STR("."), 0) != SIZE_MAX;
}

/* A search engine's hit holds the record in "_source". */
static const kh_json *unwrap(const kh_json *record)
{
    const kh_json *source = kh_json_member(record, KH_STR("_source"));
    return source && source->kind == KH_JSON_OBJECT ? source : record;
}

void kh_json_article(kh_draft *draft, const kh_json *record,
                     const kh_reader_options *options)
{
    const kh_json *found[KH_JSON_N_FIELDS];
    kh_json_fields_find(found, unwrap(record), options);

    kh_article *article = &draft->article;
    kh_arena *arena = draft->arena;
    article->title = line_of(found[KH_JSON_TITLE], arena);
    article->deck = line_of(found[KH_JSON_DECK], arena);
    article->source = line_of(found[KH_JSON_SOURCE], arena);
    article->section = line_of(found[KH_JSON_SECTION], arena);
    article->id = text_of(found[KH_JSON_ID], arena);
    kh_str url = text_of(found[KH_JSON_URL], arena);
    if (is_address(url))
        article->url = url;
    draft->summary = line_of(found[KH_JSON_SUMMARY], arena);
    draft->dateline = line_of(found[KH_JSON_PLACE], arena);
    draft->lang_text = text_of(found[KH_JSON_LANG], arena);
    draft->date_text = date_text(found[KH_JSON_DATE], arena);
    draft->updated_text = date_text(found[KH_JSON_UPDATED], arena);

    kh_draft_text(draft, KH_BLOCK_TITLE, article->title);
    kh_draft_text(draft, KH_BLOCK_DECK, article->deck);
    if (found[KH_JSON_BODY])
        add_body(draft, found[KH_JSON_BODY], 0);
    if (found[KH_JSON_AUTHOR])
        add_authors(draft, found[KH_JSON_AUTHOR]);
    if (found[KH_JSON_TAGS])
        add_tags(draft, found[KH_JSON_TAGS]);
}
