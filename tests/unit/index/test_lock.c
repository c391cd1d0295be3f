/* The lock: one builder, whatever becomes of it, in a folder that is an index. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "scratch.h"

TestSuite(lock, .init = scratch_open, .fini = scratch_free);

static kh_index_lock *lock_of(const char *folder)
{
    kh_index_lock *lock;
    kh_error err;
    must(kh_index_lock_open(&lock, folder, 0, NULL, &err), &err);
    return lock;
}

/* A child that takes the lock, says so, and holds it for some time or until killed. */
static pid_t hold_in_child(const char *folder, unsigned seconds)
{
    int pipes[2];
    cr_assert(eq(int, pipe(pipes), 0));
    pid_t child = fork();
    if (child == 0) {
        kh_index_lock *lock;
        char byte =
            kh_index_lock_open(&lock, folder, 0, NULL, NULL) == KH_OK ? 'y' : 'n';
        if (write(pipes[1], &byte, 1) != 1)
            _exit(1);
        sleep(seconds);
        _exit(0);
    }
    char byte = 'n';
    cr_assert(eq(sz, (size_t)read(pipes[0], &byte, 1), 1));
    cr_assert(eq(chr, byte, 'y'));
    close(pipes[0]);
    close(pipes[1]);
    return child;
}

Test(lock, makes_the_folder_and_says_who)
{
    const char *index = printed("%s", scratch_path("a/b/index")).ptr;
    KH_AUTO(kh_index_lock_free)
    __attribute__((unused)) kh_index_lock *lock = lock_of(index);
    kh_str text = scratch_read(printed("%s/lock", index).ptr);
    kh_str pid = printed("%ld %ld ", (long)getpid(), (long)getuid());
    cr_expect(kh_str_starts(text, pid));
}

Test(lock, is_refused_while_another_process_holds_it)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    pid_t child = hold_in_child(index, 30);
    kh_index_lock *lock;
    kh_error err;
    cr_expect(eq(int, kh_index_lock_open(&lock, index, 0, NULL, &err), KH_ERR_LOCKED));
    kh_str pid = printed("process %ld ", (long)child);
    cr_expect(ne(ptr, strstr(err.message, pid.ptr), NULL), "%s", err.message);

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    kh_index_lock_free(lock_of(index)); /* a stale lock is none */
    cr_expect(eq(sz, scratch_read(printed("%s/lock", index).ptr).len, 1));
}

Test(lock, is_looked_at)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    kh_lock_look look;
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_FREE));

    pid_t child = hold_in_child(index, 30);
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_HELD));
    cr_expect(eq(long, look.pid, (long)child));

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_LEFT));
    cr_expect(eq(long, look.pid, (long)child));
    cr_expect(gt(long, (long)look.since, 0));

    kh_index_lock *lock = lock_of(index);
    kh_index_lock_keep_left(lock);
    kh_index_lock_free(lock);
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_LEFT));
    cr_expect(eq(long, look.pid, (long)child));

    kh_index_lock_free(lock_of(index));
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_FREE));

    lock = lock_of(index);
    kh_index_lock_keep_ours(lock);
    kh_index_lock_free(lock);
    kh_index_lock_look(&look, index);
    cr_expect(eq(int, (int)look.state, (int)KH_LOCK_LEFT));
    cr_expect(eq(long, look.pid, (long)getpid()));
}

Test(lock, is_waited_for)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    pid_t child = hold_in_child(index, 1);
    kh_index_lock *lock;
    kh_error err;
    must(kh_index_lock_open(&lock, index, 20, NULL, &err), &err);
    kh_index_lock_free(lock);
    waitpid(child, NULL, 0);
}

Test(lock, waiting_ends_when_asked)
{
    const char *index = printed("%s", scratch_path("index")).ptr;
    pid_t child = hold_in_child(index, 30);
    kh_index_lock *lock;
    kh_error err;
    volatile int stop = 1;
    cr_expect(eq(int, kh_index_lock_open(&lock, index, UINT32_MAX, &stop, &err),
                 KH_ERR_INTERRUPTED));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

Test(lock, never_takes_a_folder_of_something_else)
{
    kh_error err;
    kh_index_lock *lock;
    const char *folder = printed("%s", scratch_path("photos")).ptr;
    must(kh_folder_make(folder, &err), &err);
    scratch_write(printed("%s/cat.jpg", folder).ptr, KH_STR("x"));
    cr_expect(
        eq(int, kh_index_lock_open(&lock, folder, 0, NULL, &err), KH_ERR_ARGUMENT));
    cr_expect(ne(ptr, strstr(err.message, "cat.jpg"), NULL));
    cr_expect(not(kh_path_exists(printed("%s/lock", folder).ptr)));
    cr_expect(
        eq(int,
           kh_index_lock_open(&lock, printed("%s/cat.jpg", folder).ptr, 0, NULL, &err),
           KH_ERR_ARGUMENT));

    /* An index may hold a file that is not ours, and debris is an index. */
    const char *index = printed("%s", scratch_path("index")).ptr;
    kh_index_lock_free(lock_of(index));
    must(kh_folder_make(printed("%s/tmp/x", index).ptr, &err), &err);
    must(kh_folder_make(printed("%s/gen-000001.tmp", index).ptr, &err), &err);
    kh_index_lock_free(lock_of(index));
    must(kh_folder_make(printed("%s/gen-000001", index).ptr, &err), &err);
    scratch_write(printed("%s/notes.txt", index).ptr, KH_STR("x"));
    kh_index_lock_free(lock_of(index));
}
