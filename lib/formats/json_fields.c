/* json_fields - which of a record's keys is our title, body, date ...
 *
 * The usual names come from what is published: schema.org, JSON Feed, NewsAPI, the New
 * York Times, the Guardian, ninjs 1 (2 and 3: json_ninjs.c), WordPress, Solr,
 * news-please, Mongo dumps.
 */
#include "json_fields.h"

#include <stdlib.h>

#include "json_ninjs.h"

#define NAME_MAX_CHARS 24

/* Normal form: lower case, no signs. In the order of the bytes; of one field's names
 * the lowest rank wins. */
static const struct usual_name {
    const char *name;
    kh_json_field field;
    int rank;
} usual_names[] = {
    { "abstract", KH_JSON_SUMMARY, 3 },
    { "articlebody", KH_JSON_BODY, 2 },
    { "articleid", KH_JSON_ID, 8 },
    { "articletext", KH_JSON_BODY, 3 },
    { "articleurl", KH_JSON_URL, 7 },
    { "author", KH_JSON_AUTHOR, 2 },
    { "authors", KH_JSON_AUTHOR, 1 },
    { "body", KH_JSON_BODY, 1 },
    { "bodyhtml", KH_JSON_BODY, 13 },
    { "bodytext", KH_JSON_BODY, 4 },
    { "bodyxhtml", KH_JSON_BODY, 15 },
    { "by", KH_JSON_AUTHOR, 6 },
    { "byline", KH_JSON_AUTHOR, 3 },
    { "bylines", KH_JSON_AUTHOR, 7 },
    { "canonical", KH_JSON_URL, 1 },
    { "canonicalurl", KH_JSON_URL, 2 },
    { "categories", KH_JSON_SECTION, 4 },
    { "category", KH_JSON_SECTION, 3 },
    { "content", KH_JSON_BODY, 8 },
    { "contenthtml", KH_JSON_BODY, 12 },
    { "contenttext", KH_JSON_BODY, 7 },
    { "created", KH_JSON_DATE, 12 },
    { "createdat", KH_JSON_DATE, 13 },
    { "creator", KH_JSON_AUTHOR, 4 },
    { "date", KH_JSON_DATE, 9 },
    { "datecreated", KH_JSON_DATE, 11 },
    { "dateline", KH_JSON_PLACE, 1 },
    { "datemodified", KH_JSON_UPDATED, 3 },
    { "datepublished", KH_JSON_DATE, 1 },
    { "dateupdated", KH_JSON_UPDATED, 4 },
    { "dccreator", KH_JSON_AUTHOR, 5 },
    { "deck", KH_JSON_DECK, 1 },
    { "dek", KH_JSON_DECK, 2 },
    { "description", KH_JSON_SUMMARY, 2 },
    { "docid", KH_JSON_ID, 7 },
    { "docno", KH_JSON_ID, 6 },
    { "excerpt", KH_JSON_SUMMARY, 4 },
    { "firstcreated", KH_JSON_DATE, 15 },
    { "firstpublished", KH_JSON_DATE, 6 },
    { "fulltext", KH_JSON_BODY, 5 },
    { "guid", KH_JSON_ID, 2 },
    { "head", KH_JSON_TITLE, 4 },
    { "heading", KH_JSON_TITLE, 7 },
    { "headline", KH_JSON_TITLE, 2 },
    { "hed", KH_JSON_TITLE, 3 },
    { "href", KH_JSON_URL, 8 },
    { "html", KH_JSON_BODY, 14 },
    { "id", KH_JSON_ID, 1 },
    { "infosource", KH_JSON_SOURCE, 7 },
    { "infosources", KH_JSON_SOURCE, 8 },
    { "inlanguage", KH_JSON_LANG, 3 },
    { "issued", KH_JSON_DATE, 10 },
    { "keyword", KH_JSON_TAGS, 4 },
    { "keywords", KH_JSON_TAGS, 2 },
    { "labels", KH_JSON_TAGS, 8 },
    { "lang", KH_JSON_LANG, 1 },
    { "language", KH_JSON_LANG, 2 },
    { "languagecode", KH_JSON_LANG, 4 },
    { "lastmodified", KH_JSON_UPDATED, 6 },
    { "lastupdated", KH_JSON_UPDATED, 5 },
    { "lead", KH_JSON_SUMMARY, 1 },
    { "link", KH_JSON_URL, 4 },
    { "locale", KH_JSON_LANG, 5 },
    { "located", KH_JSON_PLACE, 2 },
    { "location", KH_JSON_PLACE, 4 },
    { "maintext", KH_JSON_BODY, 6 },
    { "modified", KH_JSON_UPDATED, 7 },
    { "modifiedat", KH_JSON_UPDATED, 8 },
    { "name", KH_JSON_TITLE, 6 },
    { "newspaper", KH_JSON_SOURCE, 5 },
    { "outlet", KH_JSON_SOURCE, 3 },
    { "paragraphs", KH_JSON_BODY, 11 },
    { "permalink", KH_JSON_URL, 5 },
    { "place", KH_JSON_PLACE, 3 },
    { "pubdate", KH_JSON_DATE, 5 },
    { "publication", KH_JSON_SOURCE, 4 },
    { "publicationdate", KH_JSON_DATE, 4 },
    { "publishdate", KH_JSON_DATE, 8 },
    { "published", KH_JSON_DATE, 2 },
    { "publishedat", KH_JSON_DATE, 3 },
    { "publishedon", KH_JSON_DATE, 7 },
    { "publisher", KH_JSON_SOURCE, 2 },
    { "section", KH_JSON_SECTION, 1 },
    { "sectionname", KH_JSON_SECTION, 2 },
    { "sitename", KH_JSON_SOURCE, 6 },
    { "snippet", KH_JSON_SUMMARY, 6 },
    { "source", KH_JSON_SOURCE, 1 },
    { "standfirst", KH_JSON_DECK, 4 },
    { "story", KH_JSON_BODY, 10 },
    { "subheadline", KH_JSON_DECK, 5 },
    { "subject", KH_JSON_TAGS, 7 },
    { "subjects", KH_JSON_TAGS, 6 },
    { "subtitle", KH_JSON_DECK, 3 },
    { "summary", KH_JSON_SUMMARY, 5 },
    { "tag", KH_JSON_TAGS, 3 },
    { "tags", KH_JSON_TAGS, 1 },
    { "text", KH_JSON_BODY, 9 },
    { "timestamp", KH_JSON_DATE, 14 },
    { "title", KH_JSON_TITLE, 1 },
    { "topics", KH_JSON_TAGS, 5 },
    { "updated", KH_JSON_UPDATED, 1 },
    { "updatedat", KH_JSON_UPDATED, 2 },
    { "uri", KH_JSON_ID, 5 },
    { "url", KH_JSON_URL, 3 },
    { "urn", KH_JSON_ID, 3 },
    { "uuid", KH_JSON_ID, 4 },
    { "versioncreated", KH_JSON_DATE, 16 },
    { "weburl", KH_JSON_URL, 6 },
};

