/* options - the command line of khabar-index and its config file, read. */
#pragma once

#include "indexer/job.h"

/* Read the command line. A job of --help or --version has its text in *help and nothing
 * else. Notes for people are printed. */
KH_MUST_USE kh_status kh_job_read(kh_job *out, kh_str *help, int argc,
                                  char *const *argv, kh_arena *arena, kh_error *err);

/* Inputs and options of the live generation, for a call that names none (or --add). */
KH_MUST_USE kh_status kh_job_recall(kh_job *job, kh_arena *arena, kh_error *err);
