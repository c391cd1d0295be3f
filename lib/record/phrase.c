/* phrase - whether a document holds a phrase.
 *
 * The word whose codes are rarest is looked for; at each place where it stands its
 * neighbours are compared, code by code, both ways. A sentence end is stepped over; any
 * other mark, and a code without the word that is due, ends the attempt. Where codes
 * may be two characters, the attempt begins as many codes before as the phrase has
 * units there, and goes on by Shift-And (Baeza-Yates and Gonnet, A New Approach to Text
 * Searching, 1992). What neither can tell (NEAR, words of several units) is told by
 * hits: hits.c. */
#include "hits.h"
#include "route.h"
#include "walk.h"

typedef struct search {
    kh_record_query *query;
    kh_codeset *set;
    kh_stream stream;
    uint8_t sought[KH_SOUGHT_MAX]; /* atoms side by side */
    size_t n;
    uint64_t kinds;
    uint32_t document;
    size_t first; /* which of them is looked for first */
    const kh_atom_finder *finder;
    const kh_follower *follower;
    uint64_t positions[KH_ATOMS_MAX]; /* Shift-And: by atom, words that it is */
    uint64_t atoms;                   /* that have positions */
    const unsigned char *begin;       /* the bytes searched */
    const unsigned char *end;
    bool is_rare;  /* a code of a rare word was taken for one that is due */
    bool verifies; /* rare words are compared by their spelling */
    kh_status status;
    kh_error *err;
} search;

/* Atoms of a code at a byte; of a rare one, once it matters, those it is spelled as. */
static uint64_t atoms_at(search *s, uint32_t code, const unsigned char *at,
                         uint64_t atoms)
{
    if (atoms == 0 || !kh_code_is_rare(code))
        return atoms;
    s->is_rare = true;
    if (!s->verifies)
        return atoms;
    uint64_t spelled = 0;
    kh_code_place place = { &s->stream, s->document, at };
    s->status = kh_spelled_atoms(&spelled, s->query, &place, atoms, s->err);
    return spelled;
}

static bool is_word(search *s, uint32_t code, const unsigned char *at, size_t word)
{
    uint64_t wanted = UINT64_C(1) << s->sought[word];
    uint64_t atoms = kh_codeset_find(s->set, code)->first & wanted;
    return atoms_at(s, code, at, atoms) != 0;
}

static bool stands_behind(search *s, const unsigned char *at)
{
    for (size_t word = s->first + 1; word < s->n; word++) {
        const unsigned char *start;
        uint32_t code;
        do {
            if (at >= s->end)
                return false;
            start = at;
            code = kh_code_next(&at, s->end);
        } while (code == KH_MARK_SENTENCE);
        if (!is_word(s, code, start, word))
            return false;
    }
    return true;
}

static bool stands_before(search *s, const unsigned char *at)
{
    for (size_t word = s->first; word-- > 0;) {
        uint32_t code;
        do {
            if (at <= s->begin)
                return false;
            code = kh_code_before(&at, s->begin);
        } while (code == KH_MARK_SENTENCE);
        if (!is_word(s, code, at, word))
            return false;
    }
    return true;
}

/* Whether the words stand round a code whose last byte this is. */
static bool stands_round(search *s, const unsigned char *last)
{
    const unsigned char *at = last + 1;
    uint32_t code = kh_code_before(&at, s->begin);
    return is_word(s, code, at, s->first) && stands_behind(s, last + 1) &&
           stands_before(s, at);
}

/* ---- pairs of characters ---- */

/* Words of the phrase that atoms are, as bits. */
static uint64_t positions_of(const search *s, uint64_t atoms)
{
    uint64_t positions = 0;
    for (atoms &= s->atoms; atoms != 0; atoms &= atoms - 1)
        positions |= s->positions[__builtin_ctzll(atoms)];
    return positions;
}

/* From where the first word of the phrase may stand: a code is at least a unit. */
static const unsigned char *step_back(const search *s, const unsigned char *at)
{
    for (size_t word = s->first; word > 0 && at > s->begin;) {
        const unsigned char *before = at;
        uint32_t code = kh_code_before(&before, s->begin);
        if (code == KH_CODE_END || (code < KH_CODE_WORDS && code != KH_MARK_SENTENCE))
            break;
        at = before;
        word -= code != KH_MARK_SENTENCE;
    }
    return at;
}

/* The same as stands_round() where a code may be two units. */
static bool is_among(search *s, const unsigned char *last)
{
    const unsigned char *hit = last + 1;
    (void)kh_code_before(&hit, s->begin);
    const unsigned char *at = step_back(s, hit);
    uint64_t final = UINT64_C(1) << (s->n - 1);
    uint64_t state = 0; /* bit i: words 0 to i end with the last unit */
    while (at < s->end) {
        const unsigned char *start = at;
        uint32_t code = kh_code_next(&at, s->end);
        if (code == KH_MARK_SENTENCE)
            continue;
        if (code < KH_CODE_WORDS || code == KH_CODE_END)
            return false;
        const kh_code_atoms *found = kh_codeset_find(s->set, code);
        uint64_t atoms = atoms_at(s, code, start, found->first & s->atoms);
        state = (state << 1 | 1) & positions_of(s, atoms);
        if ((state & final) != 0)
            return true;
        if (found->is_pair)
            state = (state << 1 | 1) & positions_of(s, found->second);
        if ((state & final) != 0)
            return true;
        if (state == 0 && start >= hit)
            return false;
    }
    return false;
}

/* ---- blocks ---- */

static bool is_at(search *s, const unsigned char *last)
{
    return s->stream.has_pairs ? is_among(s, last) : stands_round(s, last);
}

/* The bytes begin..end hold the phrase. If that rests on rare words, they are spelled.
 */
