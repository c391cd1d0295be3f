/* guard - the one wall that no C++ exception may pass.
 *
 * Every exported function that can fail is one `return guard(err, job, [&] { ... });`.
 * The work returns a kh_status; what it throws becomes one, with a message that says
 * the job. */
#pragma once

#include <string>

#include "base/error.h"
#include "base/str.h"

namespace kh
{

/* For the message: "cannot VERB 'NAME': reason". The name may be NULL. */
struct job {
    const char *verb;
    const char *name;
    bool is_of_document = false; /* the caller names one, which need not be there */
};

/* Inside a catch block: turn the exception in flight into a status and a message. */
kh_status caught(kh_error *err, const job &what) noexcept;

/* What code in C said, thrown through code in C++; the message is whole. */
struct Failure {
    kh_error error;
};

template <typename Work>
kh_status guard(kh_error *err, const job &what, Work work) noexcept
{
    try {
        return work();
    } catch (...) {
        return caught(err, what);
    }
}

/* Do what may fail without anybody left to tell: closing. */
template <typename Work> void quietly(Work work) noexcept
{
    try {
        work();
    } catch (...) {
        return;
    }
}

/* Where the tests can have an exception thrown; nothing at all in the programs. */
#ifdef KH_XAPIAN_FAULTS
void fault_point();
#else
inline void fault_point()
{
}
#endif

inline std::string to_string(kh_str text)
{
    return text.len > 0 ? std::string(text.ptr, text.len) : std::string();
}

} // namespace kh
