/* main - khabar-index: build an index of news articles. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "indexer/checking.h"
#include "indexer/run.h"

int main(int argc, char **argv)
{
    kh_keep_standard_files();
    (void)setlocale(LC_CTYPE, "");  /* letters alone: numbers and dates never change */
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen where it is written to */
    kh_alloc_in_large_pages();
    int code = kh_index_run(argc, argv);
    if (kh_stop_signal != 0) { /* die by the signal, so that the shell knows */
        (void)signal(kh_stop_signal, SIG_DFL);
        (void)raise(kh_stop_signal);
    }
    if (kh_checking_was_left()) {
        (void)fflush(NULL);
        _exit(code);
    }
    return code;
}
