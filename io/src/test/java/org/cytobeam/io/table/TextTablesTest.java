package org.cytobeam.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cytobeam.io.table.JsonLines.TornLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTablesTest {

  private static String csv(List<Column> columns, @Nullable Object... row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvTable.write(out, columns, List.of(Arrays.asList(row)).iterator());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesRfc4180() throws IOException {
    List<Column> columns =
        List.of(Column.string("a,b"), Column.int64("i"), Column.float64("d"), Column.bool("b"));

    assertThat(
        csv(columns, "say \"hi\"\r\nnow", -5L, 0.1, true),
        is("\"a,b\",i,d,b\n\"say \"\"hi\"\"\r\nnow\",-5,0.1,true\n"));
    assertThat(csv(columns, null, null, null, null), is("\"a,b\",i,d,b\n\"\",,,\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", "'x", "-"})
  void quotesCellsThatASpreadsheetWouldRun(String text) throws IOException {
    assertThat(CsvTable.quoteFormula(text), is("'" + text));
    assertThat(CsvTable.unquoteFormula("'" + text), is(text));
    String csv = csv(List.of(Column.string("a")), text);
    assertThat(csv, containsString("'" + text.replace("\"", "\"\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+1.25", "-1e-7", "5", "", "a=b", " =x", "s3://b/k"})
  void leavesOtherCells(String text) {
    assertThat(CsvTable.quoteFormula(text), is(text));
    assertThat(CsvTable.unquoteFormula(text), is(text));
  }

  @Test
  void refusesRowsThatDoNotFit() {
    assertThrows(IllegalArgumentException.class, () -> csv(List.of(Column.int64("a")), "text"));
  }

  private static List<ObjectNode> read(String text, TornLine torn) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), torn);
  }

  private static List<ObjectNode> read(byte[] bytes, TornLine torn) throws IOException {
    List<ObjectNode> all = new ArrayList<>();
    try (JsonLineReader lines =
        JsonLines.read("j", new ByteArrayInputStream(bytes), TableLimits.standard(), torn)) {
      for (ObjectNode object = lines.next(); object != null; object = lines.next()) {
        all.add(object);
      }
    }
    return all;
  }

  private static String fault(String text, TornLine torn) {
    return String.valueOf(assertThrows(TableException.class, () -> read(text, torn)).getMessage());
  }

  @Test
  void keepsTheOrderOfMembers() throws IOException {
    ObjectNode object = JsonLines.object().put("z", 1).put("a", "x\ny").put("m", 0.1);

    assertThat(JsonLines.line(object), is("{\"z\":1,\"a\":\"x\\ny\",\"m\":0.1}"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonLines.write(out, List.of(object, object).iterator());
    List<ObjectNode> back = read(out.toByteArray(), TornLine.REFUSE);
    assertThat(back, equalTo(List.of(object, object)));
  }

  @Test
  void skipsBlankLinesAndTakesALastLineWithoutItsEnd() throws IOException {
    List<ObjectNode> objects = read("{\"a\":1}\r\n\n{\"a\":2}", TornLine.REFUSE);

    assertThat(objects.stream().map(JsonLines::line).toList(), contains("{\"a\":1}", "{\"a\":2}"));
  }

  @Test
  void tornLastLineIsRefusedOrIgnored() throws IOException {
    for (String torn : List.of("{\"a\":", "{", "12", "{\"a\":\"\u00e9")) {
      String text = "{\"a\":1}\n" + torn;
      assertThat(read(text, TornLine.IGNORE).size(), is(1));
      assertThat(fault(text, TornLine.REFUSE), is("j: line 2 is torn or no JSON object"));
    }
    byte[] inACharacter = "{\"a\":1}\n{\"a\":\"\u00e9".getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(inACharacter, inACharacter.length - 1);
    assertThat(read(cut, TornLine.IGNORE).size(), is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "12", "{\"a\":1,\"a\":2}", "{\"a\":1} {}", "{\"a\":NaN}", "x"})
  void otherLinesAreFaultsThatCanBePassed(String line) throws IOException {
    byte[] bytes = (line + "\n{\"b\":2}\n").getBytes(StandardCharsets.UTF_8);
    try (JsonLineReader lines =
        JsonLines.read(
            "j", new ByteArrayInputStream(bytes), TableLimits.standard(), TornLine.IGNORE)) {
      TableException e = assertThrows(TableException.class, lines::next);
      assertThat(e.getMessage(), is("j: line 1 is no JSON object"));
      assertThat(String.valueOf(lines.next()), is("{\"b\":2}"));
      assertThat(lines.line(), is(2L));
      assertThat(lines.next(), is(nullValue()));
    }
  }

  @Test
  void depthAndLengthsAreBounded() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";
    String longText = "{\"a\":\"" + "x".repeat(70_000) + "\"}\n";
    String longNumber = "{\"a\":" + "1".repeat(2_000) + "}\n";
    String longLine = "{\"a\":\"" + "x".repeat(9 << 20) + "\"}\n";

    for (String line : List.of(deep, longText, longNumber)) {
      assertThat(fault(line, TornLine.IGNORE), is("j: line 1 is no JSON object"));
    }
    assertThat(fault(longLine, TornLine.IGNORE), is("j: line 1 is longer than 8388608 bytes"));
  }
}
