package org.cytobeam.transforms.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.junit.jupiter.api.Test;

final class PlateImagesTest {

  private static final LoadDataRow SITE =
      LoadDataRow.builder()
          .setWhere("t.csv line 2")
          .setSource("source_4")
          .setBatch("2021_08_23_Batch12")
          .setPlate("BR00126114")
          .setWell("A01")
          .setSite("1")
          .setJobId("job")
          .setUris(Map.of("DNA", "s3://bucket/dna.tiff", "ER", "s3://bucket/er.tiff"))
          .build();

  private static LoadDataRow named(String source, String batch, String plate, String well) {
    return LoadDataRow.builder()
        .setWhere("t.csv line 2")
        .setSource(source)
        .setBatch(batch)
        .setPlate(plate)
        .setWell(well)
        .setSite("1")
        .setJobId("job")
        .setUris(Map.of("DNA", "s3://bucket/dna.tiff"))
        .build();
  }

  private static Outcome only(LoadDataRow row) {
    List<Outcome> images = PlateImages.of(row, List.of("DNA"));
    assertThat(images, hasSize(1));
    return images.get(0);
  }

  @Test
  void imagesAreNamedBySourceBatchPlateWellSiteAndChannel() {
    assertThat(
        PlateImages.of(SITE, List.of("DNA")),
        contains(
            Outcome.pending(
                Item.of(
                    "source_4/2021_08_23_Batch12/BR00126114/"
                        + "source_4__BR00126114__A01__1__DNA.png",
                    "s3://bucket/dna.tiff",
                    "t.csv line 2",
                    Map.of(
                        "source", "source_4",
                        "batch", "2021_08_23_Batch12",
                        "plate", "BR00126114",
                        "well", "A01",
                        "site", "1",
                        "channel", "DNA",
                        "job_id", "job")))));
  }

  @Test
  void aChannelWithoutAFileFailsAndTheOthersDoNot() {
    List<Outcome> images = PlateImages.of(SITE, List.of("ER", "AGP", "DNA"));

    assertThat(images.stream().map(Outcome::isPending).toList(), contains(true, false, true));
    assertThat(
        images.get(1).requireFailure(),
        is(
            Failure.of(
                "ExpandChannels",
                FailureClass.BAD_ROW,
                "the row names no file for channel AGP",
                1)));
    assertThat(
        images.get(1).getItem().getId(),
        is("source_4/2021_08_23_Batch12/BR00126114/source_4__BR00126114__A01__1__AGP.png"));
  }

  @Test
  void aRowThatCantBeUsedIsOneFailureWhateverTheChannels() {
    LoadDataRow row = LoadDataRow.unusable("t.csv line 3", "Metadata_Well is empty");

    assertThat(
        PlateImages.of(row, List.of("DNA", "ER")),
        contains(
            Outcome.pending(Item.of("t.csv line 3", "", "t.csv line 3", Map.of()))
                .failed(
                    Failure.of(
                        "ExpandChannels", FailureClass.BAD_ROW, "Metadata_Well is empty", 1))));
  }

  @Test
  void aNameThatIsTooLongFailsWithItsPlace() {
    Outcome image = only(named("s".repeat(300), "b", "p", "A01"));

    assertThat(image.getItem().getId(), is("t.csv line 2 DNA"));
    assertThat(image.requireFailure().getFailureClass(), is(FailureClass.BAD_NAME));
    assertThat(image.requireFailure().getMessage(), containsString("at most 255 bytes, not 300"));
    assertThat(image.getItem().key("well"), is("A01"));
  }

  @Test
  void partsThatFitButMakeATooLongNameFail() {
    Outcome image = only(named("s".repeat(120), "b", "p".repeat(120), "A01"));

    assertThat(image.requireFailure().getFailureClass(), is(FailureClass.BAD_NAME));
  }

  @Test
  void halfASurrogateFails() {
    Outcome image = only(named("s", "b", "p\ud83e", "A01"));

    assertThat(image.requireFailure().getFailureClass(), is(FailureClass.BAD_NAME));
  }

  @Test
  void dangerousNamesAreEscaped() {
    assertThat(
        PlateImages.path(named("../..", "/etc/x", "..", "A:1"), "DNA"),
        is("%2E.%2F.%2E/%2Fetc%2Fx/%2E%2E/%2E.%2F..__..__A%3A1__1__DNA.png"));
    assertThat(
        PlateImages.path(named("CON", "b.", "a\\b", "A\u0000\n01"), "#"),
        is("%43ON/b%2E/a%5Cb/CON__a%5Cb__A%00%0A01__1__#.png"));
  }

  /** What tables hold that file systems stumble over. */
  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "..",
            ".",
            "/",
            "\\",
            "\u0000",
            "\n",
            "\r",
            " ",
            "CON",
            "NUL",
            "COM1",
            "C:",
            ":",
            "#",
            "?",
            "*",
            "%2e%2e",
            "%",
            "~",
            "-",
            "_cytobeam",
            "__",
            "a",
            "A",
            "é",
            "e\u0301",
            "İ",
            "\ud83e\uddec",
            "\u202e",
            "\ufeff",
            "x".repeat(100))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 2000)
  void everyImageHasOneSafePathOrAFailure(
      @ForAll("hostile") String source,
      @ForAll("hostile") String batch,
      @ForAll("hostile") String plate,
      @ForAll("hostile") String well) {
    Outcome image = only(named(source, batch, plate, well));

    if (!image.isPending()) {
      assertThat(image.requireFailure().getFailureClass(), is(FailureClass.BAD_NAME));
      return;
    }
    String id = image.getItem().getId();
    String[] names = id.split("/", -1);
    assertThat(names.length, is(4));
    for (String name : names) {
      assertThat(name, not(startsWith(".")));
      assertThat(name.isEmpty(), is(false));
      assertThat(name.chars().anyMatch(c -> c < 0x20 || "\\:*?\"<>|".indexOf(c) >= 0), is(false));
    }
    assertThat(Path.of("/out").resolve(id).normalize().toString(), is("/out/" + id));
    assertThat(SafeName.decode(names[0]), is(source));
    assertThat(SafeName.decode(names[1]), is(batch));
    assertThat(SafeName.decode(names[2]), is(plate));
    assertThat(
        SafeName.decode(names[3]), is(String.join("__", source, plate, well, "1", "DNA.png")));
  }

  @Test
  void twinsInUnicodeHaveDifferentNames() {
    Set<String> names = new HashSet<>();
    for (String plate : List.of("caf\u00e9", "cafe\u0301", "caf%C3%A9", "cafe")) {
      names.add(PlateImages.path(named("s", "b", plate, "A01"), "DNA"));
    }

    assertThat(names, hasSize(4));
  }
}
