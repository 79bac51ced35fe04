package org.cytobeam.transforms.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.transforms.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoneIndexTest {

  private static final Item ITEM = Rows.item("a/x.png");

  @TempDir Path root;

  private Destination destination;

  @BeforeEach
  void open() throws IOException {
    destination = Destinations.open(Runs.folder(root, 1));
  }

  @AfterEach
  void close() throws IOException {
    destination.close();
  }

  @Test
  void aFileInPlaceProvesItsItem() throws IOException {
    writeDone(ITEM, "a/x.png");

    assertThat(proves(ITEM), is(true));
    assertThat(proves(Rows.item("a/y.png")), is(false));
  }

  @Test
  void theJournalOfADeadRunProvesToo() throws IOException {
    StoredFile file = put("a/x.png");
    try (Journal journal = new Journal(destination, Runs.into(root, 1))) {
      journal.append(Outcome.pending(ITEM).done(file, Facts.none()));
    }

    assertThat(proves(ITEM), is(true));
  }

  /** As a worker of a cluster that goes on with what a lost one had begun. */
  @Test
  void whatTheRunHasDoneSinceProvesAfterAnotherLook() throws IOException {
    RunSettings run = Runs.into(root, 1);
    DoneIndex index = DoneIndex.load(destination, run, DoneRule.none());
    index.lookAgain();
    try (Journal journal = new Journal(destination, run)) {
      journal.append(Outcome.pending(ITEM).done(put("a/x.png"), Facts.none()));
      assertThat(index.proves(ITEM, List.of()), is(false));

      index.lookAgain();

      assertThat(index.proves(ITEM, List.of()), is(true));
    }
  }

  @Test
  void anotherSourceProvesNothing() throws IOException {
    writeDone(ITEM, "a/x.png");
    Item moved = Item.of(ITEM.getId(), "s3://elsewhere/x.tif", ITEM.getInput(), ITEM.getKeys());

    assertThat(proves(moved), is(false));
  }

  @Test
  void anotherVersionOfTheSourceProvesNothing() throws IOException {
    Facts facts = Facts.none().toBuilder().setEtag("one").setFiles(List.of(put("a/x.png"))).build();
    write(ManifestRow.of(ITEM, facts, null, Runs.OPTIONS, Runs.id(1).value(), 1000));
    DoneIndex index = DoneIndex.load(destination, Runs.into(root, 2), DoneRule.none());

    assertThat(index.proves(ITEM, "one", List.of()), is(true));
    assertThat(index.proves(ITEM, "two", List.of()), is(false));
    assertThat(index.proves(ITEM, null, List.of()), is(true));
  }

  @Test
  void whatWasDoneWithoutAMarkIsNoCertainVersion() throws IOException {
    writeDone(ITEM, "a/x.png");
    DoneIndex index = DoneIndex.load(destination, Runs.into(root, 2), DoneRule.none());

    assertThat(index.proves(ITEM, "one", List.of()), is(false));
    assertThat(index.proves(ITEM, null, List.of()), is(true));
  }

  @Test
  void aSourceThatIsSignedAnewIsTheSame() throws IOException {
    String uri = "https://host/x.tif?part=1&X-Amz-Date=1&X-Amz-Signature=";
    writeDone(Item.of(ITEM.getId(), uri + "one", ITEM.getInput(), Map.of()), "a/x.png");

    Item again = Item.of(ITEM.getId(), uri.replace("Date=1", "Date=2") + "two", "", Map.of());
    Item other = Item.of(ITEM.getId(), uri.replace("part=1", "part=2") + "one", "", Map.of());

    assertThat(proves(again), is(true));
    assertThat(proves(other), is(false));
  }

  @Test
  void aFolderThatIsNamedLikeASecretIsPartOfTheSource() throws IOException {
    String uri = "s3://bucket/token=A/plate1/x.tif";
    writeDone(Item.of(ITEM.getId(), uri, ITEM.getInput(), Map.of()), "a/x.png");

    Item moved = Item.of(ITEM.getId(), uri.replace("plate1", "plate2"), "", Map.of());

    assertThat(proves(Item.of(ITEM.getId(), uri, "", Map.of())), is(true));
    assertThat(proves(moved), is(false));
  }

  @Test
  void anotherRowOfATableIsTheSameItem() throws IOException {
    writeDone(ITEM, "a/x.png");
    Item moved = Item.of(ITEM.getId(), ITEM.getUri(), "other.csv line 9", Map.of());

    assertThat(proves(moved), is(true));
  }

  @Test
  void otherOptionsProveNothing() throws IOException {
    writeDone(ITEM, "a/x.png");
    RunSettings run = new RunSettings(Runs.folder(root, 2), "other options", Check.SHA256, false);

    assertThat(proves(run, ITEM, List.of()), is(false));
  }

  @Test
  void aForcedRunBelievesNothing() throws IOException {
    writeDone(ITEM, "a/x.png");
    RunSettings run = new RunSettings(Runs.folder(root, 2), Runs.OPTIONS, Check.SHA256, true);

    assertThat(proves(run, ITEM, List.of()), is(false));
  }

  @Test
  void aFailureProvesNothing() throws IOException {
    put("a/x.png");
    write(Rows.failed("a/x.png", 1000));

    assertThat(proves(ITEM), is(false));
  }

  @Test
  void whatIsGoneCutOrLongerProvesNothing() throws IOException {
    writeDone(ITEM, "a/x.png");
    Path file = root.resolve("a/x.png");
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(proves(ITEM), is(false));
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 1));
    assertThat(proves(ITEM), is(false));
    Files.delete(file);
    assertThat(proves(ITEM), is(false));
    Files.write(file, whole);
    assertThat(proves(ITEM), is(true));
  }

  @Test
  void aFlippedBitIsSeenUnlessOnlySizesAreLookedAt() throws IOException {
    writeDone(ITEM, "a/x.png");
    Path file = root.resolve("a/x.png");
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1;
    Files.write(file, bytes);

    assertThat(proves(ITEM), is(false));
    RunSettings bySize = new RunSettings(Runs.folder(root, 2), Runs.OPTIONS, Check.SIZE, false);
    assertThat(proves(bySize, ITEM, List.of()), is(true));
  }

  @Test
  void filesBesideMustBeThereIfAskedFor() throws IOException {
    writeDone(ITEM, "a/x.png");
    assertThat(proves(Runs.into(root, 2), ITEM, List.of("a/x.tif")), is(false));

    writeDone(ITEM, "a/x.png", "a/x.tif");
    assertThat(proves(Runs.into(root, 2), ITEM, List.of("a/x.tif")), is(true));

    Files.delete(root.resolve("a/x.tif"));
    assertThat(proves(Runs.into(root, 2), ITEM, List.of("a/x.tif")), is(false));
  }

  @Test
  void aRowWithoutTheFileNamedByTheIdProvesNothing() throws IOException {
    writeDone(ITEM);

    assertThat(proves(ITEM), is(false));
  }

  @Test
  void whatARuleDoesNotAcceptIsNotDone() throws IOException {
    Item item = Rows.item("a.png");
    writeDone(item, "a.png");

    assertThat(
        DoneIndex.load(destination, Runs.into(root, 2), facts -> false).proves(item, List.of()),
        is(false));
  }

  private boolean proves(Item item) throws IOException {
    return proves(Runs.into(root, 2), item, List.of());
  }

  private boolean proves(RunSettings run, Item item, List<String> beside) throws IOException {
    return DoneIndex.load(destination, run, DoneRule.none()).proves(item, beside);
  }

  private void writeDone(Item item, String... paths) throws IOException {
    List<StoredFile> files = new java.util.ArrayList<>();
    for (String path : paths) {
      files.add(put(path));
    }
    Facts facts = Facts.none().toBuilder().setFiles(files).build();
    write(ManifestRow.of(item, facts, null, Runs.OPTIONS, Runs.id(1).value(), 1000));
  }

  private StoredFile put(String path) throws IOException {
    return StoredFile.of(path, destination.put(path, ("bytes of " + path).getBytes(UTF_8)));
  }

  private void write(ManifestRow row) throws IOException {
    SortedMap<String, ManifestRow> rows = new TreeMap<>();
    rows.put(row.getItem().getId(), row);
    new Manifest(rows, List.of()).write(destination, List.of());
  }
}
