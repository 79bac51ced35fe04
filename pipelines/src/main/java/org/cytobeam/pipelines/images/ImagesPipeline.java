package org.cytobeam.pipelines.images;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.pipelines.cli.BuildInfo;
import org.cytobeam.transforms.images.ImageTables;
import org.cytobeam.transforms.images.ReadMatches;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.Summarize;
import org.cytobeam.transforms.s3.HeldCredentials;

/**
 * The graphs of {@code images}: from tables of names to what each means, and from that to files and
 * tables of what became of each.
 */
public final class ImagesPipeline {

  private ImagesPipeline() {}

  /**
   * Adds the graph that finds out what the names mean, and stores it in the record of the run.
   *
   * @param downloaded the names that an earlier downloader says it has fetched
   */
  static void match(Pipeline pipeline, ImagesJob job, ItemSet downloaded) {
    AwsOptions aws = pipeline.getOptions().as(AwsOptions.class);
    pipeline
        .apply("ReadNames", job.read(HeldCredentials.of(aws)))
        .apply("MatchObjects", job.match())
        .apply("StoreMatches", job.store(downloaded));
  }

  /**
   * Adds the graph that copies the objects that were found.
   *
   * @param downloaded the names that an earlier downloader says it has fetched
   */
  static void copy(Pipeline pipeline, ImagesJob job, ItemSet downloaded) {
    PCollection<Outcome> matched =
        pipeline.apply(
            "ReadMatches", ReadMatches.from(job.plan().destination(), job.plan().folder()));
    // Behind the hand-out: files are read to be proven, in as many lanes as objects are fetched.
    PCollection<Outcome> handedOut = matched.apply("HandOut", job.handOut());
    PCollection<Outcome> adopted =
        downloaded.size() == 0 ? handedOut : handedOut.apply("AdoptFiles", job.adopt(downloaded));
    String program = "cytobeam " + BuildInfo.read().version();
    adopted
        .apply("CopyObject", job.copy())
        .apply("Summarize", Summarize.of(job.run(), new ImageTables(job.run(), program)));
  }
}
