/* pager - what is longer than the screen goes through less, or whatever is named. */
#include "query/pager.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOT_FOUND 127 /* the shell's exit code for a command that is not there */

static bool is_named(const char *command)
{
    return command != NULL && command[0] != '\0';
}

/* Whether a program is on the PATH. */
static bool is_there(const char *program)
{
    const char *path = getenv("PATH");
    kh_str rest = kh_str_from(path != NULL ? path : "");
    while (rest.len > 0) {
        size_t end = kh_str_find(rest, KH_STR(":"), 0);
        kh_str folder = kh_str_slice(rest, 0, end);
        rest = end == SIZE_MAX ? KH_STR("") : kh_str_slice(rest, end + 1, rest.len);
        KH_AUTO_BUF file;
        kh_buf_init(&file, KH_BUF_MAX);
        kh_buf_add(&file, folder);
        kh_buf_printf(&file, "/%s", program);
        if (access(kh_buf_text(&file), X_OK) == 0)
            return true;
    }
    return false;
}

/* The command of the option or the environment, else less if there is one; NULL: none.
 */
static const char *command_of(const char *option)
{
    if (strcmp(option, "never") == 0)
        return NULL;
    if (strcmp(option, "auto") != 0)
        return option;
    const char *names[] = { getenv("KHABAR_PAGER"), getenv("PAGER") };
    for (size_t i = 0; i < KH_COUNT_OF(names); i++)
        if (is_named(names[i]))
            return names[i];
    return is_there("less") ? "less" : NULL;
}

/* Lines of the screen; 0: not known. */
static size_t rows_of_terminal(void)
{
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

static size_t count_lines(kh_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    return n;
}

bool kh_pager_show(const char *option, kh_str text)
{
    size_t rows = rows_of_terminal();
    const char *command =
        rows > 0 && count_lines(text) >= rows ? command_of(option) : NULL;
    if (!is_named(command))
        return false;
    if (!is_named(getenv("LESS")))
        (void)setenv("LESS", "FRX", 1);
    if (!is_named(getenv("LESSCHARSET"))) /* what we write is UTF-8 in any locale */
        (void)setenv("LESSCHARSET", "utf-8", 1);
    (void)fflush(NULL);
    (void)signal(SIGPIPE, SIG_DFL); /* what is ignored stays so in the pager's shell */
    FILE *pager = popen(command, "w");
    (void)signal(SIGPIPE, SIG_IGN);
    if (pager == NULL)
        return false;
    struct sigaction ignore = { 0 };
    struct sigaction old;
    ignore.sa_handler = SIG_IGN;
    (void)sigaction(SIGINT, &ignore, &old); /* it is the pager's, which we wait for */
    (void)fwrite(text.ptr, 1, text.len, pager); /* a pager may be left early */
    int state = pclose(pager);
    (void)sigaction(SIGINT, &old, NULL);
    return state == -1 || !WIFEXITED(state) || WEXITSTATUS(state) != NOT_FOUND;
}