static bool is_between(search *s, const unsigned char *begin, const unsigned char *end)
{
    kh_scan scan = { .finder = &s->finder->finder,
                     .follower = s->follower,
                     .begin = s->stream.begin,
                     .at = begin,
                     .end = end,
                     .is_plain = s->query->is_plain };
    s->begin = begin;
    s->end = end;
    const unsigned char *last;
    while (s->status == KH_OK && kh_scan_next(&scan, &last)) {
        s->is_rare = false;
        if (!is_at(s, last))
            continue;
        if (!s->is_rare)
            return true;
        s->verifies = true;
        bool is_held = is_at(s, last);
        s->verifies = false;
        if (is_held && s->status == KH_OK)
            return true;
    }
    return false;
}

/* The same in the blocks of the kinds wanted. */
static bool is_in_kinds(search *s, uint64_t kinds)
{
    kh_scan marks = { .finder = &s->query->blocks,
                      .begin = s->stream.begin,
                      .at = s->stream.begin,
                      .end = s->stream.end,
                      .is_plain = s->query->is_plain };
    const unsigned char *begin = NULL; /* behind the mark of the last block wanted */
    const unsigned char *mark;
    const unsigned char *digits_end = s->stream.begin;
    while (kh_scan_next(&marks, &mark)) {
        if (mark < digits_end)
            continue;
        if (begin != NULL && begin < mark && is_between(s, begin, mark))
            return true;
        unsigned kind = mark[0] & 7u;
        begin = mark + 1;
        if (kind == KH_MARK_BLOCK) {
            kind = (mark[1] & 7u) << 3 | (mark[2] & 7u);
            begin = digits_end = mark + 3;
        }
        if ((kinds >> kind & 1u) == 0)
            begin = NULL;
    }
    return begin != NULL && begin < s->stream.end &&
           is_between(s, begin, s->stream.end);
}

/* ---- the phrase ---- */

/* Choose the word to look for; one that has another behind it is found at less cost.
 * False if some word has no code in this language. */
static bool choose_first(search *s)
{
    double least = 0;
    for (size_t i = 0; i < s->n; i++) {
        double weight = s->set->weights[s->sought[i]];
        if (weight == 0)
            return false;
        if (i + 1 == s->n && !s->stream.has_pairs)
            weight *= 3;
        if (i == 0 || weight < least) {
            least = weight;
            s->first = i;
        }
    }
    s->finder = kh_codeset_finder(s->set, s->sought[s->first]);
    s->follower = NULL;
    if (s->first + 1 < s->n && !s->stream.has_pairs)
        s->follower = &kh_codeset_finder(s->set, s->sought[s->first + 1])->first;
    return true;
}

static void note_positions(search *s)
{
    s->atoms = 0;
    for (size_t i = 0; i < s->n; i++) {
        unsigned atom = s->sought[i];
        uint64_t bit = UINT64_C(1) << (atom % KH_ATOMS_MAX);
        if ((s->atoms & bit) == 0)
            s->positions[atom] = 0;
        s->positions[atom] |= UINT64_C(1) << i;
        s->atoms |= bit;
    }
}

/* ---- one document ---- */

/* Whether the stream holds the atoms side by side. */
static bool holds_sought(search *s)
{
    s->is_rare = false;
    s->verifies = false;
    if (!choose_first(s))
        return false;
    if (s->stream.has_pairs)
        note_positions(s);
    return s->kinds != 0 ? is_in_kinds(s, s->kinds)
                         : is_between(s, s->stream.begin, s->stream.end);
}

/* Whether a compound that a word of the phrase is stands anywhere in the stream. */
static bool holds_compound(search *s, const kh_record_phrase *phrase)
{
    uint32_t words = 0;
    for (size_t i = 0; i < phrase->n; i++)
        words |= 1u << phrase->words[i];
    for (size_t i = 0; i < s->query->n_sequences && s->status == KH_OK; i++) {
        const kh_sequence *sequence = &s->query->sequences[i];
        if ((words >> sequence->word & 1u) == 0)
            continue;
        s->n = sequence->n;
        memcpy(s->sought, sequence->atoms, sequence->n);
        if (holds_sought(s))
            return true;
    }
    return false;
}

kh_status kh_record_holds(bool *out, kh_record_query *query, uint32_t document,
                          const kh_record_phrase *phrase, kh_error *err)
{
    kh_route by;
    kh_status status = kh_phrase_route(&by, query, phrase, err);
    if (status != KH_OK)
        return status;
    if (by != KH_BY_HITS && !phrase->is_sifted) {
        status = kh_phrase_ask_sign(out, query, document, phrase, err);
        if (status != KH_OK || !*out)
            return status;
    }
    search s;
    status = kh_records_stream(&s.stream, query->records, document, err);
    if (status != KH_OK)
        return status;
    *out = false;
    if (phrase->n == 0)
        return KH_OK;
    if (by == KH_BY_HITS)
        return kh_hits_hold(out, query, document, &s.stream, phrase, err);

    status = kh_codeset_of(&s.set, query, s.stream.language, err);
    if (status != KH_OK)
        return status;
    s.query = query;
    s.kinds = phrase->kinds;
    s.document = document;
    s.status = KH_OK;
    s.err = err;
    s.n = phrase->n;
    for (size_t i = 0; i < phrase->n; i++)
        s.sought[i] = (uint8_t)kh_only_atom(query, phrase->words[i]);
    bool is_held = holds_sought(&s);
    if (!is_held && s.status == KH_OK && by == KH_BY_BOTH && holds_compound(&s, phrase))
        return kh_hits_hold(out, query, document, &s.stream, phrase, err);
    if (s.status == KH_OK)
        *out = is_held;
    return s.status;
}
