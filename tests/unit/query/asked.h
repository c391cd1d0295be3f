/* asked - questions to an index of a test, and answers as short texts. */
#pragma once

#include "query/search.h"
#include "support/make_index.h"

/* An index and all that answers of it live in. */
typedef struct asked {
    const char *folder;
    kh_index *index;
    kh_search *search;
    kh_arena *arena;
    kh_search_options options; /* of the next question; all results, with passages */
    kh_answer answer;          /* of the last one */
} asked;

/* n_segments: 1, 3, or 4 for three with dead articles. */
void asked_open(asked *a, const made_article *articles, size_t n, int n_segments);
void asked_close(asked *a);

/* Run a query; fails the test if that fails. */
void ask(asked *a, const char *query);

/* "id id id" of the answer, sorted by bytes or as ranked. Lives in the arena. */
const char *asked_ids(asked *a, bool is_sorted);

/* The passage of result i with [marks], or "". */
const char *asked_marked(asked *a, size_t i);

/* Notes of the answer, "; " between them. */
const char *asked_notes(asked *a);
