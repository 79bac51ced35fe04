package org.cytobeam.io.png;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngChunks.Chunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngEncoderTest {

  static Stream<Raster> kinds() {
    return Stream.of(
        SyntheticImages.micrograph(768, 768, 100, 1),
        SyntheticImages.micrograph(301, 407, 20, 2),
        SyntheticImages.mask(768, 768, 3),
        SyntheticImages.tiles(500, 333, 4),
        SyntheticImages.noise(256, 255, 5),
        SyntheticImages.ramp(1080, 1080),
        SyntheticImages.checkerboard(640, 480, 1),
        SyntheticImages.checkerboard(640, 480, 8),
        SyntheticImages.constant(768, 768, 0),
        SyntheticImages.constant(768, 768, 255),
        SyntheticImages.constant(1, 100_000, 7),
        SyntheticImages.noise(100_000, 1, 8));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsBackToTheSamePixels(Raster image) throws IOException {
    assertReadsBack(image);
  }

  @Property(tries = 2000)
  void readsBackToTheSamePixelsWhateverTheyAre(@ForAll("images") Raster image) throws IOException {
    assertReadsBack(image);
  }

  @Provide
  Arbitrary<Raster> images() {
    Arbitrary<Integer> sizes =
        Arbitraries.oneOf(Arbitraries.of(1, 2, 3), Arbitraries.integers().between(1, 90));
    return Combinators.combine(
            sizes, sizes, Arbitraries.longs(), Arbitraries.integers().between(0, 6))
        .as(PngEncoderTest::image);
  }

  private static Raster image(int width, int height, long seed, int kind) {
    return switch (kind) {
      case 0 -> SyntheticImages.constant(width, height, (int) (seed & 0xff));
      case 1 -> SyntheticImages.noise(width, height, seed);
      case 2 -> SyntheticImages.ramp(width, height);
      case 3 -> SyntheticImages.checkerboard(width, height, 1 + (int) (seed & 7));
      case 4 -> SyntheticImages.mask(width, height, seed);
      case 5 -> SyntheticImages.tiles(width, height, seed);
      default -> SyntheticImages.micrograph(width, height, (int) (seed & 0x7f), seed);
    };
  }

  private static void assertReadsBack(Raster image) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngEncoder.encode(image)));
    assertThat(read.getType(), is(BufferedImage.TYPE_BYTE_GRAY));
    assertThat(read.getWidth(), is(image.width()));
    assertThat(read.getHeight(), is(image.height()));
    byte[] pixels = ((DataBufferByte) read.getRaster().getDataBuffer()).getData();
    assertArrayEquals(image.bytes(), pixels);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasAHeaderOneDataChunkAndAnEnd(Raster image) {
    List<Chunk> chunks = PngChunks.of(PngEncoder.encode(image));

    assertThat(chunks.stream().map(Chunk::type).toList(), contains("IHDR", "IDAT", "IEND"));
    ByteBuffer header = ByteBuffer.wrap(chunks.get(0).data());
    assertThat(header.getInt(), is(image.width()));
    assertThat(header.getInt(), is(image.height()));
    byte[] depthColourCompressionFilterInterlace = new byte[5];
    header.get(depthColourCompressionFilterInterlace);
    assertThat(depthColourCompressionFilterInterlace, is(new byte[] {8, 0, 0, 0, 0}));
    assertThat(header.hasRemaining(), is(false));
    assertThat(chunks.get(2).data().length, is(0));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void filtersAllRowsAlikeAndEndsTheStreamWithTheData(Raster image) {
    byte[] data = PngChunks.of(PngEncoder.encode(image)).get(1).data();

    int rowLength = image.width() + 1;
    byte[] filtered = PngChunks.inflate(data, 0, data.length, rowLength * image.height());
    for (int y = 0; y < image.height(); y++) {
      assertThat(filtered[y * rowLength], is(FilterChoice.of(image).code()));
    }
  }

  /** Fails as soon as files get other bytes than before, which makes every rerun differ. */
  @ParameterizedTest
  @CsvSource({
    "0, 8b01bfb372bdaca6e2fc30e042874ba765c6cdb5012f1508bdf7087011187653",
    "1, e8e2a93ebf89212016b7ea33405c2da82abe9852814e024271b67f0821ad6178",
    "2, 785186ab373ea1387a0801225db7e873f105122cc6f84ad565d5aa0c5e7b09ad",
    "3, 8694cec23cc3063f46ae9f21911ec1765f1e539a8d74bd819bd6049b45965223",
    "5, bc1e7c8c994b1a2eebb78275e1d73d41fe31d0ad5c4972628051a2d9f05997d6",
  })
  void givesTheSameBytesEverywhere(int kind, String sha256) throws NoSuchAlgorithmException {
    byte[] png = PngEncoder.encode(kinds().skip(kind).findFirst().orElseThrow());

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(png);
    assertThat(HexFormat.of().formatHex(digest), is(sha256));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void makesNextToNothingOfAConstant(int value) {
    byte[] png = PngEncoder.encode(SyntheticImages.constant(768, 768, value));

    assertThat(png.length, is(lessThan(3 * 1024)));
  }

  @Test
  void addsLittleToWhatCannotBeCompressed() {
    byte[] png = PngEncoder.encode(SyntheticImages.noise(768, 768, 6));

    assertThat(png.length, is(lessThan(768 * 768 * 101 / 100)));
  }

  @Test
  void doesNotChangeThePixels() {
    Raster image = SyntheticImages.micrograph(50, 50, 50, 7);
    byte[] before = image.bytes().clone();

    PngEncoder.encode(image);

    assertThat(image.bytes(), is(before));
  }

  @Test
  void refusesSixteenBits() {
    Raster image = Raster.uint16(1, 1, new short[1]);

    assertThrows(IllegalArgumentException.class, () -> PngEncoder.encode(image));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void passesPngcheck(Raster image, @TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(isOnPath("pngcheck"), "pngcheck is not installed");
    Path png = Files.write(folder.resolve("image.png"), PngEncoder.encode(image));

    Process check = new ProcessBuilder("pngcheck", "-q", png.toString()).inheritIO().start();

    assertThat(check.waitFor(), is(0));
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
