package org.cytobeam.transforms.images;

/** The keys of an item of this job. */
public final class ImageKeys {

  /** The name as the table has it, but for secrets. */
  public static final String NAME = "name";

  /** How many rows of the tables have that name; absent if it is one. */
  public static final String ROWS = "rows";

  private ImageKeys() {}
}
