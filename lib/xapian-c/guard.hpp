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
bool fault_refuses(); /* whether a list is to be left to the engine */
#else
inline void fault_point()
{
}

inline bool fault_refuses()
{
    return false;
}
#endif

inline std::string to_string(kh_str text)
{
    return text.len > 0 ? std::string(text.ptr, text.len) : std::string();
}

/* A view. */
inline kh_str to_str(const std::string &text)
{
    return { text.data(), text.size() };
}

} // namespace kh
