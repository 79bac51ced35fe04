package org.cytobeam.direct.plate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** A PNG as another reader sees it: ImageIO. */
final class Png {

  private final int width;
  private final int height;
  private final byte[] pixels;

  private Png(int width, int height, byte[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /** Reads an 8-bit grey picture. */
  static Png read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      throw new IOException(file + " is no 8-bit grey picture");
    }
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return new Png(image.getWidth(), image.getHeight(), pixels);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns one byte a pixel, row by row. */
  byte[] pixels() {
    return pixels.clone();
  }

  /** Returns the hash of the pixels. */
  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
