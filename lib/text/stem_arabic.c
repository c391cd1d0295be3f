/* stem_arabic - an Arabic noun without article, prefixes and endings: a light stemmer.
 *
 * Source: Larkey, Ballesteros, Connell: Light stemming for Arabic information retrieval
 * (2007), whose light10 has these prefixes and suffixes and conditions of length. What
 * it normalises first, folding has done by now, teh marbuta as heh with it.
 *
 * Two things differ. The paper takes a leading waw for "and" before it looks for an
 * article, so ministers (wuzara) lose their first letter alone and keep it behind al-.
 * Suffixes go first here, and letters that may be a word of their own are looked for
 * behind the article as well, so that what is left is the same whichever way the word
 * was written. And the prepositions bi and li are such letters besides waw: the paper
 * knows them before an article only. Figures: docs/decisions.md.
 */
#include "stem_own.h"

#include "base/decls.h"

#define LETTER_BYTES 2u /* in UTF-8 */

#define LETTER_LEAVES (3u * LETTER_BYTES)
#define PREFIX_LEAVES (2u * LETTER_BYTES)
#define SUFFIX_LEAVES (2u * LETTER_BYTES)

static const char *const articles[] = { "ال", "بال", "كال", "فال", "لل" };

/* Each is looked for once, in this order. */
static const char *const suffixes[] = { "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي" };

static kh_str cut_suffixes(kh_str word)
{
    for (size_t i = 0; i < KH_COUNT_OF(suffixes); i++) {
        kh_str suffix = kh_str_from(suffixes[i]);
        if (kh_str_ends(word, suffix) && word.len >= suffix.len + SUFFIX_LEAVES)
            word.len -= suffix.len;
    }
    return word;
}

/* Without a first letter that may be a word of its own. */
static kh_str cut_letter(kh_str word, kh_str letter)
{
    if (kh_str_starts(word, letter) && word.len >= letter.len + LETTER_LEAVES)
        return kh_str_slice(word, letter.len, word.len);
    return word;
}

static kh_str cut_letters(kh_str word)
{
    size_t before;
    do {
        before = word.len;
        word = cut_letter(word, KH_STR("و"));
        word = cut_letter(word, KH_STR("ب"));
        word = cut_letter(word, KH_STR("ل"));
    } while (word.len < before);
    return word;
}

static kh_str cut_article(kh_str word)
{
    for (size_t i = 0; i < KH_COUNT_OF(articles); i++) {
        kh_str article = kh_str_from(articles[i]);
        if (kh_str_starts(word, article) && word.len >= article.len + PREFIX_LEAVES)
            return kh_str_slice(word, article.len, word.len);
    }
    return word;
}

kh_str kh_stem_arabic(kh_str folded)
{
    kh_str word = cut_letter(cut_suffixes(folded), KH_STR("و"));
    return cut_letters(cut_article(word));
}
