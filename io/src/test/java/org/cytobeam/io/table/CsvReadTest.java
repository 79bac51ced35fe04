package org.cytobeam.io.table;

import static java.util.Objects.requireNonNull;
import static org.cytobeam.io.table.ReadTable.lines;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(utf8(text));
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static String fault(byte[] bytes) {
    return String.valueOf(assertThrows(TableException.class, () -> lines(bytes)).getMessage());
  }

  @Test
  void keepsTextAsItStands() throws IOException {
    assertThat(
        lines("plate,site,note\n1053597806,007, a b \n1e5,,nan\n"),
        contains("2: 1053597806|007| a b ", "3: 1e5|-|nan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void takesEveryLineEnd(String end) throws IOException {
    String csv = String.join(end, "a,b", "1,2", "\"x" + end + "y\",3", "", "4,5");

    assertThat(lines(csv), contains("2: 1|2", "3: x" + end + "y|3", "6: 4|5"));
  }

  @Test
  void skipsByteOrderMark() throws IOException {
    assertThat(
        ReadTable.columns(utf8("\ufeffa,b\n1,2"), TableLimits.standard(), column -> true),
        contains("a", "b"));
  }

  @Test
  void readsQuotes() throws IOException {
    assertThat(
        lines("a,b\n\"say \"\"hi\"\", now\",\"\"\nin\"side,\" \"\n"),
        contains("2: say \"hi\", now|-", "3: in\"side| "));
  }

  @ParameterizedTest
  @CsvSource({"a;b,1;2,1|2", "a\tb,1\t2,1|2", "'a,b;c','1,2;3',1|2;3", "'a;b\tc','1','1'"})
  void choosesTheSeparatorFromTheHeaderOnlyIfThereIsOneKind(String header, String row, String cells)
      throws IOException {
    assertThat(lines(header + "\n" + row), contains("2: " + cells));
  }

  @Test
  void headerWithoutRowsIsATableOfNoRows() throws IOException {
    assertThat(lines("a,b"), is(empty()));
    assertThat(lines("a,b\r\n\r\n"), is(empty()));
  }

  @Test
  void raggedRowsAreProblemsAndTheRestIsRead() throws IOException {
    assertThat(
        lines("a,b\n1\n1,2,3\n1,2\n"),
        contains(
            "line 2: the row has 1 cell, the header 2",
            "line 3: the row has 3 cells, the header 2",
            "4: 1|2"));
  }

  @Test
  void otherEncodingSpoilsItsRowOnly() throws IOException {
    byte[] latin1 = "a,b\nx,M\u00fcnchen\n1,2\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
        lines(latin1),
        contains(
            "line 2: column b has bytes that are not UTF-8; save the table as UTF-8", "3: 1|2"));
    assertThat(lines(latin1, TableLimits.standard(), "a"::equals), contains("2: x", "3: 1"));
  }

  @Test
  void overlongUtf8IsRefused() throws IOException {
    byte[] bytes = concat(utf8("a,b\n"), new byte[] {(byte) 0xc0, (byte) 0xaf}, utf8(",2\n"));

    assertThat(lines(bytes).get(0), startsWith("line 2: column a has bytes that are not UTF-8"));
  }

  @Test
  void nulIsAProblem() throws IOException {
    assertThat(
        lines("a,b\n1,x\0y\n1,2\n"), contains("line 2: column b has a NUL character", "3: 1|2"));
  }

  @Test
  void textAfterAClosingQuoteIsAProblem() throws IOException {
    assertThat(
        lines("a,b\n\"x\"y,2\n1,2\n"),
        contains("line 2: text follows the closing quote of cell 1", "3: 1|2"));
  }

  @Test
  void quoteThatNeverClosesIsAFaultOfTheFile() throws IOException {
    byte[] bytes = utf8("a,b\n1,2\n3,\"x\n4,5\n6,7\n");
    try (TableRows rows = Tables.open("t.csv", new MemoryChannel(bytes), TableLimits.standard())) {
      assertThat(requireNonNull(rows.next()).get("b").orElseThrow(), is("2"));
      for (int i = 0; i < 2; i++) {
        TableException e = assertThrows(TableException.class, rows::next);
        assertThat(e.getMessage(), is("t.csv: the quote that opens in line 3 is never closed"));
      }
    }
  }

  @Test
  void cellOfTenMegabytesIsAProblemAndIsNotHeld() throws IOException {
    String huge = "x".repeat(10 << 20);

    assertThat(
        lines("a,b\n" + huge + ",2\n\"" + huge + "\n\",2\n1,2\n"),
        contains(
            "line 2: cell 1 is longer than 65536 bytes",
            "line 3: cell 1 is longer than 65536 bytes",
            "5: 1|2"));
  }

  @Test
  void cellOfTheLimitIsRead() throws IOException {
    TableLimits limits = new TableLimits(3, 5, 3, 4, 1, 1);

    assertThat(
        lines(utf8("a,b\nxyz,12\nxyzz,1\nxyz,123\n1,2,3,4\n"), limits, column -> true),
        contains(
            "2: xyz|12",
            "line 3: cell 1 is longer than 3 bytes",
            "line 4: the row is longer than 5 bytes",
            "line 5: the row has more than 3 cells"));
  }

  @Test
  void formulaCellsAreTextWhenRead() throws IOException {
    assertThat(lines("a\n=cmd()\n'=x\n"), contains("2: =cmd()", "3: '=x"));
  }

  @Test
  void columnsWithoutANameAreCountedAndNotOffered() throws IOException {
    byte[] pandas = utf8(",a,\n0,x,9\n");

    assertThat(ReadTable.columns(pandas, TableLimits.standard(), column -> true), contains("a"));
    assertThat(lines(pandas), contains("2: x"));
  }

  @Test
  void absentColumnsAndThoseNotAskedForAreEmpty() throws IOException {
    List<TableRow> rows =
        ReadTable.rows(utf8("a,b,c\n1,2,3\n"), TableLimits.standard(), "b"::equals);

    assertThat(rows.get(0).get("b").orElseThrow(), is("2"));
    assertThat(rows.get(0).get("a").isPresent(), is(false));
    assertThat(rows.get(0).get("zzz").isPresent(), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "a,b,a|t: line 1 (the header): columns 1 and 3 are both named a",
        "'',''|t: line 1 (the header): no column has a name",
        "<html>|t: not a table: the file is a web page or XML",
        "{\"a\":1}|t: not a table: the file is JSON",
        "%PDF-1.7|t: not a table: the file is a PDF document",
        "\"a,b|t: the quote that opens in line 1 is never closed"
      },
      delimiter = '|',
      quoteCharacter = '`')
  void refusesFilesThatAreNoTable(String text, String message) {
    assertThat(fault(utf8(text.replace("''", "\"\""))), is(message));
  }

  @Test
  void refusesEmptyAndBinaryFiles() {
    assertThat(fault(new byte[0]), is("t: the file is empty"));
    assertThat(fault(utf8("\n\r\n")), is("t: the file has no header"));
    assertThat(
        fault(utf8("a\0b,c\n")),
        is("t: line 1 (the header): not a table: it has control characters"));
    assertThat(
        fault("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1)),
        is("t: not a table: the file is a PNG picture"));
    assertThat(
        fault("a,M\u00fc\n1,2".getBytes(StandardCharsets.ISO_8859_1)),
        is("t: line 1 (the header): cell 2 is not UTF-8; save the table as UTF-8"));
    assertThat(
        fault("\ufeffa,b\n1,2".getBytes(StandardCharsets.UTF_16LE)),
        is("t: not a table: the file is UTF-16 text; save it as UTF-8"));
  }

  @Test
  void readsAllMembersOfGzipAndZerosAfterThem() throws IOException {
    byte[] bytes = concat(gzip("a,b\n1,"), gzip(""), gzip("2\n3,4\n"), new byte[512]);

    assertThat(lines(bytes), contains("2: 1|2", "3: 3|4"));
  }

  @Test
  void readsGzipHeadersWithEveryField() throws IOException {
    byte[] plain = gzip("a\n1\n");
    byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0};
    byte[] fields = concat(new byte[] {3, 0, 1, 2, 3}, utf8("name\0comment\0"), new byte[2]);

    assertThat(
        lines(concat(header, fields, Arrays.copyOfRange(plain, 10, plain.length))),
        contains("2: 1"));
  }

  @Test
  void gzipCutShortIsToldWithTheLastWholeLine() throws IOException {
    byte[] whole = gzip("a,b\n1,2\n3,4\n");
    byte[] cut = Arrays.copyOf(whole, whole.length - 8);
    try (TableRows rows = Tables.open("t", new MemoryChannel(cut), TableLimits.standard())) {
      assertThat(requireNonNull(rows.next()).line(), is(2L));
      assertThat(requireNonNull(rows.next()).line(), is(3L));
      TableException e = assertThrows(TableException.class, rows::next);
      assertThat(e.getMessage(), is("t: the gzip data is cut short after line 3"));
    }
  }

  @Test
  void gzipCutAnywhereNeverEndsSilently() throws IOException {
    byte[] whole = concat(gzip("a,b\n1,2\n"), gzip("3,4\n"));
    int firstMember = gzip("a,b\n1,2\n").length;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length == firstMember) {
        assertThat(lines(cut), contains("2: 1|2"));
      } else {
        assertThrows(TableException.class, () -> lines(cut), "cut to " + length);
      }
    }
  }

  @Test
  void gzipWithAFlippedBitOrATailIsRefused() throws IOException {
    byte[] flipped = gzip("a,b\n1,2\n");
    flipped[flipped.length - 6] ^= 1;

    assertThat(
        fault(flipped), is("t: the gzip data is damaged: its checksum is another after line 2"));
    assertThat(
        fault(concat(gzip("a\n1\n"), utf8("tail"))),
        is("t: the gzip data is followed by something else after line 2"));
  }

  @Test
  void gzipOfSomethingElseIsRefused() throws IOException {
    assertThat(fault(gzip("PAR1....")), is("t: not a table: the file is a Parquet file"));
    assertThat(fault(gzip("")), is("t: the file has no header"));
  }

  @Test
  void failureOfTheChannelIsNoFaultOfTheTable() throws IOException {
    byte[] bytes = utf8("a,b\n" + "1,2\n".repeat(100_000));
    MemoryChannel channel = new MemoryChannel(bytes, 200_000);
    try (TableRows rows = Tables.open("t", channel, TableLimits.standard())) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> {
                while (rows.next() != null) {}
              });
      assertThat(e.getMessage(), is("connection reset"));
      assertThat(assertThrows(IOException.class, rows::next), is(e));
    }
    assertThat(channel.isOpen(), is(false));
  }

  @Test
  void refusedFilesAreClosed() {
    MemoryChannel channel = new MemoryChannel(utf8("<html>"));

    assertThrows(TableException.class, () -> Tables.open("t", channel, TableLimits.standard()));
    assertThat(channel.isOpen(), is(false));
  }

  @Test
  void aMillionRowsStreamThroughLittleMemory() throws IOException {
    byte[] row = utf8("source_4,2021_08_23_Batch12,0012,A01,1\n");
    long rows = 1_000_000;
    long[] left = {rows};
    InputStream csv =
        new InputStream() {
          private byte[] chunk = utf8("a,b,c,d,e\n");
          private int at;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            if (at == chunk.length) {
              if (left[0]-- == 0) {
                return -1;
              }
              chunk = row;
              at = 0;
            }
            int count = Math.min(length, chunk.length - at);
            System.arraycopy(chunk, at, into, offset, count);
            at += count;
            return count;
          }
        };
    long read = 0;
    long last = 0;
    try (TableRows table = CsvRows.open("t", csv, TableLimits.standard(), column -> true)) {
      for (TableRow next = table.next(); next != null; next = table.next()) {
        read += next.get("c").orElseThrow().equals("0012") ? 1 : 0;
        last = next.line();
      }
    }
    assertThat(read, equalTo(rows));
    assertThat(last, equalTo(rows + 1));
  }
}
