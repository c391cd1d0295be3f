/* html - the text of HTML that was left in a field, through libxml2.
 *
 * No tree is built: the parser's events fill a buffer, and block elements empty it.
 * HTML without block elements keeps its lines (Markdown with a few tags in it), so that
 * empty lines are paragraphs as in plain text.
 */
#include "html.h"

#include <pthread.h>

#include <libxml/HTMLparser.h>

#include "base/utf8.h"
#include "blocks.h"
#include "html_short.h"

#define TAG_MAX_BYTES 2000 /* a '<' whose '>' is further away is no tag */

typedef enum tag_kind {
    TAG_INLINE,
    TAG_BLOCK,
    TAG_HEADING,
    TAG_BREAK,
    TAG_CELL,
    TAG_RUBY_TEXT,
    TAG_DROPPED, /* with all that is in it */
} tag_kind;

static const struct tag {
    const char *name;
    tag_kind kind;
    bool may_be_alone; /* without an end tag it is a sign of HTML */
} tags[] = {
    { "p", TAG_BLOCK, true },           { "br", TAG_BREAK, true },
    { "div", TAG_BLOCK, true },         { "a", TAG_INLINE, false },
    { "b", TAG_INLINE, false },         { "i", TAG_INLINE, false },
    { "em", TAG_INLINE, false },        { "strong", TAG_INLINE, false },
    { "span", TAG_INLINE, false },      { "img", TAG_INLINE, true },
    { "h1", TAG_HEADING, false },       { "h2", TAG_HEADING, false },
    { "h3", TAG_HEADING, false },       { "h4", TAG_HEADING, false },
    { "h5", TAG_HEADING, false },       { "h6", TAG_HEADING, false },
    { "li", TAG_BLOCK, true },          { "ul", TAG_BLOCK, false },
    { "ol", TAG_BLOCK, false },         { "blockquote", TAG_BLOCK, false },
    { "figure", TAG_BLOCK, false },     { "figcaption", TAG_BLOCK, false },
    { "table", TAG_BLOCK, false },      { "tr", TAG_BLOCK, false },
    { "td", TAG_CELL, false },          { "th", TAG_CELL, false },
    { "caption", TAG_BLOCK, false },    { "section", TAG_BLOCK, false },
    { "article", TAG_BLOCK, false },    { "header", TAG_BLOCK, false },
    { "footer", TAG_BLOCK, false },     { "aside", TAG_BLOCK, false },
    { "main", TAG_BLOCK, false },       { "pre", TAG_BLOCK, false },
    { "hr", TAG_BLOCK, true },          { "dl", TAG_BLOCK, false },
    { "dt", TAG_BLOCK, false },         { "dd", TAG_BLOCK, false },
    { "center", TAG_BLOCK, false },     { "ruby", TAG_INLINE, false },
    { "rt", TAG_RUBY_TEXT, false },     { "rp", TAG_DROPPED, false },
    { "font", TAG_INLINE, false },      { "u", TAG_INLINE, false },
    { "sup", TAG_INLINE, false },       { "sub", TAG_INLINE, false },
    { "small", TAG_INLINE, false },     { "code", TAG_INLINE, false },
    { "cite", TAG_INLINE, false },      { "q", TAG_INLINE, false },
    { "abbr", TAG_INLINE, false },      { "time", TAG_INLINE, false },
    { "mark", TAG_INLINE, false },      { "script", TAG_DROPPED, false },
    { "style", TAG_DROPPED, false },    { "iframe", TAG_DROPPED, false },
    { "template", TAG_DROPPED, false }, { "noscript", TAG_DROPPED, false },
    { "svg", TAG_DROPPED, false },      { "object", TAG_DROPPED, false },
    { "title", TAG_DROPPED, false },    { "video", TAG_DROPPED, false },
    { "audio", TAG_DROPPED, false },    { "select", TAG_DROPPED, false },
    { "button", TAG_DROPPED, false },   { "form", TAG_DROPPED, false },
};

typedef struct gatherer {
    kh_draft *draft; /* NULL: all on one line */
    htmlParserCtxtPtr parser;
    kh_html_short shortened;
    kh_buf text;
    kh_block_kind kind;
    unsigned dropped; /* depth of elements that are left out */
    bool keeps_lines;
    bool has_space;      /* white space seen, not written yet */
    bool eats_semicolon; /* that of a reference which is written */
} gatherer;

