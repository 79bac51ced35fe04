package org.cytobeam.pipelines.plate;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.transforms.image.WritePNG;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.Summarize;
import org.cytobeam.transforms.plate.ExpandChannels;
import org.cytobeam.transforms.plate.ReadLoadData;
import org.cytobeam.transforms.s3.HeldCredentials;
import org.cytobeam.transforms.s3.KeepSourceBytes;

/** The graph of {@code plate}: from tables of sites to PNGs and tables of what became of each. */
public final class PlatePipeline {

  private PlatePipeline() {}

  /** Adds the graph of one job to a pipeline. */
  static void build(Pipeline pipeline, PlateJob job) {
    AwsOptions aws = pipeline.getOptions().as(AwsOptions.class);
    PCollection<Outcome> fetched =
        pipeline
            .apply(
                "ReadLoadData",
                ReadLoadData.from(job.tables())
                    .withSelection(job.selection())
                    .withCredentials(HeldCredentials.of(aws)))
            .apply(
                "ExpandChannels",
                ExpandChannels.of(job.selection().channels()).withOnly(job.chosen()))
            .apply("HandOut", job.handOut())
            .apply("FetchS3Bytes", job.fetch());
    PCollection<Outcome> kept =
        job.keepSources()
            ? fetched.apply("KeepSourceBytes", KeepSourceBytes.in(job.run()))
            : fetched;
    kept.apply("CropScale8Bit", job.scaling())
        .apply("WritePNG", WritePNG.to(job.run()).withThumbnails(job.thumbnails()))
        .apply("Summarize", Summarize.of(job.run(), job.finalTables()));
  }
}
