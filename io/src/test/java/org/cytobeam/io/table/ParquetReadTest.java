package org.cytobeam.io.table;

import static java.util.Objects.requireNonNull;
import static org.cytobeam.io.table.ParquetBytes.dictionary;
import static org.cytobeam.io.table.ParquetBytes.littleEndian;
import static org.cytobeam.io.table.ParquetBytes.required;
import static org.cytobeam.io.table.ParquetBytes.texts;
import static org.cytobeam.io.table.ParquetBytes.v1;
import static org.cytobeam.io.table.ParquetBytes.v2;
import static org.cytobeam.io.table.ReadTable.lines;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import org.cytobeam.testing.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetReadTest {

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putLong);
    return bytes.array();
  }

  /** A file of one required column with one page of version 1. */
  private static byte[] file(SchemaElement element, Encoding encoding, int rows, byte[] body)
      throws IOException {
    return new ParquetBytes(rows)
        .element(element, true)
        .page(v1(encoding, rows, body, body.length), body)
        .chunk(element.getType(), CompressionCodec.UNCOMPRESSED)
        .bytes();
  }

  private static byte[] plain(SchemaElement element, int rows, byte[] body) throws IOException {
    return file(element, Encoding.PLAIN, rows, body);
  }

  private static String fault(byte[] bytes) {
    return String.valueOf(assertThrows(TableException.class, () -> lines(bytes)).getMessage());
  }

  private static SchemaElement logical(Type type, LogicalType logical) {
    return required("x", type).setLogicalType(logical);
  }

  static Stream<Arguments> typesAndTexts() {
    return Stream.of(
        Arguments.of(required("x", Type.INT64), longs(-7), "-7"),
        Arguments.of(required("x", Type.INT32), littleEndian(1), "1"),
        Arguments.of(
            logical(Type.INT32, LogicalType.INTEGER(new IntType((byte) 32, false))),
            littleEndian(-1),
            "4294967295"),
        Arguments.of(
            required("x", Type.INT64).setConverted_type(ConvertedType.UINT_64),
            longs(-1),
            "18446744073709551615"),
        Arguments.of(required("x", Type.DOUBLE), longs(Double.doubleToLongBits(3)), "3"),
        Arguments.of(required("x", Type.DOUBLE), longs(Double.doubleToLongBits(-0.0)), "0"),
        Arguments.of(required("x", Type.DOUBLE), longs(Double.doubleToLongBits(0.1)), "0.1"),
        Arguments.of(required("x", Type.DOUBLE), longs(Double.doubleToLongBits(Double.NaN)), "-"),
        Arguments.of(required("x", Type.FLOAT), littleEndian(Float.floatToIntBits(0.1f)), "0.1"),
        Arguments.of(required("x", Type.BOOLEAN), new byte[] {1}, "true"),
        Arguments.of(
            logical(Type.INT32, LogicalType.DATE(new DateType())),
            littleEndian(18862),
            "2021-08-23"),
        Arguments.of(
            logical(
                Type.INT64,
                LogicalType.TIMESTAMP(
                    new TimestampType(true, TimeUnit.MICROS(new MicroSeconds())))),
            longs(-1),
            "1969-12-31T23:59:59.999999Z"),
        Arguments.of(
            logical(
                Type.INT64,
                LogicalType.TIMESTAMP(new TimestampType(false, TimeUnit.NANOS(new NanoSeconds())))),
            longs(1_000_000_001L),
            "1970-01-01T00:00:01.000000001"),
        Arguments.of(
            required("x", Type.INT64).setConverted_type(ConvertedType.TIMESTAMP_MILLIS),
            longs(1),
            "1970-01-01T00:00:00.001Z"),
        Arguments.of(
            logical(
                Type.INT32,
                LogicalType.TIME(new TimeType(true, TimeUnit.MILLIS(new MilliSeconds())))),
            littleEndian(3_723_000),
            "01:02:03"),
        Arguments.of(
            logical(Type.INT32, LogicalType.DECIMAL(new DecimalType(2, 5))),
            littleEndian(-1230),
            "-12.30"),
        Arguments.of(
            logical(Type.FIXED_LEN_BYTE_ARRAY, LogicalType.DECIMAL(new DecimalType(1, 4)))
                .setType_length(2),
            new byte[] {1, 0},
            "25.6"),
        Arguments.of(
            logical(Type.FIXED_LEN_BYTE_ARRAY, LogicalType.UUID(new UUIDType())).setType_length(16),
            new byte[16],
            "00000000-0000-0000-0000-000000000000"),
        Arguments.of(
            required("x", Type.INT96),
            ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(3_600_000_000_000L)
                .putInt(2_440_589)
                .array(),
            "1970-01-02T01:00"),
        Arguments.of(required("x", Type.BYTE_ARRAY), texts("0042"), "0042"));
  }

  @ParameterizedTest
  @MethodSource("typesAndTexts")
  void wordsValuesOfEveryType(SchemaElement element, byte[] body, String text) throws IOException {
    assertThat(lines(plain(element, 1, body)), contains("1: " + text));
  }

  @Test
  void timeOutsideTheDayIsAFaultOfTheFile() throws IOException {
    SchemaElement time =
        logical(
            Type.INT64, LogicalType.TIME(new TimeType(true, TimeUnit.NANOS(new NanoSeconds()))));

    assertThat(fault(plain(time, 1, longs(-1))), is("t: at row 1: its pages are damaged"));
  }

  @Test
  void typesWithoutTextAreRefusedOnlyIfWanted() throws IOException {
    SchemaElement half =
        logical(Type.FIXED_LEN_BYTE_ARRAY, LogicalType.FLOAT16(new Float16Type()))
            .setType_length(2);
    byte[] bytes = plain(half, 1, new byte[2]);

    assertThat(fault(bytes), containsString("column x has values that are no text: FLOAT16"));
    assertThat(ReadTable.rows(bytes, TableLimits.standard(), "y"::equals), hasSize(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void readsBothPageVersionsInEveryCodec(CompressionCodec codec) throws IOException {
    byte[] values = texts("a", "bb");
    byte[] packed = pack(codec, values);
    byte[] bytes =
        new ParquetBytes(4)
            .element(required("x", Type.BYTE_ARRAY), true)
            .page(v1(Encoding.PLAIN, 2, packed, values.length), packed)
            .page(v2(Encoding.PLAIN, 2, 0, packed, values.length), packed)
            .chunk(Type.BYTE_ARRAY, codec)
            .bytes();

    assertThat(lines(bytes), contains("1: a", "2: bb", "3: a", "4: bb"));
  }

  private static byte[] pack(CompressionCodec codec, byte[] bytes) throws IOException {
    return switch (codec) {
      case UNCOMPRESSED -> bytes;
      case SNAPPY -> PageCodec.snappy(bytes);
      case ZSTD -> pack(new ZstdCompressor(), bytes);
      case LZ4_RAW -> pack(new Lz4Compressor(), bytes);
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(bytes);
        }
        yield out.toByteArray();
      }
      default -> throw new IllegalArgumentException(codec.toString());
    };
  }

  private static byte[] pack(Compressor compressor, byte[] bytes) {
    byte[] packed = new byte[compressor.maxCompressedLength(bytes.length)];
    int length = compressor.compress(bytes, 0, bytes.length, packed, 0, packed.length);
    return Arrays.copyOf(packed, length);
  }

  @Test
  void nullsAreAbsentInBothPageVersions() throws IOException {
    SchemaElement optional =
        required("x", Type.BYTE_ARRAY).setRepetition_type(FieldRepetitionType.OPTIONAL);
    byte[] levels = {3, 0b101};
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(littleEndian(levels.length));
    first.writeBytes(levels);
    first.writeBytes(texts("a", "b"));
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    second.writeBytes(levels);
    second.writeBytes(texts("c", ""));
    byte[] bytes =
        new ParquetBytes(6)
            .element(optional, true)
            .page(v1(Encoding.PLAIN, 3, first.toByteArray(), first.size()), first.toByteArray())
            .page(
                v2(Encoding.PLAIN, 3, levels.length, second.toByteArray(), second.size()),
                second.toByteArray())
            .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
            .bytes();

    assertThat(lines(bytes), contains("1: a", "2: -", "3: b", "4: c", "5: -", "6: -"));
  }

  @Test
  void otherEncodingSpoilsItsRowOnly() throws IOException {
    byte[] body = texts("xx", "ok");
    body[4] = (byte) 0xff;

    assertThat(
        lines(plain(required("x", Type.BYTE_ARRAY), 2, body)),
        contains("row 1: column x has bytes that are not UTF-8", "2: ok"));
  }

  @Test
  void nestedColumnsAreRefusedOnlyIfWanted() throws IOException {
    byte[] body = texts("a");
    byte[] bytes =
        new ParquetBytes(1)
            .element(
                new SchemaElement("list")
                    .setRepetition_type(FieldRepetitionType.OPTIONAL)
                    .setNum_children(1),
                true)
            .element(
                required("item", Type.INT32).setRepetition_type(FieldRepetitionType.REPEATED),
                false)
            .element(required("x", Type.BYTE_ARRAY), true)
            .page(v1(Encoding.PLAIN, 1, new byte[4], 4), new byte[4])
            .chunk(Type.INT32, CompressionCodec.UNCOMPRESSED)
            .page(v1(Encoding.PLAIN, 1, body, body.length), body)
            .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
            .bytes();

    assertThat(lines(bytes, TableLimits.standard(), "x"::equals), contains("1: a"));
    assertThat(fault(bytes), is("t: column list is nested; write it as one value a row"));
  }

  @Test
  void namesThatStandTwiceAreRefused() throws IOException {
    byte[] bytes =
        new ParquetBytes(0)
            .element(required("x", Type.INT32), true)
            .element(required("x", Type.INT64), true)
            .bytes();

    assertThat(fault(bytes), is("t: two columns are named x"));
  }

  @Test
  void schemaThatContradictsItselfIsRefused() throws IOException {
    SchemaElement group = new SchemaElement("g").setNum_children(1_000_000);

    assertThat(
        fault(new ParquetBytes(0).element(group, true).bytes()), is("t: its schema is damaged"));
    assertThat(
        fault(
            new ParquetBytes(0)
                .element(required("x", Type.INT32), true)
                .element(required("y", Type.INT32), false)
                .bytes()),
        is("t: its schema is damaged"));
  }

  @Test
  void codecsThatAreNotReadAreNamed() throws IOException {
    byte[] body = littleEndian(1);
    byte[] bytes =
        new ParquetBytes(1)
            .element(required("x", Type.INT32), true)
            .page(v1(Encoding.PLAIN, 1, body, 4), body)
            .chunk(Type.INT32, CompressionCodec.BROTLI)
            .bytes();

    assertThat(fault(bytes), containsString("column x is packed with BROTLI, which can't be read"));
  }

  @Test
  void encodingsThatAreNotReadAreNamed() throws IOException {
    assertThat(
        fault(file(required("x", Type.BYTE_ARRAY), Encoding.DELTA_BYTE_ARRAY, 1, new byte[9])),
        containsString("values encoded as DELTA_BYTE_ARRAY can't be read"));
  }

  static Stream<Arguments> bombs() throws IOException {
    SchemaElement text = required("x", Type.BYTE_ARRAY);
    byte[] entry = texts("a");
    byte[] manyIndexes = {1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    byte[] manyDeltas = {
      (byte) 0x80, 1, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0
    };
    byte[] manyElements = {0x29, (byte) 0xfc, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0};
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 0x1c);
    return Stream.of(
        Arguments.of(
            "a dictionary of 2^31 entries",
            withDictionary(dictionary(Integer.MAX_VALUE, entry), entry, new byte[] {1, 2, 0}),
            "its dictionary claims 2147483647 values"),
        Arguments.of(
            "a run of 2^31 packed indexes",
            withDictionary(dictionary(1, entry), entry, manyIndexes),
            "the counts in a page are damaged"),
        Arguments.of(
            "2^31 deltas",
            file(required("x", Type.INT64), Encoding.DELTA_BINARY_PACKED, 1, manyDeltas),
            "the counts in a page are damaged"),
        Arguments.of(
            "a page of 2^31 unpacked bytes",
            snappy(Integer.MAX_VALUE, entry),
            "a page of 2147483647 bytes is over the limit"),
        Arguments.of(
            "a page that unpacks to less than it claims",
            snappy(1 << 20, entry),
            "a page does not unpack to the 1048576 bytes it claims"),
        Arguments.of(
            "2^31 values in a page",
            new ParquetBytes(1)
                .element(text, true)
                .page(v1(Encoding.PLAIN, Integer.MAX_VALUE, entry, entry.length), entry)
                .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
                .bytes(),
            "a page claims 2147483647 of 1 values left"),
        Arguments.of(
            "a text of 2^31 bytes",
            plain(text, 1, littleEndian(Integer.MAX_VALUE, 0)),
            "its pages are damaged"),
        Arguments.of(
            "2^60 rows without a column",
            new ParquetBytes(1L << 60).element(text, true).bytes(),
            "the table has more than 100000000 rows"),
        Arguments.of(
            "values missing",
            new ParquetBytes(9)
                .element(text, true)
                .page(v1(Encoding.PLAIN, 1, entry, entry.length), entry)
                .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
                .bytes(),
            "8 of its values are missing"),
        Arguments.of(
            "more values than rows",
            new ParquetBytes(1)
                .element(text, true)
                .page(v1(Encoding.PLAIN, 1, entry, entry.length), entry)
                .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED, 2)
                .bytes(),
            "column x is not what the footer says it is"),
        Arguments.of(
            "a footer with a list of 2^31 elements",
            new ParquetBytes(0).bytes(manyElements),
            "its footer is damaged"),
        Arguments.of(
            "a footer nested 100,000 deep",
            new ParquetBytes(0).bytes(deep),
            "its metadata is nested too deeply"),
        Arguments.of(
            "a footer of zeros",
            new ParquetBytes(0).bytes(new byte[100]),
            "its footer can't be read"));
  }

  private static byte[] withDictionary(PageHeader dictionary, byte[] entries, byte[] indexes)
      throws IOException {
    return new ParquetBytes(1)
        .element(required("x", Type.BYTE_ARRAY), true)
        .page(dictionary, entries)
        .page(v1(Encoding.RLE_DICTIONARY, 1, indexes, indexes.length), indexes)
        .chunk(Type.BYTE_ARRAY, CompressionCodec.UNCOMPRESSED)
        .bytes();
  }

  private static byte[] snappy(int claimed, byte[] body) throws IOException {
    byte[] packed = PageCodec.snappy(body);
    return new ParquetBytes(1)
        .element(required("x", Type.BYTE_ARRAY), true)
        .page(v1(Encoding.PLAIN, 1, packed, claimed), packed)
        .chunk(Type.BYTE_ARRAY, CompressionCodec.SNAPPY)
        .bytes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void bombsAreRefusedBeforeTheyAreUnpacked(String what, byte[] bytes, String fault) {
    assertThat(what, fault(bytes), containsString(fault));
  }

  @Test
  void chunksOutsideTheFileAreRefused() throws IOException {
    byte[] body = littleEndian(1);
    ParquetBytes file =
        new ParquetBytes(1)
            .element(required("x", Type.INT32), true)
            .page(v1(Encoding.PLAIN, 1, body, 4), body)
            .chunk(Type.INT32, CompressionCodec.UNCOMPRESSED);
    for (long offset : new long[] {Long.MIN_VALUE, -1, 0, 3, 1_000_000, Long.MAX_VALUE}) {
      FileMetaData metadata =
          ParquetFooter.read(
                  new ChannelByteRanges(new MemoryChannel(file.bytes())), TableLimits.standard())
              .metadata();
      metadata
          .getRow_groups()
          .get(0)
          .getColumns()
          .get(0)
          .getMeta_data()
          .setData_page_offset(offset);

      assertThat(fault(file.bytes(metadata)), startsWith("t: column x lies outside the file"));
    }
  }

  @Test
  void typesOfOtherWritersBecomeTheNearestOfOurs() throws IOException {
    SchemaElement date = logical(Type.INT32, LogicalType.DATE(new DateType()));

    assertThat(typed(plain(required("x", Type.INT32), 1, littleEndian(7))), is("INT64 7"));
    assertThat(
        typed(plain(required("x", Type.FLOAT), 1, littleEndian(Float.floatToIntBits(0.5f)))),
        is("DOUBLE 0.5"));
    assertThat(typed(plain(date, 1, littleEndian(0))), is("STRING 1970-01-01"));
  }

  private static String typed(byte[] bytes) throws IOException {
    try (TypedRows rows =
        ParquetTable.read("t", new MemoryChannel(bytes), TableLimits.standard())) {
      return rows.columns().get(0).type() + " " + ParquetTableTest.read(bytes).get(0).get(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "zstd-v2", "gzip-plain"})
  void readsWhatPyarrowWrites(String variant) throws Exception {
    URL file = ParquetReadTest.class.getResource("pyarrow-" + variant + ".parquet");
    List<String> lines = lines(requireNonNull(file).openStream().readAllBytes());

    assertThat(lines, hasSize(40));
    assertThat(
        lines.subList(0, 3),
        contains(
            "1: -|w0|0|4294967295|0|true|2021-08-23T01:02:03|2021-08-23|1.50",
            "2: 01\u00e9|w1|1|4294967294|1|false|2021-08-23T01:02:04|2021-08-23|1.50",
            "3: 02\u00e9|w2|2|4294967293|-|true|2021-08-23T01:02:05|2021-08-23|1.50"));
  }

  @Test
  void readsThePublishedTableOfAPlate() throws IOException {
    String name = "plate/load_data/test_BR00126114_load_data_with_illum.parquet";
    List<TableRow> rows = new ArrayList<>();
    try (TableRows table =
        Tables.open(name, FileChannel.open(SharedData.require(name)), TableLimits.standard())) {
      assertThat(table.columns(), hasSize(25));
      for (TableRow row = table.next(); row != null; row = table.next()) {
        rows.add(row);
      }
    }

    assertThat(rows, hasSize(2));
    assertThat(rows.get(1).get("Metadata_Plate").orElseThrow(), is("BR00126114"));
    assertThat(rows.get(1).get("Metadata_Site").orElseThrow(), is("2"));
    assertThat(
        rows.get(1).get("FileName_OrigDNA").orElseThrow(), is("r01c01f02p01-ch5sk1fk1fl1.tiff"));
  }
}
