package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.LineLogs;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.outcome.JournalTally.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTallyTest {

  private static final RunId RUN = Runs.id(1);
  private static final String DONE = JournalLine.of(Rows.done("a.png", 1)) + "\n";
  private static final String FAILED = JournalLine.of(Rows.failed("b.png", 1)) + "\n";

  @Test
  void countsWhatSegmentsOfItsRunSay(@TempDir Path root) throws IOException {
    try (Destination destination = Destinations.open(Runs.folder(root, 1))) {
      JournalTally tally = new JournalTally(destination, RUN);
      assertThat(tally.look(), is(Counts.NONE));
      assertThat(tally.pause(), is(Duration.ofSeconds(1)));

      append(segment(root, RUN, "1"), DONE + FAILED);
      append(segment(root, RUN, "2"), DONE);
      append(segment(root, Runs.id(2), "1"), DONE);
      assertThat(tally.look(), is(new Counts(2, 1, 2, 2 * 1234, 2)));

      append(segment(root, RUN, "2"), FAILED + FAILED);
      append(segment(root, RUN, "3"), DONE);
      assertThat(tally.look(), is(new Counts(3, 3, 3, 3 * 1234, 3)));
      assertThat(tally.look(), is(new Counts(3, 3, 3, 3 * 1234, 3)));
    }
  }

  @Test
  void readsATornLineAgainWhenItHasAnEnd(@TempDir Path root) throws IOException {
    try (Destination destination = Destinations.open(Runs.folder(root, 1))) {
      JournalTally tally = new JournalTally(destination, RUN);
      Path segment = segment(root, RUN, "1");

      append(segment, DONE + DONE.substring(0, 40));
      assertThat(tally.look().done(), is(1L));

      append(segment, DONE.substring(40, DONE.length() - 1));
      assertThat(tally.look().done(), is(1L));

      append(segment, "\n");
      assertThat(tally.look().done(), is(2L));
    }
  }

  @Test
  void passesOverDamagedLines(@TempDir Path root) throws IOException {
    try (Destination destination = Destinations.open(Runs.folder(root, 1))) {
      JournalTally tally = new JournalTally(destination, RUN);

      append(segment(root, RUN, "1"), DONE.substring(0, 40) + "\n\n" + DONE + "{}\n" + FAILED);

      assertThat(tally.look(), is(new Counts(1, 1, 1, 1234, 1)));
    }
  }

  @Test
  void keepsWhatItCountedWhenTheSegmentsHaveBeenMerged(@TempDir Path root) throws IOException {
    try (Destination destination = Destinations.open(Runs.folder(root, 1))) {
      JournalTally tally = new JournalTally(destination, RUN);
      Path segment = segment(root, RUN, "1");
      append(segment, DONE);
      assertThat(tally.look().done(), is(1L));

      Files.delete(segment);

      assertThat(tally.look().done(), is(1L));
    }
  }

  @Property(tries = 100)
  void findsTheSameLinesHoweverTheyAreCut(
      @ForAll @Size(max = 20) List<@IntRange(max = 100) Integer> lengths,
      @ForAll @IntRange(max = 2_000) int cut)
      throws IOException {
    StringBuilder text = new StringBuilder();
    lengths.forEach(length -> text.append("é".repeat(length)).append('\n'));
    byte[] bytes = text.toString().getBytes(UTF_8);
    byte[] first = Arrays.copyOf(bytes, Math.min(cut, bytes.length));

    StringBuilder read = new StringBuilder();
    long consumed = readAll(first, read);
    consumed += readAll(Arrays.copyOfRange(bytes, (int) consumed, bytes.length), read);

    assertThat(read.toString(), is(text.toString()));
    assertThat(consumed, is((long) bytes.length));
  }

  private static long readAll(byte[] bytes, StringBuilder read) throws IOException {
    SegmentLines lines = new SegmentLines(new ByteArrayInputStream(bytes));
    for (String line = lines.next(); line != null; line = lines.next()) {
      read.append(line).append('\n');
    }
    return lines.bytes();
  }

  @Test
  void holdsNoMoreOfALineThanALineMayHave() throws IOException {
    byte[] bytes = ("x".repeat(LineLogs.MAX_LINE_BYTES + 7) + "\nnext\n").getBytes(UTF_8);
    SegmentLines lines = new SegmentLines(new ByteArrayInputStream(bytes));

    assertThat(lines.next(), is("x".repeat(LineLogs.MAX_LINE_BYTES)));
    assertThat(lines.next(), is("next"));
    assertThat(lines.bytes(), is((long) bytes.length));
  }

  @Test
  void readsAnObjectOfABucketOnce() throws IOException {
    try (S3TestServer server = S3TestServer.start().bucket("mine");
        Destination destination = Destinations.open(bucket(server))) {
      JournalTally tally = new JournalTally(destination, RUN);
      assertThat(tally.pause(), is(Duration.ofSeconds(15)));
      server.put(
          "mine", "out/" + RunFolder.segment(RUN, "1-000001"), (DONE + FAILED).getBytes(UTF_8));
      assertThat(tally.look(), is(new Counts(1, 1, 1, 1234, 1)));

      server.put("mine", "out/" + RunFolder.segment(RUN, "1-000002"), DONE.getBytes(UTF_8));
      server.clearLog();

      assertThat(tally.look(), is(new Counts(2, 1, 2, 2 * 1234, 2)));
      assertThat(
          server.requests("mine", "out/" + RunFolder.segment(RUN, "1-000001")).size(), is(0));
      assertThat(server.count("GET", "mine", "out/" + RunFolder.segment(RUN, "1-000002")), is(1));

      server.clearLog();
      assertThat(tally.look(), is(new Counts(2, 1, 2, 2 * 1234, 2)));
      assertThat(server.requests().size(), is(1));
    }
  }

  @Test
  void goesOnAfterAnObjectThatCouldNotBeRead() throws IOException {
    String second = "out/" + RunFolder.segment(RUN, "2-000001");
    try (S3TestServer server = S3TestServer.start().bucket("mine");
        Destination destination = Destinations.open(bucket(server))) {
      JournalTally tally = new JournalTally(destination, RUN);
      server.put("mine", "out/" + RunFolder.segment(RUN, "1-000001"), DONE.getBytes(UTF_8));
      server.put("mine", second, (DONE + FAILED).getBytes(UTF_8));
      server.script("mine", second, Fault.status(403));

      assertThrows(IOException.class, tally::look);

      assertThat(tally.look(), is(new Counts(2, 1, 2, 2 * 1234, 2)));
    }
  }

  private static DestinationSettings bucket(S3TestServer server) {
    S3Settings s3 = S3Settings.builder().setEndpoint(server.endpoint()).setAnonymous(true).build();
    return new DestinationSettings("s3://mine/out", RUN, Durability.RUN, s3);
  }

  private static Path segment(Path root, RunId run, String writer) throws IOException {
    Path segment = root.resolve(RunFolder.segment(run, writer));
    Files.createDirectories(root.resolve(RunFolder.JOURNAL));
    return segment;
  }

  private static void append(Path segment, String text) throws IOException {
    Files.writeString(segment, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
