package org.cytobeam.pipelines.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cytobeam.pipelines.report.model.PlateFormat;
import org.cytobeam.pipelines.report.model.Well;
import org.cytobeam.pipelines.report.model.WellPosition;

/**
 * A plate as it is drawn: row A on top, column 1 at the left; wells are round on plates of up to 96
 * and square on those of more, as real ones are. All lengths are pixels.
 */
public final class MapDrawing {

  private static final int LEFT = 24;
  private static final int TOP = 18;
  private static final int MARGIN = 4;
  private static final int SMALLEST_WITH_ALL_LABELS = 13;

  private final PlateFormat format;
  private final int pitch;
  private final int well;

  /** A letter or a number at an edge. */
  public record Label(String text, int x, int y) {}

  private MapDrawing(PlateFormat format, int pitch) {
    this.format = format;
    this.pitch = pitch;
    this.well = pitch - Math.max(1, pitch / 8);
  }

  /** Returns the drawing of a plate's main map. */
  public static MapDrawing large(PlateFormat format) {
    return new MapDrawing(
        format,
        switch (format) {
          case WELLS_6 -> 60;
          case WELLS_12 -> 52;
          case WELLS_24 -> 46;
          case WELLS_48 -> 40;
          case WELLS_96 -> 36;
          case WELLS_384 -> 24;
          case WELLS_1536 -> 16;
        });
  }

  /** Returns the drawing of one of several small maps. */
  public static MapDrawing small(PlateFormat format) {
    return new MapDrawing(
        format,
        switch (format) {
          case WELLS_6 -> 44;
          case WELLS_12 -> 36;
          case WELLS_24 -> 28;
          case WELLS_48 -> 22;
          case WELLS_96 -> 18;
          case WELLS_384 -> 9;
          case WELLS_1536 -> 7;
        });
  }

  /** Returns the width of the drawing. */
  public int width() {
    return LEFT + format.columns() * pitch + MARGIN;
  }

  /** Returns the height of the drawing. */
  public int height() {
    return TOP + format.rows() * pitch + MARGIN;
  }

  /** Returns the frame of the wells: the plate itself, with its corner cut at A1. */
  public String frame() {
    int cut = Math.min(pitch / 2, 8);
    int left = LEFT - 2;
    int top = TOP - 2;
    int right = format.columns() * pitch + 3;
    int bottom = format.rows() * pitch + 3;
    return "M"
        + (left + cut)
        + " "
        + top
        + "h"
        + (right - cut)
        + "v"
        + bottom
        + "h-"
        + right
        + "v-"
        + (bottom - cut)
        + "z";
  }

  /**
   * Returns the letters of the rows and the numbers of the columns, as many as there is room for.
   */
  public List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    int rowStep = pitch >= SMALLEST_WITH_ALL_LABELS ? 1 : format.rows() / 4;
    int columnStep = pitch >= SMALLEST_WITH_ALL_LABELS ? 1 : format.columns() / 4;
    for (int row = 0; row < format.rows(); row++) {
      if (isLabelled(row, rowStep)) {
        int y = TOP + row * pitch + pitch / 2 + 3;
        labels.add(new Label(WellPosition.letters(row), LEFT / 2 - 2, y));
      }
    }
    for (int column = 0; column < format.columns(); column++) {
      if (isLabelled(column, columnStep)) {
        int x = LEFT + column * pitch + well / 2;
        labels.add(new Label(Integer.toString(column + 1), x, TOP - 6));
      }
    }
    return labels;
  }

  private static boolean isLabelled(int index, int step) {
    return index == 0 || (index + 1) % step == 0;
  }

  /** Returns the outline of a well as the data of a path. */
  public String outline(WellPosition place) {
    int x = LEFT + place.column() * pitch;
    int y = TOP + place.row() * pitch;
    if (format.wells() > PlateFormat.WELLS_96.wells()) {
      return "M" + x + " " + y + "h" + well + "v" + well + "h-" + well + "z";
    }
    int radius = well / 2;
    String arc = "a" + radius + " " + radius + " 0 1 0 ";
    return "M" + x + " " + (y + radius) + arc + 2 * radius + " 0" + arc + -2 * radius + " 0z";
  }

  /** Returns the outlines of some wells as the data of one path. */
  public String outlines(List<WellPosition> places) {
    StringBuilder path = new StringBuilder();
    places.forEach(place -> path.append(outline(place)));
    return path.toString();
  }

  /** Returns the outlines of all wells but those given. */
  public String outlinesOfOthers(List<WellPosition> places) {
    Set<WellPosition> seen = Set.copyOf(places);
    List<WellPosition> others = new ArrayList<>();
    for (int row = 0; row < format.rows(); row++) {
      for (int column = 0; column < format.columns(); column++) {
        WellPosition place = new WellPosition(row, column);
        if (!seen.contains(place)) {
          others.add(place);
        }
      }
    }
    return outlines(others);
  }

  /**
   * Returns the marks on wells with failures: a stroke where some failed, a cross where all did.
   */
  public String marks(List<Well> wells) {
    StringBuilder path = new StringBuilder();
    for (Well marked : wells) {
      if (marked.failed() > 0) {
        WellPosition place = marked.position().orElseThrow();
        int inset = Math.max(2, well / 4);
        int left = LEFT + place.column() * pitch + inset;
        int top = TOP + place.row() * pitch + inset;
        int side = well - 2 * inset;
        path.append("M" + left + " " + (top + side) + "l" + side + "-" + side);
        if (marked.done() == 0) {
          path.append("M" + left + " " + top + "l" + side + " " + side);
        }
      }
    }
    return path.toString();
  }
}
