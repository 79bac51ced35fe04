package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.testing.fuzz.Damage;
import org.cytobeam.testing.fuzz.Fuzz;
import org.cytobeam.transforms.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault P10, by mutations: what a manifest or a journal says that was damaged is what was written,
 * or it is not believed.
 */
final class DamagedStateTest {

  private static final int ROWS = 12;

  /** Digits, what JSON is made of, and the ends of lines and files. */
  private static final Damage DAMAGE =
      new Damage("09\"{}[]:,\n\0".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path root;
  private Destination destination;
  private final SortedMap<String, ManifestRow> rows = new TreeMap<>();

  @BeforeEach
  void makeRows() throws IOException {
    destination = Destinations.open(Runs.folder(root, 1));
    for (int i = 0; i < ROWS; i++) {
      String id = "p/image " + i + ".png";
      rows.put(id, i % 5 == 3 ? Rows.failed(id, 1000 + i) : Rows.done(id, 1000 + i));
    }
  }

  @AfterEach
  void close() throws IOException {
    destination.close();
  }

  private Map<String, ManifestRow> read() throws IOException {
    return Manifest.read(destination).byId();
  }

  @Test
  void aManifestIsRefusedOrRight() throws Exception {
    new Manifest(rows, List.of()).write(destination, List.of());
    Path file = root.resolve(RunFolder.MANIFEST);
    Set<String> ends = new HashSet<>();

    byte[] sound = Files.readAllBytes(file);

    Fuzz.of("manifest")
        .run(
            1_500,
            random -> {
              Files.write(file, DAMAGE.of(sound, random));
              try {
                assertThat(read(), is(rows));
                ends.add("right");
              } catch (DamagedManifestException e) {
                assertThat(e.getMessage(), containsString(DamagedManifestException.MEND));
                ends.add("refused");
              }
            });

    assertThat(ends, is(Set.of("right", "refused")));
  }

  /** As a footer does whose count of rows was damaged. */
  @Test
  void aManifestThatLacksRowsIsRefused() throws Exception {
    new Manifest(rows, List.of()).write(destination, List.of());
    Path file = root.resolve(RunFolder.MANIFEST);
    SortedMap<String, ManifestRow> half = new TreeMap<>(rows.headMap("p/image 3.png"));
    Path other = root.resolve("half.parquet");
    try (OutputStream out = Files.newOutputStream(other)) {
      ManifestTable.write(out, half.values());
    }
    String count = "cytobeam.rows";
    String text = Files.readString(other, ISO_8859_1);
    int at = text.indexOf(count) + count.length() + 2;
    assertThat(text.charAt(at), is(Integer.toString(half.size()).charAt(0)));
    Files.writeString(file, text.substring(0, at) + '9' + text.substring(at + 1), ISO_8859_1);

    IOException refused = assertThrows(DamagedManifestException.class, this::read);

    assertThat(
        refused.getMessage(), containsString("has " + half.size() + " rows and says it has 9"));
  }

  @Test
  void aManifestCutAnywhereIsRefused() throws Exception {
    new Manifest(rows, List.of()).write(destination, List.of());
    Path file = root.resolve(RunFolder.MANIFEST);
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        throw new AssertionError(length + " bytes give " + read().keySet());
      } catch (DamagedManifestException e) {
        assertThat(e.getMessage(), containsString(DamagedManifestException.MEND));
      }
    }
  }

  @Test
  void aJournalSaysWhatWasWrittenOrNothing() throws Exception {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    for (ManifestRow row : rows.values()) {
      segment.writeBytes((JournalLine.of(row) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Path file = root.resolve(RunFolder.segment(Runs.id(1), "0123456789abcdef"));
    Files.createDirectories(root.resolve(RunFolder.JOURNAL));
    long[] believed = {0, 0};

    byte[] sound = segment.toByteArray();

    Fuzz.of("journal")
        .run(
            3_000,
            random -> {
              Files.write(file, DAMAGE.of(sound, random));
              Map<String, ManifestRow> found = read();
              for (Map.Entry<String, ManifestRow> row : found.entrySet()) {
                assertThat(row, is(in(rows.entrySet())));
              }
              believed[0] += found.size();
              believed[1]++;
            });

    assertThat(
        "most lines are far from the damage", believed[0], greaterThan(believed[1] * ROWS / 2));
  }
}
