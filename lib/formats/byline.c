/* byline - "By Jane Doe, Ravi Kumar and A. N. Other", "Von Anna Weiß" taken apart into
 * names.
 *
 * A comma is the hard one: it parts names, a name from a job, a surname from initials.
 * So commas cut only where every piece looks like a whole name.
 */
#include "article/names.h"
#include "blocks.h"
#include "draft.h"

#define NAME_WORDS_MAX 4

static const char *const conjunctions[] = {
    " and ", " & ",   " und ", " et ", " y ",  " e ", " en ",
    " og ",  " och ", " ve ",  " и ",  " та ", " و ", " और ",
};

/* Words that end what is no name: "Science Editor", "BBC News". */
static bool ends_with_job(kh_str piece)
{
    static const char *const jobs[] = {
        "editor", "reporter",     "correspondent", "writer",  "bureau",
        "staff",  "news",         "agency",        "service", "desk",
        "chief",  "photographer", "columnist",     "analyst", "network",
    };
    size_t at = piece.len;
    while (at > 0 && piece.ptr[at - 1] != ' ')
        at--;
    kh_str last = kh_str_slice(piece, at, piece.len);
    for (size_t i = 0; i < KH_COUNT_OF(jobs); i++)
        if (kh_str_equal_ascii(last, kh_str_from(jobs[i])))
            return true;
    return false;
}

static bool is_name(kh_str piece)
{
    size_t words = kh_line_words(piece);
    bool starts_small = piece.len && piece.ptr[0] >= 'a' && piece.ptr[0] <= 'z';
    return words >= 2 && words <= NAME_WORDS_MAX && !starts_small &&
           !ends_with_job(piece);
}

/* Cut off *rest up to the separator; false if it does not occur. */
static bool cut(kh_str *rest, kh_str separator, kh_str *piece)
{
    size_t at = kh_str_find(*rest, separator, 0);
    if (at == SIZE_MAX)
        return false;

    *piece = kh_str_trim(kh_str_slice(*rest, 0, at));
    *rest = kh_str_trim(kh_str_slice(*rest, at + separator.len, rest->len));
    return true;
}

static bool all_are_names(kh_str list)
{
    kh_str piece;
    while (cut(&list, KH_STR(","), &piece))
        if (!is_name(piece))
            return false;
    return is_name(list);
}

static void add_comma_list(kh_draft *draft, kh_str list)
{
    kh_str piece;
    if (all_are_names(list))
        while (cut(&list, KH_STR(","), &piece))
            kh_draft_author(draft, piece);
    kh_draft_author(draft, list);
}

/* Names before and behind "and": each side must hold one. */
static bool add_pair(kh_draft *draft, kh_str list, kh_str conjunction)
{
    kh_str first;
    kh_str rest = list;
    if (!cut(&rest, conjunction, &first))
        return false;
    if (first.len && first.ptr[first.len - 1] == ',')
        first.len--;
    if (!is_name(rest) || !(is_name(first) || all_are_names(first)))
        return false;

    add_comma_list(draft, first);
    kh_draft_author(draft, rest);
    return true;
}

/* What stands before the names in other languages than English. Most of these words
 * begin ordinary lines as well, so that the names behind them are looked at. */
static const char *const words_for_by[] = {
    "von", "par", "por", "di", "door", "av", "بقلم", "द्वारा",
};

/* Names joined by "and" in any language: each must look like one. */
static bool all_look(kh_str list)
{
    for (size_t i = 0; i < KH_COUNT_OF(conjunctions); i++) {
        kh_str first;
        kh_str rest = list;
        if (cut(&rest, kh_str_from(conjunctions[i]), &first))
            return kh_names_look(first) && kh_names_look(rest);
    }
    return kh_names_look(list);
}

/* "Anna Weiß", "Anna Weiß und Jan Lang", "Anna Weiß, dpa"; not "der Leyen". */
static bool look_like_names(kh_str list)
{
    size_t first_word = kh_str_find(list, KH_STR(" "), 0);
    kh_str word = kh_str_slice(list, 0, first_word);
    if (word.len == 0 || (word.ptr[0] >= 'a' && word.ptr[0] <= 'z'))
        return false;

    kh_str names;
    kh_str behind = list;
    if (cut(&behind, KH_STR(","), &names) && kh_line_words(behind) == 1)
        return all_look(names);
    return all_look(list);
}

bool kh_byline_names(kh_str line, kh_str *names)
{
    for (size_t i = 0; i < KH_COUNT_OF(words_for_by); i++) {
        kh_str word = kh_str_from(words_for_by[i]);
        if (line.len <= word.len + 1 ||
            !kh_str_equal_ascii(kh_str_slice(line, 0, word.len), word) ||
            !strchr(" :\t", line.ptr[word.len]))
            continue;
        kh_str behind = kh_str_trim(kh_str_slice(line, word.len + 1, line.len));
        if (!look_like_names(behind))
            return false;
        *names = behind;
        return true;
    }
    return false;
}

static kh_str without_by(kh_str byline)
{
    byline = kh_trim_wide(byline);
    kh_str names;
    if (kh_byline_names(byline, &names))
        return names;
    if (byline.len > 3 &&
        kh_str_equal_ascii(kh_str_slice(byline, 0, 2), KH_STR("by")) &&
        strchr(" :\t", byline.ptr[2]))
        byline = kh_str_trim(kh_str_slice(byline, 3, byline.len));
    return byline;
}

void kh_draft_byline(kh_draft *draft, kh_str byline)
{
    kh_str rest = without_by(byline);
    kh_str piece;
    if (kh_str_find(rest, KH_STR(";"), 0) != SIZE_MAX) {
        while (cut(&rest, KH_STR(";"), &piece))
            kh_draft_author(draft, piece);
        kh_draft_author(draft, rest);
        return;
    }

    for (size_t i = 0; i < KH_COUNT_OF(conjunctions); i++)
        if (add_pair(draft, rest, kh_str_from(conjunctions[i])))
            return;
    add_comma_list(draft, rest);
}
