package org.cytobeam.io.destination;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogsTest {

  private static Destination open(Path root) {
    RunId run = new RunId("20261122T093000Z-1a2b3c4d");
    return Destinations.open(new DestinationSettings(root.toString(), run, Durability.ITEM));
  }

  private static List<String> read(byte[] bytes, int maxBytes) {
    return StreamSupport.stream(new WholeLines(new ByteArrayInputStream(bytes), maxBytes), false)
        .toList();
  }

  private static List<String> lines(Destination destination, String path) throws IOException {
    try (Stream<String> lines = LineLogs.lines(destination, path)) {
      return lines.toList();
    }
  }

  @Test
  void readsWhatWasAppended(@TempDir Path root) throws IOException {
    try (Destination destination = open(root);
        LineLog log = destination.log("j/a.jsonl")) {
      log.append("{\"a\":1}");
      assertThat(lines(destination, "j/a.jsonl"), contains("{\"a\":1}"));
      log.append("\u00b5m");
      log.flush();
      log.append("");
      assertThat(lines(destination, "j/a.jsonl"), contains("{\"a\":1}", "\u00b5m", ""));
      assertThat(destination.list("j"), contains("j/a.jsonl"));
    }
  }

  @Test
  void refusesLineBreaksAndLogsThatAreThere(@TempDir Path root) throws IOException {
    try (Destination destination = open(root);
        LineLog log = destination.log("a.jsonl")) {
      assertThrows(IllegalArgumentException.class, () -> log.append("a\nb"));
      assertThrows(IllegalArgumentException.class, () -> log.append("a\rb"));
      assertThrows(FileAlreadyExistsException.class, () -> destination.log("a.jsonl"));
      assertThrows(NoSuchFileException.class, () -> lines(destination, "b.jsonl"));
      assertThat(lines(destination, "a.jsonl"), is(empty()));
    }
  }

  @Test
  void keepsLinesOfManyThreadsWhole(@TempDir Path root) throws IOException {
    try (Destination destination = open(root);
        LineLog log = destination.log("a.jsonl")) {
      IntStream.range(0, 2000)
          .parallel()
          .forEach(
              i -> {
                try {
                  log.append("line " + "x".repeat(i));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      List<Integer> lengths =
          lines(destination, "a.jsonl").stream().map(String::length).sorted().toList();
      assertThat(lengths, is(IntStream.range(5, 2005).boxed().toList()));
    }
  }

  @Test
  void goesOnAfterAThreadWasInterrupted(@TempDir Path root) throws IOException {
    try (Destination destination = open(root);
        LineLog log = destination.log("a.jsonl")) {
      Thread.currentThread().interrupt();
      log.append("one");
      assertThat(Thread.interrupted(), is(true));
      log.append("two");
      assertThat(lines(destination, "a.jsonl"), contains("one", "two"));
    }
  }

  @Example
  void leavesOutATornLine() {
    assertThat(read("one\ntwo\nthr".getBytes(UTF_8), 100), contains("one", "two"));
    assertThat(read("torn".getBytes(UTF_8), 100), is(empty()));
    assertThat(read("\n\n".getBytes(UTF_8), 100), contains("", ""));
  }

  @Example
  void cutsLinesThatAreTooLong() {
    assertThat(read("1234567\n12345\n1\n".getBytes(UTF_8), 5), contains("12345", "12345", "1"));
    byte[] long2 = ("x".repeat(200_000) + "\nend\n").getBytes(UTF_8);
    assertThat(read(long2, 3), contains("xxx", "end"));
    assertThat(read(long2, 200_000), contains("x".repeat(200_000), "end"));
  }

  @Property(tries = 200)
  void takesAnyBytes(@ForAll @Size(max = 300) byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    int ends = (int) text.chars().filter(c -> c == '\n').count();
    assertThat(read(bytes, 1000).size(), is(ends));
  }
}
