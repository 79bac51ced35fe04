package org.cytobeam.pipelines.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSummary;

/** Reads the records of the runs into an output folder. */
public final class RunRecords {

  /** Some hundred thousand input files. */
  private static final int MOST_BYTES = 64 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private RunRecords() {}

  /** Returns the runs that have a record, the earliest first. */
  public static List<RunId> list(Destination destination) throws IOException {
    return among(destination.list(RunFolder.RUNS));
  }

  /**
   * Returns the runs that have a record, the earliest first.
   *
   * @param files the paths of all files below {@link RunFolder#RUNS}
   */
  public static List<RunId> among(Collection<String> files) {
    return files.stream()
        .filter(path -> path.endsWith("/" + RunRecord.FILE) || path.endsWith("/" + RunSummary.FILE))
        .flatMap(RunRecords::run)
        .distinct()
        .sorted()
        .toList();
  }

  /** Returns the record of the run that started last; empty if there was none. */
  public static Optional<RunRecord> latest(Destination destination) throws IOException {
    List<RunId> runs = list(destination);
    return runs.isEmpty()
        ? Optional.empty()
        : Optional.of(read(destination, runs.get(runs.size() - 1)));
  }

  /**
   * Reads the record of a run.
   *
   * @throws NoSuchFileException if it has none
   * @throws IOException if it can't be read, naming the file
   */
  public static RunRecord read(Destination destination, RunId run) throws IOException {
    Optional<JsonNode> record = json(destination, RunFolder.ofRun(run, RunRecord.FILE));
    Optional<JsonNode> summary =
        record.map(json -> json.path("summary")).filter(JsonNode::isObject);
    if (summary.isEmpty()) {
      summary = json(destination, RunFolder.ofRun(run, RunSummary.FILE));
    }
    if (record.isEmpty() && summary.isEmpty()) {
      throw new NoSuchFileException(destination.address(RunFolder.ofRun(run, RunRecord.FILE)));
    }
    return new RunRecord(
        run,
        record.orElseGet(JsonNodeFactory.instance::objectNode),
        summary.map(RunSummary::fromJson));
  }

  private static Stream<RunId> run(String path) {
    String name = path.substring(RunFolder.RUNS.length() + 1, path.lastIndexOf('/'));
    return RunId.isRunId(name) ? Stream.of(new RunId(name)) : Stream.empty();
  }

  private static Optional<JsonNode> json(Destination destination, String path) throws IOException {
    String name = destination.address(path);
    try (InputStream in = destination.open(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(name + " has more than " + MOST_BYTES + " bytes");
      }
      JsonNode json = MAPPER.readTree(bytes);
      if (!json.isObject()) {
        throw new IOException(name + " is no JSON object");
      }
      return Optional.of(json);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IOException(name + " is damaged: " + e.getOriginalMessage(), e);
    }
  }
}
