/* plan - from the tree of a query to what the engine and the records are asked.
 *
 * In a group, plain words are wishes and everything else is a condition. Wishes only
 * add to the score once a condition on the text stands beside them; beside filters
 * alone (a tag, a date) an article still needs one of them. */
#include "query/plan.h"

#include <stdio.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "query/plan_reading.h"

kh_plan_node *kh_plan_node_make(kh_plan_maker *maker, kh_plan_kind kind, kh_field field)
{
    kh_plan_node *node = kh_arena_alloc(maker->arena, sizeof(*node));
    node->kind = kind;
    node->field = field;
    return node;
}

void kh_plan_push(kh_plan_maker *maker, kh_plan_list *list, kh_plan_node *node)
{
    list->nodes = kh_arena_grow(maker->arena, list->nodes, list->n, &list->capacity,
                                sizeof(kh_plan_node *));
    list->nodes[list->n++] = node;
}

void kh_plan_note(kh_plan_maker *maker, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    kh_plan *plan = maker->plan;
    plan->notes = kh_arena_grow(maker->arena, plan->notes, plan->n_notes,
                                &plan->notes_capacity, sizeof(kh_str));
    plan->notes[plan->n_notes++] = kh_arena_copy(maker->arena, kh_str_from(line));
}

kh_status kh_planner_open(kh_planner *out, kh_index *index, kh_error *err)
{
    *out = (kh_planner){ .index = index };
    out->languages = kh_index_languages(index, &out->n_languages);
    out->analysers = kh_alloc((out->n_languages + 1) * sizeof(kh_analyser *));
    kh_status status = kh_analyser_open(&out->neutral, kh_language_neutral(), err);
    for (size_t i = 0; i < out->n_languages && status == KH_OK; i++)
        status = kh_analyser_open(&out->analysers[i], out->languages[i], err);
    if (status == KH_OK && kh_index_database(index) != NULL)
        status = kh_database_statistics(&out->stats, kh_index_database(index), err);
    if (status != KH_OK)
        kh_planner_close(out);
    return status;
}

void kh_planner_close(kh_planner *planner)
{
    for (size_t i = 0; i < planner->n_languages && planner->analysers != NULL; i++)
        kh_analyser_free(planner->analysers[i]);
    kh_free(planner->analysers);
    kh_analyser_free(planner->neutral);
    planner->analysers = NULL;
    planner->neutral = NULL;
}

/* A wish: a word, or a bracket of such. */
static bool is_plain(const kh_node *node)
{
    if (node->field != KH_N_FIELDS || node->sign != KH_SIGN_NONE)
        return false;
    if (node->kind == KH_NODE_WORD || node->kind == KH_NODE_PREFIX)
        return true;
    if (node->kind != KH_NODE_GROUP && node->kind != KH_NODE_OR)
        return false;
    for (size_t i = 0; i < node->n_children; i++)
        if (!is_plain(node->children[i]))
            return false;
    return true;
}

static bool is_about_text(const kh_plan_node *node);

static bool has_about_text(const kh_plan_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (is_about_text(list->nodes[i]))
            return true;
    return false;
}

/* A condition that is about the text, so that plain words beside it are free. */
static bool is_about_text(const kh_plan_node *node)
{
    if (node->kind == KH_PLAN_BRANCH)
        return has_about_text(&node->must) || has_about_text(&node->may);
    return !node->is_filter && node->field != KH_FIELD_AUTHOR &&
           node->field != KH_FIELD_PLACE && node->field != KH_FIELD_SECTION &&
           node->field != KH_FIELD_SOURCE;
}

static void settle(kh_plan_node *branch)
{
    branch->may_is_free = false;
    branch->is_filter = branch->may.n == 0;
    const kh_plan_list *lists[] = { &branch->must, &branch->may, &branch->never };
    for (size_t l = 0; l < KH_COUNT_OF(lists); l++)
        for (size_t i = 0; i < lists[l]->n; i++)
            branch->needs_record |= lists[l]->nodes[i]->needs_record;
    for (size_t i = 0; i < branch->must.n; i++) {
        branch->may_is_free |=
            branch->may.n > 0 && is_about_text(branch->must.nodes[i]);
        branch->is_filter &= branch->must.nodes[i]->is_filter;
    }
}

