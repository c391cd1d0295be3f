/* wordlist_writer - the file `words` from the numbers. */
#include "wordlist_writer.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/sort.h"
#include "gaps.h"
#include "key_class.h"
#include "text/analysis.h"

/* Each word is analysed once in a class: few are worth keeping. */
#define LEXEMES_MAX 1000u

typedef struct work {
    const kh_numbers *numbers;
    kh_sign_table *signs; /* may be NULL */
    kh_analyser *analysers[KH_KEY_CLASSES_MAX];
    const kh_analyser *known[KH_KEY_CLASSES_MAX]; /* views; NULL: none */
    kh_keyed *keys; /* owned; a code under a key, codes ascend */
    size_t n;
    size_t capacity;
    uint32_t key_bits;
    kh_buf out;
} work;

size_t kh_word_keys(uint64_t keys[KH_WORD_KEYS_MAX], const kh_lexeme *lexeme)
{
    size_t n = 0;
    keys[n++] = kh_hash(lexeme->form);
    if (lexeme->term.len > 0 && !kh_str_equal(lexeme->term, lexeme->form))
        keys[n++] = kh_hash(lexeme->term);
    kh_str acronym = kh_acronym_term(lexeme->form);
    if (acronym.len > 0)
        keys[n++] = kh_hash(acronym);
    return n;
}

static kh_status analyser_of(work *w, kh_analyser **out, size_t number, kh_error *err)
{
    if (w->analysers[number] == NULL) {
        kh_status status = kh_analyser_open(
            &w->analysers[number], kh_key_class_language((unsigned)number), err);
        if (status != KH_OK)
            return status;
    }
    *out = w->analysers[number];
    return KH_OK;
}

/* Of the analysers of a class that which has met most words. */
static void fill_known(work *w, const kh_known_words *known)
{
    size_t n_rows;
    const kh_language *rows = kh_language_table(&n_rows);
    for (size_t i = 0; i < known->n; i++) {
        const kh_language *row = i < n_rows ? &rows[i] : kh_language_neutral();
        const kh_analyser *analyser = known->analysers[i];
        const kh_analyser **best = &w->known[kh_key_class(row)];
        if (analyser != NULL && (*best == NULL || kh_analyser_n_lexemes(*best) <
                                                      kh_analyser_n_lexemes(analyser)))
            *best = analyser;
    }
}

/* A word in a class of languages; until the next one. */
static kh_status lexeme_of(work *w, const kh_lexeme **out, unsigned class, kh_str text,
                           kh_error *err)
{
    *out = w->known[class] != NULL ? kh_analyser_known(w->known[class], text) : NULL;
    if (*out != NULL)
        return KH_OK;
    kh_analyser *analyser = NULL;
    kh_status status = analyser_of(w, &analyser, class, err);
    if (status != KH_OK)
        return status;
    (void)kh_analyser_trim(analyser, LEXEMES_MAX);
    *out = kh_analyser_lexeme(analyser, text);
    return KH_OK;
}

static void add_keys(work *w, const kh_lexeme *lexeme, uint32_t code)
{
    uint64_t keys[KH_WORD_KEYS_MAX];
    size_t n = kh_word_keys(keys, lexeme);
    for (size_t i = 0; i < n; i++)
        KH_PUSH(w->keys, w->n, w->capacity) = (kh_keyed){ keys[i], code };
}

/* Keys of an entry in one class of languages: of each character of a pair its own. */
static kh_status add_entry_keys(work *w, unsigned class, const kh_numbered *entry,
                                uint32_t code, kh_error *err)
{
    bool is_word = entry->first == UINT32_MAX;
    if (w->signs != NULL && !is_word)
        kh_sign_table_note(w->signs, class, code, NULL);
    const kh_str *characters = w->numbers->characters.texts;
    bool is_pair = entry->second != UINT32_MAX;
    const kh_str texts[] = { is_pair ? characters[entry->first]
                                     : kh_numbered_text(entry),
                             is_pair ? characters[entry->second] : KH_STR("") };
    for (size_t i = 0; i < 1 + (size_t)is_pair; i++) {
        const kh_lexeme *lexeme = NULL;
        kh_status status = lexeme_of(w, &lexeme, class, texts[i], err);
        if (status != KH_OK)
            return status;
        add_keys(w, lexeme, code);
        if (w->signs != NULL && is_word)
            kh_sign_table_note(w->signs, class, code, lexeme);
    }
    return KH_OK;
}

