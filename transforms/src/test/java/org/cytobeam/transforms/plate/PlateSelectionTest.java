package org.cytobeam.transforms.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

final class PlateSelectionTest {

  private static final PlateSelection ALL = PlateSelection.ofChannels(List.of("DNA"));

  private static LoadDataRow row(String well, String site, String outputDir) {
    return LoadDataRow.builder()
        .setWhere("t.csv line 2")
        .setWell(well)
        .setSite(site)
        .setOutputDir(outputDir)
        .build();
  }

  @Test
  void everythingIsWantedUnlessSomethingIsSaid() {
    assertThat(ALL.wants(row("A01", "1", "/out")), is(true));
    assertThat(ALL.wants(row("P24", "9", "/elsewhere")), is(true));
  }

  @Test
  void wellsAreTheSameInUpperAndLowerCase() {
    PlateSelection some =
        new PlateSelection(List.of("DNA"), Set.of("a01", "B12"), Set.of(), null, null);

    assertThat(some.wants(row("A01", "1", "/out")), is(true));
    assertThat(some.wants(row("a01", "1", "/out")), is(true));
    assertThat(some.wants(row("b12", "1", "/out")), is(true));
    assertThat(some.wants(row("A1", "1", "/out")), is(false));
  }

  @Test
  void wellSiteAndFolderMustAllBeWanted() {
    PlateSelection some =
        new PlateSelection(List.of("DNA"), Set.of("A01"), Set.of("1", "2"), null, null)
            .ofOutputDir("/out");

    assertThat(some.wants(row("A01", "2", "/out")), is(true));
    assertThat(some.wants(row("A01", "3", "/out")), is(false));
    assertThat(some.wants(row("A02", "2", "/out")), is(false));
    assertThat(some.wants(row("A01", "2", "/elsewhere")), is(false));
  }

  @Test
  void aRowThatCantBeReadIsAlwaysWanted() {
    PlateSelection none =
        new PlateSelection(List.of("DNA"), Set.of("A01"), Set.of("1"), null, "/out");

    assertThat(none.wants(LoadDataRow.unusable("t.csv line 2", "no well")), is(true));
  }

  @Test
  void listsAreCopiedAndTheirOrderIsKept() {
    List<String> channels = new ArrayList<>(List.of("ER", "DNA", "AGP"));
    PlateSelection selection = PlateSelection.ofChannels(channels);
    channels.clear();

    assertThat(selection.channels(), contains("ER", "DNA", "AGP"));
    assertThat(SerializableUtils.clone(selection), is(selection));
  }

  @Test
  void noChannelsAtAllAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> PlateSelection.ofChannels(List.of()));
  }
}
