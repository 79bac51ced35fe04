package org.cytobeam.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableTest {

  private static final List<Column> COLUMNS =
      List.of(Column.string("s"), Column.int64("i"), Column.float64("d"), Column.bool("b"));

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  static byte[] write(List<Column> columns, List<? extends List<? extends @Nullable Object>> rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ParquetTable.write(out, columns, Map.of("z", "1", "a", "2"), rows.iterator());
    return out.toByteArray();
  }

  static List<List<@Nullable Object>> read(byte[] bytes) throws IOException {
    try (TypedRows rows =
        ParquetTable.read("t", new MemoryChannel(bytes), TableLimits.standard())) {
      List<List<@Nullable Object>> all = new ArrayList<>();
      for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return all;
    }
  }

  private static List<List<@Nullable Object>> someRows() {
    return List.of(
        row("a", 1L, 0.5, true),
        row("", Long.MIN_VALUE, Double.NaN, false),
        row(null, null, null, null),
        row("=x\n\"é\0\uD83E\uDDEC", Long.MAX_VALUE, Double.NEGATIVE_INFINITY, null));
  }

  @Test
  void givesBackValuesTypesAndProperties() throws IOException {
    byte[] bytes = write(COLUMNS, someRows());

    assertThat(read(bytes), equalTo(someRows()));
    try (TypedRows rows =
        ParquetTable.read("t", new MemoryChannel(bytes), TableLimits.standard())) {
      assertThat(rows.columns(), equalTo(COLUMNS));
      assertThat(rows.properties(), equalTo(Map.of("a", "2", "z", "1")));
    }
  }

  @Test
  void isReadAsTextToo() throws IOException {
    byte[] bytes =
        write(
            COLUMNS,
            List.of(
                row("007", 1L, 2.0, true),
                row("", null, Double.NaN, false),
                row("x\0", 1L, -0.25, null),
                row("x", 1L, 1e300, null)));

    assertThat(
        ReadTable.lines(bytes),
        contains(
            "1: 007|1|2|true",
            "2: -|-|-|false",
            "row 3: column s has a NUL character",
            "4: x|1|1.0E300|-"));
  }

  @Test
  void tableWithoutRowsKeepsItsColumns() throws IOException {
    byte[] bytes = write(COLUMNS, List.of());

    assertThat(read(bytes), is(empty()));
    assertThat(
        ReadTable.columns(bytes, TableLimits.standard(), column -> true),
        contains("s", "i", "d", "b"));
  }

  @Test
  void readsOnlyWhatIsWanted() throws IOException {
    byte[] bytes = write(COLUMNS, someRows().subList(0, 1));

    assertThat(ReadTable.columns(bytes, TableLimits.standard(), "i"::equals), contains("i"));
    assertThat(ReadTable.lines(bytes, TableLimits.standard(), "i"::equals), contains("1: 1"));
    assertThat(ReadTable.lines(bytes, TableLimits.standard(), "none"::equals), contains("1: "));
  }

  @Test
  void bytesAreAlwaysTheSame() throws Exception {
    List<List<@Nullable Object>> rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> row("s3://bucket/" + i % 7, (long) i, i / 8.0, i % 2 == 0))
            .toList();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(write(COLUMNS, rows));

    assertThat(
        HexFormat.of().formatHex(hash),
        is("de562b3828a639dcbcd74476268a367064835d7ee0695c1e35d2b2c2322d6b23"));
  }

  @Test
  void holdsAndWritesLargeTablesInRowGroups() throws IOException {
    int count = 300_000;
    CountingOutput out = new CountingOutput();
    Iterator<List<@Nullable Object>> rows =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    row(i % 3 == 0 ? null : noise(i) + noise(-i) + noise(~i), (long) i, null, true))
            .iterator();
    ParquetTable.write(out, COLUMNS, Map.of(), rows);

    assertThat(out.largestGap, lessThan(12L << 20));
    byte[] bytes = out.bytes.toByteArray();
    ParquetFooter footer =
        ParquetFooter.read(new ChannelByteRanges(new MemoryChannel(bytes)), TableLimits.standard());
    assertThat(footer.metadata().getRow_groupsSize(), greaterThan(1));
    long sum = 0;
    try (TypedRows read =
        ParquetTable.read("t", new MemoryChannel(bytes), TableLimits.standard())) {
      for (List<@Nullable Object> row = read.next(); row != null; row = read.next()) {
        sum += row.get(1) instanceof Long number ? number : 0;
      }
    }
    assertThat(sum, is((long) count * (count - 1) / 2));
  }

  private static String noise(int seed) {
    return Long.toHexString((seed + 1) * 0x9e3779b97f4a7c15L);
  }

  private static final class CountingOutput extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long largestGap;

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      largestGap = Math.max(largestGap, length);
      bytes.write(from, offset, length);
    }
  }

  @Test
  void refusesRowsThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> write(COLUMNS, List.of(row("a", 1, 0.5, true))));
    assertThrows(IllegalArgumentException.class, () -> write(COLUMNS, List.of(row("a"))));
    assertThrows(IllegalArgumentException.class, () -> write(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> write(List.of(Column.string("a"), Column.int64("a")), List.of()));
  }

  @Test
  void everyFlippedBitOfAPageIsNoticed() throws IOException {
    byte[] bytes = write(COLUMNS, someRows());
    ParquetFooter footer =
        ParquetFooter.read(new ChannelByteRanges(new MemoryChannel(bytes)), TableLimits.standard());
    int noticed = 0;
    for (int i = 4; i < footer.start(); i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      try {
        assertThat(read(flipped), equalTo(someRows()));
      } catch (TableException e) {
        noticed++;
      }
    }
    assertThat(noticed, greaterThan((int) footer.start() / 2));
  }

  @Test
  void cutAnywhereIsAFaultOfTheFile() throws IOException {
    byte[] bytes = write(COLUMNS, someRows());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(TableException.class, () -> read(cut), "cut to " + length);
      if (length >= 4) {
        assertThrows(TableException.class, () -> ReadTable.rows(cut), "cut to " + length);
      }
    }
  }

  @Test
  void failureOfTheChannelIsNoFaultOfTheTable() throws IOException {
    byte[] bytes = write(COLUMNS, someRows());
    MemoryChannel channel = new MemoryChannel(bytes);
    try (TypedRows rows = ParquetTable.read("t", channel, TableLimits.standard())) {
      channel.failAt(8);
      IOException e = assertThrows(IOException.class, rows::next);
      assertThat(e.getMessage(), is("connection reset"));
      assertThat(assertThrows(IOException.class, rows::next), is(e));
    }
    MemoryChannel broken = new MemoryChannel(bytes, 8);
    assertThrows(IOException.class, () -> ParquetTable.read("t", broken, TableLimits.standard()));
    assertThat(broken.isOpen(), is(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 1 << 20})
  void absurdFooterLengthIsRefused(int length) {
    byte[] bytes = new byte[64];
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, 0, 4);
    System.arraycopy(magic, 0, bytes, 60, 4);
    for (int i = 0; i < 4; i++) {
      bytes[56 + i] = (byte) (length >>> (8 * i));
    }

    TableException e = assertThrows(TableException.class, () -> ReadTable.rows(bytes));
    assertThat(e.getMessage(), containsString("its footer claims " + length));
  }

  @Test
  void longCellIsAProblemOfItsRow() throws IOException {
    byte[] bytes = write(List.of(Column.string("s")), List.of(row("x".repeat(65_537)), row("y")));

    assertThat(
        ReadTable.lines(bytes), contains("row 1: column s is longer than 65536 bytes", "2: y"));
    assertThrows(TableException.class, () -> read(bytes));
  }

  @Test
  void limitsHold() throws IOException {
    byte[] bytes = write(COLUMNS, someRows());

    assertRefused(bytes, new TableLimits(9, 9, 3, 9, 99, 999), "more than 3 columns");
    assertRefused(bytes, new TableLimits(9, 9, 9, 3, 99, 999), "more than 3 rows");
    assertRefused(bytes, new TableLimits(9, 9, 9, 9, 3, 999), "over the limit of 3");
    assertRefused(bytes, new TableLimits(9, 9, 9, 9, 99, 50), "over the limit of 50");
  }

  private static void assertRefused(byte[] bytes, TableLimits limits, String fault) {
    TableException e =
        assertThrows(TableException.class, () -> ReadTable.rows(bytes, limits, column -> true));
    assertThat(e.getMessage(), containsString(fault));
  }
}
