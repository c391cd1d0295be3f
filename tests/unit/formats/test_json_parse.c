/* test_json_parse - the tree of a JSON value, its failures, and jansson beside it. */
#include <stdlib.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "json_parse.h"
#include "show.h"

static kh_arena *arena;

static void open_arena(void)
{
    arena = kh_arena_open();
}

static void free_arena(void)
{
    kh_arena_free(arena);
}

TestSuite(json_parse, .init = open_arena, .fini = free_arena);

static void write_value(kh_buf *out, const kh_json *value)
{
    switch (value->kind) {
    case KH_JSON_NULL:
        kh_buf_add(out, KH_STR("null"));
        return;
    case KH_JSON_FALSE:
        kh_buf_add(out, KH_STR("false"));
        return;
    case KH_JSON_TRUE:
        kh_buf_add(out, KH_STR("true"));
        return;
    case KH_JSON_NUMBER:
        kh_buf_add(out, value->text);
        return;
    case KH_JSON_STRING:
        kh_buf_printf(out, "'%" KH_FMT "'", KH_ARG(value->text));
        return;
    default:
        break;
    }
    bool is_object = value->kind == KH_JSON_OBJECT;
    kh_buf_add_char(out, is_object ? '{' : '[');
    for (const kh_json *at = value->first; at; at = at->next) {
        if (is_object)
            kh_buf_printf(out, "%" KH_FMT ":", KH_ARG(at->key));
        write_value(out, at);
        if (at->next)
            kh_buf_add_char(out, ',');
    }
    kh_buf_add_char(out, is_object ? '}' : ']');
}

