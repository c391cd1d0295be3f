/* plan_filters - conditions that weigh nothing: tags, dates, languages, addresses, ids.
 */
#include "query/plan.h"

#include "article/tags.h"
#include "cli/options.h"
#include "text/fold.h"

static kh_plan_node *filter_node(kh_plan_maker *maker)
{
    kh_plan_node *node = kh_plan_node_make(maker, KH_PLAN_FILTER, KH_N_FIELDS);
    node->terms = kh_arena_alloc(maker->arena, sizeof(kh_plan_terms));
    node->n_terms = 1;
    node->is_filter = true;
    return node;
}

static void add_filter_term(kh_plan_maker *maker, kh_plan_node *node, kh_str term)
{
    kh_plan_terms *terms = &node->terms[0];
    terms->terms = kh_arena_grow(maker->arena, terms->terms, terms->n, &terms->capacity,
                                 sizeof(kh_str));
    terms->terms[terms->n++] = kh_arena_copy(maker->arena, term);
}

static void add_field_term(kh_plan_maker *maker, kh_plan_node *node, kh_field field,
                           kh_str value)
{
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    kh_field_term(&term, field, value);
    add_filter_term(maker, node, kh_buf_str(&term));
}

/* Whether a normal form has all words of another, as whole words in order. */
static bool has_words(kh_str normal, kh_str words)
{
    for (size_t at = 0; (at = kh_str_find(normal, words, at)) != SIZE_MAX; at++) {
        size_t end = at + words.len;
        if ((at == 0 || normal.ptr[at - 1] == ' ') &&
            (end == normal.len || normal.ptr[end] == ' '))
            return true;
    }
    return false;
}

#define NOTE_TAGS_MAX 4
#define NO_MATCH      SIZE_MAX

/* How far a tag is from the name of one that is not there: 0 if it has its words, else
 * by edits, of which a long name may have more. */
static size_t distance_of(kh_str tag, kh_str name)
{
    if (has_words(tag, name))
        return 0;
    size_t limit = name.len < 5 ? 1 : name.len < 10 ? 2 : 3;
    size_t edits = kh_edits(tag, name, limit);
    return edits <= limit && edits < name.len ? edits : NO_MATCH;
}

typedef struct near_tag {
    const kh_tag_entry *tag;
    size_t distance;
} near_tag;

static bool is_nearer(const near_tag *a, const near_tag *b)
{
    if (b->tag == NULL || a->distance != b->distance)
        return b->tag == NULL || a->distance < b->distance;
    return a->tag->n_articles > b->tag->n_articles;
}

/* No such tag: say which have its words, or else nearly its letters; of equals those of
 * most articles first. */
static kh_status note_near_tags(kh_plan_maker *maker, kh_str name, kh_str normal)
{
    kh_tag_entry *tags = NULL;
    size_t n = 0;
    kh_status status = kh_index_tags(&tags, &n, maker->planner->index, KH_STR(""),
                                     maker->arena, maker->err);
    if (status != KH_OK)
        return status;
    near_tag best[NOTE_TAGS_MAX] = { { NULL, 0 } };
    for (size_t i = 0; i < n; i++) {
        near_tag tag = { &tags[i], distance_of(tags[i].normal, normal) };
        if (tag.distance == NO_MATCH)
            continue;
        for (size_t k = 0; k < NOTE_TAGS_MAX && tag.tag != NULL; k++) {
            if (!is_nearer(&tag, &best[k]))
                continue;
            near_tag lower = best[k];
            best[k] = tag;
            tag = lower;
        }
    }
    KH_AUTO_BUF line;
    kh_buf_init(&line, 900);
    kh_buf_printf(&line, "no tag '%" KH_FMT "'", KH_ARG(name));
    bool has_word = best[0].distance == 0; /* then only such */
    for (size_t k = 0; k < NOTE_TAGS_MAX && best[k].tag != NULL; k++) {
        if (has_word && best[k].distance > 0)
            break;
        const char *label = has_word ? "; tags with that word: " : "; nearest: ";
        kh_buf_printf(&line, "%s'%" KH_FMT "' (%u)", k == 0 ? label : ", ",
                      KH_ARG(best[k].tag->name), best[k].tag->n_articles);
    }
    kh_plan_note(maker, "%s", kh_buf_text(&line));
    return KH_OK;
}

kh_status kh_plan_tag(kh_plan_maker *maker, kh_plan_node **out, kh_str name,
                      bool is_prefix)
{
    KH_AUTO_BUF normal;
    kh_buf_init(&normal, KH_BUF_MAX);
    kh_tag_normalise(&normal, name);
    *out = NULL;
    if (normal.len == 0)
        return KH_OK;

    kh_plan_node *node = filter_node(maker);
    kh_tag_entry *tags = NULL;
    size_t n = 0;
    kh_status status = kh_index_tags(&tags, &n, maker->planner->index,
                                     kh_buf_str(&normal), maker->arena, maker->err);
    for (size_t i = 0; i < n && status == KH_OK; i++) {
        if (!is_prefix && !kh_str_equal(tags[i].normal, kh_buf_str(&normal)))
            continue;
        add_field_term(maker, node, KH_FIELD_TAG, tags[i].normal);
    }
    if (status == KH_OK && node->terms[0].n == 0)
        status = note_near_tags(maker, name, kh_buf_str(&normal));
    *out = node;
    return status;
}

