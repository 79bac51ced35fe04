package org.cytobeam.pipelines.report.model;

import java.util.List;
import org.cytobeam.transforms.outcome.Warning;

/**
 * The warnings of a kind.
 *
 * @param count how many there are
 * @param rows the first of them
 */
public record WarningGroup(String kind, long count, List<Warning> rows) {}