static kh_plan_node *branch_of(kh_plan_maker *maker, kh_plan_list must,
                               kh_plan_list may)
{
    if (must.n == 1 && may.n == 0)
        return must.nodes[0];
    if (may.n == 1 && must.n == 0)
        return may.nodes[0];
    kh_plan_node *branch = kh_plan_node_make(maker, KH_PLAN_BRANCH, KH_N_FIELDS);
    branch->must = must;
    branch->may = may;
    settle(branch);
    return branch;
}

static kh_status plan_node(kh_plan_maker *maker, kh_plan_node **out,
                           const kh_node *node);

/* A word, phrase or prefix as one unit: its words side by side. */
static kh_status plan_operand(kh_plan_maker *maker, kh_plan_node **out,
                              const kh_node *node, kh_field field)
{
    if (node->kind == KH_NODE_PREFIX)
        return kh_plan_prefix(maker, out, node->text, field);
    bool is_quoted = node->kind == KH_NODE_PHRASE || node->is_exact;
    kh_plan_phrase_request request = { .texts = &node->text,
                                       .is_quoted = &is_quoted,
                                       .n_texts = 1,
                                       .field = field,
                                       .is_exact = node->is_exact };
    return kh_plan_phrase(maker, out, &request);
}

/* A chain that must match: all its parts, or the joined compound. What a non-joiner
 * parts is often as common as a syllable, so that articles with both parts somewhere
 * say nothing: they must stand side by side. */
static kh_status plan_chain(kh_plan_maker *maker, kh_plan_node **out,
                            const kh_chain *chain, const kh_node *node)
{
    kh_plan_list parts = { 0 };
    kh_status status = kh_plan_plain(maker, &parts, chain->text, node->field);
    if (status != KH_OK || parts.n == 0)
        return status;

    /* kh_plan_plain puts nodes that stand for the whole chain last, and marks them. */
    kh_plan_list words = { 0 };
    kh_plan_list wholes = { 0 };
    for (size_t i = 0; i < parts.n; i++)
        kh_plan_push(maker, parts.nodes[i]->may_is_free ? &wholes : &words,
                     parts.nodes[i]);
    kh_plan_node *all = NULL;
    kh_node whole = *node;
    whole.text = chain->text;
    if (words.n > 1 && chain->has_non_joiner)
        status = plan_operand(maker, &all, &whole, node->field);
    else if (words.n > 0)
        all = branch_of(maker, words, (kh_plan_list){ 0 });
    if (status != KH_OK)
        return status;
    if (all != NULL && wholes.n > 0) {
        kh_plan_push(maker, &wholes, all);
        *out = branch_of(maker, (kh_plan_list){ 0 }, wholes);
    } else {
        *out = all != NULL ? all : branch_of(maker, (kh_plan_list){ 0 }, wholes);
    }
    return KH_OK;
}

/* A word that must match: all its chains. */
static kh_status plan_word(kh_plan_maker *maker, kh_plan_node **out,
                           const kh_node *node)
{
    kh_chains chains = kh_plan_chains(maker, node->text);
    kh_plan_list all = { 0 };
    kh_status status = KH_OK;
    for (size_t i = 0; i < chains.n && status == KH_OK; i++) {
        kh_plan_node *made = NULL;
        status = plan_chain(maker, &made, &chains.items[i], node);
        if (status == KH_OK && made != NULL)
            kh_plan_push(maker, &all, made);
    }
    if (status == KH_OK && all.n > 0)
        *out = branch_of(maker, all, (kh_plan_list){ 0 });
    return status;
}

static kh_status plan_phrase(kh_plan_maker *maker, kh_plan_node **out,
                             const kh_node *node)
{
    kh_plan_phrase_request request = { .texts = &node->text,
                                       .is_quoted = (const bool[]){ true },
                                       .n_texts = 1,
                                       .field = node->field,
                                       .is_exact = node->is_exact };
    return kh_plan_phrase(maker, out, &request);
}

/* Add an operand's words and terms to a NEAR node. Of several (a phrase, a hyphenated
 * word, characters of a script without spaces) their order is a condition as well, and
 * those inside take no room in the window. */
