/* glue - the evidence for a glued line: what of it the article's own body says.
 *
 * Every stretch of up to PHRASE_WORDS words of the body goes into a set; then the line
 * is spelt out from each of its letters on, as long as something in the set begins so.
 * A second set has the beginnings of the body's words: "geopolitics" is no word of a
 * body that says "geopolitical", but no accident either. */
#include "glue.h"

#include "base/alloc.h"

enum { PHRASE_WORDS = 6, PHRASE_UNSPACED = 12, PHRASE_BYTES = 160 };
enum { LIKE_MIN = 4 /* code points that two words begin with to be alike */ };
enum { PHRASES_MAX = 400000 };
enum { WINDOW = 4 /* bytes, folded, that a phrase of use begins with */ };

typedef struct sayings {
    kh_phrases phrases;
    kh_phrases beginnings;
    size_t n_phrases;      /* added, also the same again */
    uint64_t windows[256]; /* a bit for every WINDOW bytes in a row of the line */
} sayings;

/* A stop between two phrases: punctuation with a space or an end behind it, a bracket,
 * a quotation mark. The dots of "U.S." and the hyphen of "Shangri-La" are none. */
static bool is_stop(const kh_glue_text *text, size_t i)
{
    const kh_glue_char *c = &text->chars[i];
    if (c->class == KH_GLUE_OPEN)
        return true;
    if (c->class != KH_GLUE_PUNCT && c->class != KH_GLUE_JOIN)
        return false;
    return i + 1 == text->n || c[1].class < KH_GLUE_MARK;
}

static bool ends_word(const kh_glue_text *text, size_t end)
{
    if (end < text->n && text->chars[end].class == KH_GLUE_MARK)
        return false;
    return end == text->n || !kh_glue_in_word(&text->chars[end]) ||
           kh_glue_is_unspaced(&text->chars[end]) ||
           kh_glue_is_unspaced(&text->chars[end - 1]);
}

static bool begins_word(const kh_glue_text *text, size_t at)
{
    const kh_glue_char *c = &text->chars[at];
    return c->class > KH_GLUE_MARK &&
           (at == 0 || !kh_glue_in_word(c - 1) || kh_glue_is_unspaced(c) ||
            kh_glue_is_unspaced(c - 1));
}

static unsigned window_bit(const char *bytes)
{
    uint32_t window;
    memcpy(&window, bytes, WINDOW);
    return (window * 2654435761u) >> 18; /* Source: Knuth, TAOCP 3, section 6.4 */
}