static const struct tag *find_tag(kh_str name)
{
    char first = name.len > 0 ? (char)(name.ptr[0] | 0x20) : '\0';
    for (size_t i = 0; i < KH_COUNT_OF(tags); i++)
        if (tags[i].name[0] == first &&
            kh_str_equal_ascii(name, kh_str_from(tags[i].name)))
            return &tags[i];
    return NULL;
}

bool kh_html_is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The tag whose '<' stands at `at`, if it is a sign of HTML. */
static const struct tag *tag_at(kh_str text, size_t at)
{
    size_t from = at + 1;
    bool is_end = from < text.len && text.ptr[from] == '/';
    from += is_end;
    size_t to = from;
    while (to < text.len && kh_html_is_name(text.ptr[to]))
        to++;
    if (to == from || to >= text.len || !strchr("> /\t\n\r", text.ptr[to]))
        return NULL;

    kh_str name = kh_str_slice(text, from, to);
    const struct tag *tag = find_tag(name);
    size_t reach = text.len - to < TAG_MAX_BYTES ? text.len - to : TAG_MAX_BYTES;
    if (!tag || !memchr(text.ptr + to, '>', reach))
        return NULL;
    bool is_small = kh_str_equal(name, kh_str_from(tag->name));
    return is_end || (is_small && tag->may_be_alone) ? tag : NULL;
}

static size_t next_open(kh_str text, size_t from)
{
    const char *at =
        from < text.len ? memchr(text.ptr + from, '<', text.len - from) : NULL;
    return at ? (size_t)(at - text.ptr) : SIZE_MAX;
}

bool kh_html_is_in(kh_str text)
{
    if (text.len > KH_HTML_MAX_BYTES)
        return false;
    for (size_t at = next_open(text, 0); at != SIZE_MAX; at = next_open(text, at + 1))
        if (tag_at(text, at))
            return true;
    return false;
}

/* Whether paragraphs are elements here, so that line ends are white space only. */
static bool has_paragraphs(kh_str text)
{
    for (size_t at = next_open(text, 0); at != SIZE_MAX; at = next_open(text, at + 1)) {
        const struct tag *tag = tag_at(text, at);
        if (tag && (strcmp(tag->name, "p") == 0 || strcmp(tag->name, "div") == 0))
            return true;
    }
    return false;
}

static void end_block(gatherer *g)
{
    g->has_space = false;
    if (!g->draft) {
        g->has_space = g->text.len > 0;
        return;
    }

    kh_str text = kh_trim_wide(kh_buf_str(&g->text));
    if (text.len > 0) {
        text = kh_arena_copy(g->draft->arena, text);
        if (g->keeps_lines && g->kind == KH_BLOCK_PARAGRAPH)
            kh_draft_plain(g->draft, text);
        else
            kh_draft_text(g->draft, g->kind, text);
    }
    kh_buf_reset(&g->text);
}

static void break_line(gatherer *g)
{
    if (!g->draft || g->kind == KH_BLOCK_HEADING) {
        g->has_space = g->text.len > 0;
        return;
    }
    if (g->text.len && g->text.ptr[g->text.len - 1] == '\n' && !g->keeps_lines) {
        end_block(g);
        return;
    }

    g->has_space = false;
    if (g->text.len)
        kh_buf_add_char(&g->text, '\n');
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
    gatherer *g = data;
    (void)attributes;
    const struct tag *tag = find_tag(kh_str_from((const char *)name));
    if (!tag)
        return;

    switch (tag->kind) {
    case TAG_DROPPED:
        g->dropped++;
        break;
    case TAG_HEADING:
    case TAG_BLOCK:
        end_block(g);
        g->kind = tag->kind == TAG_HEADING ? KH_BLOCK_HEADING : KH_BLOCK_PARAGRAPH;
        break;
    case TAG_BREAK:
        if (!g->dropped)
            break_line(g);
        break;
    case TAG_CELL:
        g->has_space = true;
        break;
    case TAG_RUBY_TEXT:
        kh_buf_add(&g->text, KH_STR(" ("));
        g->has_space = false;
        break;
    case TAG_INLINE:
        break;
    }
}

