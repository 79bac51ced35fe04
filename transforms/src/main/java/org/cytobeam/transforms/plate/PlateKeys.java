package org.cytobeam.transforms.plate;

import java.util.List;

/** The names of an image's keys in items, journals and manifests. */
public final class PlateKeys {

  /** The partner that imaged the plate. */
  public static final String SOURCE = "source";

  /** The batch. */
  public static final String BATCH = "batch";

  /** The plate. */
  public static final String PLATE = "plate";

  /** The well. */
  public static final String WELL = "well";

  /** The site in its well. */
  public static final String SITE = "site";

  /** The stain or light that the image shows. */
  public static final String CHANNEL = "channel";

  /** The job: one final table each. */
  public static final String JOB_ID = "job_id";

  /** What identifies a site, from the largest to the smallest. */
  public static final List<String> OF_SITE = List.of(SOURCE, BATCH, PLATE, WELL, SITE);

  private PlateKeys() {}
}
