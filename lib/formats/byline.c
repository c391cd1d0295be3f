/* byline - "By Jane Doe, Ravi Kumar and A. N. Other" taken apart into names.
 *
 * A comma is the hard one: it parts names, a name from a job, a surname from initials.
 * So commas cut only where every piece looks like a whole name.
 */
#include "blocks.h"
#include "draft.h"

#define NAME_WORDS_MAX 4

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

static kh_str without_by(kh_str byline)
{
    byline = kh_trim_wide(byline);
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

    if (!add_pair(draft, rest, KH_STR(" and ")) &&
        !add_pair(draft, rest, KH_STR(" & ")))
        add_comma_list(draft, rest);
}
