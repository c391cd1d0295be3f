/* record_scan - the fast way from a block to its hits.
 *
 * A block is cut at ASCII white space, across which no word, number, acronym or
 * compound reaches. A run that is one plain ASCII word, with at most brackets, quotes
 * and stops round it, is one unit whose form is its letters in lower case; words that
 * are told by their terms can only be it if it begins with the letter that a term
 * begins with, where stemming keeps that letter. Every other run goes through the
 * analyser, and what it holds is remembered: in news those are a few in a hundred and
 * come again and again. So the answer is the analyser's own, at the speed of looking
 * for white space.
 *
 * Two things a run alone does not show, and the block goes the slow way: whether "US"
 * is an acronym, and which side of a sentence's end a word in its middle is on. */
#include "record_query.h"

#include "base/alloc.h"

#define RUN_BYTES_MAX KH_RUN_BYTES_MAX /* a longer run is not plain */

enum { OTHER, SPACE, WORD, OPEN, CLOSE };

/* Only marks that analysis never takes into a word, whatever stands beside them. */
static const unsigned char byte_class[256] = {
    [' '] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE, ['\r'] = SPACE, ['('] = OPEN,
    ['['] = OPEN,  ['"'] = OPEN,   [')'] = CLOSE,  [']'] = CLOSE,  [','] = CLOSE,
    ['.'] = CLOSE, [';'] = CLOSE,  [':'] = CLOSE,  ['!'] = CLOSE,  ['?'] = CLOSE,
    ['0'] = WORD,  ['1'] = WORD,   ['2'] = WORD,   ['3'] = WORD,   ['4'] = WORD,
    ['5'] = WORD,  ['6'] = WORD,   ['7'] = WORD,   ['8'] = WORD,   ['9'] = WORD,
    ['A'] = WORD,  ['B'] = WORD,   ['C'] = WORD,   ['D'] = WORD,   ['E'] = WORD,
    ['F'] = WORD,  ['G'] = WORD,   ['H'] = WORD,   ['I'] = WORD,   ['J'] = WORD,
    ['K'] = WORD,  ['L'] = WORD,   ['M'] = WORD,   ['N'] = WORD,   ['O'] = WORD,
    ['P'] = WORD,  ['Q'] = WORD,   ['R'] = WORD,   ['S'] = WORD,   ['T'] = WORD,
    ['U'] = WORD,  ['V'] = WORD,   ['W'] = WORD,   ['X'] = WORD,   ['Y'] = WORD,
    ['Z'] = WORD,  ['a'] = WORD,   ['b'] = WORD,   ['c'] = WORD,   ['d'] = WORD,
    ['e'] = WORD,  ['f'] = WORD,   ['g'] = WORD,   ['h'] = WORD,   ['i'] = WORD,
    ['j'] = WORD,  ['k'] = WORD,   ['l'] = WORD,   ['m'] = WORD,   ['n'] = WORD,
    ['o'] = WORD,  ['p'] = WORD,   ['q'] = WORD,   ['r'] = WORD,   ['s'] = WORD,
    ['t'] = WORD,  ['u'] = WORD,   ['v'] = WORD,   ['w'] = WORD,   ['x'] = WORD,
    ['y'] = WORD,  ['z'] = WORD,
};

static void add_place(kh_record_scan *s, const kh_record_place *place, size_t start)
{
    kh_record_query *query = s->query;
    if ((place->words & s->which) == 0)
        return;
    kh_record_place moved = *place;
    moved.words &= s->which;
    moved.start += (uint32_t)start;
    moved.position += s->position;
    KH_PUSH(query->places, query->n_places, query->places_capacity) = moved;
}

/* A plain ASCII word that passed the filter. */
static void look_up_plain(kh_record_scan *s, size_t start, size_t len)
{
    const kh_record_query *query = s->query;
    const char *word = s->block.ptr + start;
    char lower[RUN_BYTES_MAX];
    for (size_t i = 0; i < len; i++)
        lower[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i]);

    uint32_t words = 0;
    kh_str form = kh_str_make(lower, len);
    if (query->has_kind[KH_RECORD_FORM] || query->has_kind[KH_RECORD_FOLDED]) {
        uint64_t hash = kh_hash(form);
        words |= kh_record_lookup(query, KH_RECORD_FORM, form, hash);
        words |= kh_record_lookup(query, KH_RECORD_FOLDED, form, hash);
    }
    if (query->has_kind[KH_RECORD_SURFACE]) {
        kh_str surface = kh_str_make(word, len);
        words |= kh_record_lookup(query, KH_RECORD_SURFACE, surface, kh_hash(surface));
    }
    kh_record_place place = { .words = words, .n_units = 1 };
    add_place(s, &place, start);
}

/* A run that is more than a plain word. */
static void look_up_run(kh_record_scan *s, size_t start, size_t len)
{
    kh_runs *runs = &s->slot->runs;
    const kh_run *run =
        kh_runs_find(runs, s->slot->analyser, kh_str_make(s->block.ptr + start, len));
    const kh_run_token *tokens = kh_run_tokens(runs, run);
    for (uint32_t i = 0; i < run->n_tokens; i++) {
        kh_record_place place = {
            .start = tokens[i].start,
            .position = tokens[i].position,
            .words = kh_record_words_numbered(s->query, s->slot, tokens[i].number,
                                              tokens[i].lexeme),
            .n_units = tokens[i].n_units,
        };
        add_place(s, &place, start);
    }
    s->position += run->n_units;
    s->needs_slow |= run->needs_context && s->wants_terms;
}

