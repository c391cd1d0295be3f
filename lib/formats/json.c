/* json - a JSON document: an array of articles, an object that holds one, one article,
 * or several of these one after the other.
 *
 * An array at the top is read element by element, so that its size does not matter; an
 * object is read as a whole. A broken element costs one article if its brackets match,
 * else the rest of the file.
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "format.h"
#include "json_article.h"
#include "json_fields.h"
#include "text/charset.h"

typedef struct document {
    kh_arena *arena;     /* owned: of the object that holds the list */
    const kh_json *item; /* next article of the list; NULL: none */
    kh_str bytes;        /* of that object */
    uint64_t byte;       /* where it begins */
    size_t column;       /* of the value taken last, from 1 */
    size_t line_at;      /* offset in bytes that item_line belongs to */
    uint32_t item_line;
    uint32_t n_articles;
    uint32_t array_line; /* where the array begins */
    size_t n_unreadable; /* characters of the value taken last */
    bool is_in_array;
    bool is_last;   /* nothing follows the value taken last */
    bool has_value; /* one that could be parsed */
    bool is_broken; /* nothing more can be found */
} document;

static int sniff(kh_str head)
{
    if (kh_head_is_wide(head)) {
        const char *brackets = "{[";
        for (size_t i = 2; i < 8 && i < head.len; i++)
            if (head.ptr[i] && strchr(brackets, head.ptr[i]))
                return KH_SNIFF_LIKELY;
        return KH_SNIFF_NO;
    }

    kh_str start = kh_head_trim(head);
    if (start.len == 0 || (start.ptr[0] != '{' && start.ptr[0] != '['))
        return KH_SNIFF_NO;
    kh_str inside = kh_str_trim(kh_str_slice(start, 1, start.len));
    if (start.ptr[0] == '[')
        return inside.len && strchr("{]", inside.ptr[0]) ? KH_SNIFF_SURE : KH_SNIFF_NO;
    return inside.len && strchr("\"}", inside.ptr[0]) ? KH_SNIFF_LIKELY + 1
                                                      : KH_SNIFF_NO;
}

static kh_status open(kh_source *source, kh_error *err)
{
    (void)err;
    document *d = kh_alloc(sizeof(*d));
    d->arena = kh_arena_open();
    source->state = d;
    return KH_OK;
}

static void close(kh_source *source)
{
    document *d = source->state;
    kh_arena_free(d->arena);
    kh_free(d);
}

/* Step over white space and the given signs; *next is the first byte behind, -1 at the
 * end. */
static kh_status skip(kh_source *source, const char *signs, int *next, kh_error *err)
{
    for (;;) {
        kh_str window;
        kh_status status = kh_stream_see(source->stream, 1, &window, err);
        if (status != KH_OK)
            return status;

        size_t n = 0;
        while (n < window.len && window.ptr[n] && strchr(signs, window.ptr[n]))
            n++;
        kh_stream_take(source->stream, n);
        if (n < window.len || window.len == 0) {
            *next = window.len ? (unsigned char)window.ptr[n] : -1;
            return KH_OK;
        }
    }
}

/* Whether nothing but white space follows behind the first `end` bytes seen; the window
 * is seen again, longer. */
static kh_status look_behind(kh_source *source, kh_str *window, size_t end,
                             bool *is_last, kh_error *err)
{
    for (;;) {
        kh_str rest = kh_str_slice(*window, end, window->len);
        size_t seen = window->len;
        *is_last = kh_str_trim(rest).len == 0;
        if (!*is_last)
            return KH_OK;

        kh_status status = kh_stream_see(source->stream, seen + 1, window, err);
        if (status != KH_OK || window->len == seen)
            return status;
    }
}

static kh_status fail_ends(kh_source *source, uint32_t line, kh_error *err)
{
    document *d = source->state;
    d->is_broken = true;
    return kh_fail(err, KH_ERR_FORMAT,
                   "not JSON: the file ends inside what begins at line %u", line);
}

/* Take the bytes of the value at hand; one that is too long is passed over. */
static kh_status take_value(kh_source *source, kh_str *value, kh_error *err)
{
    document *d = source->state;
    kh_json_extent extent = { 0 };
    kh_str window = { NULL, 0 };
    size_t searched = 0;
    size_t end = SIZE_MAX;
    bool is_too_long = false;
    while (end == SIZE_MAX) {
        kh_status status = kh_stream_see(source->stream, searched + 1, &window, err);
        if (status != KH_OK)
            return status;

        bool is_at_end = window.len == searched;
        if (is_at_end && !extent.is_scalar)
            return fail_ends(source, source->line, err);
        end = is_at_end ? window.len : kh_json_extent_find(&extent, window, searched);
        searched = window.len;
        is_too_long =
            is_too_long || (end == SIZE_MAX ? searched : end) > KH_RECORD_MAX_BYTES;
        if (is_too_long && end == SIZE_MAX) {
            kh_stream_take(source->stream, searched);
            searched = 0;
        }
    }

    if (is_too_long) {
        kh_stream_take(source->stream, end);
        return kh_fail(err, KH_ERR_LIMIT, "a value is larger than %zu MiB",
                       KH_RECORD_MAX_BYTES >> 20);
    }
    kh_status status = look_behind(source, &window, end, &d->is_last, err);
    if (status != KH_OK)
        return status;
    *value = kh_str_make(window.ptr, end);
    kh_stream_take(source->stream, end);
    return KH_OK;
}

