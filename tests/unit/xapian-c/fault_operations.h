/* fault_operations - every operation of the shim, with a fault armed inside of it. */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "xapian-c/query.h"
#include "xapian-c/rank.h"

#include "xapian-c/faults.h"

/* What a fault becomes, unless a document was named. */
extern const kh_status expected[KH_FAULT_COUNT];

/* Which fault, and at which point passed; of allocations: at which of these. */
extern kh_fault the_fault;
extern unsigned the_point;
extern bool is_of_allocations;
extern bool was_thrown; /* by the operation run last */

/* One operation, set up and cleaned up by itself. It arms the fault when all is ready,
 * and asserts that nothing was handed out if the status is not KH_OK or KH_END. */
typedef kh_status operation(kh_error *err);

typedef struct fault_operation {
    const char *name;
    operation *run;
    bool is_of_document;
} fault_operation;

extern const fault_operation operations[];
extern const size_t n_operations;

/* For an operation: around the call that is to fail. */
void arm(void);
void disarm(void);

/* A pointer that an out-parameter holds before, and must hold after a failure. */
extern int untouched_marker;
#define UNTOUCHED ((void *)&untouched_marker)

const char *database_path(void);
kh_status read_statistics(kh_error *err);

/* fault_rare.c: of a database whose rare terms stand beside its table. */
kh_status match_rare(kh_error *err);
kh_status list_rare(kh_error *err);