/* Whether a word in ASCII is one unit whose form is the word in lower case. */
static bool is_plain(const kh_record_scan *s, size_t start, size_t len, bool has_stop)
{
    if (len > RUN_BYTES_MAX || (len == 1 && has_stop))
        return false; /* an initial may be more */
    return !s->language->is_dotless_i || !memchr(s->block.ptr + start, 'I', len);
}

static size_t skip(kh_str text, size_t at, unsigned char class)
{
    while (at < text.len && byte_class[(unsigned char)text.ptr[at]] == class)
        at++;
    return at;
}

/* Whether a plain word may be one that is told by its term. */
static unsigned small(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool may_be_term(const kh_record_scan *s, size_t start, size_t end)
{
    if (!s->wants_terms || !s->language->keeps_first_letter)
        return s->wants_terms;
    unsigned first = small(s->block.ptr[start]);
    if (!s->is_english || end - start < 2)
        return s->query->begins[first];
    unsigned pair = first << 8 | small(s->block.ptr[start + 1]);
    return (s->query->begins_so[pair / 64] >> (pair % 64) & 1) != 0;
}

static void take_plain(kh_record_scan *s, size_t start, size_t end)
{
    if (may_be_term(s, start, end)) {
        look_up_run(s, start, end - start);
        return;
    }
    unsigned bit = kh_record_filter_bit(s->block.ptr + start, end - start);
    if (s->query->filter[bit / 64] >> (bit % 64) & 1)
        look_up_plain(s, start, end - start);
    s->position++;
}

/* Whether a run may hold a word wanted, by the letters that are in it, and by their
 * order. */
static bool may_hold(const kh_record_scan *s, kh_str run, uint64_t letters)
{
    const kh_record_query *query = s->query;
    char squeezed[4 * RUN_BYTES_MAX];
    size_t len = 0;
    for (size_t i = 0; i < query->n_letters; i++) {
        if ((query->letter_words[i] & s->which) == 0 ||
            (query->letters[i] & KH_LETTERS_NEEDED & ~letters) != 0)
            continue;
        if (len == 0)
            len = kh_letters_squeeze(squeezed, sizeof(squeezed),
                                     &query->records->letters, run);
        if (len == SIZE_MAX || query->squeezed[i].len == 0 ||
            kh_str_find(kh_str_make(squeezed, len), query->squeezed[i], 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Whether something in a run is a unit, whatever stands round it. A word over 255 bytes
 * is none, nor is the s of a possessive. */
static bool has_unit(kh_str run, uint64_t letters)
{
    if ((letters & KH_LETTERS_CHARACTER) != 0)
        return true;
    if ((letters & KH_LETTERS_UNIT) == 0 || run.len > KH_WORD_MAX_BYTES)
        return false;
    return (letters & KH_LETTERS_APOSTROPHE) == 0 ||
           __builtin_popcountll(letters & KH_LETTERS_ALL) > 2;
}

/* Whether none of the words wanted can be in a run, and there is a unit in it. */
static bool is_none(const kh_record_scan *s, kh_str run)
{
    const kh_record_query *query = s->query;
    if (!s->is_rough || s->wants_terms || query->n_letters > KH_RECORD_LETTERS_MAX)
        return false;
    uint64_t letters = kh_letters_of(&query->records->letters, run);
    return has_unit(run, letters) && !may_hold(s, run, letters);
}

/* One run at `at`, which is no white space; returns the offset behind it. */
static size_t take_run_at(kh_record_scan *s, size_t at)
{
    kh_str block = s->block;
    size_t begin = at;
    size_t start = skip(block, begin, OPEN);
    size_t end = skip(block, start, WORD);
    at = skip(block, end, CLOSE);
    bool is_whole =
        at == block.len || byte_class[(unsigned char)block.ptr[at]] == SPACE;
    if (is_whole && start == end)
        return at; /* marks alone: no unit */
    if (is_whole && is_plain(s, start, end - start, at > end)) {
        take_plain(s, start, end);
        return at;
    }
    while (at < block.len && byte_class[(unsigned char)block.ptr[at]] != SPACE)
        at++;
    if (is_none(s, kh_str_slice(block, begin, at)))
        s->position++;
    else
        look_up_run(s, begin, at - begin);
    return at;
}

bool kh_record_scan_block(kh_record_scan *s)
{
    kh_record_query *query = s->query;
    kh_record_marks *marks = s->marks;
    kh_str block = s->block;
    s->wants_terms = (s->which & ~query->spelt) != 0 && query->has_kind[KH_RECORD_TERM];
    s->is_english = strcmp(s->language->code, "en") == 0;
    query->n_places = 0;
    size_t sentence = 0;
    size_t n_sentences = marks != NULL ? marks->n : 1;
    if (marks != NULL)
        marks->positions[0] = 0;

    for (size_t at = skip(block, 0, SPACE); at < block.len && !s->needs_slow;
         at = skip(block, at, SPACE)) {
        while (sentence + 1 < n_sentences && at >= marks->ends[sentence])
            marks->positions[++sentence] = s->position;
        at = take_run_at(s, at);
        s->needs_slow |= sentence + 1 < n_sentences && at > marks->ends[sentence];
    }
    while (sentence + 1 < n_sentences)
        marks->positions[++sentence] = s->position;
    if (marks != NULL)
        marks->n_units = s->position;
    return !s->needs_slow;
}