static void add_windows(sayings *out, kh_str folded)
{
    for (size_t i = 0; i + WINDOW <= folded.len; i++) {
        unsigned bit = window_bit(folded.ptr + i);
        out->windows[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
}

/* Whether the line may say what begins here: most of a body can be left out. */
static bool is_of_use(const sayings *said, const kh_glue_text *text, size_t start)
{
    size_t at = text->chars[start].fold_at;
    if (at + WINDOW > text->folded.len)
        return false;
    unsigned bit = window_bit(text->folded.ptr + at);
    return (said->windows[bit / 64] >> (bit % 64) & 1) != 0;
}

static void add_phrases_from(sayings *out, const kh_glue_text *text, size_t start)
{
    kh_spelling spelling = kh_spelling_start();
    size_t max_words =
        kh_glue_is_unspaced(&text->chars[start]) ? PHRASE_UNSPACED : PHRASE_WORDS;
    size_t n_words = 0;
    size_t max_bytes = is_of_use(out, text, start) ? PHRASE_BYTES : WINDOW - 1;
    for (size_t i = start; i < text->n && spelling.len < PHRASE_BYTES; i++) {
        if (is_stop(text, i))
            return;
        kh_spelling_put(&spelling, kh_glue_folded(text, i, i + 1));
        if (spelling.len > max_bytes)
            return;
        if (!kh_glue_in_word(&text->chars[i]) || !ends_word(text, i + 1))
            continue;
        kh_phrases_add_spelling(&out->phrases, &spelling, 1);
        out->n_phrases++;
        if (++n_words == max_words)
            return;
    }
}

static void add_beginnings(sayings *out, const kh_glue_text *text, size_t start)
{
    kh_spelling spelling = kh_spelling_start();
    for (size_t i = start; i < text->n && kh_glue_in_word(&text->chars[i]); i++) {
        kh_spelling_put(&spelling, kh_glue_folded(text, i, i + 1));
        if (i + 1 - start >= LIKE_MIN)
            kh_phrases_add_spelling(&out->beginnings, &spelling, 1);
    }
}

static void add_block(sayings *out, kh_str block)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue_text text;
    kh_glue_text_make(&text, block, arena);
    for (size_t i = 0; i < text.n && out->n_phrases < PHRASES_MAX; i++) {
        if (!begins_word(&text, i))
            continue;
        add_phrases_from(out, &text, i);
        if (!kh_glue_is_unspaced(&text.chars[i]) && is_of_use(out, &text, i))
            add_beginnings(out, &text, i);
    }
}

static void add_match(kh_glue *glue, kh_arena *arena, size_t *capacity,
                      kh_glue_match match)
{
    if (glue->n_matches == KH_GLUE_MATCHES_MAX)
        return;
    glue->matches = kh_arena_grow(arena, glue->matches, glue->n_matches, capacity,
                                  sizeof(*glue->matches));
    glue->matches[glue->n_matches++] = match;
}

/* All stretches from start on that the body says. */
static void match_from(kh_glue *glue, const sayings *said, size_t start,
                       kh_arena *arena, size_t *capacity)
{
    const kh_glue_text *line = &glue->line;
    kh_spelling spelling = kh_spelling_start();
    for (size_t i = start; i < line->n && spelling.len < PHRASE_BYTES; i++) {
        kh_spelling_put(&spelling, kh_glue_folded(line, i, i + 1));
        if (!kh_phrases_may_begin(&said->phrases, &spelling))
            return;
        if (!kh_glue_in_word(&line->chars[i]) ||
            line->chars[i + 1].class == KH_GLUE_MARK)
            continue;
        uint32_t count = kh_phrases_count_spelling(&said->phrases, &spelling);
        if (count == 0)
            continue;
        kh_glue_match match = { (uint16_t)start, (uint16_t)(i + 1),
                                (uint8_t)(count > 255 ? 255 : count) };
        add_match(glue, arena, capacity, match);
    }
}

static uint8_t likeness_at(const kh_glue_text *line, const sayings *said, size_t start)
{
    kh_spelling spelling = kh_spelling_start();
    size_t like = 0;
    for (size_t i = start; i < line->n && i - start < 255; i++) {
        if (!kh_glue_in_word(&line->chars[i]))
            break;
        kh_spelling_put(&spelling, kh_glue_folded(line, i, i + 1));
        size_t len = i + 1 - start;
        if (len < LIKE_MIN)
            continue;
        if (kh_phrases_count_spelling(&said->beginnings, &spelling) == 0)
            break;
        like = len;
    }
    return (uint8_t)like;
}

kh_glue *kh_glue_collect(kh_str line, const kh_block *body, size_t n_blocks,
                         kh_arena *arena)
{
    sayings said = { 0 };
    kh_glue *glue = kh_glue_of_line(line, arena);
    add_windows(&said, glue->line.folded);
    size_t left = KH_GLUE_BODY_MAX;
    for (size_t i = 0; i < n_blocks && left > 0; i++) {
        kh_str text = kh_str_slice(body[i].text, 0, left);
        left -= text.len;
        add_block(&said, text);
    }

    size_t capacity = 0;
    for (size_t i = 0; i < glue->line.n; i++) {
        if (glue->line.chars[i].class <= KH_GLUE_MARK)
            continue;
        match_from(glue, &said, i, arena, &capacity);
        glue->likeness[i] = likeness_at(&glue->line, &said, i);
    }
    kh_phrases_release(&said.phrases);
    kh_phrases_release(&said.beginnings);
    return glue;
}
