/* parse - from a text that a person typed to a tree; khabar-query-syntax(7).
 *
 *   query = or                          item = [ "+" | "-" | "NOT" ] atom
 *   or    = and { "OR" and }            atom = leaf { NEAR leaf } | ( or )
 *   and   = group { "AND" group }
 *   group = item { item }
 *
 * Before the descent, operators that have nothing beside them are made words, so that
 * the descent itself cannot fail but for dates. */
#include "query/parse.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "query/lex.h"

typedef struct parser {
    const kh_lexed *items;
    size_t n;
    size_t at;
    const kh_parse_options *options;
    kh_arena *arena;
    kh_error *err;
    kh_status status; /* of a date that could not be read */
} parser;

static bool ends_atom(kh_lex_kind kind)
{
    return kind <= KH_LEX_EXACT_PHRASE || kind == KH_LEX_CLOSE;
}

static bool begins_atom(kh_lex_kind kind)
{
    return kind <= KH_LEX_EXACT_PHRASE || kind == KH_LEX_OPEN;
}

static bool is_leaf(kh_lex_kind kind)
{
    return kind <= KH_LEX_EXACT_PHRASE;
}

static bool is_operator(kh_lex_kind kind)
{
    return kind >= KH_LEX_AND;
}

/* NEAR takes words, in one field at most: a tag or a date stands nowhere. */
static bool may_be_near(const kh_lexed *a, const kh_lexed *b)
{
    const kh_lexed *both[] = { a, b };
    for (size_t i = 0; i < KH_COUNT_OF(both); i++)
        if (!is_leaf(both[i]->kind) ||
            (both[i]->field != KH_N_FIELDS &&
             kh_field_table()[both[i]->field].shape != KH_SHAPE_WORDS))
            return false;
    return a->field == b->field || a->field == KH_N_FIELDS || b->field == KH_N_FIELDS;
}

/* Whether the operator at i has what it needs on both sides. */
static bool has_operands(const kh_lexed *items, size_t n, size_t i)
{
    bool has_next = i + 1 < n;
    bool has_before = i > 0;
    switch (items[i].kind) {
    case KH_LEX_NOT:
        return has_next && begins_atom(items[i + 1].kind);
    case KH_LEX_NEAR:
        return has_before && has_next && may_be_near(&items[i - 1], &items[i + 1]);
    default:
        return has_before && has_next && ends_atom(items[i - 1].kind) &&
               (begins_atom(items[i + 1].kind) || items[i + 1].kind == KH_LEX_NOT);
    }
}

/* Operators with nothing beside them become words; one may leave the next without. */
static void settle_operators(kh_lex_result *lexed)
{
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (size_t i = lexed->n; i-- > 0;) {
            if (!is_operator(lexed->items[i].kind) ||
                has_operands(lexed->items, lexed->n, i))
                continue;
            kh_lex_note(lexed,
                        "'%" KH_FMT "' has nothing beside it and is read as a word",
                        KH_ARG(lexed->items[i].text));
            lexed->items[i].kind = KH_LEX_WORD;
            is_changed = true;
        }
    }
}

static kh_node *make_node(parser *p, kh_node_kind kind)
{
    kh_node *node = kh_arena_alloc(p->arena, sizeof(*node));
    node->kind = kind;
    node->field = KH_N_FIELDS;
    return node;
}

static void add_child(parser *p, kh_node *node, size_t *capacity, kh_node *child)
{
    node->children = kh_arena_grow(p->arena, node->children, node->n_children, capacity,
                                   sizeof(kh_node *));
    node->children[node->n_children++] = child;
}

static bool is_date_field(kh_field field)
{
    return field == KH_FIELD_DATE || field == KH_FIELD_SINCE || field == KH_FIELD_UNTIL;
}

static void read_date(parser *p, kh_node *node)
{
    kh_status status =
        kh_date_range_parse(&node->range, node->text, &p->options->today, p->err);
    if (status != KH_OK) {
        if (p->status == KH_OK)
            p->status = status == KH_ERR_ARGUMENT ? KH_ERR_USAGE : status;
        if (p->err != NULL)
            p->err->status = p->status;
        return;
    }
    node->kind = KH_NODE_DATE;
    if (node->field == KH_FIELD_SINCE) {
        node->range.last = UINT32_MAX;
    } else if (node->field == KH_FIELD_UNTIL) {
        if (kh_date_is_ago(node->text))
            node->range.last = node->range.first;
        node->range.first = 0;
    }
}

