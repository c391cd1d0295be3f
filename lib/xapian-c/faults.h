/* faults - have an exception thrown inside the shim. Only in the library that the tests
 * link. */
#pragma once

#include <stdbool.h>

#include "base/decls.h"

KH_BEGIN_DECLS

/* What is thrown: each class of the engine's, those of the language, and something
 * else. */
typedef enum kh_fault {
    KH_FAULT_ASSERTION,
    KH_FAULT_INVALID_ARGUMENT,
    KH_FAULT_INVALID_OPERATION,
    KH_FAULT_UNIMPLEMENTED,
    KH_FAULT_DATABASE,       /* without an errno: contradictory content */
    KH_FAULT_DATABASE_ERRNO, /* with one: the system said no */
    KH_FAULT_DATABASE_CORRUPT,
    KH_FAULT_DATABASE_CREATE,
    KH_FAULT_DATABASE_LOCKED,
    KH_FAULT_DATABASE_UNLOCKABLE, /* a lock error that no other writer is to blame for
                                   */
    KH_FAULT_DATABASE_MODIFIED,
    KH_FAULT_DATABASE_OPENING,
    KH_FAULT_DATABASE_OPENING_ERRNO,
    KH_FAULT_DATABASE_VERSION,
    KH_FAULT_DATABASE_NOT_FOUND,
    KH_FAULT_DATABASE_CLOSED,
    KH_FAULT_DOCUMENT_NOT_FOUND,
    KH_FAULT_FEATURE_UNAVAILABLE,
    KH_FAULT_INTERNAL,
    KH_FAULT_NETWORK,
    KH_FAULT_NETWORK_TIMEOUT,
    KH_FAULT_QUERY_PARSER,
    KH_FAULT_SERIALISATION,
    KH_FAULT_RANGE,
    KH_FAULT_WILDCARD,
    KH_FAULT_BAD_ALLOC,
    KH_FAULT_LENGTH,
    KH_FAULT_RUNTIME,
    KH_FAULT_INT, /* not an exception class at all */
    KH_FAULT_COUNT
} kh_fault;

/* Throw once, when the given point (from 0) is passed. */
void kh_fault_arm(kh_fault fault, unsigned point);

/* Let one allocation of C++ fail, the given one (from 0), wherever it is made. */
void kh_fault_arm_allocation(unsigned allocation);

/* Leave each so-many-th list, or part of one, to the engine; 0: none. */
void kh_fault_refuse(unsigned each);

/* Disarm; true if it was thrown. */
bool kh_fault_disarm(void);

KH_END_DECLS
