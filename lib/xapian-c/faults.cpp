/* faults - throws what a test armed; replaces operator new to let allocations fail. */
#include "faults.h"

#include <cerrno>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include <xapian.h>

#include "guard.hpp"

namespace
{

bool is_armed = false;
bool is_allocation_armed = false;
kh_fault armed = KH_FAULT_INT;
unsigned countdown = 0;
unsigned refused_each = 0;
unsigned n_asked = 0;

[[noreturn]] void throw_database_fault(kh_fault fault)
{
    switch (fault) {
    case KH_FAULT_DATABASE_ERRNO:
        throw Xapian::DatabaseError("injected", EIO);
    case KH_FAULT_DATABASE_CORRUPT:
        throw Xapian::DatabaseCorruptError("injected");
    case KH_FAULT_DATABASE_CREATE:
        throw Xapian::DatabaseCreateError("injected", EACCES);
    case KH_FAULT_DATABASE_LOCKED:
        throw Xapian::DatabaseLockError("injected: already locked");
    case KH_FAULT_DATABASE_UNLOCKABLE:
        throw Xapian::DatabaseLockError("injected", ENOLCK);
    case KH_FAULT_DATABASE_MODIFIED:
        throw Xapian::DatabaseModifiedError("injected");
    case KH_FAULT_DATABASE_OPENING:
        throw Xapian::DatabaseOpeningError("injected");
    case KH_FAULT_DATABASE_OPENING_ERRNO:
        throw Xapian::DatabaseOpeningError("injected", EMFILE);
    case KH_FAULT_DATABASE_VERSION:
        throw Xapian::DatabaseVersionError("injected");
    case KH_FAULT_DATABASE_NOT_FOUND:
        throw Xapian::DatabaseNotFoundError("injected", ENOENT);
    case KH_FAULT_DATABASE_CLOSED:
        throw Xapian::DatabaseClosedError("injected");
    default:
        throw Xapian::DatabaseError("injected");
    }
}

[[noreturn]] void throw_fault(kh_fault fault)
{
    switch (fault) {
    case KH_FAULT_ASSERTION:
        throw Xapian::AssertionError("injected");
    case KH_FAULT_INVALID_ARGUMENT:
        throw Xapian::InvalidArgumentError("injected");
    case KH_FAULT_INVALID_OPERATION:
        throw Xapian::InvalidOperationError("injected");
    case KH_FAULT_UNIMPLEMENTED:
        throw Xapian::UnimplementedError("injected");
    case KH_FAULT_DOCUMENT_NOT_FOUND:
        throw Xapian::DocNotFoundError("injected");
    case KH_FAULT_FEATURE_UNAVAILABLE:
        throw Xapian::FeatureUnavailableError("injected");
    case KH_FAULT_INTERNAL:
        throw Xapian::InternalError("injected");
    case KH_FAULT_NETWORK:
        throw Xapian::NetworkError("injected", "tcp:there");
    case KH_FAULT_NETWORK_TIMEOUT:
        throw Xapian::NetworkTimeoutError("injected", "tcp:there");
    case KH_FAULT_QUERY_PARSER:
        throw Xapian::QueryParserError("injected");
    case KH_FAULT_SERIALISATION:
        throw Xapian::SerialisationError("injected");
    case KH_FAULT_RANGE:
        throw Xapian::RangeError("injected");
    case KH_FAULT_WILDCARD:
        throw Xapian::WildcardError("injected");
    case KH_FAULT_BAD_ALLOC:
        throw std::bad_alloc();
    case KH_FAULT_LENGTH:
        throw std::length_error("injected");
    case KH_FAULT_RUNTIME:
        throw std::runtime_error("injected");
    case KH_FAULT_INT:
        throw 42;
    default:
        throw_database_fault(fault);
    }
}

/* True once, when the countdown of what is armed is over. */
bool is_due(bool &is_waiting)
{
    if (!is_waiting || countdown-- > 0)
        return false;
    is_waiting = false;
    return true;
}

} // namespace

void kh::fault_point()
{
    if (is_due(is_armed))
        throw_fault(armed);
}

bool kh::fault_refuses()
{
    return refused_each > 0 && ++n_asked % refused_each == 0;
}

void kh_fault_refuse(unsigned each)
{
    refused_each = each;
    n_asked = 0;
}

void kh_fault_arm(kh_fault fault, unsigned point)
{
    armed = fault;
    countdown = point;
    is_armed = true;
    is_allocation_armed = false;
}

void kh_fault_arm_allocation(unsigned allocation)
{
    countdown = allocation;
    is_armed = false;
    is_allocation_armed = true;
}

bool kh_fault_disarm(void)
{
    bool was_thrown = !is_armed && !is_allocation_armed;
    is_armed = false;
    is_allocation_armed = false;
    return was_thrown;
}

void *operator new(std::size_t bytes)
{
    if (is_due(is_allocation_armed))
        throw std::bad_alloc();
    void *pointer = std::malloc(bytes > 0 ? bytes : 1);
    if (pointer == nullptr)
        throw std::bad_alloc();
    return pointer;
}

void operator delete(void *pointer) noexcept
{
    std::free(pointer);
}

void operator delete(void *pointer, std::size_t bytes) noexcept
{
    (void)bytes;
    std::free(pointer);
}
