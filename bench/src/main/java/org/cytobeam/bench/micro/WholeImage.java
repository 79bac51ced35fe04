package org.cytobeam.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.cytobeam.bench.baseline.BaselineImage;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.io.tiff.TiffImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a TIFF to the bytes of a PNG. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseParallelGC")
public class WholeImage {

  /** What {@code plate} does between the source and the file. */
  @Benchmark
  public byte[] cytobeam(Images images) throws IOException {
    TiffImage image = new TiffDecoder().open(ByteRanges.of(images.nextFile()));
    CropBox crop = PlateDefaults.crop(image.width(), image.height());
    Raster rows = image.readRows(crop.y(), crop.height());
    PercentileScaling scaling = new PercentileScaling(PlateDefaults.PERCENTILE);
    return PngEncoder.encode(scaling.apply(rows, crop.y(), crop).pixels());
  }

  /** The same with Commons Imaging, a sort, and ImageIO. */
  @Benchmark
  public byte[] baseline(Images images) throws IOException {
    return BaselineImage.png(images.nextFile());
  }
}
