package org.cytobeam.testing.plate;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Images read by the JDK's own codecs. */
public final class Pixels {

  private Pixels() {}

  /** Returns the samples of the only band of an image, in rows. */
  public static int[][] rows(byte[] file) throws IOException {
    BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(file)));
    Raster raster = image.getRaster();
    if (raster.getNumBands() != 1) {
      throw new IOException("an image with " + raster.getNumBands() + " bands");
    }
    int[][] rows = new int[raster.getHeight()][];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = raster.getSamples(0, y, raster.getWidth(), 1, 0, (int[]) null);
    }
    return rows;
  }

  /** Returns the SHA-256 of the 8-bit samples of an image, row by row. */
  public static String sha256(byte[] file) throws IOException {
    int[][] rows = rows(file);
    byte[] samples = new byte[rows.length * rows[0].length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) rows[i / rows[0].length][i % rows[0].length];
    }
    return sha256Of(samples);
  }

  /** Returns the SHA-256 of bytes. */
  public static String sha256Of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
