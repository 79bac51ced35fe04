package org.cytobeam.pipelines.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.folder.LocalFolder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSummary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunRecordsTest {

  private static final RunId FIRST = new RunId("20260101T000000Z-0123abcd");
  private static final RunId LAST = new RunId("20260102T030405Z-00000000");
  private static final RunSummary SUMMARY =
      RunSummary.builder()
          .setRun(LAST.value())
          .setEndedAt(Instant.parse("2026-01-02T04:00:00Z").toEpochMilli())
          .setItems(2)
          .setDone(2)
          .build();

  @TempDir private Path root;
  @AutoClose private Destination out;

  @BeforeEach
  void open() {
    out = LocalFolder.open(root);
  }

  private void put(RunId run, String name, String text) throws IOException {
    out.put(RunFolder.ofRun(run, name), text.getBytes(UTF_8));
  }

  @Test
  void runsThatLeftNothingElseHaveNone() throws IOException {
    put(FIRST, "logs/run.log", "");
    out.put(RunFolder.RUNS + "/notes/run.json", new byte[0]);

    assertThat(RunRecords.list(out), is(empty()));
    assertThat(RunRecords.latest(out), is(Optional.empty()));
    assertThrows(NoSuchFileException.class, () -> RunRecords.read(out, FIRST));
  }

  @Test
  void aKilledRunHasNoEnd() throws IOException {
    put(FIRST, "run.json", "{\"command\":\"plate\",\"started\":\"2026-01-01T00:00:00.5Z\"}");

    RunRecord record = RunRecords.latest(out).orElseThrow();

    assertThat(record.command(), is("plate"));
    assertThat(record.started(), is(Instant.parse("2026-01-01T00:00:00.5Z")));
    assertThat(record.ended(), is(Optional.empty()));
    assertThat(record.exitCode(), is(OptionalInt.empty()));
    assertThat(record.summary(), is(Optional.empty()));
  }

  @Test
  void aDetachedRunIsCompletedByItsSummary() throws IOException {
    put(FIRST, "run.json", "{}");
    put(LAST, "run.json", "{\"command\":\"plate\"}");
    put(LAST, "summary.json", new String(SUMMARY.toBytes(), UTF_8));

    RunRecord record = RunRecords.latest(out).orElseThrow();

    assertThat(RunRecords.list(out), contains(FIRST, LAST));
    assertThat(record.run(), is(LAST));
    assertThat(record.started(), is(Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(record.ended(), is(Optional.of(Instant.parse("2026-01-02T04:00:00Z"))));
    assertThat(record.summary(), is(Optional.of(SUMMARY)));
  }

  @Test
  void theRecordIsBelievedBeforeTheSummary() throws IOException {
    RunSummary other = SUMMARY.toBuilder().setDone(1).build();
    put(
        LAST,
        "run.json",
        "{\"ended\":\"2026-01-02T05:00:00Z\",\"exit_code\":0,\"summary\":" + other.toJson() + "}");
    put(LAST, "summary.json", new String(SUMMARY.toBytes(), UTF_8));

    RunRecord record = RunRecords.read(out, LAST);

    assertThat(record.ended(), is(Optional.of(Instant.parse("2026-01-02T05:00:00Z"))));
    assertThat(record.exitCode(), is(OptionalInt.of(0)));
    assertThat(record.summary(), is(Optional.of(other)));
  }

  @Test
  void aSummaryIsARecordToo() throws IOException {
    put(LAST, "summary.json", new String(SUMMARY.toBytes(), UTF_8));

    assertThat(RunRecords.list(out), is(List.of(LAST)));
    assertThat(RunRecords.read(out, LAST).summary(), is(Optional.of(SUMMARY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"command\":", "[]", "", "{} {"})
  void aDamagedOneIsNamed(String text) throws IOException {
    put(FIRST, "run.json", text);

    IOException told = assertThrows(IOException.class, () -> RunRecords.read(out, FIRST));

    assertThat(told.getMessage(), containsString(out.address(RunFolder.ofRun(FIRST, "run.json"))));
  }
}