static void on_end(void *data, const xmlChar *name)
{
    gatherer *g = data;
    const struct tag *tag = find_tag(kh_str_from((const char *)name));
    if (!tag)
        return;

    if (tag->kind == TAG_DROPPED && g->dropped > 0)
        g->dropped--;
    if (tag->kind == TAG_BLOCK || tag->kind == TAG_HEADING) {
        end_block(g);
        g->kind = KH_BLOCK_PARAGRAPH;
    }
    if (tag->kind == TAG_RUBY_TEXT) {
        kh_buf_add(&g->text, KH_STR(") "));
        g->has_space = false;
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add_text(gatherer *g, kh_str text)
{
    if (g->keeps_lines && g->kind == KH_BLOCK_PARAGRAPH) {
        kh_buf_add(&g->text, text);
        return;
    }

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && !is_space(text.ptr[at]))
            at++;
        if (at == from) {
            g->has_space = true;
            at++;
            continue;
        }
        char last = g->text.len ? g->text.ptr[g->text.len - 1] : '\n';
        if (g->has_space && last != '\n' && last != ' ')
            kh_buf_add_char(&g->text, ' ');
        g->has_space = false;
        kh_buf_add(&g->text, kh_str_slice(text, from, at));
    }
}

/* The parser gives '&' and a name apart where it does not know the name, or finds no
 * semicolon behind it; and it stands behind the name then. Write what HTML takes it for
 * in place of the '&'; the rest of the name stays in *text. */
static void read_open_reference(gatherer *g, kh_str *text)
{
    const xmlParserInput *input = g->parser->input;
    if ((size_t)(input->cur - input->base) <= text->len)
        return;
    const char *name = (const char *)input->cur - text->len;
    if (name[-1] != '&' || memcmp(name, text->ptr, text->len) != 0)
        return;

    uint32_t meant = 0;
    kh_str behind = kh_str_make(name, (size_t)((const char *)input->end - name));
    size_t bytes = kh_html_named(behind, g->draft && !g->keeps_lines, &meant);
    if (bytes == 0)
        return;
    char out[4];
    g->text.len--;
    add_text(g, kh_str_make(out, kh_utf8_put(out, meant)));
    g->eats_semicolon = bytes > text->len;
    *text = kh_str_slice(*text, bytes, text->len);
}

/* What a reference stands for is given alone. */
static void on_text(void *data, const xmlChar *bytes, int len)
{
    gatherer *g = data;
    if (g->dropped || len <= 0)
        return;
    kh_str text = kh_str_make((const char *)bytes, (size_t)len);
    char meant[4];
    if (len == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0)
        text = kh_str_make(meant, kh_utf8_put(meant, kh_html_referred(bytes[1])));
    if (g->eats_semicolon && bytes[0] == ';')
        text = kh_str_slice(text, 1, text.len);
    g->eats_semicolon = false;
    if (g->text.len > 0 && g->text.ptr[g->text.len - 1] == '&')
        read_open_reference(g, &text);
    while (text.len > 0)
        add_text(g, kh_html_lengthen(&g->shortened, &text));
}

static void parse(gatherer *g, kh_str html)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, xmlInitParser);
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(html.ptr, (int)html.len);
    if (!parser)
        return;

    g->parser = parser;
    memset(parser->sax, 0, sizeof(*parser->sax));
    parser->sax->startElement = on_start;
    parser->sax->endElement = on_end;
    parser->sax->characters = on_text;
    parser->sax->ignorableWhitespace = on_text;
    parser->userData = g;
    parser->charset = XML_CHAR_ENCODING_UTF8;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                   HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                   HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
    htmlParseDocument(parser);
    htmlFreeParserCtxt(parser);
    end_block(g);
}

void kh_html_blocks(kh_draft *draft, kh_str html)
{
    gatherer g = { .draft = draft, .kind = KH_BLOCK_PARAGRAPH };
    kh_buf_init(&g.text, KH_BUF_MAX);
    g.keeps_lines = !has_paragraphs(html);
    kh_html_shorten(&g.shortened, html, draft->arena);
    parse(&g, g.shortened.html);
    kh_buf_release(&g.text);
}

/* White space single; a view if it is so already. */
static kh_str single_spaces(kh_str text, kh_arena *arena)
{
    bool is_single = true;
    for (size_t i = 0; i < text.len && is_single; i++)
        is_single = text.ptr[i] < '\t' || text.ptr[i] > '\r';
    if (is_single)
        return kh_trim_wide(text);

    char *out = kh_arena_alloc(arena, text.len);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c != ' ' && (c < '\t' || c > '\r'))
            out[n++] = c;
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    return kh_trim_wide(kh_str_make(out, n));
}

kh_str kh_html_line(kh_str text, kh_arena *arena)
{
    if (!kh_html_is_in(text))
        return single_spaces(kh_html_entities(text, arena), arena);

    gatherer g = { .kind = KH_BLOCK_PARAGRAPH };
    kh_buf_init(&g.text, KH_BUF_MAX);
    parse(&g, text);
    kh_str line = kh_arena_copy(arena, kh_trim_wide(kh_buf_str(&g.text)));
    kh_buf_release(&g.text);
    return line;
}
