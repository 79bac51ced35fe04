package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.ImageException;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.testing.fuzz.Damage;
import org.cytobeam.testing.fuzz.Fuzz;
import org.cytobeam.testing.images.Pictures;
import org.cytobeam.testing.images.TiffBuilder;
import org.cytobeam.testing.images.TiffCompression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged TIFFs of all flavours end in pixels or an {@link ImageException}, nothing else. */
class TiffFuzzTest {

  private static final int INPUTS = 5_000;

  /** Small, so that an input can't take long by claiming pixels that cost nothing. */
  private static final long MAX_PIXELS = 1 << 14;

  private static final int CHANGED = 600;

  /** Only to end a test that hangs; nothing here takes a second. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final int[][] SMALL = Pictures.micrograph(20, 12, 65_535, 1);

  /** More pages than a small file has room for would be a loop. */
  private static final int MOST_PAGES = 1_000;

  private final TiffDecoder decoder = new TiffDecoder(MAX_PIXELS);

  /** Types of numbers, which are also values of tags. */
  private final Damage damage = new Damage((byte) 0, (byte) 1, (byte) 3, (byte) 4, (byte) 16);

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void damageEndsInPixelsOrAnImageException(TiffCompression compression) throws IOException {
    List<byte[]> sound = files(compression);
    for (byte[] file : sound) {
      assertThat(decodes(file, new Random(1)), is(true));
    }

    Fuzz.of("TIFF " + compression)
        .run(
            INPUTS,
            random -> decodes(damage.of(sound.get(random.nextInt(sound.size())), random), random));
  }

  private static List<byte[]> files(TiffCompression compression) {
    List<byte[]> files = new ArrayList<>();
    int[][] picture = Pictures.micrograph(37, 29, 65_535, 1);
    int[][] narrow = Pictures.ramp(3, 40, 255);
    for (int i = 0; i < 32; i++) {
      TiffBuilder builder =
          ((i & 1) == 0 ? TiffBuilder.uint16(picture) : TiffBuilder.uint8(narrow))
              .order((i & 2) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
              .big((i & 4) == 0)
              .directoryLast((i & 8) == 0)
              .compression(compression)
              .differenced(i % 3 == 0 && compression != TiffCompression.NONE);
      builder = (i & 16) == 0 ? builder.strips(1 + i) : builder.tiles(16, 16);
      if (i % 5 == 0) {
        builder = builder.page(TiffBuilder.uint8(narrow)).subImage(TiffBuilder.uint8(narrow));
      }
      files.add(builder.build());
    }
    return files;
  }

  /** Reads all there is, and checks that the rows read alone are those of the whole. */
  private boolean decodes(byte[] file, Random random) throws IOException {
    ByteRanges source = ByteRanges.of(file);
    walk(source);
    try {
      TiffImage image = decoder.open(source);
      int first = random.nextInt(image.height());
      int count = 1 + random.nextInt(image.height() - first);
      int[][] some = Rasters.rows(image.readRows(first, count));
      int[][] all = Rasters.rows(image.read());
      assertThat(some, is(Arrays.copyOfRange(all, first, first + count)));
      return true;
    } catch (ImageException e) {
      assertThat(e.getMessage(), is(not(blankOrNullString())));
      return false;
    }
  }

  private static void walk(ByteRanges source) throws IOException {
    try {
      TiffFile file = TiffFile.open(source);
      TiffPages pages = file.pages();
      for (int met = 0; pages.hasNext(); met++) {
        assertThat(met < MOST_PAGES, is(true));
        OptionalLong sub = pages.next().integer(TiffTag.SUB_IFDS);
        if (sub.isPresent()) {
          file.directory(sub.getAsLong());
        }
      }
    } catch (ImageException e) {
      assertThat(e.getMessage(), is(not(blankOrNullString())));
    }
  }

  @ParameterizedTest
  @EnumSource(TiffCompression.class)
  void givesARasterOfTheRightSizeOrRefusesWhateverIsChanged(TiffCompression compression) {
    Random random = new Random(compression.code());
    for (int i = 0; i < CHANGED; i++) {
      TiffBuilder builder =
          (i % 2 == 0 ? TiffBuilder.uint8(SMALL) : TiffBuilder.uint16(SMALL))
              .compression(compression)
              .differenced(i % 3 == 0)
              .big(i % 5 == 0)
              .order(i % 7 < 3 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
              .directoryLast(i % 11 < 5);
      byte[] file = (i % 4 == 0 ? builder.tiles(16, 16) : builder.strips(1 + i % 12)).build();
      for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      decodeOrRefuse(file);
    }
  }

  @Property(tries = 1000)
  void refusesAnyBytesBehindAHeader(
      @ForAll @Size(max = 400) byte[] bytes, @ForAll boolean big, @ForAll boolean littleEndian) {
    byte[] file = new byte[16 + bytes.length];
    System.arraycopy(bytes, 0, file, 16, bytes.length);
    ByteBuffer header =
        ByteBuffer.wrap(file).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    header.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
    if (big) {
      header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
    } else {
      header.putShort((short) 42).putInt(16);
    }

    decodeOrRefuse(file);
  }

  @Property(tries = 1000)
  void decompressorsTakeAnyBytes(
      @ForAll @Size(max = 300) byte[] data, @ForAll TiffCompression compression) {
    decodeOrRefuse(
        TiffBuilder.uint16(SMALL).strips(5).compression(compression).block(1, data).build());
  }

  /** Anything but a raster or an {@link ImageException} fails the test. */
  private void decodeOrRefuse(byte[] file) {
    assertTimeoutPreemptively(
        STUCK,
        () -> {
          try {
            TiffImage image = decoder.open(ByteRanges.of(file));
            Raster raster = image.read();
            assertThat(raster.width(), is(image.width()));
            assertThat(raster.height(), is(image.height()));
          } catch (ImageException e) {
            assertThat(e.getMessage(), is(not(blankOrNullString())));
          }
        });
  }
}
