/* Suite faults: whatever is thrown, and wherever, becomes a status; nothing is handed
 * out, nothing is lost (LeakSanitizer looks on in the asan build).
 *
 * Each operation runs once for every point inside of it and every kind of exception. */
#include <stdio.h>
#include <string.h>

#include "fault_operations.h"
#include "scratch.h"

TestSuite(faults, .init = scratch_make, .fini = scratch_remove);

static kh_status expected_of(size_t which, kh_fault fault)
{
    if (fault == KH_FAULT_DOCUMENT_NOT_FOUND && operations[which].is_of_document)
        return KH_ERR_NOT_FOUND;
    return expected[fault];
}

/* Throw at point 0, 1, ... until none is passed any more; the number of points. */
static unsigned run_through(size_t which, kh_fault fault)
{
    the_fault = fault;
    for (the_point = 0;; the_point++) {
        kh_error err = { .hint = "old" };
        kh_status status = operations[which].run(&err);
        if (!was_thrown) {
            cr_expect(eq(int, status, KH_OK), "%s: %s", operations[which].name,
                      err.message);
            return the_point;
        }
        cr_expect(eq(int, status, expected_of(which, fault)),
                  "%s, fault %d, point %u: %s", operations[which].name, fault,
                  the_point, err.message);
        cr_expect(ne(sz, strlen(err.message), 0));
        cr_expect(eq(ptr, strchr(err.message, '\n'), NULL));
    }
}

Test(faults, of_every_kind_at_every_point_become_a_status)
{
    archive_write(database_path(), 1, 20);
    for (size_t which = 0; which < n_operations; which++) {
        for (int fault = 0; fault < KH_FAULT_COUNT; fault++) {
            unsigned n_points = run_through(which, (kh_fault)fault);
            cr_expect(ge(uint, n_points, 1), "%s", operations[which].name);
        }
    }
}

Test(faults, say_what_was_tried_and_what_was_wrong)
{
    archive_write(database_path(), 1, 20);
    static const struct {
        kh_fault fault;
        const char *reason;
        const char *hint;
    } cases[] = {
        { KH_FAULT_DATABASE_CORRUPT, "injected (DatabaseCorruptError)", "" },
        { KH_FAULT_DATABASE_ERRNO, "injected: Input/output error (DatabaseError)", "" },
        { KH_FAULT_DATABASE_MODIFIED, "injected (DatabaseModifiedError)",
          "it was written to while it was read: open it again" },
        { KH_FAULT_BAD_ALLOC, "out of memory", "" },
        { KH_FAULT_RUNTIME, "injected", "" },
        { KH_FAULT_INT, "unknown C++ exception", "" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        the_fault = cases[i].fault;
        the_point = 0;
        kh_error err = { .hint = "old" };
        char message[300];
        snprintf(message, sizeof(message), "cannot read statistics of '%s': %s",
                 database_path(), cases[i].reason);

        kh_status status = read_statistics(&err);

        cr_expect(eq(int, status, err.status));
        cr_expect(eq(str, err.message, message));
        cr_expect(eq(str, err.hint, (char *)cases[i].hint));
    }
}

Test(faults, may_come_without_an_error_to_fill)
{
    archive_write(database_path(), 1, 20);
    the_point = 0;
    for (int fault = 0; fault < KH_FAULT_COUNT; fault++) {
        the_fault = (kh_fault)fault;
        cr_expect(eq(int, read_statistics(NULL), expected[fault]));
    }
}

/* Let each single allocation of C++ fail in turn, those inside the engine, too. */
Test(faults, of_memory_at_every_allocation_are_survived, .timeout = 300)
{
    archive_write(database_path(), 1, 20);
    leaks_allow(true);
    is_of_allocations = true;
    for (size_t which = 0; which < n_operations; which++) {
        was_thrown = true;
        for (the_point = 0; was_thrown; the_point++) {
            kh_error err = { 0 };
            kh_status status = operations[which].run(&err);
            cr_expect(status == KH_OK || status == KH_ERR_LIMIT || was_thrown,
                      "%s, allocation %u: %s", operations[which].name, the_point,
                      err.message);
        }
    }
}
