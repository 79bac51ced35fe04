package org.cytobeam.pipelines.log;

/** The form of the events in the log of a run. */
public enum LogFormat {
  /** A line an event for people, with the stack trace on those below: {@code run.log}. */
  TEXT("run.log"),

  /** A JSON object a line for programs: {@code run.jsonl}. */
  JSON("run.jsonl");

  private final String file;

  LogFormat(String file) {
    this.file = file;
  }

  /** Returns the name of the log's file. */
  public String file() {
    return file;
  }
}
