/* score - marks for runs and for passages. */
#pragma once

#include <stddef.h>

#include "base/error.h"

typedef struct kh_run_score {
    size_t n_queries; /* that have a relevant document */
    double map;
    double ndcg_10;
    double mrr_10;
    double recall_10;
    double recall_100;
} kh_run_score; /* means over the queries; one that the run leaves out counts as 0 */

/**
 * @param qrels  lines: query-id 0 document-id relevance
 * @param run    lines: query-id Q0 document-id rank score tag; taken by score, then
 *               rank, then document; one listed twice counts once
 */
KH_MUST_USE kh_status kh_score_run(kh_run_score *out, const char *qrels,
                                   const char *run, kh_error *err);

typedef struct kh_answer_score {
    size_t n_questions;
    double hit_1; /* share of the questions with a right passage among the first k */
    double hit_3;
    double hit_10;
    double mrr_10;
    double words; /* of a passage, mean */
    size_t longest;
} kh_answer_score;

/**
 * A passage is right if it is of the right article and holds one of the answers: case
 * and white space do not count, and an answer does not begin or end inside a word.
 *
 * @param answers  JSON lines: qid, article, answers
 * @param results  JSON lines as khabar-query --batch --json prints them
 */
KH_MUST_USE kh_status kh_score_answers(kh_answer_score *out, const char *answers,
                                       const char *results, kh_error *err);
