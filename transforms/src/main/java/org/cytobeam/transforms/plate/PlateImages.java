package org.cytobeam.transforms.plate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;

/**
 * The images of a site and their names in the output folder: {@code
 * <source>/<batch>/<plate>/<source>__<plate>__<well>__<site>__<channel>.png}.
 *
 * <p>What can't stand in a file name is escaped as {@link SafeName} says.
 */
public final class PlateImages {

  private static final String STEP = "ExpandChannels";

  private PlateImages() {}

  /** Returns one outcome a channel: pending, or failed where the row or the name is no good. */
  public static List<Outcome> of(LoadDataRow row, List<String> channels) {
    String problem = row.getProblem();
    if (problem != null) {
      Item item = Item.of(row.getWhere(), "", row.getWhere(), Map.of());
      return List.of(failed(item, FailureClass.BAD_ROW, problem));
    }
    return channels.stream().map(channel -> image(row, channel)).toList();
  }

  private static Outcome image(LoadDataRow row, String channel) {
    Map<String, String> keys = keys(row, channel);
    String uri = row.getUris().getOrDefault(channel, "");
    String id;
    try {
      id = path(row, channel);
    } catch (IllegalArgumentException e) {
      Item item = Item.of(row.getWhere() + " " + channel, uri, row.getWhere(), keys);
      return failed(item, FailureClass.BAD_NAME, String.valueOf(e.getMessage()));
    }
    Item item = Item.of(id, uri, row.getWhere(), keys);
    return uri.isEmpty()
        ? failed(item, FailureClass.BAD_ROW, "the row names no file for channel " + channel)
        : Outcome.pending(item);
  }

  /**
   * Returns the path of an image relative to the output folder.
   *
   * @throws IllegalArgumentException if a value can't be part of a file's name
   */
  static String path(LoadDataRow row, String channel) {
    String name =
        String.join("__", row.getSource(), row.getPlate(), row.getWell(), row.getSite(), channel)
            + ".png";
    return String.join(
        "/",
        SafeName.encode(row.getSource()),
        SafeName.encode(row.getBatch()),
        SafeName.encode(row.getPlate()),
        SafeName.encode(name));
  }

  private static Map<String, String> keys(LoadDataRow row, String channel) {
    Map<String, String> keys = new HashMap<>();
    keys.put(PlateKeys.SOURCE, row.getSource());
    keys.put(PlateKeys.BATCH, row.getBatch());
    keys.put(PlateKeys.PLATE, row.getPlate());
    keys.put(PlateKeys.WELL, row.getWell());
    keys.put(PlateKeys.SITE, row.getSite());
    keys.put(PlateKeys.CHANNEL, channel);
    keys.put(PlateKeys.JOB_ID, row.getJobId());
    return keys;
  }

  private static Outcome failed(Item item, FailureClass failureClass, String message) {
    return Outcome.pending(item).failed(Failure.of(STEP, failureClass, message, 1));
  }
}