static kh_node *parse_leaf(parser *p)
{
    static const kh_node_kind kinds[] = {
        [KH_LEX_WORD] = KH_NODE_WORD,           [KH_LEX_PREFIX] = KH_NODE_PREFIX,
        [KH_LEX_EXACT] = KH_NODE_EXACT,         [KH_LEX_PHRASE] = KH_NODE_PHRASE,
        [KH_LEX_EXACT_PHRASE] = KH_NODE_PHRASE,
    };
    const kh_lexed *item = &p->items[p->at++];
    kh_node *node = make_node(p, kinds[item->kind]);
    node->text = item->text;
    node->field = item->field;
    node->sign = item->sign;
    node->is_exact = item->kind == KH_LEX_EXACT_PHRASE || item->kind == KH_LEX_EXACT;
    if (is_date_field(node->field))
        read_date(p, node);
    return node;
}

static kh_node *parse_or(parser *p);

static void hand_down_field(kh_node *node, kh_field field)
{
    if (node->n_children == 0 && node->field == KH_N_FIELDS)
        node->field = field;
    for (size_t i = 0; i < node->n_children; i++)
        hand_down_field(node->children[i], field);
}

/* A bracket in a date field holds dates: read its words as such. */
static void read_bracket_dates(parser *p, kh_node *node)
{
    if (node->kind == KH_NODE_WORD && is_date_field(node->field))
        read_date(p, node);
    for (size_t i = 0; i < node->n_children; i++)
        read_bracket_dates(p, node->children[i]);
}

static kh_node *parse_bracket(parser *p)
{
    const kh_lexed *open = &p->items[p->at++];
    kh_node *inside = parse_or(p);
    if (p->at < p->n && p->items[p->at].kind == KH_LEX_CLOSE)
        p->at++;
    if (inside == NULL)
        return NULL;
    if (open->field != KH_N_FIELDS) {
        hand_down_field(inside, open->field);
        read_bracket_dates(p, inside);
    }
    if (open->sign != KH_SIGN_NONE)
        inside->sign = open->sign;
    return inside;
}

static kh_node *parse_atom(parser *p)
{
    if (p->items[p->at].kind == KH_LEX_OPEN)
        return parse_bracket(p);

    kh_node *leaf = parse_leaf(p);
    if (p->at >= p->n || p->items[p->at].kind != KH_LEX_NEAR)
        return leaf;
    kh_node *near = make_node(p, KH_NODE_NEAR);
    size_t capacity = 0;
    near->sign = leaf->sign;
    leaf->sign = KH_SIGN_NONE;
    add_child(p, near, &capacity, leaf);
    while (p->at < p->n && p->items[p->at].kind == KH_LEX_NEAR) {
        uint32_t window = p->items[p->at++].window;
        near->window = window > near->window ? window : near->window;
        kh_node *next = parse_leaf(p);
        next->sign = KH_SIGN_NONE;
        if (leaf->field == KH_N_FIELDS)
            leaf->field = next->field; /* of the first: see plan.c */
        add_child(p, near, &capacity, next);
    }
    return near;
}

static kh_node *parse_group(parser *p)
{
    kh_node *group = make_node(p, KH_NODE_GROUP);
    size_t capacity = 0;
    while (p->at < p->n) {
        kh_lex_kind kind = p->items[p->at].kind;
        if (kind == KH_LEX_AND || kind == KH_LEX_OR || kind == KH_LEX_CLOSE)
            break;
        bool is_not = kind == KH_LEX_NOT;
        p->at += is_not;
        kh_node *atom = parse_atom(p);
        if (atom == NULL)
            continue;
        if (is_not)
            atom->sign = KH_SIGN_NOT;
        add_child(p, group, &capacity, atom);
    }
    if (group->n_children == 0)
        return NULL;
    /* A single item without a sign is itself. */
    if (group->n_children == 1 && group->children[0]->sign == KH_SIGN_NONE)
        return group->children[0];
    return group;
}

/* One level of operands with an operator between them; a single operand is itself. */
static kh_node *parse_level(parser *p, kh_node_kind kind, kh_lex_kind mark,
                            kh_node *(*operand)(parser *))
{
    kh_node *node = make_node(p, kind);
    size_t capacity = 0;
    for (;;) {
        kh_node *next = operand(p);
        if (next != NULL)
            add_child(p, node, &capacity, next);
        if (p->at >= p->n || p->items[p->at].kind != mark)
            break;
        p->at++;
    }
    if (node->n_children <= 1)
        return node->n_children == 1 ? node->children[0] : NULL;
    return node;
}

