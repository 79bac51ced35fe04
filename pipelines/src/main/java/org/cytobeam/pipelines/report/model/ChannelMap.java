package org.cytobeam.pipelines.report.model;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The scaling windows of a channel on a plate.
 *
 * @param windows one a well that is on the map, by position
 */
public record ChannelMap(String channel, List<WellWindow> windows) {

  private static final double CLIPPED = 0.02;

  /**
   * The scaling window of a channel in a well: the medians of its images.
   *
   * @param name of the well
   * @param low the sample that became black
   * @param high the sample that became white
   */
  public record WellWindow(String name, WellPosition position, double low, double high) {}

  /** From where to where a colour scale goes; what is beyond has the colour of the end. */
  public record Scale(double from, double to) {

    /** Returns which of some equal steps a value falls on, from 0 on. */
    public int step(double value, int steps) {
      if (to <= from) {
        return value < from ? 0 : value > to ? steps - 1 : steps / 2;
      }
      int step = (int) Math.floor((value - from) / (to - from) * steps);
      return Math.max(0, Math.min(steps - 1, step));
    }
  }

  /** Returns the scale of the low ends: without the outermost 2 % of the wells on either side. */
  public Scale lowScale() {
    return scale(WellWindow::low);
  }

  /** Returns the scale of the high ends, in the same way. */
  public Scale highScale() {
    return scale(WellWindow::high);
  }

  private Scale scale(ToDoubleFunction<WellWindow> end) {
    DoubleStream ends = windows.stream().mapToDouble(end);
    double[] sorted = ends.sorted().toArray();
    int clipped = (int) (sorted.length * CLIPPED);
    return new Scale(sorted[clipped], sorted[sorted.length - 1 - clipped]);
  }
}
