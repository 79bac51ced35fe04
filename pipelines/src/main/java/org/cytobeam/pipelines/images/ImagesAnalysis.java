package org.cytobeam.pipelines.images;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.images.DownloadState;
import org.cytobeam.transforms.images.MatchAnalysis;

/**
 * What the names of a job mean, for people and scripts.
 *
 * @param room how many bytes there is room for in the output folder; empty if that can't be told
 */
record ImagesAnalysis(ImagesJob job, MatchAnalysis found, OptionalLong room) {

  /** Returns how many items the run has: what is to be had, and what can't be. */
  long items() {
    return found.getAvailable()
        + found.getMissing()
        + found.getAmbiguous()
        + found.getClashes()
        + found.getBadNames()
        + found.getUnanswered();
  }

  /**
   * Throws if the images take more room than there is.
   *
   * @throws IOException with how much is missing
   */
  void refuseIfTooLarge() throws IOException {
    if (room.isPresent() && found.getBytesToFetch() > room.getAsLong()) {
      throw new IOException(
          "the images take %s, and the disk of %s has room for %s: %s are missing"
              .formatted(
                  Quantity.bytes(found.getBytesToFetch()),
                  job.run().destination().root(),
                  Quantity.bytes(room.getAsLong()),
                  Quantity.bytes(found.getBytesToFetch() - room.getAsLong())));
    }
  }

  /**
   * Returns how many objects are there and not done yet: those that are done count as that alone.
   */
  private long available() {
    return found.getAvailable() - found.getAlreadyDone();
  }

  /** Returns whether there are missing names that the lines don't have. */
  boolean hasMoreMissing() {
    return found.getMissing() > found.getMissingNames().size();
  }

  /** Returns the analysis for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s"
            .formatted(
                String.join(", ", job.tables()),
                Quantity.of(found.getRows(), "row"),
                Quantity.of(found.getNames(), "name")));
    lines.add(count("Total rows", Quantity.whole(found.getRows())));
    addIfAny(lines, "Repeated names", found.duplicates());
    lines.add(
        count("Already downloaded", withBytes(found.getAlreadyDone(), found.getBytesDone(), "")));
    addIfAny(lines, "  of them from " + DownloadState.FILE, found.getEarlier());
    lines.add(count("Available", withBytes(available(), found.getBytesToFetch(), "")));
    lines.add(count("Missing", Quantity.whole(found.getMissing())));
    addIfAny(lines, "Ambiguous", found.getAmbiguous());
    addIfAny(lines, "Unusable rows", found.getBadNames());
    addIfAny(lines, "Without an answer", found.getUnanswered());
    lines.add(
        count("Ready to download", withBytes(found.getToFetch(), found.getBytesToFetch(), free())));
    lines.add(how());
    addExamples(lines, "Missing:", found.getMissingNames(), found.getMissing());
    addExamples(lines, "Ambiguous:", found.getAmbiguousNames(), found.getAmbiguous());
    return lines;
  }

  private static String count(String what, String number) {
    return String.format(Locale.ROOT, "%-19s %s", what + ":", number);
  }

  private static void addIfAny(List<String> lines, String what, long number) {
    if (number > 0) {
      lines.add(count(what, Quantity.whole(number)));
    }
  }

  private static String withBytes(long number, long bytes, String more) {
    return Quantity.whole(number) + " (" + Quantity.bytes(bytes) + more + ")";
  }

  private String free() {
    return room.isPresent() ? "; " + Quantity.bytes(room.getAsLong()) + " free" : "";
  }

  private String how() {
    String requests = Quantity.of(found.getRequests(), "request");
    return found.getLookup().equals("head")
        ? "Asked for each name: " + requests + "."
        : "Listed " + Quantity.of(found.getListed(), "object") + " in " + requests + ".";
  }

  private static void addExamples(
      List<String> lines, String heading, List<String> examples, long count) {
    if (examples.isEmpty()) {
      return;
    }
    lines.add(heading);
    examples.forEach(example -> lines.add("  " + example.replaceAll("\\p{Cntrl}", "?")));
    if (count > examples.size()) {
      lines.add("  ... and " + Quantity.whole(count - examples.size()) + " more");
    }
  }

  /** Returns the analysis for scripts. */
  ObjectNode json() {
    ObjectNode json = found.toJson();
    json.put("available", available());
    json.put("output", job.run().destination().root());
    job.tables().forEach(json.putArray("tables")::add);
    room.ifPresent(bytes -> json.put("bytes_free", bytes));
    return json;
  }
}
