/* text - plain text in the form of a site's export: one file, one article.
 *
 *     Title
 *
 *     By Staff Reporter                          (header lines, all optional)
 *
 *     Bhubaneswar, June 5, 2025: First paragraph ...
 *
 *     A heading
 *
 *     More paragraphs, each on one line or wrapped.
 *
 *     Tags: one, two   or a glued line: "ceasefire 2025diplomatic tension"
 *
 * Where the file is UTF-8, every block is a view of it: text, line and byte are exact.
 */
#include "article/tags.h"
#include "base/utf8.h"
#include "blocks.h"
#include "format.h"
#include "text/charset.h"
#include "text_header.h"

#define TITLE_COLUMNS   300 /* a longer first line is a paragraph */
#define SENTENCE_TITLE  120 /* so is one of more columns that ends with a full stop */
#define WRAPPED_COLUMNS 200 /* a title on two lines */
#define HEADER_LINES    20

typedef struct text_file {
    kh_draft *draft;
    kh_str text;   /* all of it, UTF-8 */
    uint64_t base; /* offset of text in the file */
    bool is_verbatim;
} text_file;

static int sniff(kh_str head)
{
    return kh_head_is_text(head) ? KH_SNIFF_PERHAPS : KH_SNIFF_NO;
}

/* Convert what is not UTF-8, or has the line ends of old Macs. */
static kh_status convert(text_file *file, kh_error *err)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    kh_status status = kh_charset_to_utf8(&buf, file->text, NULL, NULL, err);
    if (status != KH_OK)
        return status;

    kh_str text = kh_arena_copy(file->draft->arena, kh_buf_str(&buf));
    file->draft->article.n_unreadable = kh_charset_n_bad(text);
    if (!memchr(text.ptr, '\n', text.len)) {
        char *at = (char *)text.ptr;
        while ((at = memchr(at, '\r', (size_t)(text.ptr + text.len - at))))
            *at = '\n';
    }
    file->text = text;
    file->is_verbatim = false;
    return KH_OK;
}

static kh_status read_file(text_file *file, kh_source *source, kh_error *err)
{
    kh_str bytes;
    kh_status status = kh_stream_all(source->stream, &bytes, err);
    if (status != KH_OK)
        return status;

    kh_str mark = KH_STR("\xEF\xBB\xBF");
    if (kh_str_starts(bytes, mark)) {
        file->base = mark.len;
        bytes = kh_str_slice(bytes, mark.len, bytes.len);
    }
    if (kh_trim_wide(bytes).len == 0)
        return kh_fail(err, KH_ERR_FORMAT, "empty");

    file->text = bytes;
    file->is_verbatim = true;
    bool is_utf8 = kh_utf8_check(bytes) == bytes.len;
    bool has_nul = memchr(bytes.ptr, '\0', bytes.len) != NULL;
    bool has_line_feed = memchr(bytes.ptr, '\n', bytes.len) != NULL;
    bool has_return = !has_line_feed && memchr(bytes.ptr, '\r', bytes.len) != NULL;
    if (!is_utf8 || has_nul || has_return)
        return convert(file, err);
    return KH_OK;
}

static uint32_t line_of(const text_file *file, const char *at)
{
    uint32_t line = 1;
    const char *from = file->text.ptr;
    while ((from = memchr(from, '\n', (size_t)(at - from)))) {
        line++;
        if (++from >= at)
            break;
    }
    return line;
}

static void add_block(text_file *file, kh_block_kind kind, kh_str text, uint32_t line)
{
    kh_block block = { .kind = kind, .text = text, .line = line };
    block.is_verbatim = file->is_verbatim;
    if (file->is_verbatim)
        block.byte = file->base + (uint64_t)(text.ptr - file->text.ptr);
    kh_draft_block(file->draft, block);
}

static bool is_title(kh_str line)
{
    size_t columns = kh_line_columns(line);
    return columns <= TITLE_COLUMNS &&
           (columns <= SENTENCE_TITLE || !kh_line_ends_sentence(line));
}

/* A title of two lines: both short, no sentence, an empty line behind them and more
 * text behind that. */
static bool is_wrapped_title(kh_str first, kh_str second, kh_str rest)
{
    kh_str below = { NULL, 0 };
    return kh_line_columns(first) >= 30 && second.len > 0 &&
           kh_line_columns(first) + kh_line_columns(second) <= WRAPPED_COLUMNS &&
           !kh_line_ends_sentence(first) && !kh_line_ends_sentence(second) &&
           kh_str_line(&rest, &below) && kh_trim_wide(below).len == 0 &&
           kh_trim_wide(rest).len > 0;
}