static void join_near(kh_plan_maker *maker, kh_plan_node *near,
                      const kh_plan_node *operand)
{
    uint8_t *words = kh_arena_alloc(maker->arena, near->n_words + operand->n_words + 1);
    kh_plan_terms *terms = kh_arena_alloc(
        maker->arena, (near->n_terms + operand->n_terms + 1) * sizeof(*terms));
    if (near->n_words > 0)
        memcpy(words, near->words, near->n_words);
    if (operand->n_words > 0)
        memcpy(words + near->n_words, operand->words, operand->n_words);
    if (near->n_terms > 0)
        memcpy(terms, near->terms, near->n_terms * sizeof(*terms));
    if (operand->n_terms > 0)
        memcpy(terms + near->n_terms, operand->terms,
               operand->n_terms * sizeof(*terms));
    bool *goes_on = kh_arena_alloc(maker->arena, near->n_words + operand->n_words + 1);
    if (near->n_words > 0)
        memcpy(goes_on, near->goes_on, near->n_words);
    for (size_t i = 1; i < operand->n_words; i++)
        goes_on[near->n_words + i] = true;
    near->goes_on = goes_on;
    near->words = words;
    near->n_words += operand->n_words;
    near->terms = terms;
    near->n_terms += operand->n_terms;
    if (operand->n_words > 1)
        near->window += (uint32_t)operand->n_words - 1;
}

/* All operands within a window. One of several words must hold as a phrase, which the
 * signs of articles may deny before one is read. */
static kh_status plan_near(kh_plan_maker *maker, kh_plan_node **out,
                           const kh_node *node)
{
    kh_field field = node->children[0]->field;
    kh_plan_node *near = kh_plan_node_make(maker, KH_PLAN_PHRASE, field);
    near->window = node->window;
    kh_plan_list all = { 0 };
    bool is_whole = true;
    for (size_t i = 0; i < node->n_children; i++) {
        kh_plan_node *operand = NULL;
        kh_status status = plan_operand(maker, &operand, node->children[i], field);
        if (status != KH_OK)
            return status;
        if (operand == NULL)
            continue; /* no word in it */
        is_whole &= operand->n_words > 0;
        join_near(maker, near, operand);
        if (operand->n_words > 1)
            kh_plan_push(maker, &all, operand);
    }
    if (near->n_terms == 0)
        return KH_OK;
    if (!is_whole || near->n_words > UINT8_MAX)
        near->n_words = 0;
    near->needs_record = near->n_words > 0;
    for (size_t i = 0; i < all.n; i++)
        all.nodes[i]->is_operand = near->n_words > 0;
    kh_plan_push(maker, &all, near);
    *out = branch_of(maker, all, (kh_plan_list){ 0 });
    return KH_OK;
}

static kh_status plan_field(kh_plan_maker *maker, kh_plan_node **out,
                            const kh_node *node)
{
    switch (kh_field_table()[node->field].shape) {
    case KH_SHAPE_WHOLE:
        return kh_plan_tag(maker, out, node->text, node->kind == KH_NODE_PREFIX);
    case KH_SHAPE_CODE:
    case KH_SHAPE_STARTS:
    case KH_SHAPE_ID:
        return kh_plan_code(maker, out, node->field, node->text);
    case KH_SHAPE_DATE:
    case KH_SHAPE_WORDS:
        break;
    }
    if (node->kind == KH_NODE_PREFIX)
        return kh_plan_prefix(maker, out, node->text, node->field);
    return plan_phrase(maker, out,
                       node); /* one word or several: side by side in the field */
}

/* AND, OR: every operand as a condition. */
static kh_status plan_operands(kh_plan_maker *maker, kh_plan_node **out,
                               const kh_node *node)
{
    kh_plan_list list = { 0 };
    for (size_t i = 0; i < node->n_children; i++) {
        kh_plan_node *child = NULL;
        kh_status status = plan_node(maker, &child, node->children[i]);
        if (status != KH_OK)
            return status;
        if (child != NULL)
            kh_plan_push(maker, &list, child);
    }
    if (list.n > 0)
        *out = node->kind == KH_NODE_AND ? branch_of(maker, list, (kh_plan_list){ 0 })
                                         : branch_of(maker, (kh_plan_list){ 0 }, list);
    return KH_OK;
}

