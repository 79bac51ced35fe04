package org.cytobeam.pipelines.report.model;

import java.util.List;

/**
 * How the ends of the scaling windows of a channel are spread over its images. The bins are those
 * of {@link SampleCounts}: {@value SampleCounts#BINS_PER_OCTAVE} an octave.
 *
 * @param images how many there are
 * @param low images by the bin of the sample that became black
 * @param high images by the bin of the sample that became white
 * @param medianLow the median of the former, to the nearest whole number
 * @param medianHigh the median of the latter
 */
public record WindowHistogram(
    String channel,
    long images,
    List<Long> low,
    List<Long> high,
    long medianLow,
    long medianHigh) {}
