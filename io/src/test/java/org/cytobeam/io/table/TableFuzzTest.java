package org.cytobeam.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged tables end in rows or a {@link TableException}, and in nothing else. */
class TableFuzzTest {

  private static final int TRIES = 1_500;

  /** Small enough that a mutation can't make a run long by claiming rows that cost nothing. */
  private static final TableLimits LIMITS =
      new TableLimits(64 << 10, 1 << 20, 100, 1 << 20, 1 << 20, 1 << 20);

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
    Random random = new Random(what.hashCode());
    long whole = ReadTable.rows(seed, LIMITS, column -> true).size();
    assertThat(whole, greaterThan(0L));
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] damaged = damage(seed, random);
      try {
        ReadTable.rows(damaged, LIMITS, column -> true);
      } catch (TableException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(what + ", try " + i, e);
      }
    }
    assertThat(what, refused, greaterThan(0));
  }

  private static byte[] damage(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    IntStream.range(0, changes).forEach(change -> change(bytes, random));
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static void change(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) 0xff;
      case 2 -> bytes[at] = 0;
      case 3 -> bytes[at] = (byte) "\"\n,\r".charAt(random.nextInt(4));
      default -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(16), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
      }
    }
  }
}
