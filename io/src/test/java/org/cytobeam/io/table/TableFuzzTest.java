package org.cytobeam.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.cytobeam.testing.fuzz.Damage;
import org.cytobeam.testing.fuzz.Fuzz;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged tables end in rows or a {@link TableException}, and in nothing else. */
class TableFuzzTest {

  private static final int TRIES = 5_000;

  /** Small enough that a mutation can't make a run long by claiming rows that cost nothing. */
  private static final TableLimits LIMITS =
      new TableLimits(64 << 10, 1 << 20, 100, 1 << 20, 1 << 20, 1 << 20);

  private static final Damage DAMAGE =
      new Damage((byte) '"', (byte) '\n', (byte) ',', (byte) '\r', (byte) 0, (byte) 0xff);

  static List<Arguments> seeds() throws IOException {
    byte[] csv = csv().getBytes(StandardCharsets.UTF_8);
    return List.of(
        Arguments.of("csv", csv),
        Arguments.of("gzip", gzip(csv)),
        Arguments.of("parquet", parquet()),
        Arguments.of("unpacked parquet", unpacked()));
  }

  private static String csv() {
    StringBuilder text = new StringBuilder("\ufeffplate,well,\"pa\"\"th\"\r\n");
    for (int i = 0; i < 20; i++) {
      text.append("p").append(i).append(",\"A\n").append(i).append("\",s3://\u00fc/").append(i);
      text.append(i % 2 == 0 ? "\n" : "\r\n");
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int half = 0; half < 2; half++) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes, half * bytes.length / 2, bytes.length / 2);
      }
    }
    return out.toByteArray();
  }

  private static byte[] parquet() throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(
          Arrays.asList(
              "p" + i % 3, i % 7 == 0 ? null : "s3://" + i, (long) i, i / 8.0, i % 2 == 0));
    }
    List<Column> columns =
        List.of(
            Column.string("plate"),
            Column.string("path"),
            Column.int64("site"),
            Column.float64("d"),
            Column.bool("b"));
    return ParquetTableTest.write(columns, rows);
  }

  /** A file without checksums and packing, so that damage gets as far as the decoders. */
  private static byte[] unpacked() throws IOException {
    byte[] entries = ParquetBytes.texts("a", "bb", "ccc");
    byte[] indexes = {2, 3, 0b00_10_01_00, 0b01_00_10_01, 8, 2, 8, 1};
    byte[] deltas = {(byte) 0x80, 1, 4, 16, 0, 2, 0, 0, 0, 0};
    return new ParquetBytes(16)
        .element(ParquetBytes.required("x", Type.BYTE_ARRAY), true)
        .element(ParquetBytes.required("y", Type.INT64), true)
        .page(ParquetBytes.dictionary(3, entries), entries)
        .page(ParquetBytes.v1(Encoding.RLE_DICTIONARY, 8, indexes, indexes.length), indexes)
        .page(ParquetBytes.v2(Encoding.RLE_DICTIONARY, 8, 0, indexes, indexes.length), indexes)
        .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
        .page(ParquetBytes.v1(Encoding.DELTA_BINARY_PACKED, 16, deltas, deltas.length), deltas)
        .chunk(Type.INT64, CompressionCodec.UNCOMPRESSED)
        .bytes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seeds")
  void damageEndsInRowsOrATableException(String what, byte[] seed) throws IOException {
    assertThat(ReadTable.rows(seed, LIMITS, column -> true).size(), greaterThan(0));

    Fuzz.of(what)
        .run(
            TRIES,
            random -> {
              try {
                ReadTable.rows(DAMAGE.of(seed, random), LIMITS, column -> true);
              } catch (TableException e) {
                assertThat(e.getMessage(), is(not(blankOrNullString())));
              }
            });
  }
}
