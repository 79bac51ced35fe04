package org.cytobeam.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cytobeam.bench.baseline.CommonsImagingTiff;
import org.cytobeam.bench.baseline.ImageIoTiff;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.io.tiff.TiffImage;
import org.cytobeam.testing.images.TiffCompression;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of an LZW-compressed TIFF to its pixels. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseParallelGC")
public class LzwDecoding {

  /** Cytobeam's decoder, the rows that the crop needs: what {@code plate} does. */
  @Benchmark
  public Raster cytobeamCropRows(Images images) throws IOException {
    TiffImage image = new TiffDecoder().open(ByteRanges.of(images.nextFile()));
    CropBox crop = PlateDefaults.crop(image.width(), image.height());
    return image.readRows(crop.y(), crop.height());
  }

  /** Cytobeam's decoder, all rows: what the others do. */
  @Benchmark
  public Raster cytobeam(Images images) throws IOException {
    return new TiffDecoder().decode(ByteRanges.of(images.nextFile()));
  }

  /** Apache Commons Imaging. */
  @Benchmark
  public Raster commonsImaging(Images images) throws IOException {
    return CommonsImagingTiff.decode(images.nextFile());
  }

  /** The JDK's ImageIO. It refuses the real files for the length of their date. */
  @Benchmark
  public Raster imageIo(PlainFiles files) throws IOException {
    return ImageIoTiff.decode(files.next());
  }

  /** LZW files of the same pixels without a date. */
  @State(Scope.Thread)
  public static class PlainFiles {

    private final List<byte[]> files = new ArrayList<>();
    private int turn;

    /** Makes the files. */
    @Setup
    public void encode(Images images) {
      files.addAll(images.plainFiles(TiffCompression.LZW));
    }

    byte[] next() {
      turn = (turn + 1) % files.size();
      return files.get(turn);
    }
  }
}