static kh_status collect_keys(work *w, kh_error *err)
{
    for (size_t i = 0; i < w->numbers->n_numbered; i++) {
        const kh_numbered *entry = kh_numbers_entry(w->numbers, i);
        for (uint64_t rest = entry->languages; rest != 0; rest &= rest - 1) {
            unsigned class = (unsigned)__builtin_ctzll(rest);
            kh_status status =
                add_entry_keys(w, class, entry, (uint32_t)i + KH_CODE_WORDS, err);
            if (status != KH_OK)
                return status;
        }
    }
    return KH_OK;
}

/* Keys become buckets; a code stands once in a bucket, codes ascend. */
static void sort_keys(work *w)
{
    w->key_bits = 1;
    while (((uint64_t)4 << w->key_bits) < w->numbers->n_numbered)
        w->key_bits++;
    for (size_t i = 0; i < w->n; i++)
        w->keys[i].key >>= 64 - w->key_bits;
    kh_sort_keyed(w->keys, w->n);
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (n == 0 || w->keys[n - 1].key != w->keys[i].key ||
            w->keys[n - 1].value != w->keys[i].value)
            w->keys[n++] = w->keys[i];
    w->n = n;
}

static void pad(kh_buf *out)
{
    while (out->len % 8 != 0)
        kh_buf_add_char(out, '\0');
}

static void write_words(work *w)
{
    uint64_t offset = 0;
    size_t n = w->numbers->n_numbered;
    for (size_t i = 0; i % KH_WORD_GROUP != 0 || i < n; i++) {
        if (i % KH_WORD_GROUP == 0)
            kh_buf_add_u32(&w->out, (uint32_t)offset);
        if (i >= n) {
            kh_buf_add_char(&w->out, '\0');
            continue;
        }
        kh_str text = kh_numbered_text(kh_numbers_entry(w->numbers, i));
        unsigned joined = kh_side_of(text).is_joined ? KH_WORD_IS_JOINED : 0;
        kh_buf_add_char(&w->out, (char)(text.len | joined));
        offset += text.len;
    }
}

static void write_keys(work *w)
{
    size_t at = 0;
    for (uint64_t bucket = 0; bucket <= UINT64_C(1) << w->key_bits; bucket++) {
        while (at < w->n && w->keys[at].key < bucket)
            at++;
        kh_buf_add_u32(&w->out, (uint32_t)at);
    }
    pad(&w->out);
    for (size_t i = 0; i < w->n; i++)
        for (size_t k = 0; k < KH_CODE_BYTES; k++)
            kh_buf_add_char(&w->out, (char)(w->keys[i].value >> (8 * k)));
    pad(&w->out);
}

/* Texts behind a length byte each; order: NULL, all as they are numbered. Returns their
 * bytes. */
static uint32_t write_short(kh_buf *out, const kh_tally *t, const uint32_t *order,
                            size_t n)
{
    size_t begin = out->len;
    for (size_t i = 0; i < n; i++) {
        kh_str text = t->table.texts[order != NULL ? order[i] : i];
        kh_buf_add_char(out, (char)text.len);
        kh_buf_add(out, text);
    }
    uint32_t bytes = (uint32_t)(out->len - begin);
    pad(out);
    return bytes;
}

