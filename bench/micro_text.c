/* micro_text - how fast words are cut and analysed.
 *
 *   micro_text FILE [LANGUAGE]
 *
 * Prints MB/s of the word cutter, of the cutter through ICU alone, and of analysis with
 * an empty and with a filled cache; best of five. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "text/analysis.h"

#define ROUNDS    5
#define MAX_BYTES ((size_t)1 << 30)

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void report(const char *what, kh_str text, double seconds, size_t n_tokens)
{
    printf("%-22s %8.1f MB/s  %6.1f ns a token  %zu tokens\n", what,
           (double)text.len / seconds * 1e-6, seconds / (double)n_tokens * 1e9,
           n_tokens);
}

/* Paragraph by paragraph, as the indexer does it. */
static bool next_block(kh_str *rest, kh_str *block)
{
    return kh_str_line(rest, block);
}

static void time_words(kh_words *words, kh_str text, bool is_slow)
{
    double best = 1e9;
    size_t n_tokens = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = cpu_seconds();
        kh_str rest = text;
        kh_str block;
        n_tokens = 0;
        while (next_block(&rest, &block)) {
            kh_word word;
            if (is_slow)
                kh_words_reset_slow(words, block);
            else
                kh_words_reset(words, block);
            while (kh_words_next(words, &word))
                n_tokens++;
        }
        double seconds = cpu_seconds() - begin;
        best = seconds < best ? seconds : best;
    }
    report(is_slow ? "words, ICU alone" : "words", text, best, n_tokens);
}

static size_t analyse(kh_analyser *analyser, kh_str text)
{
    size_t n_tokens = 0;
    kh_str rest = text;
    kh_str block;
    while (next_block(&rest, &block)) {
        kh_token token;
        kh_analyser_reset(analyser, block, 0);
        while (kh_analyser_next(analyser, &token))
            n_tokens++;
    }
    return n_tokens;
}

static void time_analysis(kh_analyser *analyser, kh_str text)
{
    double begin = cpu_seconds();
    size_t n_tokens = analyse(analyser, text);
    report("analysis, empty cache", text, cpu_seconds() - begin, n_tokens);

    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        begin = cpu_seconds();
        n_tokens = analyse(analyser, text);
        double seconds = cpu_seconds() - begin;
        best = seconds < best ? seconds : best;
    }
    report("analysis, cached", text, best, n_tokens);
    printf("%u lexemes\n", kh_analyser_n_lexemes(analyser));
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: micro_text FILE [LANGUAGE]\n");
        return 2;
    }
    kh_error err;
    KH_AUTO_BUF text;
    kh_buf_init(&text, MAX_BYTES);
    KH_AUTO(kh_words_free) kh_words *words = NULL;
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    const kh_language *language =
        kh_language_find(kh_str_from(argc > 2 ? argv[2] : "en"));
    if (kh_file_read(&text, argv[1], MAX_BYTES, &err) != KH_OK ||
        kh_words_open(&words, &err) != KH_OK ||
        kh_analyser_open(&analyser, language, &err) != KH_OK) {
        fprintf(stderr, "micro_text: error: %s\n", err.message);
        return 2;
    }

    time_words(words, kh_buf_str(&text), false);
    time_words(words, kh_buf_str(&text), true);
    time_analysis(analyser, kh_buf_str(&text));
    return 0;
}
