package org.cytobeam.pipelines.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cytobeam.pipelines.report.model.PlateFormat;
import org.cytobeam.pipelines.report.model.Well;
import org.cytobeam.pipelines.report.model.WellPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MapDrawingTest {

  private static final WellPosition A1 = new WellPosition(0, 0);
  private static final WellPosition B3 = new WellPosition(1, 2);

  @ParameterizedTest
  @CsvSource({
    "WELLS_6, 208, 142",
    "WELLS_12, 236, 178",
    "WELLS_24, 304, 206",
    "WELLS_48, 348, 262",
    "WELLS_96, 460, 310",
    "WELLS_384, 604, 406",
    "WELLS_1536, 796, 534"
  })
  void isAsLargeAsItsPlate(PlateFormat format, int width, int height) {
    assertThat(MapDrawing.large(format).width(), is(width));
    assertThat(MapDrawing.large(format).height(), is(height));
  }

  @Test
  void wellsAreRoundOnPlatesOfFewAndSquareOnThoseOfMany() {
    assertThat(
        MapDrawing.large(PlateFormat.WELLS_96).outline(B3),
        is("M96 70a16 16 0 1 0 32 0a16 16 0 1 0 -32 0z"));
    assertThat(MapDrawing.large(PlateFormat.WELLS_384).outline(B3), is("M72 42h21v21h-21z"));
  }

  @Test
  void wellsWithFailuresAreStruckOutOnceOrTwice() {
    MapDrawing drawing = MapDrawing.large(PlateFormat.WELLS_384);
    Well some = new Well("A1", Optional.of(A1), 1, Map.of("missing", 1L));
    Well all = new Well("B3", Optional.of(B3), 0, Map.of("missing", 1L));
    Well none = new Well("B3", Optional.of(B3), 1, Map.of());

    assertThat(drawing.marks(List.of(some, none)), is("M29 34l11-11"));
    assertThat(drawing.marks(List.of(all)), is("M77 58l11-11M77 47l11 11"));
  }

  @Test
  void theOthersAreAllButThoseGiven() {
    MapDrawing drawing = MapDrawing.small(PlateFormat.WELLS_6);

    assertThat(drawing.outlinesOfOthers(List.of(A1, B3)).split("z"), is(hasFourOutlines(drawing)));
  }

  private static String[] hasFourOutlines(MapDrawing drawing) {
    return drawing
        .outlines(
            List.of(
                new WellPosition(0, 1),
                new WellPosition(0, 2),
                new WellPosition(1, 0),
                new WellPosition(1, 1)))
        .split("z");
  }

  @Test
  void largeMapsNameEachRowAndColumn() {
    List<String> labels = texts(MapDrawing.large(PlateFormat.WELLS_1536));

    assertThat(labels, hasSize(32 + 48));
    assertThat(labels.get(31), is("AF"));
    assertThat(labels.get(79), is("48"));
  }

  @Test
  void smallMapsNameSome() {
    assertThat(
        texts(MapDrawing.small(PlateFormat.WELLS_384)),
        contains("A", "D", "H", "L", "P", "1", "6", "12", "18", "24"));
  }

  @ParameterizedTest
  @EnumSource
  void theLastWellLiesInTheDrawing(PlateFormat format) {
    for (MapDrawing drawing : List.of(MapDrawing.large(format), MapDrawing.small(format))) {
      WellPosition last = new WellPosition(format.rows() - 1, format.columns() - 1);
      String[] start = drawing.outline(last).replaceFirst("[ah].*", "").substring(1).split(" ");

      assertThat(Integer.parseInt(start[0]), lessThanOrEqualTo(drawing.width()));
      assertThat(Integer.parseInt(start[1]), lessThanOrEqualTo(drawing.height()));
    }
  }

  private static List<String> texts(MapDrawing drawing) {
    return drawing.labels().stream().map(MapDrawing.Label::text).toList();
  }
}
