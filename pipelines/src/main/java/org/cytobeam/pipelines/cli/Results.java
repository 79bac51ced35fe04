package org.cytobeam.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.cytobeam.pipelines.options.Mistake;

/**
 * What a command came to, in the form that was asked for: lines for people, printed as they come,
 * or one JSON document for scripts, printed at the end. A command says both and need not know which
 * is printed.
 *
 * <p>For people, results are the standard output. With {@code --json} that has the document alone,
 * and the lines become messages.
 */
public final class Results {

  private final Console console;
  private final boolean asJson;
  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  /**
   * Creates the results of one call.
   *
   * @param command the command's name, empty if there is no such command
   */
  public Results(Console console, String command, boolean asJson) {
    this.console = console;
    this.asJson = asJson;
    if (!command.isEmpty()) {
      document.put("command", command);
    }
  }

  /** Adds something that only people want to know. */
  public void line(String line) {
    if (asJson) {
      console.message(line);
    } else {
      console.result(line);
    }
  }

  /**
   * Adds a member of the document, and what people read of it.
   *
   * @param name in snake_case
   */
  public void put(String name, JsonNode value, List<String> lines) {
    document.set(name, value);
    lines.forEach(this::line);
  }

  /**
   * Adds an element to an array in the document, and what people read of it.
   *
   * @param name of the array, in snake_case
   */
  public void append(String name, JsonNode element, List<String> lines) {
    array(name).add(element);
    lines.forEach(this::line);
  }

  /** Adds why the command failed; people have been told. */
  void error(String text) {
    document.put("error", text);
  }

  /** Adds why nothing was started; people have been told. */
  void error(String text, List<Mistake> mistakes) {
    error(text);
    for (Mistake mistake : mistakes) {
      array("mistakes")
          .addObject()
          .put("subject", mistake.subject())
          .put("problem", mistake.problem())
          .put("mend", mistake.mend());
    }
  }

  /** Prints the document, if one was asked for: nothing is added any more. */
  public void end(ExitCode code) {
    if (asJson) {
      console.result(document.put("exit_code", code.number()).toString());
    }
  }

  private ArrayNode array(String name) {
    return document.withArray("/" + name);
  }
}
