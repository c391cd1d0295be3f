/* test_process - what this process used. */
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"

Test(process, has_a_clock_that_never_goes_back)
{
    uint64_t before = kh_clock_ms();

    for (int i = 0; i < 100000; i++) {
        uint64_t now = kh_clock_ms();
        cr_assert(ge(u64, now, before));
        before = now;
    }
}

Test(process, has_a_peak_of_memory)
{
    cr_expect(gt(u64, kh_peak_bytes(), 100000));
    cr_expect(lt(u64, kh_peak_bytes(), (uint64_t)1 << 40));
}

/* In a process of its own: what failed, or 0. */
static int begin_without_files(void)
{
    char byte = 'x';
    (void)close(STDIN_FILENO);
    (void)close(STDOUT_FILENO);
    (void)close(STDERR_FILENO);
    kh_keep_standard_files();
    if (open("/dev/null", O_RDONLY) <= STDERR_FILENO)
        return 1;
    if (read(STDIN_FILENO, &byte, 1) != -1 || errno != EBADF)
        return 2;
    if (write(STDOUT_FILENO, &byte, 1) != -1 || errno != EBADF)
        return 3;
    return write(STDERR_FILENO, &byte, 1) != -1 || errno != EBADF ? 4 : 0;
}

Test(process, keeps_the_numbers_of_standard_files)
{
    pid_t child = fork();
    cr_assert(ge(int, child, 0));
    if (child == 0)
        _exit(begin_without_files());
    int status = 0;
    cr_assert(eq(int, waitpid(child, &status, 0), child));
    cr_expect(eq(int, status, 0));
}