Test(json_parse, gives_the_tree_of_a_value)
{
    static const struct {
        const char *json;
        const char *wanted;
    } cases[] = {
        { " { \"a\" : 1 , \"b\":[true,false,null] } ", "{a:1,b:[true,false,null]}" },
        { "[]", "[]" },
        { "{}", "{}" },
        { "[[],{},\"\"]", "[[],{},'']" },
        { "-0.5e+10", "-0.5e+10" },
        { "\"a\\\"b\\\\c\\/d\\n\\t\\b\\f\\r\"", "'a\"b\\c/d\n\t\b\f\r'" },
        { "\"\\u00e9\\u0928\\ud83c\\udf0a\"", "'éन🌊'" },
        { "\"tab\there\"", "'tab\there'" },
        { "[NaN,Infinity,-Infinity]", "[null,null,null]" },
        { "{\"a\":1,\"a\":2}", "{a:1,a:2}" },
        /* what other parsers refuse, and archives hold */
        { "\"\\ud800\"", "'\xEF\xBF\xBD'" },
        { "\"\\ud800x\"", "'\xEF\xBF\xBDx'" },
        { "\"\\udc00\"", "'\xEF\xBF\xBD'" },
        { "\"\\ud800\\ud83c\\udf0a\"", "'\xEF\xBF\xBD🌊'" },
        { "\"\\ud800\\n\"", "'\xEF\xBF\xBD\n'" },
        { "\"a\\u0000b\"", "'a\xEF\xBF\xBD"
                           "b'" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_json *value = NULL;
        kh_json_trouble trouble = { "", 0 };
        kh_status status =
            kh_json_parse(&value, kh_str_from(cases[i].json), arena, &trouble);
        cr_assert(eq(int, (int)status, (int)KH_OK), "%s: %s", cases[i].json,
                  trouble.what);
        write_value(&out, value);
        expect_show(kh_buf_text(&out), cases[i].wanted);
    }
}

Test(json_parse, decodes_escapes_at_every_place)
{
    for (size_t len = 1; len < 70; len++) {
        for (size_t at = 0; at < len; at++) {
            char *text = malloc(len + 3); /* of its size, for the sanitizer */
            memset(text, 'x', len + 3);
            text[0] = text[len + 2] = '"';
            text[at + 1] = '\\';
            text[at + 2] = 'n';
            kh_json *value = NULL;
            kh_json_trouble trouble;
            kh_arena_reset(arena);
            kh_status status =
                kh_json_parse(&value, kh_str_make(text, len + 3), arena, &trouble);
            cr_assert(eq(int, status, KH_OK));
            cr_assert(eq(sz, value->text.len, len));
            for (size_t i = 0; i < len; i++)
                cr_assert(eq(chr, value->text.ptr[i], i == at ? '\n' : 'x'));
            text[at + 1] = 'x';
            text[at + 2] = '\x1F';
            status = kh_json_parse(&value, kh_str_make(text, len + 3), arena, &trouble);
            cr_assert(eq(int, status, KH_OK));
            cr_assert(eq(ptr, (void *)(uintptr_t)value->text.ptr, text + 1));
            text[at + 2] = '\0';
            status = kh_json_parse(&value, kh_str_make(text, len + 3), arena, &trouble);
            cr_assert(eq(int, status, KH_ERR_FORMAT));
            cr_assert(eq(sz, trouble.offset, at + 2));
            free(text);
        }
    }
}

Test(json_parse, says_what_is_wrong_and_where)
{
    static const struct {
        const char *json;
        const char *what;
        size_t offset;
    } cases[] = {
        { "", "a value expected", 0 },
        { "  ", "a value expected", 2 },
        { "{\"a\" 1}", "':' expected", 5 },
        { "{\"a\":1 \"b\":2}", "',' expected", 7 },
        { "[1 2]", "',' expected", 3 },
        { "[1,]", "a value expected", 3 },
        { "{\"a\":1,}", "'\"' expected", 7 },
        { "{a:1}", "'\"' expected", 1 },
        { "\"abc", "a closing quote expected", 4 },
        { "\"abc\\", "a closing quote expected", 4 },
        { "\"a\nb\"", "a closing quote expected", 2 },
        { "\"\\x\"", "unknown escape", 1 },
        { "\"\\u12g4\"", "four hexadecimal digits expected", 1 },
        { "\"\\u12\"", "four hexadecimal digits expected", 1 },
        { "01", "a value expected", 0 },
        { "1.", "a digit expected", 2 },
        { "1e", "a digit expected", 2 },
        { "-", "a value expected", 0 },
        { "nul", "a value expected", 0 },
        { "{} x", "end of the value expected", 3 },
        { "[", "a value expected", 1 },
        { "{\"a\":", "a value expected", 5 },
        { "[1", "',' expected", 2 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_json *value = NULL;
        kh_json_trouble trouble = { "", 0 };
        kh_status status =
            kh_json_parse(&value, kh_str_from(cases[i].json), arena, &trouble);
        cr_expect(eq(int, (int)status, (int)KH_ERR_FORMAT), "%s", cases[i].json);
        expect_show(trouble.what, cases[i].what);
        cr_expect(eq(sz, trouble.offset, cases[i].offset), "%s", cases[i].json);
        cr_expect(eq(ptr, value, NULL));
    }
}

Test(json_parse, refuses_a_raw_nul)
{
    kh_json *value = NULL;
    kh_json_trouble trouble;
    cr_expect(
        eq(int, (int)kh_json_parse(&value, kh_str_make("\"a\0b\"", 5), arena, &trouble),
           (int)KH_ERR_FORMAT));
    expect_show(trouble.what, "NUL byte");
}

Test(json_parse, has_limits)
{
    char *deep = kh_alloc(KH_JSON_DEPTH_MAX + 2);
    memset(deep, '[', KH_JSON_DEPTH_MAX + 1);
    kh_json *value = NULL;
    kh_json_trouble trouble;
    cr_expect(eq(int, (int)kh_json_parse(&value, kh_str_from(deep), arena, &trouble),
                 (int)KH_ERR_LIMIT));
    expect_show(trouble.what, "nested too deep");
    kh_free(deep);

    size_t n = 2 * (size_t)KH_JSON_NODES_MAX + 2;
    char *many = kh_alloc(n);
    for (size_t i = 0; i < n; i++)
        many[i] = i % 2 ? '0' : ',';
    many[0] = '[';
    cr_expect(eq(int, (int)kh_json_parse(&value, kh_str_make(many, n), arena, &trouble),
                 (int)KH_ERR_LIMIT));
    expect_show(trouble.what, "too many values");
    kh_free(many);
}

Test(json_parse, finds_the_end_of_a_value_in_pieces)
{
    static const struct {
        const char *json;
        size_t end;
    } cases[] = {
        { "{\"a\":\"}\"}x", 9 },   { "[[1],[2]],", 9 }, { "\"a\\\"b\" ", 6 },
        { "\"\\\\\"\"", 4 },       { "123,", 3 },       { "true]", 4 },
        { "{\"a\":[1,2}]} ", 11 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_str all = kh_str_from(cases[i].json);
        kh_json_extent extent = { 0 };
        size_t end = SIZE_MAX;
        for (size_t n = 1; n <= all.len && end == SIZE_MAX; n++)
            end = kh_json_extent_find(&extent, kh_str_slice(all, 0, n), n - 1);
        cr_expect(eq(sz, end, cases[i].end), "%s", cases[i].json);
    }
}

/* The tree of jansson in the words of write_value(). */
static void write_jansson(kh_buf *out, json_t *value)
{
    if (json_is_string(value)) {
        kh_buf_add_char(out, '\'');
        kh_buf_add(out,
                   kh_str_make(json_string_value(value), json_string_length(value)));
        kh_buf_add_char(out, '\'');
    } else if (json_is_array(value)) {
        kh_buf_add_char(out, '[');
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (i > 0)
                kh_buf_add_char(out, ',');
            write_jansson(out, json_array_get(value, i));
        }
        kh_buf_add_char(out, ']');
    } else if (json_is_object(value)) {
        kh_buf_add_char(out, '{');
        const char *key;
        json_t *member;
        bool is_first = true;
        json_object_foreach(value, key, member)
        {
            kh_buf_printf(out, is_first ? "%s:" : ",%s:", key);
            is_first = false;
            write_jansson(out, member);
        }
        kh_buf_add_char(out, '}');
    } else {
        kh_buf_add(out, json_is_true(value)    ? KH_STR("true")
                        : json_is_false(value) ? KH_STR("false")
                        : json_is_null(value)  ? KH_STR("null")
                                               : KH_STR("1"));
    }
}

/* What only one of the two takes, by intent. */
static bool may_differ(kh_str json)
{
    static const char *const signs[] = { "\\u", "NaN", "Inf", "\t", NULL };
    for (size_t i = 0; signs[i]; i++)
        if (kh_str_find(json, kh_str_from(signs[i]), 0) != SIZE_MAX)
            return true;
    for (size_t i = 0; i < json.len; i++)
        if ((unsigned char)json.ptr[i] < 0x20)
            return true;
    return false;
}

static void compare_with_jansson(kh_str json)
{
    if (may_differ(json) || kh_utf8_check(json) != json.len)
        return;

    kh_arena_reset(arena);
    kh_json *ours = NULL;
    kh_json_trouble trouble = { "", 0 };
    kh_status status = kh_json_parse(&ours, json, arena, &trouble);
    json_t *theirs = json_loadb(json.ptr, json.len, JSON_DECODE_ANY, NULL);
    cr_assert(eq(int, status == KH_OK, theirs != NULL), "%" KH_FMT, KH_ARG(json));

    /* Of a key that comes twice ours keeps both. */
    json_t *without_twins =
        json_loadb(json.ptr, json.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    if (without_twins) {
        KH_AUTO_BUF a;
        KH_AUTO_BUF b;
        kh_buf_init(&a, KH_BUF_MAX);
        kh_buf_init(&b, KH_BUF_MAX);
        write_value(&a, ours);
        write_jansson(&b, without_twins);
        expect_show(kh_buf_text(&a), kh_buf_text(&b));
    }
    json_decref(without_twins);
    json_decref(theirs);
}

Test(json_parse, agrees_with_jansson_on_what_is_json)
{
    /* Numbers are 1, so that both print them alike. */
    static const char seed[] = "{\"a\":[1,\"b\\n\\\"\",{\"c\":\"d\"}],\"e\":true,"
                               "\"f\":null,\"g\":\"\xC3\xA9 \\/ x\",\"h\":[[],{},1]}";
    static const char signs[] = "{}[]:,\"\\ 1tfnabe";
    unsigned random = 17;
    for (int round = 0; round < 30000; round++) {
        char json[sizeof(seed) + 4];
        size_t n = sizeof(seed) - 1;
        memcpy(json, seed, n);
        for (int change = 0; change < 1 + round % 3; change++) {
            random = random * 1103515245u + 12345u;
            size_t at = (random >> 8) % n;
            char sign = signs[(random >> 20) % (sizeof(signs) - 1)];
            if (random >> 30 == 0) {
                memmove(json + at, json + at + 1, --n - at);
            } else if (random >> 30 == 1) {
                memmove(json + at + 1, json + at, n++ - at);
                json[at] = sign;
            } else {
                json[at] = sign;
            }
        }
        bool has_other_numbers = false;
        for (size_t i = 1; i < n; i++)
            has_other_numbers |= json[i - 1] == '1' && strchr("1eE", json[i]) != NULL;
        if (!has_other_numbers)
            compare_with_jansson(kh_str_make(json, n));
    }
}
