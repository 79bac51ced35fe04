package org.cytobeam.bench.baseline;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.cytobeam.io.pixels.Raster;

/** Decodes 16-bit grey TIFFs with the JDK's own reader. */
public final class ImageIoTiff {

  private ImageIoTiff() {}

  /** Decodes the first page. */
  public static Raster decode(byte[] file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      BufferedImage image = reader.read(0);
      short[] samples = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
      return Raster.uint16(image.getWidth(), image.getHeight(), samples);
    } finally {
      reader.dispose();
    }
  }
}
