package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunSummaryTest {

  private static final RunSummary SUMMARY =
      RunSummary.builder()
          .setRun("20260101T000000Z-00000001")
          .setItems(15)
          .setDone(5)
          .setAlreadyDone(4)
          .setFailedByClass(Map.of("missing", 5L, "denied", 1L))
          .setWarningsByKind(Map.of("constant", 2L))
          .setBytesFetched(3_000_000_000L)
          .setBytesWritten(1_000)
          .build();

  private static final String JSON =
      """
      {
        "run" : "20260101T000000Z-00000001",
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
        "bytes_written" : 1000
      }""";

  @Test
  void theJsonIsForPeopleToo() throws Exception {
    String json = new String(SUMMARY.toJson(), UTF_8);

    assertThat(json, is(JSON.replace("\n", System.lineSeparator())));
    assertThat(new ObjectMapper().readTree(json).size(), is(9));
  }

  @Test
  void theJsonIsReadAgain() throws Exception {
    assertThat(RunSummary.fromJson(new ByteArrayInputStream(SUMMARY.toJson())), is(SUMMARY));
  }

  @Test
  void anEmptySummaryHasAllNames() throws Exception {
    RunSummary empty = RunSummary.builder().setRun("20260101T000000Z-00000001").build();

    assertThat(new ObjectMapper().readTree(empty.toJson()).size(), is(9));
    assertThat(RunSummary.fromJson(new ByteArrayInputStream(empty.toJson())), is(empty));
    assertThat(empty.failed(), is(0L));
  }
}
