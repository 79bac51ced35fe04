package org.cytobeam.bench.baseline;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.cytobeam.io.pixels.Raster;

/** Writes and reads 8-bit grey PNGs with the JDK's own codec. */
public final class ImageIoPng {

  private ImageIoPng() {}

  /** Returns a PNG of an 8-bit image. */
  public static byte[] encode(Raster raster) throws IOException {
    BufferedImage image =
        new BufferedImage(raster.width(), raster.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, raster.width(), raster.height(), raster.bytes());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("the JDK has no PNG writer");
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads an 8-bit grey PNG.
   *
   * @throws IOException if the bytes are none
   */
  public static Raster decode(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    if (image == null || image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
      throw new IOException("no 8-bit grey PNG");
    }
    byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return Raster.uint8(image.getWidth(), image.getHeight(), samples);
  }
}
