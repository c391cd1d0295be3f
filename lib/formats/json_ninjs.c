/* json_ninjs - the lists of ninjs 2 and 3: headlines, bodies and descriptions by role.
 *
 *     "headlines": [{"role": "main", "value": "..."}, {"role": "sub", "value": "..."}]
 *     "bodies": [{"contentType": "text/plain", "value": "..."}, ...]
 *
 * Where ninjs 1 has a member for each form of a text ("body_text", "body_xhtml"), these
 * have one list of them, so that one must be chosen: all of them would say it twice.
 *
 * Source: IPTC, News in JSON (ninjs) 2.1 and 3.0.
 */
#include "json_ninjs.h"

/* The member of an object by its key in lower case: 2.x writes "contenttype", 3.0
 * "contentType". */
static const kh_json *member(const kh_json *object, const char *key)
{
    if (object->kind != KH_JSON_OBJECT)
        return NULL;
    for (const kh_json *at = object->first; at; at = at->next)
        if (kh_str_equal_ascii(at->key, kh_str_from(key)))
            return at;
    return NULL;
}

static kh_str text_of(const kh_json *object, const char *key)
{
    const kh_json *value = member(object, key);
    return value && value->kind == KH_JSON_STRING ? value->text : kh_str_make(NULL, 0);
}

static bool has_value(const kh_json *item)
{
    const kh_json *value = member(item, "value");
    return value && value->kind == KH_JSON_STRING && kh_json_has_content(value);
}

/* A list of objects with a "value". */
static bool is_list(const kh_json *value)
{
    bool has_any = false;
    if (!value || value->kind != KH_JSON_ARRAY)
        return false;
    for (const kh_json *at = value->first; at; at = at->next) {
        if (at->kind != KH_JSON_OBJECT)
            return false;
        has_any |= has_value(at);
    }
    return has_any;
}

/* Whether one of a list says which form of the text it is. Paragraphs may have a
 * "value" as well, and all of them are wanted. */
static bool has_forms(const kh_json *list)
{
    for (const kh_json *at = list->first; at; at = at->next)
        if (member(at, "role") || member(at, "contenttype") || member(at, "mimetype"))
            return true;
    return false;
}

const kh_json *kh_ninjs_headline(const kh_json *value)
{
    if (!is_list(value))
        return value;

    const kh_json *first = NULL;
    for (const kh_json *at = value->first; at; at = at->next) {
        if (!has_value(at))
            continue;
        if (kh_str_equal_ascii(text_of(at, "role"), KH_STR("main")))
            return at;
        if (!first)
            first = at;
    }
    return first;
}

/* The first headline of another role than the title. */
static const kh_json *second_headline(const kh_json *list, const kh_json *title)
{
    kh_str role = text_of(title, "role");
    for (const kh_json *at = list->first; at; at = at->next) {
        kh_str other = text_of(at, "role");
        if (at != title && has_value(at) && other.len && !kh_str_equal(other, role))
            return at;
    }
    return NULL;
}

static bool says(kh_str text, const char *what)
{
    return kh_str_find(text, kh_str_from(what), 0) != SIZE_MAX;
}

/* How well a body is read: HTML has its paragraphs, other markup may have anything. */
static int rank_of(const kh_json *body)
{
    static const char *const keys[] = { "contenttype", "mimetype", "type", "role" };
    for (size_t i = 0; i < KH_COUNT_OF(keys); i++) {
        kh_str type = text_of(body, keys[i]);
        if (says(type, "html"))
            return 3;
        if (says(type, "xml") || says(type, "nitf"))
            return 1;
        if (says(type, "/"))
            break;
    }
    return 2;
}

const kh_json *kh_ninjs_body(const kh_json *value)
{
    if (!is_list(value) || !has_forms(value))
        return value;

    const kh_json *best = NULL;
    for (const kh_json *at = value->first; at; at = at->next)
        if (has_value(at) && (!best || rank_of(at) > rank_of(best)))
            best = at;
    return best;
}

/* A description that says what happened: "creditline" and "writer" are some, too. */
static const kh_json *description(const kh_json *list)
{
    static const char *const roles[] = { "main", "summary", "text", "caption" };
    for (size_t i = 0; i < KH_COUNT_OF(roles); i++)
        for (const kh_json *at = list->first; at; at = at->next)
            if (has_value(at) &&
                kh_str_equal_ascii(text_of(at, "role"), kh_str_from(roles[i])))
                return at;
    return NULL;
}

void kh_ninjs_find(const kh_json *found[KH_JSON_N_FIELDS],
                   bool is_taken[KH_JSON_N_FIELDS], const kh_json *record)
{
    static const struct {
        const char *key;
        kh_json_field field;
    } lists[] = {
        { "headlines", KH_JSON_TITLE },
        { "bodies", KH_JSON_BODY },
        { "descriptions", KH_JSON_SUMMARY },
    };
    for (size_t i = 0; i < KH_COUNT_OF(lists); i++) {
        const kh_json *list = kh_json_member(record, kh_str_from(lists[i].key));
        if (found[lists[i].field] || !is_list(list))
            continue;
        bool is_summary = lists[i].field == KH_JSON_SUMMARY;
        found[lists[i].field] = is_summary ? description(list) : list;
        is_taken[lists[i].field] = found[lists[i].field] != NULL;
    }

    const kh_json *headlines = found[KH_JSON_TITLE];
    if (is_list(headlines) && !found[KH_JSON_DECK])
        found[KH_JSON_DECK] = second_headline(headlines, kh_ninjs_headline(headlines));
}