kh_status kh_plan_dates(kh_plan_maker *maker, kh_plan_node **out, kh_date_range range)
{
    const kh_manifest *manifest = kh_index_manifest(maker->planner->index);
    kh_plan_node *node = filter_node(maker);
    kh_str *terms = NULL;
    size_t n = kh_date_cover(&terms, range, manifest->first_date, manifest->last_date,
                             maker->arena);
    for (size_t i = 0; i < n; i++)
        add_filter_term(maker, node, terms[i]);
    *out = node;
    return KH_OK;
}

/* Addresses that begin so: the shortest terms that cover them all. */
static kh_status add_addresses(kh_plan_maker *maker, kh_plan_node *node, kh_str value)
{
    KH_AUTO_BUF url;
    KH_AUTO_BUF prefix;
    kh_buf_init(&url, KH_BUF_MAX);
    kh_buf_init(&prefix, KH_BUF_MAX);
    kh_url_normalise(&url, value);
    kh_database *database = kh_index_database(maker->planner->index);
    if (url.len == 0 || database == NULL)
        return KH_OK;
    kh_field_term(&prefix, KH_FIELD_URL, kh_buf_str(&url));

    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_status status =
        kh_term_cursor_open(&cursor, database, kh_buf_str(&prefix), false, maker->err);
    KH_AUTO_BUF behind;
    kh_buf_init(&behind, KH_BUF_MAX);
    while (status == KH_OK) {
        kh_str term;
        status = kh_term_cursor_next(cursor, &term, NULL, maker->err);
        if (status != KH_OK)
            break;
        add_filter_term(maker, node, term);
        /* Whatever lies below this address carries this term, too: go on behind
         * "term/...". */
        kh_buf_reset(&behind);
        kh_buf_add(&behind, term);
        kh_buf_add_char(&behind, '/' + 1);
        kh_str at = kh_buf_str(&behind);
        if (kh_str_starts(at, kh_buf_str(&prefix)))
            status = kh_term_cursor_seek(cursor, at, maker->err);
    }
    return status == KH_END ? KH_OK : status;
}

/* Several inputs may have an article of one id, each with a key of its own. */
static kh_status add_ids(kh_plan_maker *maker, kh_plan_node *node, kh_str id)
{
    kh_index *index = maker->planner->index;
    size_t max = kh_index_manifest(index)->n_inputs + 1;
    uint32_t *documents = kh_arena_alloc(maker->arena, max * sizeof(*documents));
    size_t n = 0;
    kh_status status = kh_index_find_id(documents, &n, max, index, id, maker->err);
    for (size_t i = 0; i < n && status == KH_OK; i++) {
        char key[KH_KEY_CHARS + 1];
        kh_article_key_text(key, kh_index_head(index, documents[i]).key);
        add_field_term(maker, node, KH_FIELD_ID, kh_str_from(key));
    }
    return status;
}

/* No article of this tag: say what it begins with that there is. */
static kh_status note_near_language(kh_plan_maker *maker, kh_str tag)
{
    kh_database *database = kh_index_database(maker->planner->index);
    KH_AUTO_BUF term;
    kh_buf_init(&term, KH_BUF_MAX);
    size_t start = kh_language_primary(tag).len;
    size_t found = 0; /* bytes of the tag */
    if (database == NULL)
        return KH_OK;
    for (size_t end = start; end <= tag.len; end++) {
        if (end < tag.len && tag.ptr[end] != '-')
            continue;
        kh_buf_reset(&term);
        kh_field_term(&term, KH_FIELD_LANG, kh_str_slice(tag, 0, end));
        kh_term_frequency frequency;
        kh_status status =
            kh_database_frequency(&frequency, database, kh_buf_str(&term), maker->err);
        if (status != KH_OK)
            return status;
        if (frequency.n_documents == 0)
            break;
        found = end;
    }
    if (found == 0)
        kh_plan_note(maker, "no article of language '%" KH_FMT "'", KH_ARG(tag));
    else if (found < tag.len)
        kh_plan_note(maker,
                     "no article of language '%" KH_FMT "', but of '%" KH_FMT "'",
                     KH_ARG(tag), KH_ARG(kh_str_slice(tag, 0, found)));
    return KH_OK;
}

static kh_status add_language(kh_plan_maker *maker, kh_plan_node *node, kh_str value)
{
    KH_AUTO_BUF tag;
    kh_buf_init(&tag, KH_BUF_MAX);
    bool is_whole;
    if (!kh_language_tag(&tag, &is_whole, value)) {
        kh_plan_note(maker, "'%" KH_FMT "' names no language", KH_ARG(value));
        return KH_OK;
    }
    kh_str text = kh_buf_str(&tag);
    if (!is_whole)
        kh_plan_note(maker, "'%" KH_FMT "' is read as '%" KH_FMT "'", KH_ARG(value),
                     KH_ARG(text));
    add_field_term(maker, node, KH_FIELD_LANG, text);
    return note_near_language(maker, text);
}

kh_status kh_plan_code(kh_plan_maker *maker, kh_plan_node **out, kh_field field,
                       kh_str value)
{
    kh_plan_node *node = filter_node(maker);
    *out = node;
    if (field == KH_FIELD_URL)
        return add_addresses(maker, node, value);
    if (field == KH_FIELD_ID)
        return add_ids(maker, node, value);
    return add_language(maker, node, value);
}
