/* measure - what a command costs, run several times.
 *
 *   measure RUNS COMMAND [ARGUMENT...]
 *
 * Its output is thrown away. Prints a line a run: wall ns, CPU ns of it and all its
 * children, and the most memory that one of them had resident, bytes. Ends with 2 if a
 * run ends with 2 or more (1 is a search that finds nothing). */
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t cpu_ns(const struct rusage *usage)
{
    return ((int64_t)usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000000000 +
           ((int64_t)usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) * 1000;
}

static int run(char **command)
{
    struct rusage before;
    struct rusage after;
    (void)getrusage(RUSAGE_CHILDREN, &before);
    int64_t start = now_ns();
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        (void)dup2(nowhere, STDOUT_FILENO);
        (void)execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    int state = 0;
    if (child < 0 || waitpid(child, &state, 0) != child)
        return 2;
    int64_t wall = now_ns() - start;
    (void)getrusage(RUSAGE_CHILDREN, &after);
    printf("%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n", wall,
           cpu_ns(&after) - cpu_ns(&before), (int64_t)after.ru_maxrss * 1024);
    return WIFEXITED(state) && WEXITSTATUS(state) < 2 ? 0 : 2;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...]\n");
        return 2;
    }
    int code = 0;
    for (int i = 0; i < atoi(argv[1]); i++) {
        if (run(argv + 2) != 0)
            code = 2;
        (void)fflush(stdout);
    }
    return code;
}
