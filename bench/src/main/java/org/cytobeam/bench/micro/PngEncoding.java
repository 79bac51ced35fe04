package org.cytobeam.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.cytobeam.bench.baseline.HuffmanOnlyPng;
import org.cytobeam.bench.baseline.ImageIoPng;
import org.cytobeam.io.png.PngEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** From an 8-bit crop to the bytes of its PNG. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseParallelGC")
public class PngEncoding {

  /** Cytobeam's encoder. */
  @Benchmark
  public byte[] cytobeam(Images images) {
    return PngEncoder.encode(images.nextCrop());
  }

  /** The JDK's ImageIO. */
  @Benchmark
  public byte[] imageIo(Images images) throws IOException {
    return ImageIoPng.encode(images.nextCrop());
  }

  /** The best that {@code java.util.zip} gives: filter Up, Huffman codes alone. */
  @Benchmark
  public byte[] huffmanOnly(Images images) throws IOException {
    return HuffmanOnlyPng.encode(images.nextCrop());
  }
}
