package org.cytobeam.pipelines.report.model;

import java.util.List;
import java.util.Optional;

/**
 * A plate, well by well.
 *
 * @param format the smallest standard plate that has all wells seen; empty if no name tells a place
 * @param wells those on the map, by position
 * @param elsewhere those whose names tell no place on it, by name
 * @param channels the scaling windows, by channel
 * @param notDrawn how many images are in wells or channels beyond those that are drawn
 */
public record PlateMap(
    PlateName name,
    Optional<PlateFormat> format,
    List<Well> wells,
    List<Well> elsewhere,
    List<ChannelMap> channels,
    long notDrawn) {

  /** Returns how many wells of the plate have no image, done or failed. */
  public int missing() {
    return format.map(f -> f.wells() - wells.size()).orElse(0);
  }

  /** Returns the wells on the map that have failed images. */
  public List<Well> failing() {
    return wells.stream().filter(well -> well.failed() > 0).toList();
  }
}
