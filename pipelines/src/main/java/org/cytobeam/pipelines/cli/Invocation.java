package org.cytobeam.pipelines.cli;

import java.util.Map;
import org.cytobeam.pipelines.runner.RunnerConfig;

/**
 * One call of a command.
 *
 * @param call what it was called with
 * @param runner what runs pipelines
 * @param console where to talk to people while it goes on
 * @param results where to say what it came to
 * @param interrupt says when to stop
 */
public record Invocation(
    Call call, RunnerConfig runner, Console console, Results results, Interrupt interrupt) {

  /** Returns the command's name. */
  public String command() {
    return call.command();
  }

  /** Returns the options that were given: property to value, secrets as three stars. */
  public Map<String, String> given() {
    return call.given();
  }
}