/* One hyphenated word; a sentence without spaces, as Chinese has it, is none. */
static bool is_hyphenated(kh_plan_maker *maker, kh_str text)
{
    kh_chains chains = kh_plan_chains(maker, text);
    return chains.n == 1 && chains.items[0].has_hyphen &&
           !chains.items[0].has_character;
}

/* Plain words, also those in brackets, as wishes. Parts of a hyphenated word are wishes
 * like others, unless it is_one: alone, or beside OR. */
static kh_status add_wishes(kh_plan_maker *maker, kh_plan_list *out,
                            const kh_node *node, bool is_one)
{
    kh_status status = KH_OK;
    kh_plan_node *made = NULL;
    if (node->kind == KH_NODE_WORD && !(is_one && is_hyphenated(maker, node->text)))
        return kh_plan_plain(maker, out, node->text, KH_N_FIELDS);
    if (node->kind == KH_NODE_WORD)
        status = plan_word(maker, &made, node);
    else if (node->kind == KH_NODE_PREFIX)
        status = kh_plan_prefix(maker, &made, node->text, KH_N_FIELDS);
    if (status == KH_OK && made != NULL)
        kh_plan_push(maker, out, made);
    is_one = node->n_children == 1 ? is_one : node->kind == KH_NODE_OR;
    for (size_t i = 0; i < node->n_children && status == KH_OK; i++)
        status = add_wishes(maker, out, node->children[i], is_one);
    return status;
}

/* How many plain words a group has, also in brackets. */
static size_t count_wishes(const kh_node *node)
{
    if (node->kind == KH_NODE_WORD || node->kind == KH_NODE_PREFIX)
        return 1;
    size_t n = 0;
    for (size_t i = 0; i < node->n_children; i++)
        if (is_plain(node->children[i]))
            n += count_wishes(node->children[i]);
    return n;
}

static kh_status add_item(kh_plan_maker *maker, kh_plan_node *group,
                          const kh_node *item, bool is_alone)
{
    if (item->sign == KH_SIGN_NONE && is_plain(item) && !maker->options->must_all)
        return add_wishes(maker, &group->may, item, is_alone);

    bool is_not = item->sign == KH_SIGN_NOT;
    maker->depth_of_not += is_not;
    kh_plan_node *node = NULL;
    kh_status status = plan_node(maker, &node, item);
    maker->depth_of_not -= is_not;
    if (status == KH_OK && node != NULL)
        kh_plan_push(maker, is_not ? &group->never : &group->must, node);
    return status;
}

static kh_status plan_group(kh_plan_maker *maker, kh_plan_node **out,
                            const kh_node *node)
{
    kh_plan_node *group = kh_plan_node_make(maker, KH_PLAN_BRANCH, KH_N_FIELDS);
    bool is_alone = count_wishes(node) == 1;
    for (size_t i = 0; i < node->n_children; i++) {
        kh_status status = add_item(maker, group, node->children[i], is_alone);
        if (status != KH_OK)
            return status;
    }
    if (group->must.n + group->may.n + group->never.n == 0)
        return KH_OK;
    /* Wishes that stand for a whole compound are wishes like others here. */
    for (size_t i = 0; i < group->may.n; i++)
        if (group->may.nodes[i]->kind != KH_PLAN_BRANCH)
            group->may.nodes[i]->may_is_free = false;
    settle(group);
    *out = group;
    return KH_OK;
}

static kh_status plan_node(kh_plan_maker *maker, kh_plan_node **out,
                           const kh_node *node)
{
    if (node->kind == KH_NODE_DATE)
        return kh_plan_dates(maker, out, node->range);
    if (node->kind <= KH_NODE_PHRASE && node->field != KH_N_FIELDS)
        return plan_field(maker, out, node);
    switch (node->kind) {
    case KH_NODE_WORD:
        return plan_word(maker, out, node);
    case KH_NODE_PREFIX:
        return kh_plan_prefix(maker, out, node->text, KH_N_FIELDS);
    case KH_NODE_EXACT:
    case KH_NODE_PHRASE:
        return plan_phrase(maker, out, node);
    case KH_NODE_NEAR:
        return plan_near(maker, out, node);
    case KH_NODE_GROUP:
        return plan_group(maker, out, node);
    default:
        return plan_operands(maker, out, node);
    }
}

