package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunSummaryTest {

  private static final RunSummary SUMMARY =
      RunSummary.builder()
          .setRun("20260101T000000Z-00000001")
          .setEndedAt(1_767_225_600_123L)
          .setItems(15)
          .setDone(5)
          .setAlreadyDone(4)
          .setFailedByClass(Map.of("missing", 5L, "denied", 1L))
          .setWarningsByKind(Map.of("constant", 2L))
          .setBytesFetched(3_000_000_000L)
          .setBytesWritten(1_000)
          .setBytesAlreadyDone(800)
          .setBytesFailedByClass(Map.of("missing", 0L, "denied", 12L))
          .setSteps(Map.of("WritePNG", Distribution.of(5, 2.25, 2, 3.5, 3.5, 4)))
          .build();

  private static final String JSON =
      """
      {
        "schema" : 1,
        "run" : "20260101T000000Z-00000001",
        "ended" : "2026-01-01T00:00:00.123Z",
        "items" : 15,
        "done" : 5,
        "already_done" : 4,
        "failed" : 6,
        "failed_by_class" : {
          "denied" : 1,
          "missing" : 5
        },
        "warnings_by_kind" : {
          "constant" : 2
        },
        "bytes_fetched" : 3000000000,
        "bytes_written" : 1000,
        "bytes_already_done" : 800,
        "bytes_failed_by_class" : {
          "denied" : 12,
          "missing" : 0
        },
        "steps" : {
          "WritePNG" : {
            "count" : 5,
            "mean_ms" : 2.25,
            "p50_ms" : 2.0,
            "p90_ms" : 3.5,
            "p99_ms" : 3.5,
            "max_ms" : 4.0
          }
        }
      }""";

  @Test
  void theJsonIsForPeopleToo() throws Exception {
    String json = new String(SUMMARY.toBytes(), UTF_8);

    assertThat(json, is(JSON.replace("\n", System.lineSeparator())));
  }

  @Test
  void theJsonIsReadAgain() throws Exception {
    assertThat(RunSummary.read(new ByteArrayInputStream(SUMMARY.toBytes())), is(SUMMARY));
  }

  @Test
  void anEmptySummaryHasAllNames() throws Exception {
    RunSummary empty = RunSummary.builder().setRun("20260101T000000Z-00000001").build();

    assertThat(empty.toJson().size(), is(SUMMARY.toJson().size() - 1));
    assertThat(empty.toJson().has("ended"), is(false));
    assertThat(RunSummary.read(new ByteArrayInputStream(empty.toBytes())), is(empty));
    assertThat(empty.failed(), is(0L));
  }

  @Test
  void whatAnOlderVersionWroteIsRead() throws Exception {
    String older = "{\"run\": \"20260101T000000Z-00000001\", \"items\": 3, \"done\": 3}";

    RunSummary read = RunSummary.read(new ByteArrayInputStream(older.getBytes(UTF_8)));

    assertThat(
        read,
        is(
            RunSummary.builder()
                .setRun("20260101T000000Z-00000001")
                .setItems(3)
                .setDone(3)
                .build()));
  }

  @Test
  void aTimeThatIsNoneIsNoSummary() {
    byte[] damaged = "{\"ended\": \"yesterday\"}".getBytes(UTF_8);

    IOException told =
        assertThrows(IOException.class, () -> RunSummary.read(new ByteArrayInputStream(damaged)));

    assertThat(told.getMessage(), startsWith("the summary of a run says no time: "));
  }
}
