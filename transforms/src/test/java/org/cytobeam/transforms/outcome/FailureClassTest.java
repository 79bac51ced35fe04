package org.cytobeam.transforms.outcome;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class FailureClassTest {

  @Test
  void labelsAndOrdinalsOfTablesAndCodersStayAsTheyAre() {
    List<String> labels = Arrays.stream(FailureClass.values()).map(FailureClass::label).toList();

    assertThat(
        labels,
        contains(
            "missing",
            "denied",
            "truncated",
            "undecodable",
            "unsupported",
            "too_large",
            "zero_filled",
            "not_an_image",
            "wrong_size",
            "timeout",
            "throttled",
            "unreachable",
            "source_error",
            "changed",
            "checksum",
            "bad_name",
            "bad_row",
            "unwritable",
            "challenged",
            "ambiguous"));
  }

  @Test
  void whatMayPassByItselfIsRetryable() {
    List<String> retryable =
        Arrays.stream(FailureClass.values())
            .filter(FailureClass::retryable)
            .map(FailureClass::label)
            .toList();

    assertThat(
        retryable,
        contains(
            "timeout",
            "throttled",
            "unreachable",
            "source_error",
            "changed",
            "checksum",
            "unwritable",
            "challenged"));
  }

  @Test
  void labelsAreReadInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      for (FailureClass failureClass : FailureClass.values()) {
        assertThat(FailureClass.ofLabel(failureClass.label()), is(failureClass));
      }
      assertThat(FailureClass.MISSING.label(), is("missing"));
    } finally {
      Locale.setDefault(before);
    }
    assertThrows(IllegalArgumentException.class, () -> FailureClass.ofLabel("of another age"));
  }

  @Test
  void aLongMessageIsCutBetweenCharacters() {
    String end = "\ud83e\uddec".repeat(2000);

    for (String start : List.of("", "x")) {
      String message = Failure.of("Step", FailureClass.BAD_ROW, start + end, 1).getMessage();
      assertThat(message, endsWith("\ud83e\uddec…"));
      assertThat(message.length() <= Failure.MAX_MESSAGE, is(true));
    }
    String whole = "x".repeat(Failure.MAX_MESSAGE);
    assertThat(Failure.of("Step", FailureClass.BAD_ROW, whole, 1).getMessage(), is(whole));
  }
}
