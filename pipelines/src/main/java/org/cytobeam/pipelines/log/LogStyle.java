package org.cytobeam.pipelines.log;

/** How an event is written. */
public enum LogStyle {
  /** A line for people, times in UTC, with the stack trace on the lines below. */
  TEXT,

  /** A JSON object on one line, for programs. */
  JSON,

  /**
   * {@code 2026-11-22 09:30:00,123 [INFO] message}, in local time, without stack traces, and what
   * Cytobeam itself says alone: for people who want to know what happened and not where.
   */
  BRIEF
}
