package org.cytobeam.pipelines.report.page;

import java.util.ArrayList;
import java.util.List;
import org.cytobeam.pipelines.report.model.WindowHistogram;
import org.cytobeam.pipelines.text.Quantity;

/**
 * Histograms on one logarithmic axis of sample values: upper ends of windows above it, lower ends
 * below it. All lengths are pixels of a drawing {@value #WIDTH} wide and {@value #HEIGHT} high.
 */
public final class HistogramDrawing {

  /** The width of a drawing. */
  public static final int WIDTH = 340;

  /** The height of a drawing. */
  public static final int HEIGHT = 162;

  private static final int MARGIN = 14;
  private static final int AXIS = 76;
  private static final int HIGHEST_BAR = 66;
  private static final int BINS_PER_OCTAVE = 4;
  private static final int KILO = 10;

  private final int firstOctave;
  private final int octaves;

  /** A bar. */
  public record Bar(double x, double y, double width, double height, String tip) {}

  /** A mark on the axis. */
  public record Tick(double x, String text) {}

  private HistogramDrawing(int firstOctave, int octaves) {
    this.firstOctave = firstOctave;
    this.octaves = octaves;
  }

  /** Returns the drawing of some histograms: its axis has all that any of them has. */
  public static HistogramDrawing of(List<WindowHistogram> histograms) {
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (WindowHistogram histogram : histograms) {
      for (int bin = 0; bin < histogram.low().size(); bin++) {
        if (histogram.low().get(bin) + histogram.high().get(bin) > 0) {
          first = Math.min(first, bin / BINS_PER_OCTAVE);
          last = Math.max(last, bin / BINS_PER_OCTAVE);
        }
      }
    }
    int from = Math.min(first, last);
    return new HistogramDrawing(from, last - from + 1);
  }

  /** Returns where the axis is. */
  public int axis() {
    return AXIS;
  }

  /** Returns the bars of the upper ends. */
  public List<Bar> highBars(WindowHistogram histogram) {
    return bars(histogram.high(), true);
  }

  /** Returns the bars of the lower ends. */
  public List<Bar> lowBars(WindowHistogram histogram) {
    return bars(histogram.low(), false);
  }

  private List<Bar> bars(List<Long> counts, boolean upwards) {
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    double width = (WIDTH - 2.0 * MARGIN) / (octaves * BINS_PER_OCTAVE);
    for (int bin = 0; bin < counts.size(); bin++) {
      long count = counts.get(bin);
      if (count > 0) {
        double height = rounded(Math.max(1.5, (double) HIGHEST_BAR * count / most));
        double x = rounded(x(bin));
        double y = rounded(upwards ? AXIS - height : AXIS);
        bars.add(new Bar(x, y, rounded(width - 1), height, tip(bin, count)));
      }
    }
    return bars;
  }

  private static String tip(int bin, long count) {
    return Quantity.whole(value(bin))
        + " to "
        + Quantity.whole(value(bin + 1))
        + ": "
        + Quantity.of(count, "image");
  }

  private static double value(int bin) {
    return Math.pow(2, (double) bin / BINS_PER_OCTAVE);
  }

  private double x(int bin) {
    double width = (WIDTH - 2.0 * MARGIN) / (octaves * BINS_PER_OCTAVE);
    return MARGIN + (bin - firstOctave * BINS_PER_OCTAVE) * width;
  }

  /** Returns the marks of the axis: powers of two, or of four where those are many. */
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    int step = octaves > 8 ? 2 : 1;
    for (int octave = firstOctave; octave <= firstOctave + octaves; octave += step) {
      ticks.add(new Tick(rounded(x(octave * BINS_PER_OCTAVE)), shortened(1L << octave)));
    }
    return ticks;
  }

  /** Returns {@code 4k} for 4,096. */
  private static String shortened(long power) {
    return power < 1 << KILO ? Long.toString(power) : (power >> KILO) + "k";
  }

  private static double rounded(double pixels) {
    return Math.round(pixels * 10) / 10.0;
  }
}
