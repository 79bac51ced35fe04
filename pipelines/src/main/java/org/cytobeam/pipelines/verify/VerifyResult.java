package org.cytobeam.pipelines.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.pipelines.verify.Finding.Kind;

/** A verification as people and scripts read it. */
final class VerifyResult {

  /** Of each kind so many files are listed for people; scripts get all. */
  private static final int MOST_LISTED = 20;

  private VerifyResult() {}

  static ObjectNode json(Verification found) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("output", found.root());
    json.put("check", label(found));
    json.put("proven", found.isProven());
    json.put("done", found.done());
    json.put("failed", found.failed());
    found.failedByClass().forEach(json.putObject("failed_by_class")::put);
    json.put("files", found.files());
    json.put("bytes", found.bytes());
    json.put("unfinished_journals", found.unfinished());
    for (Kind kind : Kind.values()) {
      ArrayNode files = json.putArray(kind.label());
      of(kind, found).forEach(finding -> files.add(finding.toJson()));
    }
    return json;
  }

  static List<String> lines(Verification found) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s done, %s failed"
            .formatted(
                Quantity.of(found.done() + found.failed(), "item"),
                Quantity.whole(found.done()),
                Quantity.whole(found.failed())));
    found.failedByClass().forEach((label, count) -> lines.add("  failed, " + label + ": " + count));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d files, %.1f MB, checked by %s: %s",
            found.files(),
            found.bytes() / 1e6,
            label(found),
            verdict(found)));
    for (Kind kind : Kind.values()) {
      lines.addAll(listed(kind, of(kind, found)));
    }
    if (found.unfinished() > 0) {
      lines.add("A run has not ended here: run its command again, then verify.");
    }
    return lines;
  }

  private static String verdict(Verification found) {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind.isFault() && found.count(kind) > 0) {
        parts.add(found.count(kind) + " " + kind.label());
      }
    }
    return parts.isEmpty() ? "all as they were written" : String.join(", ", parts);
  }

  private static List<String> listed(Kind kind, List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    if (findings.isEmpty()) {
      return lines;
    }
    lines.add(
        kind.isFault()
            ? kind.label() + ":"
            : "warning, " + findings.size() + " files that no row knows:");
    findings.stream().limit(MOST_LISTED).forEach(finding -> lines.add("  " + finding.line()));
    if (findings.size() > MOST_LISTED) {
      lines.add("  and " + (findings.size() - MOST_LISTED) + " more; --json lists all");
    }
    return lines;
  }

  private static List<Finding> of(Kind kind, Verification found) {
    return found.findings().stream().filter(finding -> finding.kind() == kind).toList();
  }

  private static String label(Verification found) {
    return found.check().name().toLowerCase(Locale.ROOT);
  }
}
