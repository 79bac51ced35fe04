package org.cytobeam.pipelines.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.cytobeam.io.bytes.Hash;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.model.Report;
import org.cytobeam.transforms.image.Measures;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.JobTables;
import org.cytobeam.transforms.outcome.MergedRows;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunFolder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.cytobeam.transforms.outcome.Summarize;
import org.cytobeam.transforms.outcome.Warning;
import org.jspecify.annotations.Nullable;

/** An output folder as a run leaves it, with whatever images a test wants. */
public final class SampleFolder {

  private final DestinationSettings settings;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Text> warnings = new ArrayList<>();

  private record Text(String kind, String subject, String message) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What a job warns of. */
  private record Warnings(List<Text> all) implements JobTables {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Warning> warnings(MergedRows rows) {
      return all.stream().map(w -> Warning.of(w.kind(), w.subject(), w.message())).toList();
    }

    @Override
    public List<StoredFile> write(MergedRows rows) {
      return List.of();
    }
  }

  /** Creates a folder that is empty. */
  public SampleFolder(DestinationSettings settings) {
    this.settings = settings;
  }

  /** Adds an image that is done. */
  public SampleFolder done(
      String plate, String well, int site, String channel, double low, double high) {
    Item item = item(plate, well, site, channel);
    Facts facts =
        Facts.none().toBuilder()
            .setPixelsSha256(pixels(plate, well, site, channel))
            .setSourceBytes(2_000)
            .setAttempts(1)
            .setMeasures(Map.of(Measures.WINDOW_LOW, low, Measures.WINDOW_HIGH, high))
            .build();
    outcomes.add(
        Outcome.pending(item)
            .done(StoredFile.of(item.getId(), 1_000, Hash.SHA256.hex(item.getId())), facts));
    return this;
  }

  /** Adds an image that failed. */
  public SampleFolder failed(
      String plate, String well, int site, String channel, FailureClass why, String message) {
    return failed(item(plate, well, site, channel), why, message);
  }

  /** Adds an item that failed. */
  public SampleFolder failed(Item item, FailureClass why, String message) {
    outcomes.add(Outcome.pending(item).failed(Failure.of("FetchS3Bytes", why, message, 1)));
    return this;
  }

  /** Adds a warning. */
  public SampleFolder warning(String kind, String subject, String message) {
    warnings.add(new Text(kind, subject, message));
    return this;
  }

  /** Writes the manifest, the summary and the record of a run that has ended. */
  public SampleFolder write(RunId run) throws IOException {
    write(run, 3);
    return this;
  }

  /** Writes the same; without an exit code the record has no end. */
  public SampleFolder write(RunId run, @Nullable Integer exitCode) throws IOException {
    DestinationSettings own =
        new DestinationSettings(settings.root(), run, settings.durability(), settings.s3());
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--enforceImmutability=false", "--enforceEncodability=false")
                .create());
    pipeline
        .apply(Create.of(outcomes).withCoder(OutcomeCoder.of()))
        .apply(
            Summarize.of(
                new RunSettings(own, "hash", Check.SHA256, false), new Warnings(warnings)));
    pipeline.run().waitUntilFinish();
    record(run, exitCode);
    return this;
  }

  /** Writes the record of a run alone. */
  public SampleFolder record(RunId run, @Nullable Integer exitCode) throws IOException {
    String end =
        exitCode == null
            ? ""
            : ", \"ended\": \"2026-11-22T09:40:10.500Z\", \"exit_code\": " + exitCode;
    return put(
        RunFolder.ofRun(run, "run.json"),
        """
        {"run": "%s", "command": "plate", "options_given": {"job_csv_path": "load_data.csv"},
         "inputs": [{"address": "/data/load_data.csv"}], "output": "/data/out",
         "versions": {"cytobeam": "1.2.3", "beam": "2.70.0", "runner": "direct", "java": "17"},
         "started": "2026-11-22T09:30:00Z"%s}
        """
            .formatted(run, end)
            .getBytes(UTF_8));
  }

  /** Puts the thumbnail of an image. */
  public SampleFolder thumbnail(String plate, String well, int site, String channel, byte[] png)
      throws IOException {
    return put(Thumbnails.path(pixels(plate, well, site, channel)), png);
  }

  /** Puts a file. */
  public SampleFolder put(String path, byte[] bytes) throws IOException {
    try (Destination destination = open()) {
      destination.put(path, bytes);
    }
    return this;
  }

  /** Returns what the page of a run would show. */
  public Report report(RunId run) throws IOException {
    try (Destination destination = open()) {
      return OutputFolder.of(destination).report(run);
    }
  }

  /** Opens the folder. */
  public Destination open() {
    return Destinations.open(settings);
  }

  /** Returns the item of an image. */
  public static Item item(String plate, String well, int site, String channel) {
    String name = "s1__" + plate + "__" + well + "__" + site + "__" + channel;
    return Item.of(
        "s1/b1/" + plate + "/" + name + ".png",
        "s3://bucket/" + plate + "/" + well + "-" + site + "-" + channel + ".tiff",
        "load_data.csv line " + (2 + rowOf(well, site)),
        Map.of(
            "source", "s1", "batch", "b1", "plate", plate, "well", well, "site", "" + site,
            "channel", channel));
  }

  private static int rowOf(String well, int site) {
    return Math.floorMod(well.hashCode() * 31 + site, 1_000);
  }

  private static String pixels(String plate, String well, int site, String channel) {
    return Hash.SHA256.hex("pixels of " + item(plate, well, site, channel).getId());
  }
}
