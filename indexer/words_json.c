/* words_json - what the words answer, for programs: an object a line, every key always
 * there. */
#include "article/date.h"
#include "cli/json.h"
#include "indexer/words.h"
#include "text/analysis.h"

static void add_key(kh_buf *out, const char *name)
{
    kh_buf_printf(out, ",\"%s\":", name);
}

static void add_number(kh_buf *out, const char *name, uint64_t number)
{
    kh_buf_printf(out, ",\"%s\":%llu", name, (unsigned long long)number);
}

static void add_text(kh_buf *out, const char *name, kh_str text)
{
    add_key(out, name);
    kh_json_add_string_or_null(out, text);
}

static void add_date(kh_buf *out, const char *name, uint32_t packed)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, 64);
    if (packed > 0) {
        kh_date date = kh_date_unpack(packed);
        kh_date_format(&text, &date);
    }
    add_text(out, name, kh_buf_str(&text));
}

static void add_list(kh_buf *out, const char *name, const kh_str *items, size_t n)
{
    add_key(out, name);
    kh_buf_add_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            kh_buf_add_char(out, ',');
        kh_json_add_string(out, items[i]);
    }
    kh_buf_add_char(out, ']');
}

static void add_lines(kh_buf *out, const char *name, kh_str lines)
{
    add_key(out, name);
    kh_buf_add_char(out, '[');
    bool is_first = true;
    for (kh_str line; kh_str_line(&lines, &line); is_first = false) {
        if (!is_first)
            kh_buf_add_char(out, ',');
        kh_json_add_string(out, line);
    }
    kh_buf_add_char(out, ']');
}

static void add_manifest(kh_buf *out, const kh_manifest *manifest)
{
    add_number(out, "generation", manifest->number);
    kh_buf_printf(out, ",\"built_at\":%lld", (long long)manifest->built_at);
    add_number(out, "articles", manifest->n_articles);
    add_number(out, "skipped", manifest->n_skipped);
    add_number(out, "tags", manifest->n_tags);
    add_date(out, "first", manifest->first_date);
    add_date(out, "last", manifest->last_date);
    add_number(out, "text_bytes", manifest->text_bytes);
    add_number(out, "index_bytes", manifest->index_bytes);
    add_list(out, "languages", manifest->languages, manifest->n_languages);
    add_list(out, "inputs", manifest->inputs, manifest->n_inputs);
}

void kh_words_json_generation(kh_buf *out, const kh_manifest *manifest, bool is_live,
                              bool is_readable)
{
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"generation\""));
    add_manifest(out, manifest);
    kh_buf_printf(out, ",\"live\":%s,\"readable\":%s,\"error\":null}\n",
                  is_live ? "true" : "false", is_readable ? "true" : "false");
}

void kh_words_json_damaged(kh_buf *out, uint32_t number, bool is_live, kh_str error)
{
    const kh_manifest unknown = { .number = number };
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"generation\""));
    add_manifest(out, &unknown);
    kh_buf_printf(out, ",\"live\":%s,\"readable\":false", is_live ? "true" : "false");
    add_text(out, "error", error);
    kh_buf_add(out, KH_STR("}\n"));
}

void kh_words_json_status(kh_buf *out, const kh_manifest *live, const kh_words_state *s)
{
    static const char *const builders[] = { "none", "running", "killed" };
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"status\""));
    add_manifest(out, live);
    add_number(out, "analysis", kh_fingerprint_analysis(live->fingerprint));
    kh_buf_printf(out, ",\"readable\":%s", s->is_readable ? "true" : "false");
    add_key(out, "rolled_back_from");
    if (s->rolled_back_from > 0)
        kh_buf_printf(out, "%u", s->rolled_back_from);
    else
        kh_buf_add(out, KH_STR("null"));
    kh_buf_printf(out, ",\"builder\":\"%s\",\"last_run\":", builders[s->builder]);
    kh_str run = kh_str_trim(s->last_run);
    kh_buf_add(out, run.len > 0 ? run : KH_STR("null"));
    add_lines(out, "reasons", s->reasons);
    kh_buf_add(out, KH_STR("}\n"));
}

void kh_words_json_check(kh_buf *out, uint32_t number, kh_str log)
{
    kh_buf_add(out, KH_STR("{\"v\":1,\"type\":\"check\""));
    add_number(out, "generation", number);
    kh_buf_printf(out, ",\"sound\":%s", log.len == 0 ? "true" : "false");
    add_lines(out, "findings", log);
    kh_buf_add(out, KH_STR("}\n"));
}
