package org.cytobeam.bench.figure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cytobeam.bench.baseline.BaselineImage;
import org.cytobeam.bench.baseline.HuffmanOnlyPng;
import org.cytobeam.bench.baseline.ImageIoPng;
import org.cytobeam.bench.micro.CropAndScale;
import org.cytobeam.bench.micro.LzwDecoding;
import org.cytobeam.bench.micro.OtherDecoding;
import org.cytobeam.bench.micro.PngEncoding;
import org.cytobeam.bench.micro.WholeImage;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.testing.images.TiffCompression;
import org.openjdk.jmh.runner.RunnerException;

/** Figures of single steps, measured by JMH. */
final class StepFigures {

  private final Settings settings;

  StepFigures(Settings settings) {
    this.settings = settings;
  }

  List<Row> lzw() throws RunnerException {
    Scores scores = Scores.of(LzwDecoding.class, settings, Map.of());
    return List.of(
        new Row(
            "LZW decode of one image",
            "≤ 8 ms, ≥ 10 × Commons Imaging",
            scores.text("cytobeamCropRows")
                + ", "
                + scores.ratio("cytobeamCropRows", "commonsImaging"),
            Text.of(
                "all rows %s, %s; Commons Imaging %s; ImageIO %s",
                scores.text("cytobeam"),
                scores.ratio("cytobeam", "commonsImaging"),
                scores.text("commonsImaging"),
                scores.text("imageIo"))));
  }

  List<Row> decode() throws RunnerException {
    return List.of(
        decode("uncompressed", TiffCompression.NONE), decode("Deflate", TiffCompression.DEFLATE));
  }

  private Row decode(String name, TiffCompression compression) throws RunnerException {
    Scores scores =
        Scores.of(OtherDecoding.class, settings, Map.of("compression", compression.name()));
    return new Row(
        "Decode of one image, " + name,
        "",
        scores.text("cytobeam"),
        Text.of(
            "Commons Imaging %s; ImageIO %s",
            scores.text("commonsImaging"), scores.text("imageIo")));
  }

  List<Row> scale() throws RunnerException {
    return List.of(
        against(CropAndScale.class, "Crop and scale", "≤ 1.5 ms", "sorted", "by sorting"));
  }

  List<Row> png() throws RunnerException, IOException {
    Scores scores = Scores.of(PngEncoding.class, settings, Map.of());
    long ours = 0;
    long imageIo = 0;
    long huffmanOnly = 0;
    List<byte[]> files = settings.source().load().files();
    for (byte[] file : files) {
      Raster crop = BaselineImage.scaled(file);
      ours += PngEncoder.encode(crop).length;
      imageIo += ImageIoPng.encode(crop).length;
      huffmanOnly += HuffmanOnlyPng.encode(crop).length;
    }
    return List.of(
        new Row(
            "PNG",
            "≤ 4 ms, ≥ 7 × ImageIO, mean ≤ 232 kB",
            Text.of(
                "%s, %s, %.1f kB",
                scores.text("cytobeam"),
                scores.ratio("cytobeam", "imageIo"),
                kilobytes(ours, files.size())),
            Text.of(
                "ImageIO %s, %.1f kB; filter Up, HUFFMAN_ONLY %s, %.1f kB",
                scores.text("imageIo"),
                kilobytes(imageIo, files.size()),
                scores.text("huffmanOnly"),
                kilobytes(huffmanOnly, files.size()))));
  }

  List<Row> image() throws RunnerException {
    return List.of(
        against(
            WholeImage.class,
            "Whole image, CPU, steady state",
            "≤ 13 ms",
            "baseline",
            "Commons Imaging, sort, ImageIO"));
  }

  /** Returns a row of our method and another. */
  private Row against(
      Class<?> benchmark, String name, String target, String method, String nameOfOther)
      throws RunnerException {
    Scores scores = Scores.of(benchmark, settings, Map.of());
    return new Row(
        name,
        target,
        scores.text("cytobeam"),
        Text.of("%s %s, %s", nameOfOther, scores.text(method), scores.ratio("cytobeam", method)));
  }

  private static double kilobytes(long bytes, int files) {
    return bytes / 1000.0 / files;
  }
}