/* Take title and header lines from the start of *rest. */
static void read_head(text_file *file, kh_str *rest)
{
    kh_article *article = &file->draft->article;
    for (int i = 0; i < HEADER_LINES; i++) {
        kh_str after = *rest;
        kh_str line;
        do {
            if (!kh_str_line(&after, &line))
                return;
            line = kh_trim_wide(line);
        } while (line.len == 0);

        if (kh_text_header(file->draft, line, article->title.len > 0)) {
            *rest = after;
            continue;
        }
        if (article->title.len > 0 || !is_title(line))
            return;

        kh_str below = after;
        kh_str second = { NULL, 0 };
        bool has_second = kh_str_line(&below, &second);
        second = kh_trim_wide(second);
        kh_draft probe = *file->draft;
        if (has_second && is_wrapped_title(line, second, below) &&
            !kh_text_header(&probe, second, true)) {
            line.len = (size_t)(second.ptr + second.len - line.ptr);
            after = below;
        }
        article->title = line;
        *rest = after;
    }
}

#define EVIDENCE_MAX \
    ((size_t)256 << 10) /* bytes of a body that a line is compared with */

/* Take the tag line from the end of *rest. */
static void read_tags(text_file *file, kh_str *rest)
{
    kh_str body = kh_trim_wide(*rest);
    size_t start = body.len;
    while (start > 0 && body.ptr[start - 1] != '\n')
        start--;
    kh_str line = kh_trim_wide(kh_str_slice(body, start, body.len));
    kh_str before = kh_str_slice(body, 0, start);

    kh_str list;
    bool is_glued = false;
    if (start == 0)
        return;
    if (!kh_tags_line(line, &list, &is_glued)) {
        kh_block above = { .kind = KH_BLOCK_PARAGRAPH, .text = before };
        if (before.len > EVIDENCE_MAX ||
            !kh_tags_line_of_body(line, &above, 1, file->draft->arena))
            return;
        list = line;
        is_glued = true;
    }
    if (is_glued) {
        /* The end of a wrapped paragraph is no tag line. */
        kh_str above = kh_str_slice(before, 0, start - 1);
        if (above.len && above.ptr[above.len - 1] == '\r')
            above.len--;
        bool is_apart = above.len && above.ptr[above.len - 1] == '\n';
        if (!is_apart && !kh_line_ends_sentence(above))
            return;
        file->draft->article.raw_tags = list;
    } else {
        kh_draft_tag_list(file->draft, list);
    }
    rest->len = (size_t)(before.ptr + before.len - rest->ptr);
}

/* The title as a field is one line, also where the file has it on two. */
static kh_str on_one_line(kh_str title, kh_arena *arena)
{
    if (!memchr(title.ptr, '\n', title.len))
        return title;

    char *out = kh_arena_alloc(arena, title.len);
    size_t n = 0;
    kh_str line;
    while (kh_str_line(&title, &line)) {
        line = kh_trim_wide(line);
        if (n > 0)
            out[n++] = ' ';
        memcpy(out + n, line.ptr, line.len);
        n += line.len;
    }
    return kh_str_make(out, n);
}

static bool has_empty_line(kh_str text)
{
    kh_str rest = kh_trim_wide(text);
    kh_str line;
    while (kh_str_line(&rest, &line))
        if (kh_trim_wide(line).len == 0)
            return true;
    return false;
}

/* Where most of the lines look like headings, none is one: a list, a script without
 * full stops. */
static bool may_have_headings(const kh_piece *pieces, size_t n)
{
    size_t n_headings = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        kh_str text = pieces[i].text;
        n_headings += pieces[i].is_alone && kh_line_is_heading(&text);
    }
    return n_headings <= 2 * (n - n_headings);
}

static void add_body(text_file *file, kh_str rest)
{
    kh_piece *pieces = NULL;
    size_t n =
        kh_blocks_cut(&pieces, rest, !has_empty_line(file->text), file->draft->arena);
    bool has_headings = may_have_headings(pieces, n);
    uint32_t first_line = line_of(file, rest.ptr);
    for (size_t i = 0; i < n; i++) {
        kh_str text = pieces[i].text;
        bool is_heading = has_headings && i + 1 < n && pieces[i].is_alone &&
                          kh_line_is_heading(&text);
        add_block(file, is_heading ? KH_BLOCK_HEADING : KH_BLOCK_PARAGRAPH, text,
                  first_line + pieces[i].line);
        if (is_heading && text.len == pieces[i].text.len)
            kh_draft_guess(file->draft, text);
    }
}

static kh_status next(kh_source *source, kh_draft *draft, kh_error *err)
{
    if (source->state)
        return KH_END;
    source->state = source; /* one file, one article */

    text_file file = { .draft = draft };
    kh_status status = read_file(&file, source, err);
    if (status != KH_OK)
        return status;

    kh_article *article = &draft->article;
    kh_str rest = file.text;
    read_head(&file, &rest);
    read_tags(&file, &rest);
    if (article->title.len) {
        add_block(&file, KH_BLOCK_TITLE, article->title,
                  line_of(&file, article->title.ptr));
        article->title = on_one_line(article->title, draft->arena);
    }
    if (article->deck.len)
        add_block(&file, KH_BLOCK_DECK, article->deck,
                  line_of(&file, article->deck.ptr));
    add_body(&file, rest);
    return KH_OK;
}

static const char *const suffixes[] = { ".txt", ".text", NULL };

const kh_format kh_format_text = {
    .name = "text",
    .suffixes = suffixes,
    .sniff = sniff,
    .next = next,
};