static kh_node *parse_and(parser *p)
{
    return parse_level(p, KH_NODE_AND, KH_LEX_AND, parse_group);
}

static kh_node *parse_or(parser *p)
{
    return parse_level(p, KH_NODE_OR, KH_LEX_OR, parse_and);
}

/* Copy without ill-formed bytes and without zero bytes. */
static kh_str well_formed(kh_lex_result *lexed, kh_str text)
{
    if (text.len > KH_QUERY_BYTES_MAX) {
        kh_lex_note(lexed, "the query is cut after %zu bytes", KH_QUERY_BYTES_MAX);
        text.len = KH_QUERY_BYTES_MAX;
        while (text.len > 0 && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
            text.len--;
    }
    bool has_zero = text.len > 0 && memchr(text.ptr, 0, text.len) != NULL;
    if (kh_utf8_check(text) == text.len && !has_zero)
        return text;

    KH_AUTO_BUF clean;
    kh_buf_init(&clean, KH_QUERY_BYTES_MAX);
    while (text.len > 0) {
        size_t good = kh_utf8_check(text);
        const char *zero = good > 0 ? memchr(text.ptr, 0, good) : NULL;
        if (zero != NULL)
            good = (size_t)(zero - text.ptr);
        kh_buf_add(&clean, kh_str_slice(text, 0, good));
        kh_buf_add_char(&clean, ' ');
        text = kh_str_slice(text, good + 1, text.len);
    }
    kh_lex_note(lexed, "bytes that are not UTF-8 are left out");
    return kh_arena_copy(lexed->arena, kh_buf_str(&clean));
}

kh_status kh_parse(kh_parsed *out, kh_str text, const kh_parse_options *options,
                   kh_arena *arena, kh_error *err)
{
    kh_lex_result lexed = { .arena = arena };
    kh_str clean = well_formed(&lexed, text);
    if (options->is_literal) {
        kh_lex_literal(&lexed, clean);
    } else {
        kh_status status = kh_lex(&lexed, clean, err);
        if (status != KH_OK)
            return status;
        settle_operators(&lexed);
    }

    parser p = { .items = lexed.items,
                 .n = lexed.n,
                 .options = options,
                 .arena = arena,
                 .err = err };
    kh_node *tree = lexed.n > 0 ? parse_or(&p) : NULL;
    if (p.status != KH_OK)
        return p.status;

    kh_node *root = tree;
    if (tree == NULL || tree->kind != KH_NODE_GROUP || tree->sign != KH_SIGN_NONE) {
        root = make_node(&p, KH_NODE_GROUP);
        size_t capacity = 0;
        if (tree != NULL)
            add_child(&p, root, &capacity, tree);
    }
    *out = (kh_parsed){ .root = root, .notes = lexed.notes, .n_notes = lexed.n_notes };
    return KH_OK;
}

static void describe_leaf(kh_buf *out, const kh_node *node)
{
    if (node->kind == KH_NODE_DATE) {
        kh_buf_printf(out, "date:%u..%u", node->range.first, node->range.last);
        return;
    }
    if (node->field != KH_N_FIELDS)
        kh_buf_printf(out, "%s:", kh_field_table()[node->field].name);
    if (node->is_exact)
        kh_buf_add_char(out, '=');
    bool is_quoted = node->kind == KH_NODE_PHRASE;
    if (is_quoted)
        kh_buf_add_char(out, '"');
    kh_buf_add(out, node->text);
    if (is_quoted)
        kh_buf_add_char(out, '"');
    if (node->kind == KH_NODE_PREFIX)
        kh_buf_add_char(out, '*');
}

void kh_node_describe(kh_buf *out, const kh_node *node)
{
    static const char *const names[] = { [KH_NODE_GROUP] = "group",
                                         [KH_NODE_AND] = "and",
                                         [KH_NODE_OR] = "or",
                                         [KH_NODE_NEAR] = "near" };
    if (node->sign != KH_SIGN_NONE)
        kh_buf_add_char(out, node->sign == KH_SIGN_MUST ? '+' : '-');
    if (node->kind < KH_NODE_NEAR) {
        describe_leaf(out, node);
        return;
    }
    kh_buf_printf(out, "(%s", names[node->kind]);
    if (node->kind == KH_NODE_NEAR)
        kh_buf_printf(out, "/%u", node->window);
    for (size_t i = 0; i < node->n_children; i++) {
        kh_buf_add_char(out, ' ');
        kh_node_describe(out, node->children[i]);
    }
    kh_buf_add_char(out, ')');
}
