package org.cytobeam.bench.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticPlateTest {

  private static final int SITES_OF_A_PLATE = 384 * 9;

  @TempDir private Path folder;

  @Test
  void hasWholeSites() {
    assertThat(SyntheticPlate.ofImages(5_000, List.of("A", "B", "C")).images(), is(5_001));
    assertThat(SyntheticPlate.ofImages(5_000, List.of("A", "B")).images(), is(5_000));
    assertThat(SyntheticPlate.ofImages(1, List.of("A", "B")).sites(), is(1));
  }

  @Test
  void namesRowsAndKeysLikeTheGallery() throws IOException {
    SyntheticPlate plate = new SyntheticPlate(2, List.of("DNA", "AGP"));
    String images = "cpg0000-bench/source_0/images/2026_01_Bench/images/BENCH0001/Images/";

    assertThat(
        List.copyOf(plate.keys().entrySet()),
        contains(
            Map.entry(images + "r01c01f01p01-ch1sk1fk1fl1.tiff", 0),
            Map.entry(images + "r01c01f01p01-ch2sk1fk1fl1.tiff", 1),
            Map.entry(images + "r01c01f02p01-ch1sk1fk1fl1.tiff", 0),
            Map.entry(images + "r01c01f02p01-ch2sk1fk1fl1.tiff", 1)));
    assertThat(
        table(plate).get(0),
        is(
            "Metadata_Source,Metadata_Batch,Metadata_Plate,Metadata_Well,Metadata_Site,"
                + "URL_OrigDNA,URL_OrigAGP"));
    assertThat(
        table(plate).get(2),
        is(
            "source_0,2026_01_Bench,BENCH0001,A01,2,"
                + ("s3://cellpainting-gallery/" + images + "r01c01f02p01-ch1sk1fk1fl1.tiff,")
                + ("s3://cellpainting-gallery/" + images + "r01c01f02p01-ch2sk1fk1fl1.tiff")));
  }

  @Test
  void listsEachKeyInTheTable() throws IOException {
    SyntheticPlate plate = new SyntheticPlate(40, List.of("DNA", "AGP", "ER"));

    List<String> addresses = new ArrayList<>();
    List<String> lines = table(plate);
    for (String line : lines.subList(1, lines.size())) {
      addresses.addAll(List.of(line.split(",", -1)).subList(5, 8));
    }

    assertThat(
        addresses,
        is(plate.keys().keySet().stream().map(key -> "s3://cellpainting-gallery/" + key).toList()));
  }

  @Test
  void goesOnWithAnotherPlateAfterTheLastWell() throws IOException {
    List<String> lines = table(new SyntheticPlate(SITES_OF_A_PLATE + 1, List.of("DNA")));

    assertThat(new HashSet<>(lines), hasSize(SITES_OF_A_PLATE + 2));
    assertThat(keysOf(lines.get(SITES_OF_A_PLATE)), is("source_0,2026_01_Bench,BENCH0001,P24,9"));
    assertThat(
        keysOf(lines.get(SITES_OF_A_PLATE + 1)), is("source_0,2026_01_Bench,BENCH0002,A01,1"));
  }

  private static String keysOf(String line) {
    return line.substring(0, line.lastIndexOf(','));
  }

  private List<String> table(SyntheticPlate plate) throws IOException {
    Path file = folder.resolve("load_data.csv");
    plate.writeTable(file);
    return Files.readAllLines(file);
  }
}
