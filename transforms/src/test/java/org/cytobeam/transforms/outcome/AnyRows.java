package org.cytobeam.transforms.outcome;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Rows as hostile as tables, servers and clocks can make them. */
final class AnyRows {

  private static final List<String> PIECES =
      List.of(
          "\"",
          ",",
          "\n",
          "\r",
          "\t",
          "\u0000",
          "\u001f",
          "\u007f",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\\",
          "\\u0041",
          "{",
          "}",
          "[",
          "]",
          "'",
          "=",
          " ",
          "null",
          "nan",
          "id",
          "uri",
          "run",
          "_ms",
          "é",
          "e\u0301",
          "\ud83e\uddec",
          "0012",
          "NaN");

  private AnyRows() {}

  /** Returns texts of what JSON, CSV and Parquet stumble over; all are whole Unicode. */
  static Arbitrary<String> texts() {
    return Arbitraries.of(PIECES).list().ofMaxSize(5).map(pieces -> String.join("", pieces));
  }

  /** Returns rows whose failed ones tell the same number of attempts twice, as journals do. */
  static Arbitrary<ManifestRow> rows() {
    return Combinators.combine(items(), facts(), failures().injectNull(0.5), texts(), times())
        .as(AnyRows::row);
  }

  private static ManifestRow row(
      Item item, Facts facts, @Nullable Failure failure, String options, long at) {
    Facts own =
        failure == null ? facts : facts.toBuilder().setAttempts(failure.getAttempts()).build();
    return ManifestRow.of(item, own, failure, options, "20260101T000000Z-00000001", at);
  }

  private static Arbitrary<Item> items() {
    return Combinators.combine(texts(), texts(), texts(), keys()).as(Item::of);
  }

  private static Arbitrary<Map<String, String>> keys() {
    return Arbitraries.maps(names(), texts()).ofMaxSize(3);
  }

  private static Arbitrary<String> names() {
    return texts().filter(name -> !name.isEmpty());
  }

  private static Arbitrary<Failure> failures() {
    return Combinators.combine(
            texts(),
            Arbitraries.of(FailureClass.class),
            texts(),
            Arbitraries.integers().between(1, 9))
        .as(Failure::of);
  }

  private static Arbitrary<Facts> facts() {
    return Combinators.combine(
            texts().injectNull(0.5),
            texts().injectNull(0.5),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.integers().greaterOrEqual(0),
            files().list().ofMaxSize(3),
            numbers(),
            numbers())
        .as(
            (etag, pixels, bytes, attempts, files, measures, millis) ->
                Facts.none().toBuilder()
                    .setEtag(etag)
                    .setIntegrity(etag)
                    .setPixelsSha256(pixels)
                    .setSourceBytes(bytes)
                    .setAttempts(attempts)
                    .setFiles(files)
                    .setMeasures(measures)
                    .setMillis(millis)
                    .build());
  }

  private static Arbitrary<StoredFile> files() {
    return Combinators.combine(texts(), Arbitraries.longs().greaterOrEqual(0), texts())
        .as(StoredFile::of);
  }

  private static Arbitrary<Map<String, Double>> numbers() {
    Arbitrary<Double> values =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.doubles()),
            net.jqwik.api.Tuple.of(
                1,
                Arbitraries.of(
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    -0.0,
                    Double.MIN_VALUE,
                    0.1)));
    return Arbitraries.maps(names(), values).ofMaxSize(3);
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.longs();
  }
}