/* What --map takes on its left side, in the order of kh_json_field without summary. */
static const char *const field_names[] = {
    "title", "deck",   "body",    "tags", "date", "updated", "author",
    "place", "source", "section", "lang", "url",  "id",      NULL,
};

static const kh_json_field field_numbers[] = {
    KH_JSON_TITLE,   KH_JSON_DECK,   KH_JSON_BODY,  KH_JSON_TAGS,   KH_JSON_DATE,
    KH_JSON_UPDATED, KH_JSON_AUTHOR, KH_JSON_PLACE, KH_JSON_SOURCE, KH_JSON_SECTION,
    KH_JSON_LANG,    KH_JSON_URL,    KH_JSON_ID,
};

const char *const *kh_reader_field_names(void)
{
    return field_names;
}

bool kh_json_has_content(const kh_json *value)
{
    switch (value->kind) {
    case KH_JSON_NULL:
    case KH_JSON_FALSE:
        return false;
    case KH_JSON_TRUE:
    case KH_JSON_NUMBER:
        return true;
    case KH_JSON_STRING:
        return kh_str_trim(value->text).len > 0;
    default:
        return value->first != NULL;
    }
}

/* A key in normal form; false if it is too long to be a usual name. */
static bool normalise(char out[NAME_MAX_CHARS + 1], kh_str key)
{
    size_t n = 0;
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (c == '_' || c == '-' || c == ' ' || c == '@' || c == ':')
            continue;
        if (n == NAME_MAX_CHARS)
            return false;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    out[n] = '\0';
    return n > 0;
}

