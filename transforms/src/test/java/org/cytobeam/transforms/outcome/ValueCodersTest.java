package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

/** Beam decodes maps and lists by schema into views that equal nothing; values must copy them. */
final class ValueCodersTest {

  private static final RunSummary SUMMARY =
      RunSummary.builder()
          .setRun("20260101T000000Z-00000001")
          .setItems(7)
          .setFailedByClass(Map.of("missing", 2L, "denied", 1L))
          .setWarningsByKind(Map.of("constant", 3L))
          .setBytesFetched(Long.MAX_VALUE)
          .setBytesFailedByClass(Map.of("truncated", 5L))
          .setSteps(Map.of("WritePNG", Distribution.of(3, 2.5, 2, 3, 3, 3)))
          .build();

  @Test
  void whatASchemaDecodesEqualsWhatItCoded() throws Exception {
    assertSurvives(RunSummary.class, SUMMARY);
    assertSurvives(RunSummary.class, RunSummary.builder().setRun("").build());
    assertSurvives(Item.class, Rows.item("a.png"));
    assertSurvives(Facts.class, Rows.facts("a.png"));
    assertSurvives(Facts.class, Facts.none());
    assertSurvives(Failure.class, Failure.of("Step", FailureClass.DENIED, "späte Antwort", 3));
    assertSurvives(Distribution.class, Distribution.of(2, 0.5, 0, 1, 1, 1));
    assertSurvives(StoredFile.class, StoredFile.of("a.png", Long.MAX_VALUE, Rows.HASH));
    assertSurvives(Warning.class, Warning.of("constant", "a.png", "every sample is 0"));
    assertSurvives(ManifestRow.class, Rows.done("a.png", 1000));
    assertSurvives(ManifestRow.class, Rows.failed("a.png", 1000));
  }

  @Test
  void coderOfSummariesCanBeSentAway() throws Exception {
    CoderProperties.coderSerializable(coder(RunSummary.class));
  }

  private static <T> void assertSurvives(Class<T> type, T value) throws Exception {
    T copy = CoderUtils.clone(coder(type), value);

    assertThat(copy, is(value));
    assertThat(value, is(copy));
    assertThat(copy.hashCode(), is(value.hashCode()));
    assertThat(List.of(copy).contains(value), is(true));
  }

  private static <T> Coder<T> coder(Class<T> type) throws NoSuchSchemaException {
    return SchemaRegistry.createDefault().getSchemaCoder(type);
  }
}
