package org.cytobeam.pipelines.cli;

import java.util.Map;

/**
 * What a command was called with, without secrets: those are three stars.
 *
 * @param command the command's name
 * @param line the command line, one that a shell takes, without the program's name
 * @param given the options that were given: property to value, as Beam takes it
 * @param inForce these and the defaults of the others that have one
 * @param runner the short name of the runner
 * @param runnerVersion the version of what runs pipelines there
 */
public record Call(
    String command,
    String line,
    Map<String, String> given,
    Map<String, String> inForce,
    String runner,
    String runnerVersion) {}
