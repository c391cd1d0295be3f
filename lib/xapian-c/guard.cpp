/* guard - which exception is which status.
 *
 * The engine's classes share no base with std::exception. Most derived comes first.
 * Whether a database is damaged or the system said no cannot be told from the class
 * alone (a cut file is a plain DatabaseError, a missing table a DatabaseOpeningError):
 * an exception that carries the text of an errno is the system's, one without it speaks
 * of the content. */
#include "guard.hpp"

#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>

#include <xapian.h>

namespace
{

using kh::job;

/* The text of the errno that the exception carries, or NULL. The engine makes it late.
 */
const char *system_reason(const Xapian::Error &e) noexcept
{
    try {
        return e.get_error_string();
    } catch (...) {
        return "out of memory";
    }
}

kh_status fail(kh_error *err, kh_status status, const job &what, const char *reason)
{
    if (what.name == nullptr)
        return kh_fail(err, status, "cannot %s: %s", what.verb, reason);
    return kh_fail(err, status, "cannot %s '%s': %s", what.verb, what.name, reason);
}

kh_status fail(kh_error *err, kh_status status, const job &what, const Xapian::Error &e)
{
    const char *space = what.name != nullptr ? " '" : "";
    const char *name = what.name != nullptr ? what.name : "";
    const char *quote = what.name != nullptr ? "'" : "";
    const char *system = system_reason(e);
    return kh_fail(err, status, "cannot %s%s%s%s: %s%s%s (%s)", what.verb, space, name,
                   quote, e.get_msg().c_str(), system != nullptr ? ": " : "",
                   system != nullptr ? system : "", e.get_type());
}

bool is_already_locked(const Xapian::Error &e) noexcept
{
    return std::strstr(e.get_msg().c_str(), "already locked") != nullptr;
}

/* A database that was found but not opened: a missing table is damage. */
kh_status opening_status(const Xapian::Error &e) noexcept
{
    const char *system = system_reason(e);
    if (system == nullptr)
        return KH_ERR_CORRUPT;
    return std::strcmp(system, std::strerror(ENOENT)) == 0 ? KH_ERR_CORRUPT : KH_ERR_IO;
}

/* Content that contradicts itself, or the system said no: also in the middle of a
 * commit, where the engine wraps the reason up in another message. */
kh_status content_status(const Xapian::Error &e) noexcept
{
    bool is_system =
        system_reason(e) != nullptr ||
        std::strstr(e.get_msg().c_str(), "Modifications failed") != nullptr;
    return is_system ? KH_ERR_IO : KH_ERR_CORRUPT;
}

kh_status fail_modified(kh_error *err, const job &what, const Xapian::Error &e)
{
    kh_status status = fail(err, KH_ERR_ENGINE, what, e);
    kh_hint(err, "it was written to while it was read: open it again");
    return status;
}

/* The engine's errors that speak of a database; rethrows the one in flight. */
kh_status caught_database_error(kh_error *err, const job &what)
{
    try {
        throw;
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, KH_ERR_CORRUPT, what, e);
    } catch (const Xapian::DatabaseVersionError &e) {
        return fail(err, KH_ERR_VERSION, what, e);
    } catch (const Xapian::DatabaseNotFoundError &e) {
        return fail(err, KH_ERR_NOT_FOUND, what, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, opening_status(e), what, e);
    } catch (const Xapian::DatabaseLockError &e) {
        return fail(err, is_already_locked(e) ? KH_ERR_LOCKED : KH_ERR_IO, what, e);
    } catch (const Xapian::DatabaseCreateError &e) {
        return fail(err, KH_ERR_IO, what, e);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return fail_modified(err, what, e);
    } catch (const Xapian::DatabaseClosedError &e) {
        return fail(err, KH_ERR_ENGINE, what, e);
    } catch (const Xapian::DatabaseError &e) {
        return fail(err, content_status(e), what, e);
    }
}

} // namespace

kh_status kh::caught(kh_error *err, const job &what) noexcept
{
    try {
        throw;
    } catch (const Failure &failure) {
        if (err != nullptr)
            *err = failure.error;
        return failure.error.status;
    } catch (const Xapian::DatabaseError &) {
        return caught_database_error(err, what);
    } catch (const Xapian::DocNotFoundError &e) {
        /* Where nobody named a document, a list names one that there is not. */
        return fail(err, what.is_of_document ? KH_ERR_NOT_FOUND : KH_ERR_CORRUPT, what,
                    e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return fail(err, KH_ERR_ARGUMENT, what, e);
    } catch (const Xapian::NetworkError &e) {
        return fail(err, KH_ERR_IO, what, e);
    } catch (const Xapian::Error &e) {
        return fail(err, KH_ERR_ENGINE, what, e);
    } catch (const std::bad_alloc &) {
        return fail(err, KH_ERR_LIMIT, what, "out of memory");
    } catch (const std::length_error &) {
        /* Only content that makes no sense has the engine ask for that much. */
        return fail(err, KH_ERR_CORRUPT, what, "a length beyond all memory");
    } catch (const std::exception &e) {
        return fail(err, KH_ERR_ENGINE, what, e.what());
    } catch (...) {
        return fail(err, KH_ERR_ENGINE, what, "unknown C++ exception");
    }
}
