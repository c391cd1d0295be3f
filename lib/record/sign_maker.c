/* sign_maker - which words are in signs, and the signs of articles. */
#include "sign_maker.h"

#include "base/alloc.h"
#include "codes.h"
#include "unit.h"

/* Words by their number, which is how common they are. The first few would be in every
 * second pair; of a word behind the last the articles are soon looked at. Measured:
 * docs/decisions.md. */
#define CODES_TOO_COMMON 24u
#define CODES_COMMON     500u
#define CODES_MIDDLE     2000u
#define CODES_LAST       8000u

/* Bits of a sign for each that is set, in 64ths: more in long articles, which hold more
 * pairs of words by chance and take longer to look at. */
#define LOAD_MIN      22u
#define LOAD_MAX      164u
#define LOAD_DOUBLING 23u /* for twice as many bits that are set, */
#define LOAD_NONE     60u /* from so many on: the logarithm in 16ths */

#define SEEN_SLOTS   4096u
#define ARTICLES_MAX ((UINT64_C(1) << 24) - 1)

/* ---- the words of a segment ---- */

/* A word in one number, never 0. */
#define IS_KNOWN 8u

static uint32_t put_word(uint32_t hash, uint8_t weight)
{
    return hash << 4 | IS_KNOWN | weight;
}

static kh_sign_word take_word(uint32_t number)
{
    return (kh_sign_word){ number >> 4, number & 7u };
}

static size_t is_in_signs(uint32_t number)
{
    return take_word(number).weight > 0;
}

kh_sign_table *kh_sign_table_open(uint32_t n_codes)
{
    kh_sign_table *table = kh_alloc(sizeof(*table));
    table->n_codes = n_codes;
    table->named = kh_alloc(KH_SIGN_HASHES / 8);
    table->weights = kh_alloc(KH_SIGN_HASHES);
    return table;
}

void kh_sign_table_free(kh_sign_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < KH_COUNT_OF(table->by_class); i++) {
        kh_free(table->by_class[i].words);
        kh_free(table->by_class[i].in_none);
    }
    kh_free(table->named);
    kh_free(table->weights);
    kh_free(table);
}

static uint8_t weight_of(uint32_t number)
{
    return number < CODES_TOO_COMMON ? 0
           : number < CODES_COMMON   ? 4
           : number < CODES_MIDDLE   ? 3
                                     : 2;
}

static void set_bit(uint64_t *bits, uint32_t number)
{
    bits[number / 64] |= UINT64_C(1) << number % 64;
}

static uint64_t bit_of(const uint64_t *bits, uint32_t number)
{
    return bits[number / 64] >> number % 64 & 1;
}

static uint8_t weight_by_hash(const kh_sign_table *table, uint32_t hash)
{
    return bit_of(table->named, hash) ? table->weights[hash] : KH_SIGN_WEIGHT_USUAL;
}

void kh_sign_table_note(kh_sign_table *table, unsigned class, uint32_t code,
                        const kh_lexeme *lexeme)
{
    kh_sign_words *by_number = &table->by_class[class];
    if (by_number->words == NULL) {
        by_number->words = kh_alloc((table->n_codes + 1u) * sizeof(uint32_t));
        by_number->words[0] = put_word(0, 0);
        by_number->in_none = kh_alloc((table->n_codes / 64 + 1) * sizeof(uint64_t));
    }
    uint32_t number = code - KH_CODE_WORDS;
    uint32_t hash = 0;
    uint8_t weight = 0;
    if (lexeme != NULL) {
        /* The commonest spelling of a word comes first and decides. */
        hash = kh_sign_hash(kh_rare_hash(lexeme));
        if (!bit_of(table->named, hash) && number < CODES_LAST) {
            table->weights[hash] = weight_of(number);
            set_bit(table->named, hash);
        }
        weight = weight_by_hash(table, hash);
    }
    by_number->words[number + 1] = put_word(hash, weight);
    if (weight == 0)
        set_bit(by_number->in_none, number);
}

void kh_sign_table_write(kh_buf *out, const kh_sign_table *table)
{
    for (uint32_t hash = 0; hash < KH_SIGN_HASHES; hash++)
        if (bit_of(table->named, hash))
            kh_buf_add_u32(out, hash << 8 | table->weights[hash]);
}

uint32_t kh_sign_table_n(const kh_sign_table *table)
{
    uint64_t n = 0;
    for (uint32_t hash = 0; hash < KH_SIGN_HASHES; hash++)
        n += bit_of(table->named, hash);
    return (uint32_t)n;
}

/* ---- one article after the other ----
 *
 * Whether a word has neighbours in signs, whether a pair came before, and how many bits
 * it sets cannot be guessed: a branch for each costs more than all else. So every step
 * writes what it has, and counts it if it is one. */

struct kh_sign_maker {
    const kh_sign_table *table;
    uint64_t *neighbours; /* owned; two words, the left one on top; n of them */
    kh_sign_pair *pairs;  /* owned; of the article */
    size_t n;
    size_t neighbours_capacity;
    size_t pairs_capacity;
    uint32_t n_bits;           /* that the pairs set */
    uint64_t article;          /* counts them, ARTICLES_MAX at most */
    uint64_t seen[SEEN_SLOTS]; /* article << 40 | hashes of both words */
    unsigned char bytes[KH_SIGN_BYTES_MAX];
};

kh_sign_maker *kh_sign_maker_open(const kh_sign_table *table)
{
    kh_sign_maker *maker = kh_alloc(sizeof(*maker));
    maker->table = table;
    return maker;
}

