/* run - khabar-index from the command line to the exit code. */
#pragma once

#include "indexer/job.h"

int kh_index_run(int argc, char *const *argv);
