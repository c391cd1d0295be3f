/* sentences - where the sentences of a block end.
 *
 *   block --empty lines--> paragraphs --UAX #29--> ends --abbreviations, spaces of
 *   Thai--> sentences
 *
 * The rules run twice in this room: our own machine, and ICU's break iterator to test
 * it against. Line ends of hard-wrapped text are spaces, where ICU would end a
 * sentence; docs/analysis.md, section 7. */
#include "text/sentences.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/alloc.h"
#include "base/buf.h"

#include "sentences_internal.h"

/* Of Thai: 60 letters, a dozen words. */
#define SPACED_BYTES_MIN ((size_t)180)

struct kh_sentences {
    kh_sentence_table table;
    kh_str block;
    size_t at;        /* bytes of the block that are used up */
    size_t paragraph; /* where the one that holds `at` begins */
    size_t end;       /* and ends */
    size_t stop;      /* where the rules end the sentence at hand */
    bool has_cr;      /* the block has a carriage return */
    bool is_slow;

    UBreakIterator *breaks; /* owned; NULL until a slow reset */
    UText utext;
    kh_buf spaced; /* the paragraph with spaces for line ends */
};

kh_status kh_sentences_open(kh_sentences **out, kh_error *err)
{
    (void)err;
    kh_sentences *sentences = kh_alloc(sizeof(*sentences));
    kh_sentence_table_init(&sentences->table);
    sentences->utext = (UText)UTEXT_INITIALIZER;
    kh_buf_init(&sentences->spaced, KH_BUF_MAX);
    *out = sentences;
    return KH_OK;
}

void kh_sentences_free(kh_sentences *sentences)
{
    if (!sentences)
        return;
    if (sentences->breaks)
        ubrk_close(sentences->breaks);
    utext_close(&sentences->utext);
    kh_buf_release(&sentences->spaced);
    kh_free(sentences);
}

void kh_sentences_reset(kh_sentences *sentences, kh_str block)
{
    sentences->block = block;
    sentences->at = 0;
    sentences->paragraph = 0;
    sentences->end = 0;
    sentences->stop = 0;
    sentences->has_cr = block.len > 0 && memchr(block.ptr, '\r', block.len) != NULL;
    sentences->is_slow = false;
}

void kh_sentences_reset_slow(kh_sentences *sentences, kh_str block)
{
    UErrorCode icu = U_ZERO_ERROR;
    if (!sentences->breaks)
        sentences->breaks = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &icu);
    kh_sentences_reset(sentences, block);
    sentences->is_slow = U_SUCCESS(icu);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t next_line_end(const kh_sentences *sentences, size_t at)
{
    kh_str s = sentences->block;
    if (!sentences->has_cr) {
        const char *line_feed = memchr(s.ptr + at, '\n', s.len - at);
        return line_feed ? (size_t)(line_feed - s.ptr) : s.len;
    }
    while (at < s.len && s.ptr[at] != '\n' && s.ptr[at] != '\r')
        at++;
    return at;
}

/* Behind the next gap of white space with two line ends or more; or the end. */
static size_t paragraph_end(const kh_sentences *sentences, size_t at)
{
    kh_str s = sentences->block;
    while (at < s.len) {
        at = next_line_end(sentences, at);
        size_t n_line_ends = 0;
        for (; at < s.len && is_space(s.ptr[at]); at++) {
            bool is_second = s.ptr[at] == '\n' && at > 0 && s.ptr[at - 1] == '\r';
            if (!is_second && (s.ptr[at] == '\n' || s.ptr[at] == '\r'))
                n_line_ends++;
        }
        if (n_line_ends > 1)
            return at;
    }
    return at;
}

/* Hand ICU the paragraph with spaces for line ends: as many bytes. */
static void open_slow(kh_sentences *sentences, kh_str paragraph)
{
    kh_buf *spaced = &sentences->spaced;
    kh_buf_reset(spaced);
    kh_buf_add(spaced, paragraph);
    for (size_t i = 0; i < spaced->len; i++)
        if (spaced->ptr[i] == '\n' || spaced->ptr[i] == '\r')
            spaced->ptr[i] = ' ';

    UErrorCode icu = U_ZERO_ERROR;
    utext_openUTF8(&sentences->utext, spaced->ptr, (int64_t)spaced->len, &icu);
    ubrk_setUText(sentences->breaks, &sentences->utext, &icu);
    if (U_FAILURE(icu))
        sentences->is_slow = false;
}

/* The next end by the rules behind `at`, both counted in the paragraph. */
static size_t rules_end(kh_sentences *sentences, kh_str paragraph, size_t at)
{
    if (!sentences->is_slow)
        return kh_sentence_rules(&sentences->table, paragraph, at);
    int32_t end = ubrk_following(sentences->breaks, (int32_t)at);
    return end == UBRK_DONE ? paragraph.len : (size_t)end;
}

/* Where the rules and the abbreviations end the sentence that begins here. */
static size_t stop_behind(kh_sentences *sentences)
{
    kh_str paragraph =
        kh_str_slice(sentences->block, sentences->paragraph, sentences->end);
    size_t from = sentences->at - sentences->paragraph;
    size_t at = from;
    do
        at = rules_end(sentences, paragraph, at);
    while (at < paragraph.len &&
           kh_sentence_goes_on(&sentences->table, paragraph, from, at));
    return sentences->paragraph + at;
}

/* A letter or digit of Thai or Lao: U+0E00 to U+0EFF. */
static bool is_thai(kh_str s, size_t at, size_t end)
{
    return end - at >= 3 && (unsigned char)s.ptr[at] == 0xE0 &&
           ((unsigned char)s.ptr[at + 1] & 0xFCu) == 0xB8u;
}

/* Thai and Lao have no full stop, and spaces between clauses: one between two of their
 * letters ends a sentence that is long enough. */
static size_t spaced_end(kh_str s, size_t from, size_t stop)
{
    for (size_t at = from + SPACED_BYTES_MIN; at < stop;) {
        const char *space = memchr(s.ptr + at, ' ', stop - at);
        if (space == NULL)
            return stop;
        size_t before = (size_t)(space - s.ptr);
        for (at = before; at < stop && is_space(s.ptr[at]);)
            at++;
        if (is_thai(s, before - 3, before) && is_thai(s, at, stop))
            return at;
    }
    return stop;
}

bool kh_sentences_next(kh_sentences *sentences, size_t *end)
{
    kh_str block = sentences->block;
    if (sentences->at >= block.len)
        return false;
    if (sentences->at == sentences->end) {
        sentences->paragraph = sentences->at;
        sentences->end = paragraph_end(sentences, sentences->at);
        if (sentences->is_slow)
            open_slow(sentences,
                      kh_str_slice(block, sentences->paragraph, sentences->end));
    }

    if (sentences->at == sentences->stop)
        sentences->stop = stop_behind(sentences);
    sentences->at = spaced_end(block, sentences->at, sentences->stop);
    *end = sentences->at;
    return true;
}
