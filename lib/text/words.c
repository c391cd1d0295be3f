/* words - where the words of a text are.
 *
 * Two paths make pieces: the fast one (words_plain.c, tables) and the slow one, ICU
 * over every run (words_icu.c). Both leave the dictionary scripts to ICU, and what
 * becomes of a piece is decided here, once for both. */
#include "text/words.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"

#include "word_class.h"
#include "words_simple.h"

/* clang-format off */
const uint8_t kh_signs[256] = {
    0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,
    0,0,0,0,0,0,0,1,0,0,0,0,0,0,1,0,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,0,
    0,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,2,
    0,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,0,0,0,0,0,
    2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
    2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
    2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
    2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
};
/* clang-format on */

kh_status kh_words_open(kh_words **out, kh_error *err)
{
    (void)err; /* what may fail is opened when it is needed, see begin_run() */
    *out = kh_alloc(sizeof(**out));
    return KH_OK;
}

void kh_words_free(kh_words *words)
{
    if (!words)
        return;
    kh_icu_run_free(words->icu);
    kh_free(words);
}

void kh_words_reset(kh_words *words, kh_str text)
{
    words->text = text;
    words->at = 0;
    words->run_end = 0;
    words->has_previous = false;
    words->has_left_out = false;
    words->is_in_run = false;
    words->is_slow = false;
}

void kh_words_reset_slow(kh_words *words, kh_str text)
{
    kh_words_reset(words, text);
    words->is_slow = true;
}

bool kh_is_character(uint32_t code_point)
{
    return code_point < 0x110000 && kh_word_class(code_point) == KH_CLASS_CHARACTER;
}

/* Hand the run start..end to ICU, whose rules take a millisecond to open in a new
 * process: a query in English should not pay for that. They are compiled into its
 * library, so only lack of memory can fail here, and that ends the program as in
 * kh_alloc(). */
static void begin_run(kh_words *words, size_t start, size_t end)
{
    if (!words->icu && kh_icu_run_open(&words->icu, NULL) != KH_OK)
        abort();
    kh_icu_run_reset(words->icu, words->text, start, end);
    words->run_end = end;
    words->is_in_run = true;
}

/* The next piece at or behind words->at; false at the end of the text. */
static bool next_piece(kh_words *words, kh_piece *out)
{
    kh_str text = words->text;
    for (;;) {
        if (words->is_in_run) {
            if (kh_icu_run_next(words->icu, out))
                return true;
            words->is_in_run = false;
            words->at = words->run_end;
        }
        if (words->at >= text.len)
            return false;

        size_t at = words->at;
        uint32_t c = (unsigned char)text.ptr[at];
        if (c < 0x80)
            at++;
        else
            c = kh_utf8_next(text, &at);
        switch (kh_word_class(c)) {
        case KH_CLASS_CHARACTER:
            kh_piece_character(out, text, &words->at);
            return true;
        case KH_CLASS_HANGUL:
            kh_piece_hangul(out, text, &words->at);
            return true;
        case KH_CLASS_DICTIONARY:
            begin_run(words, words->at, kh_dictionary_run_end(text, words->at));
            break;
        case KH_CLASS_CUT:
        case KH_CLASS_NARROW_SPACE:
            words->at = kh_skip_extends(text, at);
            break;
        case KH_CLASS_LETTER:
        case KH_CLASS_HEBREW:
        case KH_CLASS_DIGIT:
        case KH_CLASS_CONNECTOR:
            if (!words->is_slow) {
                if (kh_piece_plain(out, text, &words->at))
                    return true;
                break;
            }
            begin_run(words, words->at, kh_plain_run_end(text, words->at));
            break;
        default:
            if (words->is_slow)
                begin_run(words, words->at, kh_plain_run_end(text, words->at));
            else
                words->at = at;
        }
    }
}

/* Articles and the like that lose their vowel before another: French, Italian, Catalan.
 * docs/analysis.md, section 2. */
static bool is_elided(kh_str s)
{
    static const char *const list[] = { "l",      "d",      "j",     "m",     "n",
                                        "s",      "t",      "c",     "qu",    "un",
                                        "gl",     "dell",   "nell",  "all",   "dall",
                                        "sull",   "quell",  "coll",  "bell",  "sant",
                                        "lorsqu", "puisqu", "jusqu", "quoiqu" };
    for (size_t i = 0; i < KH_COUNT_OF(list); i++)
        if (kh_str_equal_ascii(s, kh_str_from(list[i])))
            return true;
    return false;
}

/* Cut a possessive off the end and an elided article off the beginning. */
static void trim_piece(kh_str text, kh_piece *piece)
{
    char last = text.ptr[piece->end - 1];
    if ((last == 's' || last == 'S') && piece->end - piece->start > 2) {
        size_t quote = kh_apostrophe_before(text, piece->end - 1);
        if (quote > 0 && piece->end - 1 - quote > piece->start)
            piece->end -= quote + 1;
    }

    const size_t longest = 6;
    for (size_t at = piece->start + 1; at <= piece->start + longest; at++) {
        if (at >= piece->end)
            return;
        size_t quote = kh_apostrophe_bytes(text.ptr + at, piece->end - at);
        if (quote == 0)
            continue;
        if (is_elided(kh_str_slice(text, piece->start, at)))
            piece->start = at + quote;
        return;
    }
}

static kh_word_join join_of(const kh_words *words, const kh_piece *piece)
{
    if (!words->has_previous)
        return KH_JOIN_NONE;
    size_t gap = piece->start - words->previous_end;
    if (gap == 0)
        return piece->kind == KH_WORD_CHARACTER &&
                       words->previous_kind == KH_WORD_CHARACTER
                   ? KH_JOIN_CHARACTER
                   : KH_JOIN_NONE;
    return kh_join_by_gap(words->text.ptr + words->previous_end, gap);
}

bool kh_words_next_by_rules(kh_words *words, kh_word *out)
{
    kh_piece piece;
    for (;;) {
        if (!next_piece(words, &piece))
            return false;
        if (piece.has_mid)
            trim_piece(words->text, &piece);
        if (piece.end - piece.start > KH_WORD_MAX_BYTES) {
            words->has_left_out = true;
            continue;
        }
        if (kh_is_stray_possessive(words->text, piece.start, piece.end))
            continue;

        out->start = piece.start;
        out->end = piece.end;
        out->kind = piece.kind;
        out->join = join_of(words, &piece);
        words->previous_end = piece.end;
        words->previous_kind = piece.kind;
        words->has_previous = true;
        return true;
    }
}

bool kh_words_has_left_out(const kh_words *words)
{
    return words->has_left_out;
}

bool kh_words_next(kh_words *words, kh_word *out)
{
    return kh_words_next_simple(words, out) || kh_words_next_by_rules(words, out);
}
