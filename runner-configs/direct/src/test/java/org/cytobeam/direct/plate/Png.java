package org.cytobeam.direct.plate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/**
 * A PNG as another reader sees it: ImageIO.
 *
 * @param width columns
 * @param height rows
 * @param pixels one byte each, row by row
 */
record Png(int width, int height, byte[] pixels) {

  /** Reads an 8-bit grey picture. */
  static Png read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      throw new IOException(file + " is no 8-bit grey picture");
    }
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return new Png(image.getWidth(), image.getHeight(), pixels);
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
