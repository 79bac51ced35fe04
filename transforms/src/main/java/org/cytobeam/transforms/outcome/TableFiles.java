package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of jobs that runs have written into an output folder, with what proves each. They are
 * no items, so that the manifest does not know them.
 */
public final class TableFiles {

  private static final Logger LOG = LoggerFactory.getLogger(TableFiles.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TableFiles() {}

  /** Returns the tables, sorted by path; a line that can't be read is logged and left out. */
  public static List<StoredFile> read(Destination destination) throws IOException {
    return List.copyOf(byPath(destination).values());
  }

  /** Writes down tables that were written; those known before stay known. */
  static void add(Destination destination, List<StoredFile> tables) throws IOException {
    if (tables.isEmpty()) {
      return;
    }
    SortedMap<String, StoredFile> all = byPath(destination);
    tables.forEach(table -> all.put(table.getPath(), table));
    StringBuilder lines = new StringBuilder();
    for (StoredFile table : all.values()) {
      lines
          .append(
              MAPPER
                  .createObjectNode()
                  .put("path", table.getPath())
                  .put("bytes", table.getBytes())
                  .put("sha256", table.getSha256()))
          .append('\n');
    }
    destination.put(RunFolder.TABLES, lines.toString().getBytes(UTF_8));
  }

  private static SortedMap<String, StoredFile> byPath(Destination destination) throws IOException {
    SortedMap<String, StoredFile> tables = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(destination.open(RunFolder.TABLES), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line, tables);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("There are no tables yet", e);
    }
    return tables;
  }

  private static void add(String line, SortedMap<String, StoredFile> tables) {
    try {
      JsonNode json = MAPPER.readTree(line);
      String path = json.path("path").asText();
      tables.put(
          path, StoredFile.of(path, json.path("bytes").asLong(), json.path("sha256").asText()));
    } catch (JsonProcessingException e) {
      LOG.warn("A line of {} can't be read: {}", RunFolder.TABLES, e.getOriginalMessage());
    }
  }
}
