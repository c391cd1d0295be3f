/* run - a run of characters into single ones and pairs, by the least sum of bytes. */
#include "base/alloc.h"
#include "numbers.h"
#include "unit.h"

#define COST_RARE 7u /* 3 bytes in the stream, the spelling in the rest */

void kh_run_release(kh_run *run)
{
    kh_free(run->pieces);
    kh_free(run->units);
    kh_free(run->starts);
    kh_free(run->costs);
    kh_free(run->takes);
    *run = (kh_run){ 0 };
}

static unsigned cost_of(uint32_t code)
{
    if (code == 0)
        return COST_RARE;
    return code < KH_CODE_TWO ? 1 : code < KH_CODE_THREE ? 2 : 3;
}

static void make_room(kh_run *run, size_t n)
{
    if (n + 2 <= run->capacity)
        return;
    run->capacity = n * 2 + 64;
    run->pieces = kh_realloc(run->pieces, run->capacity * sizeof(kh_piece));
    run->units = kh_realloc(run->units, run->capacity * sizeof(uint32_t));
    run->starts = kh_realloc(run->starts, run->capacity * sizeof(size_t));
    run->costs = kh_realloc(run->costs, run->capacity * sizeof(unsigned));
    run->takes = kh_realloc(run->takes, run->capacity);
}

/* A unit is a character and the marks behind it. */
static size_t split(kh_run *run, const kh_numbers *numbers, kh_str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++) {
        make_room(run, n);
        run->starts[n] = at;
        run->units[n] = kh_numbers_character(numbers, kh_unit_next(text, &at));
    }
    make_room(run, n);
    run->starts[n] = text.len;
    return n;
}

static uint32_t code_of(const kh_numbers *numbers, uint32_t unit)
{
    return unit == UINT32_MAX ? 0 : numbers->char_codes[unit];
}

static uint32_t pair_code(const kh_run *run, const kh_numbers *numbers, size_t i)
{
    if (run->units[i] == UINT32_MAX || run->units[i + 1] == UINT32_MAX)
        return 0;
    return (uint32_t)kh_pairs_count(&numbers->pair_codes, run->units[i],
                                    run->units[i + 1]);
}

void kh_run_cut(kh_run *run, const kh_numbers *numbers, kh_str text)
{
    size_t n = split(run, numbers, text);
    run->costs[n] = 0;
    for (size_t i = n; i-- > 0;) {
        unsigned alone = cost_of(code_of(numbers, run->units[i])) + run->costs[i + 1];
        uint32_t pair = i + 1 < n ? pair_code(run, numbers, i) : 0;
        unsigned both = pair != 0 ? cost_of(pair) + run->costs[i + 2] : UINT32_MAX;
        run->takes[i] = both <= alone ? 2 : 1;
        run->costs[i] = both <= alone ? both : alone;
    }
    run->n = 0;
    for (size_t i = 0; i < n; i += run->takes[i]) {
        bool is_pair = run->takes[i] == 2;
        run->pieces[run->n++] = (kh_piece){
            .code =
                is_pair ? pair_code(run, numbers, i) : code_of(numbers, run->units[i]),
            .first = run->units[i],
            .second = is_pair ? run->units[i + 1] : UINT32_MAX,
            .start = run->starts[i],
            .end = run->starts[i + run->takes[i]],
        };
    }
}
