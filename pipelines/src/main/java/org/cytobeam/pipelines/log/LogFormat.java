package org.cytobeam.pipelines.log;

/** The form of the events in the log of a run. */
public enum LogFormat {
  /** A line an event for people, with the stack trace on those below: {@code run.log}. */
  TEXT("run.log", LogStyle.TEXT),

  /** A JSON object a line for programs: {@code run.jsonl}. */
  JSON("run.jsonl", LogStyle.JSON);

  private final String file;
  private final LogStyle style;

  LogFormat(String file, LogStyle style) {
    this.file = file;
    this.style = style;
  }

  /** Returns the name of the log's file. */
  public String file() {
    return file;
  }

  /** Returns how its events are written. */
  public LogStyle style() {
    return style;
  }
}
