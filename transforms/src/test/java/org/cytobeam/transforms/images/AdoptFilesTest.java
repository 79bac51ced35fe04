package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.transforms.Runs;
import org.cytobeam.transforms.outcome.DoneIndex;
import org.cytobeam.transforms.outcome.DoneRule;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.ManifestJson;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class AdoptFilesTest {

  private static final byte[] PICTURE = "the bytes of a picture".getBytes(UTF_8);
  private static final String MD5 = Hash.MD5.hex(PICTURE);

  @TempDir Path root;

  private static Outcome listed(String id, String etag, long bytes) {
    Item item = Item.of(id, "s3://b/" + id, "t.txt line 1", Map.of(ImageKeys.NAME, id));
    return Outcome.pending(
        item, Facts.none().toBuilder().setEtag(etag).setSourceBytes(bytes).build());
  }

  private Outcome there(String id, String etag) throws IOException {
    Files.write(root.resolve(id), PICTURE);
    return listed(id, etag, PICTURE.length);
  }

  private static ItemSet names(List<Outcome> items) {
    return ItemSet.of(items.stream().map(item -> item.getItem().getId()).toList());
  }

  private static PCollection<Outcome> apply(
      Pipeline pipeline, AdoptFiles step, List<Outcome> items) {
    return pipeline.apply(Create.of(items).withCoder(OutcomeCoder.of())).apply(step);
  }

  private SortedMap<String, ManifestRow> journal() throws IOException {
    SortedMap<String, ManifestRow> rows = new TreeMap<>();
    Path folder = root.resolve(RunFolder.JOURNAL);
    if (Files.exists(folder)) {
      try (Stream<Path> segments = Files.list(folder)) {
        for (Path segment : segments.toList()) {
          for (String line : Files.readAllLines(segment)) {
            ManifestRow row = ManifestJson.row(line);
            assertThat(rows.put(row.getItem().getId(), row) == null, is(true));
          }
        }
      }
    }
    return rows;
  }

  @Test
  void whatAgreesIsDoneAndTheRestStaysPending(TestPipeline pipeline) throws IOException {
    Outcome proven = there("proven.jpg", MD5);
    Outcome parts = there("parts.jpg", "0123456789abcdef0123456789abcdef-3");
    Outcome other = there("other.jpg", Hash.MD5.hex("other"));
    Outcome unnamed = there("unnamed.jpg", MD5);
    Outcome gone = listed("gone.jpg", MD5, PICTURE.length);
    there("cut.jpg", MD5);
    Outcome cut = listed("cut.jpg", MD5, PICTURE.length + 1);
    Outcome unknown = Outcome.pending(there("unknown.jpg", MD5).getItem());
    List<Outcome> items = List.of(proven, parts, other, unnamed, gone, cut, unknown);
    List<Outcome> named = new ArrayList<>(items);
    named.remove(unnamed);

    PAssert.that(apply(pipeline, AdoptFiles.of(Runs.into(root, 1), names(named)), items))
        .containsInAnyOrder(
            proven.alreadyDone(), parts.alreadyDone(), other, unnamed, gone, cut, unknown);
    pipeline.run();

    SortedMap<String, ManifestRow> journal = journal();
    assertThat(journal.keySet(), is(java.util.Set.of("parts.jpg", "proven.jpg")));
    Facts facts = Objects.requireNonNull(journal.get("proven.jpg")).getFacts();
    assertThat(facts.getEtag(), is(MD5));
    assertThat(facts.getIntegrity(), is("etag_md5"));
    assertThat(facts.getSourceBytes(), is(0L));
    assertThat(
        facts.getFiles(),
        is(List.of(StoredFile.of("proven.jpg", PICTURE.length, Hash.SHA256.hex(PICTURE)))));
    Facts ofParts = Objects.requireNonNull(journal.get("parts.jpg")).getFacts();
    assertThat(ofParts.getIntegrity(), is("length"));
    try (Destination folder = Destinations.open(Runs.folder(root, 2))) {
      DoneIndex index = DoneIndex.load(folder, Runs.into(root, 2), DoneRule.none());
      assertThat(index.proves(proven.getItem(), MD5, List.of()), is(true));
    }
  }

  @Test
  void nothingIsAdoptedTwice(TestPipeline pipeline) throws IOException {
    Outcome proven = there("proven.jpg", MD5);
    Pipeline first = Pipeline.create();
    apply(first, AdoptFiles.of(Runs.into(root, 1), names(List.of(proven))), List.of(proven));
    first.run().waitUntilFinish();
    Files.write(root.resolve("proven.jpg"), new byte[PICTURE.length]);
    Outcome parts = listed("proven.jpg", "0123456789abcdef0123456789abcdef-3", PICTURE.length);

    PAssert.that(
            apply(
                pipeline, AdoptFiles.of(Runs.into(root, 2), names(List.of(parts))), List.of(parts)))
        .containsInAnyOrder(parts);
    pipeline.run();

    assertThat(journal().size(), is(1));
  }

  @Test
  void aForcedRunAdoptsNothing(TestPipeline pipeline) throws IOException {
    Outcome proven = there("proven.jpg", MD5);
    RunSettings run = new RunSettings(Runs.folder(root, 1), Runs.OPTIONS, Check.SHA256, true);

    PAssert.that(apply(pipeline, AdoptFiles.of(run, names(List.of(proven))), List.of(proven)))
        .containsInAnyOrder(proven);
    pipeline.run();
  }

  @Test
  void whatMayBeEncodedIsAdoptedOnlyIfThatIsKept(TestPipeline pipeline) throws IOException {
    byte[] gzip = {0x1f, (byte) 0x8b, 8};
    Files.write(root.resolve("x.jpg"), gzip);
    Outcome item = listed("x.jpg", Hash.MD5.hex(gzip), gzip.length);
    AdoptFiles step = AdoptFiles.of(Runs.into(root, 1), names(List.of(item)));

    PAssert.that(apply(pipeline, step, List.of(item))).containsInAnyOrder(item);
    pipeline.run();
    Pipeline keeping = Pipeline.create(pipeline.getOptions());
    PAssert.that(apply(keeping, step.withContentCoding(EncodedObjects.KEEP), List.of(item)))
        .containsInAnyOrder(item.alreadyDone());
    keeping.run().waitUntilFinish();
  }

  @Test
  void settingsAreShown() {
    List<Object> values = new ArrayList<>();
    DisplayData.from(AdoptFiles.of(Runs.into(root, 1), ItemSet.of(List.of("a"))))
        .items()
        .forEach(item -> values.add(item.getValue()));

    assertThat(values, containsInAnyOrder(1L, "DECODE"));
  }
}
