/* run - the modes of khabar-query: search, batch, show, tags. Inside query/ only. */
#pragma once

#include "query/options.h"

#define KH_EXIT_FOUND   0
#define KH_EXIT_NOTHING 1
#define KH_EXIT_TROUBLE 2

/* Do what the settings ask. Prints results, notes and errors; returns the exit code. */
int kh_run(const kh_settings *settings);

/* ---- one file each ---- */

/* The index open, and what goes out. */
typedef struct kh_session {
    const kh_settings *settings;
    kh_index *index;
    kh_search *search;
    kh_arena *arena; /* of one query */
    kh_buf out;
    bool is_pipe_closed;
} kh_session;

int kh_run_search(kh_session *session); /* run.c */
int kh_run_tags(kh_session *session);
int kh_run_batch(kh_session *session); /* run_batch.c */
int kh_run_show(kh_session *session);  /* run_show.c */

/* Parse and run one query; its results are appended to session->out. query_id.ptr NULL:
 * none. */
KH_MUST_USE kh_status kh_session_query(kh_session *session, kh_str text,
                                       kh_str query_id, bool *is_found, kh_error *err);

/* Write what is in session->out. False: stop, no more is wanted or possible; *code says
 * how. */
bool kh_session_flush(kh_session *session, int *code);

/* Say an error; returns KH_EXIT_TROUBLE. */
int kh_session_error(const kh_session *session, const kh_error *err);
