/* findings - what a check found: all of it for the log, the first for the answer. */
#pragma once

#include "base/buf.h"
#include "base/error.h"

KH_BEGIN_DECLS

typedef struct kh_findings {
    kh_buf *log; /* may be NULL */
    kh_status status;
    kh_error first;
} kh_findings;

/* Note a failure; gives back status. */
kh_status kh_finding(kh_findings *findings, kh_status status, const kh_error *err);

/* The first failure, or KH_OK. */
kh_status kh_findings_end(const kh_findings *findings, kh_error *err);

KH_END_DECLS