void kh_sign_maker_free(kh_sign_maker *maker)
{
    if (maker == NULL)
        return;
    kh_free(maker->neighbours);
    kh_free(maker->pairs);
    kh_free(maker);
}

/* Room that grows without a copy of what was there. */
static void *make_room(void *room, size_t *capacity, size_t n, size_t bytes_each)
{
    if (n <= *capacity)
        return room;
    kh_free(room);
    *capacity = n + n / 4;
    return kh_realloc(NULL, *capacity * bytes_each);
}

static void begin_article(kh_sign_maker *maker, size_t n_codes)
{
    if (maker->article == ARTICLES_MAX) {
        maker->article = 0;
        memset(maker->seen, 0, sizeof(maker->seen));
    }
    maker->article++;
    maker->n = 0;
    maker->n_bits = 0;
    maker->neighbours = make_room(maker->neighbours, &maker->neighbours_capacity,
                                  n_codes, sizeof(*maker->neighbours));
}

/* All neighbours of an article that are in signs; false if some word is not known. */
static bool collect(kh_sign_maker *maker, const kh_sign_words *by_number,
                    const uint32_t *codes, size_t n_codes)
{
    const kh_sign_table *table = maker->table;
    uint64_t *neighbours = maker->neighbours;
    size_t n = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < n_codes; i++) {
        uint32_t code = codes[i];
        if (code == KH_MARK_SENTENCE)
            continue;
        uint32_t word = 0;
        if (kh_code_is_rare(code)) {
            uint32_t hash = code - KH_CODE_RARE;
            word = put_word(hash, weight_by_hash(table, hash));
        } else if (code >= KH_CODE_WORDS) {
            if (by_number->words == NULL)
                return false;
            uint32_t number = code - KH_CODE_WORDS;
            uint32_t mask = (uint32_t)bit_of(by_number->in_none, number) - 1;
            word = by_number->words[(number + 1) & mask];
            if (word == 0)
                return false;
        }
        neighbours[n] = (uint64_t)before << 32 | word;
        n += is_in_signs(before) & is_in_signs(word);
        before = word;
    }
    maker->n = n;
    return true;
}

/* Neighbours become pairs. One that comes again is passed over, if nothing else took
 * its slot meanwhile. */
static void mix(kh_sign_maker *maker)
{
    maker->pairs = make_room(maker->pairs, &maker->pairs_capacity, maker->n,
                             sizeof(*maker->pairs));
    size_t n = 0;
    uint32_t n_bits = 0;
    for (size_t i = 0; i < maker->n; i++) {
        kh_sign_word left = take_word((uint32_t)(maker->neighbours[i] >> 32));
        kh_sign_word right = take_word((uint32_t)maker->neighbours[i]);
        kh_sign_pair pair = kh_sign_pair_of(left, right);
        uint64_t mark = maker->article << 40 | (uint64_t)left.hash << 20 | right.hash;
        uint64_t *slot = &maker->seen[pair.first % SEEN_SLOTS];
        bool is_new = *slot != mark;
        *slot = mark;
        maker->pairs[n] = pair;
        n += is_new;
        n_bits += is_new ? pair.n : 0;
    }
    maker->n = n;
    maker->n_bits = n_bits;
}

/* The logarithm of n to the base 2, in 16ths, between two powers in a straight line. */
static uint32_t log2_in_16ths(uint32_t n)
{
    uint32_t whole = 31u - (uint32_t)__builtin_clz(n | 1u);
    uint32_t rest = (uint32_t)(((uint64_t)(n | 1u) << 4) >> whole) - 16u;
    return whole * 16u + rest;
}

static uint64_t load_of(uint32_t n_bits)
{
    uint32_t log = log2_in_16ths(n_bits);
    uint32_t load = log > LOAD_NONE ? (log - LOAD_NONE) * LOAD_DOUBLING / 16u : 0;
    return load < LOAD_MIN ? LOAD_MIN : load > LOAD_MAX ? LOAD_MAX : load;
}

static void set_bits(unsigned char *bytes, uint32_t n_bytes, kh_sign_pair pair)
{
    uint32_t stretch = kh_sign_stretch(pair, n_bytes);
    for (unsigned i = 0; i < KH_SIGN_WEIGHT_MAX; i++) {
        uint32_t bit = kh_sign_bit(pair, i, stretch, n_bytes);
        bytes[bit / 8] |= (unsigned char)((i < pair.n ? 1u : 0u) << bit % 8);
    }
}

void kh_sign_make(kh_buf *out, kh_sign_maker *maker, uint32_t lang,
                  const uint32_t *codes, size_t n_codes)
{
    begin_article(maker, n_codes);
    const kh_sign_table *table = maker->table;
    if (!collect(maker, &table->by_class[table->classes[lang]], codes, n_codes)) {
        kh_buf_add_char(out, 0);
        kh_buf_add_char(out, (char)KH_SIGN_NONE);
        return;
    }
    mix(maker);
    uint64_t wanted = (maker->n_bits * load_of(maker->n_bits) + 64 * 8 - 1) / (64 * 8);
    unsigned char size = kh_sign_size(wanted);
    uint32_t n_bytes = kh_sign_bytes(size);
    memset(maker->bytes, 0, n_bytes);
    for (size_t i = 0; i < maker->n; i++)
        set_bits(maker->bytes, n_bytes, maker->pairs[i]);
    kh_buf_add_char(out, (char)size);
    kh_buf_add_char(out, (char)lang);
    kh_buf_add_bytes(out, (const char *)maker->bytes, n_bytes);
}
