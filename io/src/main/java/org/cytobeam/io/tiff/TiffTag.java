package org.cytobeam.io.tiff;

/**
 * Numbers of the TIFF tags that are used by name here.
 *
 * <p>A {@link TiffDirectory} can be asked for any other number as well. Sources: TIFF 6.0 (1992),
 * its Technical Note 1 (SubIFDs), and the registrations of ImageJ and EXIF.
 */
public final class TiffTag {

  public static final int NEW_SUBFILE_TYPE = 254;
  public static final int IMAGE_WIDTH = 256;
  public static final int IMAGE_LENGTH = 257;
  public static final int BITS_PER_SAMPLE = 258;
  public static final int COMPRESSION = 259;
  public static final int PHOTOMETRIC_INTERPRETATION = 262;
  public static final int FILL_ORDER = 266;
  public static final int IMAGE_DESCRIPTION = 270;
  public static final int STRIP_OFFSETS = 273;
  public static final int SAMPLES_PER_PIXEL = 277;
  public static final int ROWS_PER_STRIP = 278;
  public static final int STRIP_BYTE_COUNTS = 279;
  public static final int X_RESOLUTION = 282;
  public static final int Y_RESOLUTION = 283;
  public static final int PLANAR_CONFIGURATION = 284;
  public static final int RESOLUTION_UNIT = 296;
  public static final int SOFTWARE = 305;
  public static final int DATE_TIME = 306;
  public static final int PREDICTOR = 317;
  public static final int TILE_WIDTH = 322;
  public static final int TILE_LENGTH = 323;
  public static final int TILE_OFFSETS = 324;
  public static final int TILE_BYTE_COUNTS = 325;
  public static final int SUB_IFDS = 330;
  public static final int SAMPLE_FORMAT = 339;
  public static final int IMAGEJ_METADATA_BYTE_COUNTS = 50838;
  public static final int IMAGEJ_METADATA = 50839;

  private TiffTag() {}

  /** Returns the tag's name and number, such as {@code Compression (259)}, for messages. */
  public static String describe(int tag) {
    String name = name(tag);
    return name.isEmpty() ? "tag " + tag : name + " (" + tag + ")";
  }

  private static String name(int tag) {
    return switch (tag) {
      case NEW_SUBFILE_TYPE -> "NewSubfileType";
      case IMAGE_WIDTH -> "ImageWidth";
      case IMAGE_LENGTH -> "ImageLength";
      case BITS_PER_SAMPLE -> "BitsPerSample";
      case COMPRESSION -> "Compression";
      case PHOTOMETRIC_INTERPRETATION -> "PhotometricInterpretation";
      case FILL_ORDER -> "FillOrder";
      case IMAGE_DESCRIPTION -> "ImageDescription";
      case STRIP_OFFSETS -> "StripOffsets";
      case SAMPLES_PER_PIXEL -> "SamplesPerPixel";
      case ROWS_PER_STRIP -> "RowsPerStrip";
      case STRIP_BYTE_COUNTS -> "StripByteCounts";
      case X_RESOLUTION -> "XResolution";
      case Y_RESOLUTION -> "YResolution";
      case PLANAR_CONFIGURATION -> "PlanarConfiguration";
      case RESOLUTION_UNIT -> "ResolutionUnit";
      case SOFTWARE -> "Software";
      case DATE_TIME -> "DateTime";
      case PREDICTOR -> "Predictor";
      case TILE_WIDTH -> "TileWidth";
      case TILE_LENGTH -> "TileLength";
      case TILE_OFFSETS -> "TileOffsets";
      case TILE_BYTE_COUNTS -> "TileByteCounts";
      case SUB_IFDS -> "SubIFDs";
      case SAMPLE_FORMAT -> "SampleFormat";
      case IMAGEJ_METADATA_BYTE_COUNTS -> "IJMetadataByteCounts";
      case IMAGEJ_METADATA -> "IJMetadata";
      default -> "";
    };
  }
}
