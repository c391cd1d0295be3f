/* plan_reading - see plan_reading.h. */
#include "query/plan_reading.h"

/* Said once: a text may be read several times. */
static void note_left_out(kh_plan_maker *maker)
{
    if (maker->has_said_left_out)
        return;
    maker->has_said_left_out = true;
    kh_plan_note(maker, "what is over %d bytes is no word: not looked for",
                 KH_WORD_MAX_BYTES);
}

static void read_neutral(kh_plan_maker *maker, kh_readings *out, kh_str text)
{
    size_t n_languages = maker->planner->n_languages + 1;
    kh_token token;
    kh_analyser_reset(maker->planner->neutral, text, 0);
    while (kh_analyser_next(maker->planner->neutral, &token)) {
        out->items = kh_arena_grow(maker->arena, out->items, out->n, &out->capacity,
                                   sizeof(kh_reading));
        kh_reading *r = &out->items[out->n++];
        *r = (kh_reading){ .kind = token.kind,
                           .word_kind = token.lexeme->kind,
                           .surface = kh_str_slice(text, token.start, token.end),
                           .folded = kh_arena_copy(maker->arena, token.lexeme->folded),
                           .form = kh_arena_copy(maker->arena, token.lexeme->form),
                           .position = token.position,
                           .n_units = token.n_units,
                           .begins_run = token.join != KH_JOIN_CHARACTER,
                           .ends_run = true };
        r->foldeds = kh_arena_alloc(maker->arena, n_languages * sizeof(kh_str));
        r->forms = kh_arena_alloc(maker->arena, n_languages * sizeof(kh_str));
        r->terms = kh_arena_alloc(maker->arena, n_languages * sizeof(kh_str));
        r->foldeds[0] = r->folded;
        r->forms[0] = r->form;
        r->terms[0] = kh_arena_copy(maker->arena, token.lexeme->term);
        for (size_t i = out->n - 1; token.join == KH_JOIN_CHARACTER && i-- > 0;) {
            if (out->items[i].kind != KH_TOKEN_WORD)
                continue;
            out->items[i].ends_run = false;
            break;
        }
    }
    if (kh_analyser_has_left_out(maker->planner->neutral))
        note_left_out(maker);
}

/* Words do not depend on the language, so the i-th token is the i-th everywhere. */
kh_readings kh_plan_read(kh_plan_maker *maker, kh_str text)
{
    kh_readings out = { 0 };
    read_neutral(maker, &out, text);
    for (size_t l = 0; l < maker->planner->n_languages; l++) {
        kh_analyser *analyser = maker->planner->analysers[l];
        kh_token token;
        kh_analyser_reset(analyser, text, 0);
        for (size_t i = 0; i < out.n && kh_analyser_next(analyser, &token); i++) {
            kh_reading *r = &out.items[i];
            r->foldeds[l + 1] = kh_arena_copy(maker->arena, token.lexeme->folded);
            r->forms[l + 1] = kh_arena_copy(maker->arena, token.lexeme->form);
            r->terms[l + 1] = kh_arena_copy(maker->arena, token.lexeme->term);
        }
    }
    return out;
}

kh_chains kh_plan_chains(kh_plan_maker *maker, kh_str text)
{
    kh_chains out = { 0 };
    kh_chain *chain = NULL;
    size_t start = 0;
    size_t end = 0;
    kh_token token;
    kh_analyser_reset(maker->planner->neutral, text, 0);
    while (kh_analyser_next(maker->planner->neutral, &token)) {
        if (token.kind != KH_TOKEN_WORD)
            continue;
        bool is_joined =
            token.join == KH_JOIN_HYPHEN || token.join == KH_JOIN_CHARACTER;
        if (chain == NULL || !is_joined) {
            out.items = kh_arena_grow(maker->arena, out.items, out.n, &out.capacity,
                                      sizeof(kh_chain));
            chain = &out.items[out.n++];
            *chain = (kh_chain){ 0 };
            start = token.start;
        } else if (token.join == KH_JOIN_HYPHEN) {
            chain->has_hyphen = true;
            chain->has_non_joiner |=
                kh_str_equal(kh_str_slice(text, end, token.start), KH_STR("\u200C"));
        }
        chain->has_character |= token.lexeme->kind == KH_WORD_CHARACTER;
        end = token.end;
        chain->text = kh_str_slice(text, start, end);
    }
    return out;
}
