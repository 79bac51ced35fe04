package org.cytobeam.pipelines.cli;

import java.util.Map;

/**
 * One call of a command.
 *
 * @param command the command's name
 * @param given the options that were given: property to value, secrets as three stars
 * @param runner the short name of the runner
 * @param console where to talk to people
 * @param interrupt says when to stop
 */
public record Invocation(
    String command,
    Map<String, String> given,
    String runner,
    Console console,
    Interrupt interrupt) {}
