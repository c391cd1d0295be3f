/* fuzz_query - any bytes are a query or one of two errors, and its tree is sound.
 *
 * The first byte chooses -F, the rest is the query. With clang:
 * -fsanitize=fuzzer,address; else driver.c has a main.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "query/parse.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define NOTES_MAX 64u
#define DEPTH_MAX (4 * KH_QUERY_DEPTH_MAX) /* group in AND in OR */

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(kh_str text)
{
    check(kh_utf8_check(text) == text.len);
    check(text.len == 0 || !memchr(text.ptr, '\0', text.len));
}

static void check_node(const kh_node *node, unsigned depth)
{
    check(depth <= DEPTH_MAX);
    check(node->kind <= KH_NODE_OR && node->field <= KH_N_FIELDS);
    check_text(node->text);
    bool is_leaf = node->kind < KH_NODE_NEAR;
    check(!is_leaf || node->n_children == 0);
    check(node->kind != KH_NODE_NEAR || (node->n_children >= 2 && node->window > 0));
    check(node->kind < KH_NODE_AND || node->n_children >= 2);
    check(node->kind != KH_NODE_DATE || node->range.last > 0);
    for (size_t i = 0; i < node->n_children; i++)
        check_node(node->children[i], depth + 1);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;

    kh_parse_options options = {
        .is_literal = data[0] % 4 == 3,
        .today = { .year = 2025, .month = 6, .day = 5, .precision = KH_DATE_DAY }
    };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF line;
    kh_buf_init(&line, KH_BUF_MAX);
    kh_str text = kh_str_make((const char *)data + 1, size - 1);
    kh_parsed parsed = { 0 };
    kh_error err = { 0 };
    kh_status status = kh_parse(&parsed, text, &options, arena, &err);
    if (status != KH_OK) {
        check(status == KH_ERR_USAGE && err.status == KH_ERR_USAGE);
        check(err.message[0] != '\0' && !options.is_literal);
        return 0;
    }

    check(parsed.root->kind == KH_NODE_GROUP && parsed.root->sign == KH_SIGN_NONE);
    check(parsed.n_notes <= NOTES_MAX);
    for (size_t i = 0; i < parsed.n_notes; i++)
        check(parsed.notes[i].len > 0);
    check_node(parsed.root, 0);
    kh_node_describe(&line, parsed.root);
    check_text(kh_buf_str(&line));
    return 0;
}
