package org.cytobeam.bench.baseline;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.imaging.FormatCompliance;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.tiff.TiffContents;
import org.apache.commons.imaging.formats.tiff.TiffDirectory;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffReader;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.fieldtypes.AbstractFieldType;
import org.cytobeam.io.pixels.Raster;

/** Decodes 16-bit grey TIFFs with Apache Commons Imaging. */
public final class CommonsImagingTiff {

  private static final int SIGNED = 2;

  private CommonsImagingTiff() {}

  /**
   * Decodes the first page.
   *
   * <p>The library gives samples untouched only if they are said to be signed, so the directory is
   * changed to say that, and the sign taken off again. That costs nothing beside the decoding.
   */
  public static Raster decode(byte[] file) throws IOException {
    TiffContents contents =
        new TiffReader(false)
            .readDirectories(ByteSource.array(file), true, FormatCompliance.getDefault());
    TiffDirectory page = contents.directories.get(0);
    var raster = signed(page, order(file)).getRasterData(null);
    int[] samples = raster.getIntData();
    short[] unsigned = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      unsigned[i] = (short) samples[i];
    }
    return Raster.uint16(raster.getWidth(), raster.getHeight(), unsigned);
  }

  private static TiffDirectory signed(TiffDirectory page, ByteOrder order) {
    int format = TiffTagConstants.TIFF_TAG_SAMPLE_FORMAT.tag;
    int samples = TiffTagConstants.TIFF_TAG_SAMPLES_PER_PIXEL.tag;
    List<TiffField> fields = new ArrayList<>();
    for (TiffField field : page.getDirectoryEntries()) {
      if (field.getTag() != format && field.getTag() != samples) {
        fields.add(field);
      }
    }
    fields.add(number(format, SIGNED, order));
    fields.add(number(samples, 1, order));
    TiffDirectory signed = new TiffDirectory(0, fields, 0, 0, order);
    signed.setTiffImageData(page.getTiffImageData());
    return signed;
  }

  private static ByteOrder order(byte[] file) {
    return file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private static TiffField number(int tag, int value, ByteOrder order) {
    byte[] bytes = new byte[Integer.BYTES];
    bytes[order == ByteOrder.LITTLE_ENDIAN ? 0 : 1] = (byte) value;
    return new TiffField(tag, 0, AbstractFieldType.SHORT, 1, 0, bytes, order, 0);
  }
}
