/* sift - leave out documents whose signs lack neighbours of a phrase: signs.h. */
#include "base/alloc.h"
#include "codeset.h"
#include "route.h"

#define TOGETHER 32u /* documents whose signs are fetched side by side */

kh_status kh_phrase_route(kh_route *out, const kh_record_query *query,
                          const kh_record_phrase *phrase, kh_error *err)
{
    bool is_side_by_side = phrase->window == 0 || phrase->n == 1;
    *out = is_side_by_side && phrase->n <= KH_SOUGHT_MAX ? KH_BY_CODES : KH_BY_HITS;
    for (size_t i = 0; i < phrase->n; i++) {
        unsigned word = phrase->words[i];
        if (word >= KH_RECORD_WORDS_MAX)
            return kh_fail(err, KH_ERR_ARGUMENT, "a phrase names word %u", word);
        if (kh_only_atom(query, word) == KH_NO_ATOM)
            *out = KH_BY_HITS;
        else if (*out == KH_BY_CODES && (query->is_sequence >> word & 1u) != 0)
            *out = KH_BY_BOTH;
    }
    return KH_OK;
}

/* ---- a phrase in one language ---- */

/* Most neighbours that a link is told by: of compounds a word may have several. */
#define LINK_PAIRS_MAX 64u

/* Two words of the phrase that stand side by side: the last unit of one, and the first
 * of the other, in all forms that they may have. One of the pairs is in signs. */
typedef struct link {
    kh_sign_pair pairs[LINK_PAIRS_MAX];
    uint32_t n;
} link;

/* What signs must have if they are of an article that holds the phrase: all links. */
typedef struct test {
    bool is_made;
    link *links; /* owned */
    size_t n;    /* 0: anything may hold it */
    size_t capacity;
} test;

static bool has_link(const link *l, const kh_sign *sign)
{
    for (uint32_t i = 0; i < l->n; i++)
        if (kh_sign_has(sign, l->pairs[i]))
            return true;
    return false;
}

static bool passes(const test *t, const kh_sign *sign)
{
    for (size_t i = 0; i < t->n; i++)
        if (!has_link(&t->links[i], sign))
            return false;
    return true;
}

/* Add the pairs of two units; false if signs do not tell them. */
static bool add_pairs(link *l, const kh_codeset *set, unsigned left, unsigned right)
{
    const kh_atom_signs *lefts = &set->signs[left];
    const kh_atom_signs *rights = &set->signs[right];
    if (!lefts->is_told || !rights->is_told ||
        lefts->n * rights->n > LINK_PAIRS_MAX - l->n)
        return false;
    for (uint32_t i = 0; i < lefts->n; i++)
        for (uint32_t j = 0; j < rights->n; j++)
            l->pairs[l->n++] = kh_sign_pair_of(lefts->words[i], rights->words[j]);
    return true;
}

/* A unit, and those that a word begins with where it is a compound. */
static bool add_firsts(link *l, const kh_record_query *query, const kh_codeset *set,
                       unsigned left, unsigned word)
{
    bool is_told = add_pairs(l, set, left, kh_only_atom(query, word));
    for (size_t i = 0; i < query->n_sequences && is_told; i++)
        if (query->sequences[i].word == word)
            is_told = add_pairs(l, set, left, query->sequences[i].atoms[0]);
    return is_told;
}

/* Units that a word ends with, and those that the next begins with. */
static bool make_link(link *l, const kh_record_query *query, const kh_codeset *set,
                      unsigned word, unsigned next)
{
    bool is_told = add_firsts(l, query, set, kh_only_atom(query, word), next);
    for (size_t i = 0; i < query->n_sequences && is_told; i++) {
        const kh_sequence *sequence = &query->sequences[i];
        if (sequence->word == word)
            is_told = add_firsts(l, query, set, sequence->atoms[sequence->n - 1], next);
    }
    return is_told;
}

static kh_status make_test(test *t, kh_record_query *query, uint32_t lang,
                           const kh_record_phrase *phrase, kh_error *err)
{
    kh_codeset *set;
    kh_status status =
        kh_codeset_of(&set, query, query->records->words.languages[lang], err);
    if (status != KH_OK)
        return status;
    for (size_t i = 0; i + 1 < phrase->n; i++) {
        link *l = &KH_PUSH(t->links, t->n, t->capacity);
        l->n = 0;
        if (!make_link(l, query, set, phrase->words[i], phrase->words[i + 1]))
            t->n--;
    }
    t->is_made = true;
    return KH_OK;
}

/* The phrase that was asked for last, in the languages met. */
struct kh_sifter {
    uint8_t words[KH_SOUGHT_MAX];
    size_t n;
    test tests[KH_LANG_OTHER + 1];
};

