/* dateline_place - whether words can be the place of a dateline, by how they look. */
#include "dateline_place.h"

#include "dateline_words.h"
#include "text/fold.h"

/* Case without a table: folding changes a capital. */
bool kh_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    char bytes[4];
    kh_str whole = kh_str_make(bytes, kh_utf8_put(bytes, c));
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, 64);
    kh_fold(&folded, whole, kh_language_neutral());
    return !kh_str_equal(whole, kh_buf_str(&folded));
}

bool kh_is_cased_script(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c < 0x590) || (c >= 0x1E00 && c < 0x2000);
}

bool kh_may_stand_in_place(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '\'' || c == '-' || c == '/';
    return c == 0x2019 || c == 0x200C || c == 0x200D || c == 0x2010 || c == 0x2013 ||
           c == 0x0E2F ||
           (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7 && c != 0x0964 &&
            c != 0x060C && c != 0x061B && c != 0x06D4) ||
           (c >= 0x3005 && c <= 0x3007) || (c >= 0x3041 && c < 0xFF00);
}

static bool look_at_word(kh_str word, kh_place_look *look)
{
    size_t at = 0;
    uint32_t first = kh_utf8_next(word, &at);
    if (!kh_may_stand_in_place(first) || first == '.' || first == '-' || first == '/')
        return false;
    if (kh_is_cased_script(first) && !kh_is_upper(first) &&
        !(look->words > 0 && kh_dateline_is_particle(word)))
        return false;
    for (at = 0; at < word.len;) {
        uint32_t c = kh_utf8_next(word, &at);
        if (!kh_may_stand_in_place(c))
            return false;
        look->is_cased = look->is_cased || kh_is_cased_script(c);
        if (look->is_capitals && look->commas == 0 && kh_is_cased_script(c) &&
            !kh_is_upper(c))
            look->is_capitals = false;
    }
    look->words++;
    return true;
}

/* The part before the first comma or slash: a region may follow a known place. */
static kh_str first_part(kh_str place)
{
    size_t end = 0;
    while (end < place.len && place.ptr[end] != ',' && place.ptr[end] != '/' &&
           place.ptr[end] != '(')
        end++;
    return kh_str_trim(kh_str_slice(place, 0, end));
}

bool kh_place_is_known(kh_str place)
{
    kh_str first = first_part(place);
    return kh_dateline_is_known_place(place) ||
           (!kh_str_equal(first, place) && kh_dateline_is_known_place(first));
}

/* Whether text can be a place: a few words, each with a capital where there are any. */
bool kh_place_look_at(kh_str text, kh_place_look *look)
{
    enum { PLACE_MIN = 2, PLACE_MAX = 60, PLACE_WORDS = 5 };
    *look = (kh_place_look){ .is_capitals = true };
    kh_str first = KH_STR("");
    if (text.len < PLACE_MIN || text.len > PLACE_MAX)
        return false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && !kh_is_blank(kh_peek(text, at)) &&
               kh_peek(text, at) != ',' && kh_peek(text, at) != 0x060C)
            kh_utf8_next(text, &at);
        kh_str word = kh_str_slice(text, from, at);
        if (word.len > 0 && !look_at_word(word, look))
            return false;
        if (first.len == 0)
            first = word;
        if (at < text.len)
            look->commas += !kh_is_blank(kh_utf8_next(text, &at));
    }
    look->is_capitals = look->is_capitals && look->is_cased;
    return look->words > 0 && look->words <= PLACE_WORDS && look->commas <= 2 &&
           (!kh_dateline_is_no_place(first) || kh_place_is_known(text));
}

/* Prose goes on in lower case behind a dash or colon, a report begins anew. */
bool kh_text_begins_anew(kh_str text)
{
    size_t at = 0;
    while (at < text.len) {
        uint32_t c = kh_utf8_next(text, &at);
        if (kh_is_cased_script(c))
            return kh_is_upper(c);
        if (!kh_is_blank(c) && c < 0x2000 && (c < '!' || c > '/'))
            return true;
    }
    return false;
}

/* A headline in capitals goes on in capitals or with a date: "SWISS BANKNOTES - APRIL
 * 7". */
bool kh_text_has_lower_soon(kh_str text)
{
    enum { LETTERS = 30 };
    size_t n_lower = 0;
    for (size_t at = 0, n = 0; at < text.len && n < LETTERS; n++) {
        uint32_t c = kh_utf8_next(text, &at);
        n_lower += kh_is_cased_script(c) && !kh_is_upper(c);
    }
    return n_lower > LETTERS / 3 || n_lower * 2 > text.len;
}
