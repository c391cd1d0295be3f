/* jsonl - JSON lines: a record a line; a bad line costs one article. */
#include "base/utf8.h"
#include "format.h"
#include "json_article.h"
#include "text/charset.h"

static bool begins_object(kh_str s)
{
    if (s.len == 0 || s.ptr[0] != '{')
        return false;
    kh_str inside = kh_str_trim(kh_str_slice(s, 1, s.len));
    return inside.len == 0 || inside.ptr[0] == '"' || inside.ptr[0] == '}';
}

static int sniff(kh_str head)
{
    kh_str start = kh_head_trim(head);
    if (kh_head_is_wide(head) || !begins_object(start))
        return KH_SNIFF_NO;

    const char *end = memchr(start.ptr, '\n', start.len);
    if (!end)
        return KH_SNIFF_LIKELY;
    size_t n = (size_t)(end - start.ptr);
    kh_str line = kh_str_trim(kh_str_slice(start, 0, n));
    kh_str rest = kh_str_trim(kh_str_slice(start, n, start.len));
    if (line.ptr[line.len - 1] != '}')
        return rest.len && rest.ptr[0] == '{' ? KH_SNIFF_LIKELY : KH_SNIFF_NO;
    return begins_object(rest) ? KH_SNIFF_SURE : KH_SNIFF_LIKELY;
}

/* A line that is not UTF-8 is converted by itself. */
static kh_status to_utf8(kh_str *line, kh_draft *draft, kh_error *err)
{
    if (kh_utf8_check(*line) == line->len)
        return KH_OK;

    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    kh_error why;
    if (kh_charset_to_utf8(&buf, *line, NULL, NULL, &why) != KH_OK)
        return kh_fail(err, KH_ERR_FORMAT, "not JSON: %s", why.message);
    *line = kh_arena_copy(draft->arena, kh_buf_str(&buf));
    draft->article.n_unreadable = kh_charset_n_bad(*line);
    return KH_OK;
}

static kh_status next(kh_source *source, kh_draft *draft, kh_error *err)
{
    kh_str line;
    do {
        draft->line = kh_stream_line_number(source->stream);
        draft->byte = kh_stream_byte(source->stream);
        source->record = source->line = draft->line;
        kh_status status = kh_stream_line(source->stream, &line, err);
        if (status != KH_OK)
            return status;
        if (draft->line == 1 && kh_str_starts(line, KH_STR("\xEF\xBB\xBF")))
            line = kh_str_slice(line, 3, line.len);
    } while (kh_str_trim(line).len == 0);

    kh_status status = to_utf8(&line, draft, err);
    if (status != KH_OK)
        return status;

    kh_json *record = NULL;
    kh_json_trouble trouble;
    status = kh_json_parse(&record, line, draft->arena, &trouble);
    if (status != KH_OK)
        return kh_fail(err, status, "not JSON: %s at column %zu", trouble.what,
                       trouble.offset + 1);
    if (record->kind != KH_JSON_OBJECT)
        return kh_fail(err, KH_ERR_FORMAT, "not an article: not a JSON object");

    kh_json_article(draft, record, source->options);
    return KH_OK;
}

static const char *const suffixes[] = { ".jsonl", ".ndjson", ".jl", NULL };

const kh_format kh_format_jsonl = {
    .name = "jsonl",
    .suffixes = suffixes,
    .sniff = sniff,
    .next = next,
};
