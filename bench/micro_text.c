/* micro_text - the inner loops over a text: words, folding, terms.
 *
 *   micro_text FILE [LANGUAGE]
 *
 * Prints LOOP<TAB>ns<TAB>unit, the best of five: words cut by the table and by ICU
 * alone, sentences, folding and stripping of accents, analysis with an empty cache
 * (every form is stemmed) and with a filled one (a look-up a word). */
#include <stdio.h>
#include <time.h>

#include "base/alloc.h"
#include "base/file.h"
#include "text/analysis.h"
#include "text/fold.h"
#include "text/sentences.h"

#define ROUNDS    5
#define MAX_BYTES ((size_t)1 << 30)

typedef struct subject {
    kh_str text;
    const kh_language *language;
    kh_words *words;
    kh_analyser *analyser;
    kh_sentences *sentences;
    kh_str *found; /* owned; the words of the text */
    size_t n_found;
    size_t capacity;
    kh_buf *out;
} subject;

static double cpu_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Run a loop, which returns what it counted; the best time of a thing counted. */
static void time_loop(const char *name, const char *unit, size_t (*loop)(subject *),
                      subject *s)
{
    double best = 1e18;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = cpu_ns();
        size_t n = loop(s);
        double each = (cpu_ns() - begin) / (double)(n > 0 ? n : 1);
        best = each < best ? each : best;
    }
    printf("%s\t%.2f\t%s\n", name, best, unit);
}

/* Paragraph by paragraph, as the indexer does it. */
static size_t cut(subject *s, void (*reset)(kh_words *, kh_str))
{
    kh_str rest = s->text;
    kh_str block;
    size_t n = 0;
    while (kh_str_line(&rest, &block)) {
        kh_word word;
        reset(s->words, block);
        while (kh_words_next(s->words, &word))
            n++;
    }
    return n;
}

static size_t cut_by_table(subject *s)
{
    return cut(s, kh_words_reset);
}

static size_t cut_by_icu(subject *s)
{
    return cut(s, kh_words_reset_slow);
}

/* What the ends of sentences cost a word. */
static size_t cut_sentences(subject *s)
{
    kh_str rest = s->text;
    kh_str block;
    while (kh_str_line(&rest, &block)) {
        size_t end;
        kh_sentences_reset(s->sentences, block);
        while (kh_sentences_next(s->sentences, &end))
            ;
    }
    return s->n_found;
}

static size_t fold(subject *s)
{
    for (size_t i = 0; i < s->n_found; i++) {
        kh_buf_reset(s->out);
        kh_fold(s->out, s->found[i], s->language);
    }
    return s->n_found;
}

static size_t strip(subject *s)
{
    for (size_t i = 0; i < s->n_found; i++) {
        kh_buf_reset(s->out);
        kh_strip_accents(s->out, s->found[i]);
    }
    return s->n_found;
}

static size_t analyse(subject *s)
{
    size_t n = 0;
    kh_str rest = s->text;
    kh_str block;
    while (kh_str_line(&rest, &block)) {
        kh_token token;
        kh_analyser_reset(s->analyser, block, 0);
        while (kh_analyser_next(s->analyser, &token)) {
            token.lexeme->notes[0]++; /* as the indexer does */
            n++;
        }
    }
    return n;
}

/* Every form is new: what a look-up in the cache saves. */
static size_t analyse_anew(subject *s)
{
    (void)kh_analyser_trim(s->analyser, 0);
    (void)analyse(s);
    return kh_analyser_n_lexemes(s->analyser);
}

static void find_words(subject *s)
{
    kh_word word;
    kh_words_reset(s->words, s->text);
    while (kh_words_next(s->words, &word))
        KH_PUSH(s->found, s->n_found, s->capacity) =
            kh_str_slice(s->text, word.start, word.end);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: micro_text FILE [LANGUAGE]\n");
        return 2;
    }
    kh_error err;
    KH_AUTO_BUF text;
    KH_AUTO_BUF out;
    kh_buf_init(&text, MAX_BYTES);
    kh_buf_init(&out, KH_BUF_MAX);
    subject s = { .language = kh_language_find(kh_str_from(argc > 2 ? argv[2] : "en")),
                  .out = &out };
    if (kh_file_read(&text, argv[1], MAX_BYTES, &err) != KH_OK ||
        kh_words_open(&s.words, &err) != KH_OK ||
        kh_sentences_open(&s.sentences, &err) != KH_OK ||
        kh_analyser_open(&s.analyser, s.language, &err) != KH_OK) {
        fprintf(stderr, "micro_text: %s\n", err.message);
        return 2;
    }
    s.text = kh_buf_str(&text);
    find_words(&s);
    time_loop("words", "word", cut_by_table, &s);
    time_loop("words, ICU alone", "word", cut_by_icu, &s);
    time_loop("sentences", "word", cut_sentences, &s);
    time_loop("fold", "word", fold, &s);
    time_loop("strip accents", "word", strip, &s);
    time_loop("analysis, cache empty", "form", analyse_anew, &s);
    time_loop("analysis, cache filled", "token", analyse, &s);
    kh_free(s.found);
    kh_analyser_free(s.analyser);
    kh_sentences_free(s.sentences);
    kh_words_free(s.words);
    return 0;
}