static uint32_t count_lines(kh_str bytes, size_t from, size_t to)
{
    uint32_t n = 0;
    kh_str rest = kh_str_slice(bytes, from, to);
    for (size_t at = 0; (at = kh_str_find(rest, KH_STR("\n"), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

/* Parse a value; a message names line and column in the file. Bytes that are not UTF-8
 * are replaced by their conversion. */
static kh_status parse(kh_json **out, kh_str *value, kh_source *source, kh_error *err)
{
    document *d = source->state;
    d->n_unreadable = 0;
    if (kh_utf8_check(*value) != value->len) {
        KH_AUTO_BUF buf;
        kh_buf_init(&buf, KH_BUF_MAX);
        kh_error why;
        if (kh_charset_to_utf8(&buf, *value, NULL, NULL, &why) != KH_OK)
            return kh_fail(err, KH_ERR_FORMAT, "not JSON: %s", why.message);
        *value = kh_arena_copy(d->arena, kh_buf_str(&buf));
        d->n_unreadable = kh_charset_n_bad(*value);
    }

    kh_json_trouble trouble = { "", 0 };
    kh_status status = kh_json_parse(out, *value, d->arena, &trouble);
    if (status == KH_OK) {
        d->has_value = true;
        return KH_OK;
    }
    if (!d->has_value && !strchr("{[\"", value->ptr[0]))
        d->is_broken = true; /* it begins with words: no JSON follows them */

    kh_str before = kh_str_slice(*value, 0, trouble.offset);
    size_t start = 0;
    for (size_t at = 0; (at = kh_str_find(before, KH_STR("\n"), at)) != SIZE_MAX;)
        start = ++at;
    size_t column = trouble.offset - start + (start == 0 ? d->column : 1);
    return kh_fail(err, status, "not JSON: %s at line %u, column %zu", trouble.what,
                   source->line + count_lines(*value, 0, start), column);
}

/* The next article of the list inside an object. */
static void next_item(kh_source *source, kh_draft *draft)
{
    document *d = source->state;
    const kh_json *item = d->item;
    d->item_line += count_lines(d->bytes, d->line_at, item->offset);
    d->line_at = item->offset;
    draft->line = source->line = d->item_line;
    draft->byte = d->byte + item->offset;
    source->record = ++d->n_articles;
    d->item = item->next;
    kh_json_article(draft, item, source->options);
}

/* An object at the top: it holds a list of articles, or is one. */
static kh_status next_object(kh_source *source, kh_draft *draft, kh_str value,
                             kh_error *err)
{
    document *d = source->state;
    kh_json *record = NULL;
    kh_arena_reset(d->arena);
    if (d->is_last && !d->is_in_array && d->n_articles == 1)
        source->record = 0; /* alone in its file */
    kh_status status = parse(&record, &value, source, err);
    if (status != KH_OK)
        return status;
    if (!record || record->kind != KH_JSON_OBJECT)
        return kh_fail(err, KH_ERR_FORMAT, "not an article: not a JSON object");
    draft->article.n_unreadable = d->n_unreadable; /* of a list: told of its first */

    const kh_json *list =
        d->is_in_array ? NULL : kh_json_article_list(record, source->options);
    if (!list) {
        kh_json_article(draft, record, source->options);
        return KH_OK;
    }
    d->n_articles--;
    d->item = list->first;
    d->bytes = value; /* nothing is read while there are items */
    d->byte = draft->byte;
    d->line_at = 0;
    d->item_line = draft->line;
    if (!d->item)
        return KH_END;
    next_item(source, draft);
    return KH_OK;
}

/* Go to the next value at the top, into arrays and out of them. */
static kh_status find_value(kh_source *source, int *first, kh_error *err)
{
    document *d = source->state;
    for (;;) {
        kh_status status = skip(source, " \t\r\n,\xEF\xBB\xBF", first, err);
        if (status != KH_OK)
            return status;
        if (*first != (d->is_in_array ? ']' : '['))
            return KH_OK;

        d->array_line = kh_stream_line_number(source->stream);
        kh_stream_take(source->stream, 1);
        d->is_in_array = !d->is_in_array;
    }
}

static kh_status next(kh_source *source, kh_draft *draft, kh_error *err)
{
    document *d = source->state;
    if (d->item) {
        next_item(source, draft);
        return KH_OK;
    }
    if (d->is_broken)
        return KH_END;

    int first = -1;
    kh_status status = find_value(source, &first, err);
    if (status != KH_OK)
        return status;
    if (first < 0 && d->is_in_array) {
        source->record = d->n_articles + 1;
        source->line = kh_stream_line_number(source->stream);
        return fail_ends(source, d->array_line, err);
    }
    if (first < 0)
        return KH_END;

    d->column = kh_stream_column(source->stream);
    draft->line = source->line = kh_stream_line_number(source->stream);
    draft->byte = kh_stream_byte(source->stream);
    source->record = ++d->n_articles;
    kh_str value = { NULL, 0 };
    status = take_value(source, &value, err);
    if (status != KH_OK)
        return status;
    return next_object(source, draft, value, err);
}

static const char *const suffixes[] = { ".json", NULL };

const kh_format kh_format_json = {
    .name = "json",
    .suffixes = suffixes,
    .sniff = sniff,
    .open = open,
    .next = next,
    .close = close,
};
