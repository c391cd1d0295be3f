/* check - read every record of a segment and say what is wrong. */
#include "base/alloc.h"
#include "base/findings.h"
#include "base/utf8.h"
#include "frame.h"
#include "unit.h"
#include "wordlist_writer.h"

#define LET_GO_EVERY 16384u /* documents: some 20 MB of streams */

typedef struct work {
    kh_records *records;
    kh_arena *arena;
    uint32_t *seen[KH_LANGS_MAX + 1]; /* owned; by code: 0, or its keys are checked, and
                                         what it is in signs */
} work;

/* An article that is checked. */
typedef struct reading {
    uint32_t document;
    const kh_stream *stream;
    const kh_rest *rest;
    kh_analyser *analyser;
} reading;

static const char *check_text(const kh_frame *frame)
{
    kh_str text = kh_str_make(frame->text, frame->len);
    if (kh_utf8_check(text) != text.len)
        return "its text is not UTF-8";
    if (text.len > 0 && memchr(text.ptr, 0, text.len))
        return "its text holds a NUL";
    return NULL;
}

static bool is_under(const kh_wordlist *words, uint64_t key, uint32_t code)
{
    uint32_t n = 0;
    const unsigned char *at = kh_wordlist_bucket(words, key, &n);
    for (uint32_t i = 0; i < n; i++)
        if (kh_keyed_code(at, i) == code)
            return true;
    return false;
}

/* Whether a word stands under all its keys in the language of an article. */
static bool has_keys(const kh_wordlist *words, kh_analyser *analyser, kh_str word,
                     uint32_t code)
{
    uint64_t keys[KH_WORD_KEYS_MAX];
    size_t n = kh_word_keys(keys, kh_analyser_lexeme(analyser, word));
    for (size_t i = 0; i < n; i++)
        if (!is_under(words, keys[i], code))
            return false;
    return true;
}

static bool has_all_keys(const kh_wordlist *words, kh_analyser *analyser, uint32_t code)
{
    kh_str word = kh_wordlist_word(words, code);
    for (size_t at = 0; at < word.len;)
        if (!has_keys(words, analyser, kh_unit_next(word, &at), code))
            return false;
    return true;
}

/* What a numbered word is in signs. */
static kh_sign_word sign_word_of(const kh_records *records, kh_analyser *analyser,
                                 uint32_t code)
{
    kh_str word = kh_wordlist_word(&records->words, code);
    if (kh_begins_with_character(word))
        return (kh_sign_word){ 0, 0 };
    const kh_lexeme *lexeme = kh_analyser_lexeme(analyser, word);
    return kh_signs_word(&records->signs, kh_sign_hash(kh_rare_hash(lexeme)));
}

/* A code of a word, and what it is in signs. */
static const char *check_code(work *w, kh_sign_word *out, uint32_t code,
                              kh_cursor *spelled, const reading *r)
{
    if (kh_code_is_rare(code)) {
        kh_str word = kh_cursor_string(spelled);
        *out = kh_signs_word(&w->records->signs, code - KH_CODE_RARE);
        return code == kh_code_rare(kh_rare_hash(kh_analyser_lexeme(r->analyser, word)))
                   ? NULL
                   : "a rare word is not what its code says";
    }
    uint32_t *seen = &w->seen[r->stream->lang][code - KH_CODE_WORDS];
    if (*seen == 0) {
        if (!has_all_keys(&w->records->words, r->analyser, code))
            return "one of its words is not under its keys";
        kh_sign_word word = sign_word_of(w->records, r->analyser, code);
        *seen = word.hash << 8 | (uint32_t)word.weight << 1 | 1;
    }
    *out = (kh_sign_word){ *seen >> 8, (uint8_t)(*seen >> 1 & 127) };
    return NULL;
}

/* Codes against words: numbered ones under their keys, rare ones as spelled; neighbours
 * against the sign. The stream itself is sound: kh_frame_read() went through it. */
