/* score - marks for runs and for passages.
 *
 *   score run QRELS RUN...
 *   score answers ANSWERS.jsonl RESULTS.jsonl...
 *
 * Prints a line for each RUN or RESULTS. What is read and how it is marked: score.h. */
#include "score.h"

#include <stdio.h>

#include "base/str.h"

static kh_status print_run(const char *qrels, const char *path, kh_error *err)
{
    kh_run_score s;
    kh_status status = kh_score_run(&s, qrels, path, err);
    if (status == KH_OK)
        printf("queries=%zu MAP=%.4f nDCG@10=%.4f MRR@10=%.4f R@10=%.4f R@100=%.4f\n",
               s.n_queries, s.map, s.ndcg_10, s.mrr_10, s.recall_10, s.recall_100);
    return status;
}

static kh_status print_answers(const char *answers, const char *path, kh_error *err)
{
    kh_answer_score s;
    kh_status status = kh_score_answers(&s, answers, path, err);
    if (status == KH_OK)
        printf("questions=%zu hit@1=%.4f hit@3=%.4f hit@10=%.4f MRR@10=%.4f "
               "words=%.0f longest=%zu\n",
               s.n_questions, s.hit_1, s.hit_3, s.hit_10, s.mrr_10, s.words, s.longest);
    return status;
}

int main(int argc, char **argv)
{
    bool is_run = argc > 3 && strcmp(argv[1], "run") == 0;
    if (!is_run && (argc < 4 || strcmp(argv[1], "answers") != 0)) {
        fprintf(stderr, "usage: score run QRELS RUN...\n"
                        "       score answers ANSWERS.jsonl RESULTS.jsonl...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        kh_error err = { 0 };
        kh_status status = is_run ? print_run(argv[2], argv[i], &err)
                                  : print_answers(argv[2], argv[i], &err);
        if (status != KH_OK) {
            fprintf(stderr, "score: %s\n", err.message);
            return 2;
        }
    }
    return 0;
}
