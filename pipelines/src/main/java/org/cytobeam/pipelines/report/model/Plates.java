package org.cytobeam.pipelines.report.model;

import java.util.List;

/**
 * The plates of an output folder.
 *
 * @param maps those that are shown well by well, by name
 * @param totals the first of all plates, by name
 * @param count how many plates there are
 */
public record Plates(List<PlateMap> maps, List<PlateTotals> totals, long count) {}
