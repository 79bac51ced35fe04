package org.cytobeam.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cytobeam.bench.baseline.CommonsImagingTiff;
import org.cytobeam.bench.baseline.ImageIoTiff;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.tiff.TiffDecoder;
import org.cytobeam.testing.images.TiffCompression;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The same pixels from uncompressed and Deflate-compressed TIFFs of one strip. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseParallelGC")
@State(Scope.Thread)
public class OtherDecoding {

  /** The name of a {@link TiffCompression}. */
  @Param({"NONE", "DEFLATE"})
  public String compression = TiffCompression.NONE.name();

  private final List<byte[]> files = new ArrayList<>();
  private int turn;

  /** Makes the files. */
  @Setup
  public void encode(Images images) {
    files.addAll(images.plainFiles(TiffCompression.valueOf(compression)));
  }

  /** Cytobeam's decoder, all rows. */
  @Benchmark
  public Raster cytobeam() throws IOException {
    return new TiffDecoder().decode(ByteRanges.of(nextFile()));
  }

  /** Apache Commons Imaging. */
  @Benchmark
  public Raster commonsImaging() throws IOException {
    return CommonsImagingTiff.decode(nextFile());
  }

  /** The JDK's ImageIO. */
  @Benchmark
  public Raster imageIo() throws IOException {
    return ImageIoTiff.decode(nextFile());
  }

  private byte[] nextFile() {
    turn = (turn + 1) % files.size();
    return files.get(turn);
  }
}