static int compare_name(const void *key, const void *row)
{
    const char *name = ((const struct usual_name *)row)->name;
    int order = *(const unsigned char *)key - (unsigned char)name[0];
    return order != 0 ? order : strcmp(key, name);
}

static const struct usual_name *find_usual(kh_str key)
{
    char name[NAME_MAX_CHARS + 1];
    if (!normalise(name, key))
        return NULL;

    return bsearch(name, usual_names, KH_COUNT_OF(usual_names), sizeof(usual_names[0]),
                   compare_name);
}

/* Follow "fields.headline" down; the whole name as one key comes first. */
static const kh_json *follow(const kh_json *record, kh_str name)
{
    const kh_json *whole = kh_json_member(record, name);
    if (whole)
        return whole;

    const kh_json *at = record;
    while (at && name.len > 0) {
        size_t dot = kh_str_find(name, KH_STR("."), 0);
        kh_str part = kh_str_slice(name, 0, dot);
        name = kh_str_slice(name, part.len + 1, name.len);
        at = kh_json_member(at, part);
    }
    return at == record ? NULL : at;
}

static void find_mapped(const kh_json *found[KH_JSON_N_FIELDS], const kh_json *record,
                        const kh_reader_options *options)
{
    for (size_t i = 0; i < options->n_map; i++) {
        const kh_name_map *row = &options->map[i];
        for (size_t f = 0; field_names[f]; f++) {
            if (!kh_str_equal(row->field, kh_str_from(field_names[f])))
                continue;
            const kh_json **field = &found[field_numbers[f]];
            const kh_json *value = *field ? NULL : follow(record, row->name);
            if (value && kh_json_has_content(value))
                *field = value;
        }
    }
}

void kh_json_fields_find(const kh_json *found[KH_JSON_N_FIELDS], const kh_json *record,
                         const kh_reader_options *options)
{
    int ranks[KH_JSON_N_FIELDS];
    for (size_t i = 0; i < KH_JSON_N_FIELDS; i++) {
        found[i] = NULL;
        ranks[i] = 1000;
    }
    bool is_taken[KH_JSON_N_FIELDS] = { false };
    find_mapped(found, record, options);
    for (size_t i = 0; i < KH_JSON_N_FIELDS; i++)
        is_taken[i] = found[i] != NULL;
    kh_ninjs_find(found, is_taken, record);
    for (size_t i = 0; i < KH_JSON_N_FIELDS; i++)
        ranks[i] = is_taken[i] ? 0 : ranks[i];

    for (const kh_json *at = record->first; at; at = at->next) {
        const struct usual_name *usual = find_usual(at->key);
        if (usual && usual->rank <= ranks[usual->field] && kh_json_has_content(at)) {
            found[usual->field] = at;
            ranks[usual->field] = usual->rank;
        }
    }
    found[KH_JSON_TITLE] = kh_ninjs_headline(found[KH_JSON_TITLE]);
    found[KH_JSON_BODY] = kh_ninjs_body(found[KH_JSON_BODY]);
}

static bool is_list_of_objects(const kh_json *value)
{
    return value->kind == KH_JSON_ARRAY && value->first &&
           value->first->kind == KH_JSON_OBJECT;
}

const kh_json *kh_json_article_list(const kh_json *record,
                                    const kh_reader_options *options)
{
    static const char *const paths[] = {
        "articles",
        "items",
        "docs",
        "documents",
        "data",
        "results",
        "hits",
        "response.docs",
        "entries",
        "news",
        "posts",
        "stories",
        "records",
        "articles.results",
        "response.results",
        "hits.hits",
        "data.articles",
    };
    const kh_json *found[KH_JSON_N_FIELDS];
    kh_json_fields_find(found, record, options);
    if (found[KH_JSON_BODY])
        return NULL;

    for (size_t i = 0; i < KH_COUNT_OF(paths); i++) {
        const kh_json *list = follow(record, kh_str_from(paths[i]));
        bool is_empty = list && list->kind == KH_JSON_ARRAY && !list->first;
        if (list && (is_list_of_objects(list) || (is_empty && !found[KH_JSON_TITLE])))
            return list;
    }
    return NULL;
}
