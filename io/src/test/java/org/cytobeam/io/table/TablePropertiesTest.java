package org.cytobeam.io.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.cytobeam.io.table.JsonLines.TornLine;
import org.jspecify.annotations.Nullable;

class TablePropertiesTest {

  private static final List<Column> TEXTS =
      List.of(Column.string("a"), Column.string("b"), Column.string("c"));

  /** Text of what tables stumble over. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "\"",
            ",",
            "\n",
            "\r",
            "\r\n",
            ";",
            "\t",
            "=",
            "+",
            "-",
            "@",
            "'",
            " ",
            "0",
            "1",
            "é",
            "\uFEFF",
            "\uD83E\uDDEC",
            "nan",
            "a");
    return pieces.list().ofMaxSize(6).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return hostile().list().ofSize(3);
  }

  @Property(tries = 500)
  void csvGivesBackEveryText(
      @ForAll("texts") List<String> first, @ForAll("texts") List<String> second)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvTable.write(out, TEXTS, List.of(first, second).iterator());
    List<List<String>> back =
        ReadTable.rows(out.toByteArray()).stream()
            .map(
                row ->
                    TEXTS.stream()
                        .map(c -> CsvTable.unquoteFormula(row.get(c.name()).orElse("")))
                        .toList())
            .toList();

    assertThat(back, equalTo(List.of(first, second)));
  }

  @Property(tries = 500)
  void csvIsReadAsCommonsCsvReadsIt(@ForAll("texts") List<String> row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CsvTable.write(out, TEXTS, List.of(row).iterator());
    String csv = out.toString(StandardCharsets.UTF_8);
    List<String> expected;
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))) {
      expected = parser.getRecords().get(0).toList();
    }
    TableRow read = ReadTable.rows(out.toByteArray()).get(0);

    assertThat(TEXTS.stream().map(c -> read.get(c.name()).orElse("")).toList(), equalTo(expected));
  }

  @Property(tries = 300)
  void parquetGivesBackEveryValue(
      @ForAll @Size(max = 50) List<@Nullable Long> numbers, @ForAll("hostile") String text)
      throws IOException {
    List<Column> columns =
        List.of(Column.int64("i"), Column.string("s"), Column.float64("d"), Column.bool("b"));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Long number = numbers.get(i);
      rows.add(
          Arrays.asList(
              i % 3 == 0 ? null : number,
              i % 5 == 0 ? null : text.repeat(i % 4),
              i % 7 == 0 ? null : Double.longBitsToDouble(number == null ? 0 : number),
              i % 2 == 0 ? null : i % 3 == 0));
    }

    assertThat(ParquetTableTest.read(ParquetTableTest.write(columns, rows)), equalTo(rows));
  }

  @Property(tries = 300)
  void jsonLinesGiveBackEveryObject(@ForAll("texts") List<String> texts, @ForAll long number)
      throws IOException {
    List<ObjectNode> objects =
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    JsonLines.object()
                        .put("b", texts.get(i))
                        .put("a", number)
                        .put("c", i % 2 == 0)
                        .putNull("n"))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonLines.write(out, objects.iterator());
    List<String> back = new ArrayList<>();
    try (JsonLineReader lines =
        JsonLines.read(
            "j",
            new ByteArrayInputStream(out.toByteArray()),
            TableLimits.standard(),
            TornLine.REFUSE)) {
      for (ObjectNode object = lines.next(); object != null; object = lines.next()) {
        back.add(JsonLines.line(object));
      }
    }

    assertThat(back, equalTo(objects.stream().map(JsonLines::line).toList()));
  }
}
