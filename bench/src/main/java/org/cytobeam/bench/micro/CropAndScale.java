package org.cytobeam.bench.micro;

import java.util.concurrent.TimeUnit;
import org.cytobeam.bench.baseline.SortedScaling;
import org.cytobeam.bench.plate.PlateDefaults;
import org.cytobeam.io.pixels.CropBox;
import org.cytobeam.io.pixels.PercentileScaling;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.pixels.ScaledImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** From the pixels of an image to its 8-bit crop. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseParallelGC")
public class CropAndScale {

  /** Cytobeam's scaling. */
  @Benchmark
  public ScaledImage cytobeam(Images images) {
    Raster pixels = images.nextPixels();
    return new PercentileScaling(PlateDefaults.PERCENTILE).apply(pixels, crop(pixels));
  }

  /** The same by sorting, as numpy does it. */
  @Benchmark
  public Raster sorted(Images images) {
    Raster pixels = images.nextPixels();
    return SortedScaling.apply(pixels, crop(pixels), PlateDefaults.PERCENTILE);
  }

  private static CropBox crop(Raster pixels) {
    return PlateDefaults.crop(pixels.width(), pixels.height());
  }
}
