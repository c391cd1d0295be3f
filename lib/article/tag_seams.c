/* tag_seams - whether a line is tags glued together.
 *
 * A glued line is told from prose by its seams, words like "TreatyIndia" or
 * "2025diplomatic" that lose a space. Names and code have such seams, too (YouTube,
 * McDonald, isGlued), so it takes several, in several words, whole words on both sides
 * of them, few words between them, and nothing that makes a sentence or code. A line in
 * one case, or in a script without case, has no seams: it is not found unless a label
 * stands before it. */
#include "glue.h"

#include <stdint.h>

enum { LINE_MIN = 16, LINE_MAX = KH_GLUE_LINE_MAX /* bytes of a glued line */ };
enum { SEAM_LETTERS = 3 /* on each side */, WORDS_PER_TAG = 5 };
enum { SEAMS_SURE = 3 /* fewer need a line without small words */ };
enum { ONE_WORD_MIN = 18 /* characters of the only word with seams */ };

bool kh_ends_sentence(kh_str line)
{
    static const char *const ends[] = { ".",
                                        "!",
                                        "?",
                                        "\"",
                                        ":",
                                        ",",
                                        "\xE2\x80\x9D" /* ” */,
                                        "\xE2\x80\xA6" /* … */,
                                        "\xE3\x80\x82" /* 。 */,
                                        "\xE0\xA5\xA4" /* danda */,
                                        "\xDB\x94" /* Urdu full stop */,
                                        "\xD8\x9F" /* Arabic question mark */,
                                        "\xEF\xBC\x81" /* ！ */,
                                        "\xEF\xBC\x9F" /* ？ */ };
    for (size_t i = 0; i < KH_COUNT_OF(ends); i++) {
        if (kh_str_ends(line, kh_str_from(ends[i])))
            return true;
    }
    return false;
}

/* Letters of the same word before a place. */
static size_t letters_before(const kh_glue_text *text, size_t at)
{
    size_t n = 0;
    while (at > n && text->chars[at - n - 1].class >= KH_GLUE_MARK)
        n++;
    return n;
}

static size_t lower_letters_from(const kh_glue_text *text, size_t at)
{
    size_t n = 0;
    while (at + n < text->n && text->chars[at + n].class == KH_GLUE_LOWER)
        n++;
    return n;
}

static bool is_among(kh_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (kh_str_equal(word, kh_str_from(words[i])))
            return true;
    }
    return false;
}

/* Names and makes that have a seam of their own, folded. */
static bool is_brand(kh_str word)
{
    static const char *const brands[] = {
        "youtube",       "whatsapp",        "linkedin",
        "tiktok",        "paypal",          "blackrock",
        "astrazeneca",   "javascript",      "mastercard",
        "playstation",   "powerpoint",      "sharepoint",
        "wordpress",     "facetime",        "snapchat",
        "wechat",        "deepmind",        "deepseek",
        "chatgpt",       "openai",          "spacex",
        "github",        "gitlab",          "opensuse",
        "hubspot",       "phonepe",         "jetblue",
        "easyjet",       "oneplus",         "sharechat",
        "makemytrip",    "exxonmobil",      "conocophillips",
        "telesur",       "libreoffice",     "openoffice",
        "openstreetmap", "glaxosmithkline", "pricewaterhousecoopers",
    };
    return is_among(word, brands, KH_COUNT_OF(brands));
}

/* Words that tags do without and headings and captions do not. */
static bool is_small_word(kh_str word)
{
    static const char *const words[] = {
        "the", "is",  "are", "was",  "were", "to",  "for", "at",  "by",  "from", "with",
        "on",  "you", "it",  "this", "that", "now", "no",  "not", "has", "have", "his",
        "der", "die", "das", "ist",  "und",  "le",  "les", "est", "el",  "los",  "es",
    };
    return is_among(word, words, KH_COUNT_OF(words));
}

static bool is_seam_of_case(const kh_glue_text *text, size_t i)
{
    size_t left = letters_before(text, i);
    size_t right = lower_letters_from(text, i + 1) + 1;
    bool is_all_capitals = i + 1 < text->n && text->chars[i + 1].class == KH_GLUE_UPPER;
    if (left < SEAM_LETTERS || (right < SEAM_LETTERS && !is_all_capitals))
        return false;
    size_t end = i;
    while (end < text->n && kh_glue_in_word(&text->chars[end]))
        end++;
    return !is_brand(kh_glue_folded(text, i - left, end));
}