/* Which dictionary each language has, then their bytes; returns how many these are. */
static uint32_t write_shares(kh_buf *out, const kh_dictionaries *dictionaries,
                             uint32_t n_langs)
{
    size_t begin = out->len;
    kh_buf_add_bytes(out, (const char *)dictionaries->of, n_langs);
    kh_buf_add_char(out, (char)dictionaries->of[KH_LANG_OTHER]);
    for (size_t i = 0; i < dictionaries->n; i++)
        kh_buf_add_u32(out, (uint32_t)dictionaries->all[i].len);
    uint32_t bytes = (uint32_t)(out->len - begin);
    pad(out);
    return bytes;
}

static uint32_t write_dictionaries(kh_buf *out, const kh_dictionaries *dictionaries)
{
    size_t begin = out->len;
    for (size_t i = 0; i < dictionaries->n; i++)
        kh_buf_add(out, kh_buf_str(&dictionaries->all[i]));
    uint32_t bytes = (uint32_t)(out->len - begin);
    pad(out);
    return bytes;
}

static kh_status write_file(work *w, const char *folder,
                            const kh_dictionaries *dictionaries, kh_error *err)
{
    const kh_numbers *numbers = w->numbers;
    kh_buf *out = &w->out;
    write_words(w);
    write_keys(w);
    uint64_t pool = 0;
    for (size_t i = 0; i < numbers->n_numbered; i++) {
        kh_str text = kh_numbered_text(kh_numbers_entry(numbers, i));
        kh_buf_add(out, text);
        pool += text.len;
    }
    pad(out);
    size_t n_gaps = numbers->gaps.table.n;
    uint32_t gaps = write_short(out, &numbers->gaps, NULL, n_gaps);
    uint32_t langs =
        write_short(out, &numbers->langs, numbers->lang_order, numbers->n_langs);
    uint32_t shares = write_shares(out, dictionaries, numbers->n_langs);
    uint32_t dictionary_bytes = write_dictionaries(out, dictionaries);

    KH_AUTO_BUF head;
    kh_buf_init(&head, 256);
    kh_buf_add(&head, KH_STR(KH_WORDLIST_MAGIC));
    const uint32_t sizes[] = { (uint32_t)numbers->n_numbered,
                               (uint32_t)w->n,
                               w->key_bits,
                               (uint32_t)n_gaps,
                               numbers->n_langs,
                               (uint32_t)pool,
                               gaps,
                               langs,
                               shares,
                               dictionary_bytes };
    for (size_t i = 0; i < KH_COUNT_OF(sizes); i++)
        kh_buf_add_u32(&head, sizes[i]);
    while (head.len < KH_WORDLIST_HEAD - 4)
        kh_buf_add_char(&head, '\0');
    KH_CLEANUP(kh_summing_release) kh_summing summing;
    kh_summing_init(&summing);
    kh_summing_add(&summing, kh_buf_str(out));
    kh_summing_end(&summing);
    const kh_buf *sums = &summing.sums;
    uint64_t seed = kh_checksum(kh_buf_str(&head), 0);
    kh_buf_add_u32(&head, (uint32_t)kh_checksum(kh_buf_str(sums), seed));

    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, "words");
    kh_sink *sink = NULL;
    kh_status status = kh_sink_open_mapped(&sink, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    kh_sink_add(sink, head.ptr, head.len);
    kh_sink_add(sink, out->ptr, out->len);
    kh_sink_add(sink, sums->ptr, sums->len);
    return kh_sink_close(sink, err);
}

kh_status kh_wordlist_write(const char *folder, const kh_numbers *numbers,
                            const kh_dictionaries *dictionaries, kh_sign_table *signs,
                            const kh_known_words *known, kh_error *err)
{
    work w = { .numbers = numbers, .signs = signs };
    if (known != NULL)
        fill_known(&w, known);
    kh_buf_init(&w.out, KH_BUF_MAX);
    kh_status status = collect_keys(&w, err);
    if (status == KH_OK) {
        sort_keys(&w);
        status = write_file(&w, folder, dictionaries, err);
    }
    for (size_t i = 0; i < KH_COUNT_OF(w.analysers); i++)
        kh_analyser_free(w.analysers[i]);
    kh_free(w.keys);
    kh_buf_release(&w.out);
    return status;
}
