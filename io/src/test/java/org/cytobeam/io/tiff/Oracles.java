package org.cytobeam.io.tiff;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.commons.imaging.FormatCompliance;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.tiff.TiffContents;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffReader;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.fieldtypes.AbstractFieldType;

/** Independent decoders of the first page of a TIFF; each returns rows of samples. */
final class Oracles {

  private static final String TWELVE_MONKEYS = "com.twelvemonkeys";

  private Oracles() {}

  /** Decodes with TwelveMonkeys' reader, in the stored sense of black and white. */
  static int[][] twelveMonkeys(byte[] file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("tiff");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith(TWELVE_MONKEYS)) {
        return read(reader, file);
      }
    }
    throw new IllegalStateException("TwelveMonkeys' TIFF reader is not on the class path");
  }

  private static int[][] read(ImageReader reader, byte[] file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      Raster raster = reader.read(0).getRaster();
      int[][] rows = new int[raster.getHeight()][raster.getWidth()];
      for (int y = 0; y < rows.length; y++) {
        raster.getSamples(0, y, rows[y].length, 1, 0, rows[y]);
      }
      return rows;
    } finally {
      reader.dispose();
    }
  }

  /**
   * Decodes 16-bit samples with Commons Imaging.
   *
   * <p>It reads samples untouched only if they are said to be signed, so the directory is changed
   * to say that, and the sign taken off again.
   */
  static int[][] commonsImaging16(byte[] file) throws IOException {
    TiffContents contents =
        new TiffReader(false)
            .readDirectories(ByteSource.array(file), true, FormatCompliance.getDefault());
    var page = contents.directories.get(0);
    ByteOrder order = file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    List<TiffField> fields = new ArrayList<>();
    for (TiffField field : page.getDirectoryEntries()) {
      if (field.getTag() != TiffTagConstants.TIFF_TAG_SAMPLE_FORMAT.tag
          && field.getTag() != TiffTagConstants.TIFF_TAG_SAMPLES_PER_PIXEL.tag) {
        fields.add(field);
      }
    }
    fields.add(number(TiffTagConstants.TIFF_TAG_SAMPLE_FORMAT.tag, 2, order));
    fields.add(number(TiffTagConstants.TIFF_TAG_SAMPLES_PER_PIXEL.tag, 1, order));
    var signed = new org.apache.commons.imaging.formats.tiff.TiffDirectory(0, fields, 0, 0, order);
    signed.setTiffImageData(page.getTiffImageData());
    var raster = signed.getRasterData(null);
    int[] samples = raster.getIntData();
    int[][] rows = new int[raster.getHeight()][raster.getWidth()];
    for (int i = 0; i < samples.length; i++) {
      rows[i / raster.getWidth()][i % raster.getWidth()] = samples[i] & 0xffff;
    }
    return rows;
  }

  private static TiffField number(int tag, int value, ByteOrder order) {
    byte[] bytes = new byte[4];
    bytes[order == ByteOrder.LITTLE_ENDIAN ? 0 : 1] = (byte) value;
    return new TiffField(tag, 0, AbstractFieldType.SHORT, 1, 0, bytes, order, 0);
  }
}
