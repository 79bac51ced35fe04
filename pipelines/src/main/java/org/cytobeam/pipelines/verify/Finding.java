package org.cytobeam.pipelines.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.cytobeam.io.destination.Proof;
import org.jspecify.annotations.Nullable;

/**
 * A file that is not as the manifest says.
 *
 * @param kind what is wrong with it
 * @param path its path, relative to the output folder
 * @param expected what the manifest has of it; null if it knows no such file
 * @param found what is there, with an empty hash where the length was enough; null if nothing is
 * @param problem why it can't be read; empty if it can
 */
record Finding(
    Kind kind, String path, @Nullable Proof expected, @Nullable Proof found, String problem) {

  /** What is wrong with a file. */
  enum Kind {
    /** It is not there. */
    MISSING("missing", true),
    /** It has another length or other bytes. */
    CHANGED("changed", true),
    /** It can't be read. */
    UNREADABLE("unreadable", true),
    /** Nothing that was written down knows it: somebody else's, or that of an unfinished run. */
    UNKNOWN("unknown", false);

    private final String label;
    private final boolean fault;

    Kind(String label, boolean fault) {
      this.label = label;
      this.fault = fault;
    }

    /** Returns the name used in JSON and for people. */
    String label() {
      return label;
    }

    /** Returns whether it takes the proof away; else it is a warning. */
    boolean isFault() {
      return fault;
    }
  }

  /** By kind, then by path. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::kind).thenComparing(Finding::path);

  static Finding missing(String path, Proof expected) {
    return new Finding(Kind.MISSING, path, expected, null, "");
  }

  static Finding changed(String path, Proof expected, Proof found) {
    return new Finding(Kind.CHANGED, path, expected, found, "");
  }

  static Finding unreadable(String path, Proof expected, String problem) {
    return new Finding(Kind.UNREADABLE, path, expected, null, problem);
  }

  static Finding unknown(String path) {
    return new Finding(Kind.UNKNOWN, path, null, null, "");
  }

  /** Returns it as one line for people. */
  String line() {
    if (!problem.isEmpty()) {
      return path + ": " + problem;
    } else if (expected == null || found == null) {
      return path;
    } else if (expected.size() != found.size()) {
      return "%s: %d bytes expected, %d found".formatted(path, expected.size(), found.size());
    }
    return "%s: sha256 %s expected, %s found".formatted(path, expected.sha256(), found.sha256());
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("path", path);
    if (expected != null) {
      json.set("expected", toJson(expected));
    }
    if (found != null) {
      json.set("found", toJson(found));
    }
    if (!problem.isEmpty()) {
      json.put("problem", problem);
    }
    return json;
  }

  private static ObjectNode toJson(Proof proof) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("bytes", proof.size());
    return proof.sha256().isEmpty() ? json : json.put("sha256", proof.sha256());
  }
}
