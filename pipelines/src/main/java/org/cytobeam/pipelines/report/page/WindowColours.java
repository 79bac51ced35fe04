package org.cytobeam.pipelines.report.page;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cytobeam.pipelines.report.model.ChannelMap;
import org.cytobeam.pipelines.report.model.ChannelMap.Scale;
import org.cytobeam.pipelines.report.model.ChannelMap.WellWindow;
import org.cytobeam.pipelines.report.model.WellPosition;
import org.cytobeam.pipelines.text.Quantity;

/**
 * The colours of one end of a channel's scaling windows: {@value #STEPS} steps of viridis, which
 * look evenly spaced to all eyes and in grey print.
 */
public final class WindowColours {

  /** How many colours there are. */
  public static final int STEPS = 16;

  private final ChannelMap map;
  private final Scale scale;
  private final ToDoubleFunction<WellWindow> end;

  private WindowColours(ChannelMap map, Scale scale, ToDoubleFunction<WellWindow> end) {
    this.map = map;
    this.scale = scale;
    this.end = end;
  }

  /** Returns the colours of the upper ends. */
  public static WindowColours high(ChannelMap map) {
    return new WindowColours(map, map.highScale(), WellWindow::high);
  }

  /** Returns the colours of the lower ends. */
  public static WindowColours low(ChannelMap map) {
    return new WindowColours(map, map.lowScale(), WellWindow::low);
  }

  /** Returns the style of a well. */
  public String style(WellWindow window) {
    return "k" + step(window);
  }

  /** Returns the wells of a step. */
  public List<WellPosition> onStep(int step) {
    return map.windows().stream()
        .filter(window -> step(window) == step)
        .map(WellWindow::position)
        .toList();
  }

  private int step(WellWindow window) {
    return scale.step(end.applyAsDouble(window), STEPS);
  }

  /** Returns where the scale begins. */
  public String from() {
    return Quantity.whole(scale.from());
  }

  /** Returns where the scale ends. */
  public String to() {
    return Quantity.whole(scale.to());
  }

  /** Returns whether the scale begins where it ends. */
  public boolean isOneColour() {
    return scale.from() >= scale.to();
  }

  /** Returns the window of a well: {@code B02: 141 to 3,402}. */
  public static String tip(WellWindow window) {
    return window.name()
        + ": "
        + Quantity.whole(window.low())
        + " to "
        + Quantity.whole(window.high());
  }
}
