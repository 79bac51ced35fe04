package org.cytobeam.transforms.image;

/** The names of what is measured on an image, in {@code Facts.getMeasures()}. */
public final class Measures {

  /** Columns of the image as it was fetched. */
  public static final String IMAGE_WIDTH = "image_width";

  /** Rows of the image as it was fetched. */
  public static final String IMAGE_HEIGHT = "image_height";

  /** First column of the crop, from 0. */
  public static final String CROP_X = "crop_x";

  /** First row of the crop, from 0. */
  public static final String CROP_Y = "crop_y";

  /** Columns of the crop. */
  public static final String CROP_WIDTH = "crop_width";

  /** Rows of the crop. */
  public static final String CROP_HEIGHT = "crop_height";

  /** The sample value that became 0, with all below it. */
  public static final String WINDOW_LOW = "window_low";

  /** The sample value that became 255, with all above it. */
  public static final String WINDOW_HIGH = "window_high";

  /** The smallest sample of the crop. */
  public static final String SAMPLE_MIN = "sample_min";

  /** The largest sample of the crop. */
  public static final String SAMPLE_MAX = "sample_max";

  private Measures() {}
}