static void forget(kh_sifter *sifter)
{
    for (size_t i = 0; i < KH_COUNT_OF(sifter->tests); i++)
        kh_free(sifter->tests[i].links);
    memset(sifter->tests, 0, sizeof(sifter->tests));
}

void kh_sifter_free(kh_sifter *sifter)
{
    if (sifter == NULL)
        return;
    forget(sifter);
    kh_free(sifter);
}

/* Made for a phrase of 2 to KH_SOUGHT_MAX words that is not decided by hits. */
static kh_sifter *sifter_of(kh_record_query *query, const kh_record_phrase *phrase)
{
    kh_sifter *sifter = query->sifter;
    if (sifter == NULL)
        sifter = query->sifter = kh_alloc(sizeof(*sifter));
    if (sifter->n == phrase->n && memcmp(sifter->words, phrase->words, phrase->n) == 0)
        return sifter;
    forget(sifter);
    memcpy(sifter->words, phrase->words, phrase->n);
    sifter->n = phrase->n;
    return sifter;
}

/* Made once. */
static kh_status test_of(test **out, kh_record_query *query, uint32_t lang,
                         const kh_record_phrase *phrase, kh_error *err)
{
    *out = &query->sifter->tests[lang];
    return (*out)->is_made ? KH_OK : make_test(*out, query, lang, phrase, err);
}

kh_status kh_phrase_ask_sign(bool *out, kh_record_query *query, uint32_t document,
                             const kh_record_phrase *phrase, kh_error *err)
{
    kh_sign sign;
    *out = true;
    if (phrase->n < 2 || !kh_signs_of(&sign, &query->records->signs, document))
        return KH_OK;
    test *t;
    (void)sifter_of(query, phrase);
    kh_status status = test_of(&t, query, sign.lang, phrase, err);
    if (status == KH_OK)
        *out = passes(t, &sign);
    return status;
}

/* ---- documents ---- */

typedef struct sifting {
    kh_record_query *query;
    const kh_record_phrase *phrase;
    const uint32_t *documents; /* combined numbers */
    size_t n;
    uint32_t n_sources;
    kh_sign signs[TOGETHER]; /* of some; lang KH_SIGN_NONE: there is none */
} sifting;

/* The segment's own number of the i-th document. */
static uint32_t number_of(const sifting *s, size_t i)
{
    uint32_t combined = s->documents[i];
    return s->n_sources == 1 ? combined : (combined - 1) / s->n_sources + 1;
}

/* Find a sign, to be asked soon, and fetch what is asked of it first. */
static kh_status look_at(sifting *s, kh_sign *sign, size_t i, kh_error *err)
{
    if (!kh_signs_of(sign, &s->query->records->signs, number_of(s, i))) {
        sign->lang = KH_SIGN_NONE;
        return KH_OK;
    }
    test *t;
    kh_status status = test_of(&t, s->query, sign->lang, s->phrase, err);
    if (status == KH_OK && t->n > 0)
        __builtin_prefetch(sign->bytes +
                           kh_sign_stretch(t->links[0].pairs[0], sign->n_bytes));
    return status;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Some at a time: where their signs lie was fetched meanwhile, then the signs are. */
static kh_status sift(sifting *s, uint32_t *out, size_t *n_kept, kh_error *err)
{
    const kh_signs *signs = &s->query->records->signs;
    const test *tests = sifter_of(s->query, s->phrase)->tests;
    size_t fetched = 0;
    kh_checked_compare_rest(signs->checked);
    for (size_t begin = 0; begin < s->n; begin += TOGETHER) {
        size_t n = smaller(s->n - begin, TOGETHER);
        for (; fetched < smaller(s->n, begin + 2 * TOGETHER); fetched++)
            kh_signs_fetch_place(signs, number_of(s, fetched));
        for (size_t i = 0; i < n; i++) {
            kh_status status = look_at(s, &s->signs[i], begin + i, err);
            if (status != KH_OK)
                return status;
        }
        for (size_t i = 0; i < n; i++) {
            const kh_sign *sign = &s->signs[i];
            out[*n_kept] = s->documents[begin + i]; /* out may be the same array */
            *n_kept += sign->lang == KH_SIGN_NONE || passes(&tests[sign->lang], sign);
        }
    }
    return KH_OK;
}

kh_status kh_record_sift(size_t *n, uint32_t *documents, uint32_t n_sources,
                         kh_record_query *query, const kh_record_phrase *phrase,
                         kh_error *err)
{
    kh_route by;
    kh_status status = kh_phrase_route(&by, query, phrase, err);
    if (status != KH_OK || by == KH_BY_HITS || phrase->n < 2 ||
        query->records->signs.n == 0)
        return status;
    sifting s = { .query = query,
                  .phrase = phrase,
                  .documents = documents,
                  .n = *n,
                  .n_sources = n_sources };
    size_t n_kept = 0;
    status = sift(&s, documents, &n_kept, err);
    *n = n_kept;
    return status;
}
