/* text_samples - what a text becomes, written out so that a table of cases can say it.
 */
#include "text_samples.h"

#include <stdlib.h>

static void separate(kh_buf *out)
{
    if (out->len > 0)
        kh_buf_add_char(out, '|');
}

void sample_words(kh_buf *out, kh_words *words, const char *text)
{
    kh_word word;
    kh_str s = kh_str_from(text);
    kh_words_reset(words, s);
    while (kh_words_next(words, &word)) {
        separate(out);
        if (word.join != KH_JOIN_NONE)
            kh_buf_add_char(out, word.join == KH_JOIN_HYPHEN ? '-' : '+');
        kh_buf_add(out, kh_str_slice(s, word.start, word.end));
    }
}

void sample_terms(kh_buf *out, const char *language, const char *text)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = NULL;
    if (kh_analyser_open(&analyser, kh_language_find(kh_str_from(language)), NULL) !=
        KH_OK)
        abort();
    kh_token token;
    kh_analyser_reset(analyser, kh_str_from(text), 0);
    while (kh_analyser_next(analyser, &token)) {
        const kh_lexeme *lexeme = token.lexeme;
        separate(out);
        if (token.kind == KH_TOKEN_PAIR)
            kh_buf_printf(out, "(%" KH_FMT ")", KH_ARG(lexeme->term));
        else if (token.kind == KH_TOKEN_COMPOUND)
            kh_buf_printf(out, "[%" KH_FMT "]", KH_ARG(lexeme->term));
        else
            kh_buf_add(out, lexeme->term.len > 0 ? lexeme->term : lexeme->form);
    }
}