static const char *check_codes(work *w, const reading *r)
{
    const kh_stream *stream = r->stream;
    kh_sign sign;
    bool has_sign = kh_signs_of(&sign, &w->records->signs, r->document);
    if (has_sign && sign.lang != stream->lang)
        return "its sign is of another language";
    uint32_t **seen = &w->seen[stream->lang];
    if (*seen == NULL)
        *seen = kh_alloc((w->records->words.n_words + (size_t)1) * sizeof(**seen));
    kh_cursor spelled = kh_cursor_of(r->rest->spelled);
    kh_sign_word before = { 0, 0 };
    for (const unsigned char *at = stream->begin; at < stream->end;) {
        uint32_t code = kh_code_next(&at, stream->end);
        if (code == KH_MARK_BLOCK)
            at += 2;
        if (code == KH_MARK_SENTENCE)
            continue;
        kh_sign_word word = { 0, 0 };
        const char *fault = NULL;
        if (code >= KH_CODE_WORDS)
            fault = check_code(w, &word, code, &spelled, r);
        if (fault != NULL)
            return fault;
        if (has_sign && before.weight > 0 && word.weight > 0 &&
            !kh_sign_has(&sign, kh_sign_pair_of(before, word)))
            return "its sign lacks two of its words";
        before = word;
    }
    return NULL;
}

static kh_status check_record(work *w, uint32_t document, kh_error *err)
{
    kh_frame *frame;
    kh_rest *rest;
    kh_status status = kh_records_frame(&frame, &rest, w->records, document, err);
    if (status != KH_OK)
        return status;
    const char *fault = check_text(frame);
    kh_stream stream;
    kh_analyser *analyser = NULL;
    if (fault == NULL)
        status = kh_records_stream(&stream, w->records, document, err);
    if (fault == NULL && status == KH_OK)
        status = kh_records_analyser(&analyser, w->records, stream.language, err);
    if (status != KH_OK)
        return status;
    if (fault == NULL)
        fault = check_codes(w, &(reading){ document, &stream, rest, analyser });
    if (fault != NULL)
        return kh_record_damaged(w->records, document, fault, err);

    kh_arena_reset(w->arena);
    kh_article article;
    status = kh_record_article(&article, NULL, w->records, document, w->arena, err);
    if (status != KH_OK)
        return status;
    if (kh_date_pack(&article.date) != kh_record_head_of(w->records, document).date)
        return kh_record_damaged(w->records, document,
                                 "its date is not that of its head", err);
    return KH_OK;
}

/* Records end to end, nothing between them or behind. */
static kh_status check_places(const kh_records *records, kh_error *err)
{
    const uint64_t ends[KH_N_PARTS] = { records->codes.len - KH_STREAM_PADDING,
                                        records->rest.len };
    if (!kh_places_are_sound(&records->places, ends))
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/places'",
                       records->folder);
    for (size_t i = 0; i < KH_STREAM_PADDING; i++)
        if (records->codes.ptr[records->codes.len - 1 - i] != 0x80)
            return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s/codes'",
                           records->folder);
    return KH_OK;
}

kh_status kh_records_check(kh_records *records, uint32_t every, kh_buf *log,
                           kh_error *err)
{
    kh_findings findings = { .log = log };
    kh_error failure;
    work w = { .records = records, .arena = kh_arena_open() };
    kh_finding(&findings, check_places(records, &failure), &failure);
    if (!kh_wordlist_is_sound(&records->words))
        kh_finding(&findings,
                   kh_fail(&failure, KH_ERR_CORRUPT, "damaged file: '%s/words'",
                           records->folder),
                   &failure);
    if (!kh_signs_are_sound(&records->signs))
        kh_finding(&findings,
                   kh_fail(&failure, KH_ERR_CORRUPT, "damaged file: '%s/%s'",
                           records->folder, KH_SIGNS_FILE),
                   &failure);
    for (uint32_t document = 1; document <= records->n; document++) {
        if (kh_is_in_sample(document, records->n, every))
            kh_finding(&findings, check_record(&w, document, &failure), &failure);
        if (document % LET_GO_EVERY != 0)
            continue;
        kh_map_let_go(&records->codes);
        kh_map_let_go(&records->rest);
    }
    for (size_t i = 0; i < KH_COUNT_OF(w.seen); i++)
        kh_free(w.seen[i]);
    kh_arena_free(w.arena);
    return kh_findings_end(&findings, err);
}