static bool is_seam(const kh_glue_text *text, size_t i)
{
    const kh_glue_char *before = &text->chars[i - 1];
    const kh_glue_char *after = &text->chars[i];
    if (after->class != KH_GLUE_UPPER && after->class != KH_GLUE_LOWER)
        return false;
    if (before->class == KH_GLUE_PUNCT && text->text.ptr[before->at] == ')')
        return true;
    if (before->class == KH_GLUE_DIGIT)
        return letters_before(text, i) >= 4 && lower_letters_from(text, i + 1) >= 2;
    return before->class == KH_GLUE_LOWER && after->class == KH_GLUE_UPPER &&
           is_seam_of_case(text, i);
}

/* Signs of code, addresses and markup; a comma or stop with a space makes a sentence.
 */
static bool is_no_tag_sign(const kh_glue_text *text, size_t i)
{
    unsigned char c = (unsigned char)text->text.ptr[text->chars[i].at];
    if (c != '\0' && strchr("<>{}[]|\\`$=*_@#^~;", c) != NULL)
        return true;
    bool has_space = i + 1 < text->n && text->chars[i + 1].class == KH_GLUE_SPACE;
    if (c == '/')
        return i == 0 || text->text.ptr[text->chars[i - 1].at] == '/';
    return has_space && (c == ',' || c == '!' || c == '?' || c == ':' ||
                         (c == '.' && letters_before(text, i) > 3));
}

typedef struct seams {
    size_t n;
    size_t in_words; /* words that have one */
    size_t longest;  /* of them, in characters */
    size_t n_words;
    size_t small_words;
    bool has_other_sign;
    bool has_unspaced; /* Chinese with a name in it loses its spaces, too */
    bool
        has_digit_inside; /* of a word with a seam, behind its first letters: base 64 */
} seams;

static void count_word(seams *found, const kh_glue_text *text, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from + 1; i < to; i++) {
        n += is_seam(text, i);
        bool is_inside = text->chars[i].class == KH_GLUE_DIGIT &&
                         text->chars[i - 1].class != KH_GLUE_DIGIT;
        found->has_digit_inside = found->has_digit_inside || is_inside;
    }
    found->n += n;
    found->in_words += n > 0;
    if (n > 0 && to - from > found->longest)
        found->longest = to - from;
    found->n_words++;
    found->small_words += is_small_word(kh_glue_folded(text, from, to));
}

static seams find_seams(const kh_glue_text *text)
{
    seams found = { 0 };
    for (size_t i = 0; i < text->n;) {
        size_t from = i;
        while (i < text->n && kh_glue_in_word(&text->chars[i]))
            i++;
        if (i > from) {
            found.has_unspaced = found.has_unspaced ||
                                 kh_glue_is_unspaced(&text->chars[from]) ||
                                 kh_glue_is_unspaced(&text->chars[i - 1]);
            count_word(&found, text, from, i);
            continue;
        }
        found.has_other_sign = found.has_other_sign || is_no_tag_sign(text, i);
        bool is_bracket_seam = i + 1 < text->n && is_seam(text, i + 1);
        found.n += is_bracket_seam;
        found.in_words += is_bracket_seam;
        i++;
    }
    return found;
}

bool kh_has_glue_seams(kh_str line, bool has_label)
{
    if (line.len < LINE_MIN || line.len > LINE_MAX || kh_ends_sentence(line))
        return false;
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue_text text;
    kh_glue_text_make(&text, line, arena);
    seams found = find_seams(&text);
    if (found.has_other_sign || found.has_unspaced || found.n == 0 ||
        found.n_words + found.n > (found.n + 1) * WORDS_PER_TAG)
        return false;
    if (has_label)
        return true;
    if (found.n_words <= WORDS_PER_TAG && found.has_digit_inside)
        return false;
    if (found.n_words == 1)
        return found.n >= SEAMS_SURE && text.chars[0].class == KH_GLUE_UPPER;
    if (found.n < 2)
        return false;
    /* All in one word: tags of one word each, without a space between any two. */
    if (found.in_words < 2 && found.longest < ONE_WORD_MIN)
        return false;
    return (found.in_words > 1 && found.n >= SEAMS_SURE) || found.small_words == 0;
}
