package org.cytobeam.io.tiff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.bytes.ByteRanges;
import org.cytobeam.io.pixels.SampleType;

class TiffFlavourTest {

  private final TiffDecoder decoder = new TiffDecoder();

  @Provide
  Arbitrary<TiffFlavour> flavours() {
    return TiffFlavour.any();
  }

  @Property(tries = 2000)
  void decodesToExactlyTheSamplesWritten(@ForAll("flavours") TiffFlavour flavour)
      throws IOException {
    TiffImage image = decoder.open(ByteRanges.of(flavour.builder().build()));

    assertThat(image.width(), is(flavour.rows()[0].length));
    assertThat(image.height(), is(flavour.rows().length));
    assertThat(image.type(), is(flavour.bits() == 8 ? SampleType.UINT8 : SampleType.UINT16));
    assertThat(Rasters.rows(image.read()), is(flavour.rows()));
  }

  @Property(tries = 2000)
  void agreesWithTwelveMonkeys(@ForAll("flavours") TiffFlavour flavour) throws IOException {
    byte[] file = flavour.builder().build();

    assertThat(Rasters.rows(decoder.decode(ByteRanges.of(file))), is(Oracles.twelveMonkeys(file)));
  }

  @Property(tries = 2000)
  void agreesWithCommonsImaging(@ForAll("readByCommons") TiffFlavour flavour) throws IOException {
    byte[] file = flavour.builder().build();

    assertThat(
        Rasters.rows(decoder.decode(ByteRanges.of(file))), is(Oracles.commonsImaging16(file)));
  }

  /** Commons Imaging misreads values that stand inside the entries of a big-endian BigTIFF. */
  @Provide
  Arbitrary<TiffFlavour> readByCommons() {
    return TiffFlavour.any()
        .filter(flavour -> flavour.bits() == 16)
        .filter(flavour -> flavour.storage().littleEndian() || !flavour.storage().big());
  }
}