/* --tag, --since and --until, as conditions beside the query. */
static kh_status add_options(kh_plan_maker *maker, kh_plan_node *root)
{
    const kh_search_options *options = maker->options;
    for (size_t i = 0; i < options->n_tags; i++) {
        kh_plan_node *tag = NULL;
        kh_status status = kh_plan_tag(maker, &tag, options->tags[i], false);
        if (status != KH_OK)
            return status;
        if (tag != NULL)
            kh_plan_push(maker, &root->must, tag);
    }
    if (options->dates.first == 0 && options->dates.last == UINT32_MAX)
        return KH_OK;
    kh_plan_node *dates = NULL;
    kh_status status = kh_plan_dates(maker, &dates, options->dates);
    if (status == KH_OK && dates != NULL)
        kh_plan_push(maker, &root->must, dates);
    return status;
}

kh_status kh_plan_make(kh_plan *out, kh_planner *planner, const kh_parsed *query,
                       const kh_search_options *options, kh_arena *arena, kh_error *err)
{
    *out = (kh_plan){ 0 };
    kh_plan_maker maker = {
        .planner = planner, .options = options, .plan = out, .arena = arena, .err = err
    };
    kh_plan_node *root = NULL;
    kh_status status = plan_node(&maker, &root, query->root);
    if (status != KH_OK)
        return status;
    if (root == NULL)
        root = kh_plan_node_make(&maker, KH_PLAN_BRANCH, KH_N_FIELDS);
    status = add_options(&maker, root);
    if (status != KH_OK)
        return status;
    settle(root);
    if (root->must.n + root->may.n + root->never.n > 0)
        out->root = root;
    else
        kh_plan_note(&maker, "the query has no word");
    return KH_OK;
}

static void describe_node(kh_buf *out, const kh_plan_node *node, unsigned depth,
                          const char *role)
{
    static const char *const kinds[] = { "word", "phrase", "filter", "all of" };
    kh_buf_printf(out, "%*s%s%s", (int)depth * 2, "", role, kinds[node->kind]);
    if (node->kind == KH_PLAN_PHRASE && node->window > 0)
        kh_buf_printf(out, " within %u words", node->window);
    if (node->field != KH_N_FIELDS)
        kh_buf_printf(out, " in %s", kh_field_table()[node->field].name);
    for (size_t i = 0; i < node->n_terms; i++) {
        kh_buf_add(out, i == 0 ? KH_STR(": ") : KH_STR(" + "));
        size_t n = node->terms[i].n;
        for (size_t t = 0; t < n && t < 8; t++)
            kh_buf_printf(out, "%s%" KH_FMT, t == 0 ? "" : " | ",
                          KH_ARG(node->terms[i].terms[t]));
        if (n > 8)
            kh_buf_printf(out, " | and %zu more", n - 8);
        if (n == 0)
            kh_buf_add(out, KH_STR("in no article"));
    }
    kh_buf_add_char(out, '\n');
    for (size_t i = 0; i < node->must.n; i++)
        describe_node(out, node->must.nodes[i], depth + 1, "must: ");
    const char *may = node->may_is_free ? "adds: " : "one of: ";
    for (size_t i = 0; i < node->may.n; i++)
        describe_node(out, node->may.nodes[i], depth + 1, may);
    for (size_t i = 0; i < node->never.n; i++)
        describe_node(out, node->never.nodes[i], depth + 1, "not: ");
}

void kh_plan_describe(kh_buf *out, const kh_plan *plan)
{
    if (plan->root == NULL) {
        kh_buf_add(out, KH_STR("no word\n"));
        return;
    }
    describe_node(out, plan->root, 0, "");
    for (size_t i = 0; i < plan->n_words; i++)
        kh_buf_printf(out, "word %zu '%" KH_FMT "': in %u articles, weight %.3f\n",
                      i + 1, KH_ARG(plan->words[i].label), plan->words[i].n_documents,
                      plan->words[i].weight);
}
