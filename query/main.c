/* main - khabar-query: search an index of news articles. */
#include <locale.h>
#include <signal.h>

#include "base/file.h"
#include "cli/message.h"
#include "query/run.h"

int main(int argc, char **argv)
{
    kh_keep_standard_files();
    (void)setlocale(LC_CTYPE, "");  /* letters alone: numbers and dates never change */
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen where it is written to */

    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_settings settings;
    kh_error err = { 0 };
    if (kh_settings_read(&settings, argc, argv, arena, &err) != KH_OK) {
        kh_message_error(KH_PROGRAM, &err);
        return KH_EXIT_TROUBLE;
    }
    return kh_run(&settings);
}
