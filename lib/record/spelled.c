/* spelled - rare words by their spelling: their codes are those of hashes. */
#include "query.h"

#include "text/words.h"

/* Whether the code that begins at a byte is that of a rare word. */
static bool is_rare_at(const unsigned char *at)
{
    return at[-1] >= 0x80u && at[0] >= 0x40u && at[0] < 0x80u && at[1] < 0x80u &&
           at[2] >= 0x80u;
}

/* Rare codes of the stream before one; counted on from the last one asked for. */
static size_t count_rare(kh_record_query *query, const kh_code_place *place)
{
    const unsigned char *begin = place->stream->begin;
    if (query->document != place->document || query->rare_at > place->at ||
        query->rare_at < begin) {
        query->document = place->document;
        query->rare_at = begin;
        query->n_rare = 0;
    }
    for (; query->rare_at < place->at; query->rare_at++)
        query->n_rare += is_rare_at(query->rare_at);
    return query->n_rare;
}

kh_status kh_spelled_atoms(uint64_t *out, kh_record_query *query,
                           const kh_code_place *place, uint64_t atoms, kh_error *err)
{
    size_t number = count_rare(query, place);
    kh_rest *rest;
    kh_status status = kh_records_rest(&rest, query->records, place->document, err);
    if (status != KH_OK)
        return status;
    kh_str word;
    *out = 0;
    if (!kh_rest_spelled(rest, number, &word))
        return kh_record_damaged(query->records, place->document,
                                 "a rare word is not spelled", err);
    if (word.len == 0 || word.len > KH_WORD_MAX_BYTES)
        return KH_OK;
    kh_analyser *analyser;
    status =
        kh_records_analyser(&analyser, query->records, place->stream->language, err);
    if (status != KH_OK)
        return status;
    const kh_lexeme *lexeme = kh_analyser_lexeme(analyser, word);
    for (uint64_t left = atoms; left != 0; left &= left - 1) {
        unsigned atom = (unsigned)__builtin_ctzll(left);
        if (kh_atom_is(&query->atoms[atom], lexeme))
            *out |= UINT64_C(1) << atom;
    }
    return KH_OK;
}
