package org.cytobeam.pipelines.plate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.plan.RunPlan;
import org.cytobeam.pipelines.record.InputFile;
import org.cytobeam.transforms.s3.AwsSettings;
import org.jspecify.annotations.Nullable;

/** {@code plate}: a Cell Painting plate from S3 to checked 8-bit PNGs. */
public final class PlateCommand implements Command<PlateOptions> {

  @Override
  public String name() {
    return "plate";
  }

  @Override
  public String summary() {
    return "Turn a Cell Painting plate, from S3 or from files, into checked 8-bit PNGs.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "plate --job_csv_path testdata/plate/load_data.csv --output_dir out",
        "plate --job_csv_path s3://cellpainting-gallery/cpg0016-jump/source_4/workspace/"
            + "load_data_csv/2021_08_23_Batch12/BR00126114/load_data_with_illum.parquet"
            + " --output_dir out --wells A01");
  }

  @Override
  public Class<PlateOptions> options() {
    return PlateOptions.class;
  }

  @Override
  public List<Mistake> check(PlateOptions options) {
    return PlateMistakes.of(options);
  }

  @Override
  public ExitCode run(PlateOptions options, Invocation invocation)
      throws IOException, MistakesException {
    if (options.getDryRun()) {
      invocation.interrupt().means(ExitCode.INTERRUPTED, "Interrupted. Nothing was written.");
    }
    AwsSettings.settleClients(options);
    if (!invocation.given().containsKey("awsRegion")) {
      AwsSettings.settleRegion(options);
    }
    readBucketUnsigned(options);
    FileSystems.setDefaultPipelineOptions(options);
    PlateInput input = PlateInput.of(options);
    input.leftOut().ifPresent(invocation.results()::line);
    List<PlateJob> jobs = PlateJobs.of(options, input, invocation.runner());
    if (options.getOnly() != null && jobs.stream().allMatch(job -> job.images() == 0)) {
      invocation.results().line("Nothing has failed: there is nothing to do.");
    }
    if (options.getDryRun()) {
      for (PlateJob job : jobs) {
        RunPlan plan = PlatePlan.of(job);
        invocation.results().append("plans", plan.json(), plan.lines());
      }
      return ExitCode.DONE;
    }
    List<InputFile> inputs = InputFile.read(input.tables());
    try (ClaimedJobs claimed = ClaimedJobs.claim(jobs, inputs, invocation, options)) {
      return claimed.execute(options);
    }
  }

  /** As the system did that this option comes from; unless the same bucket is written to. */
  private static void readBucketUnsigned(PlateOptions options) {
    String bucket = options.getBucketName();
    if (bucket == null
        || isIn(bucket, options.getOutputDir())
        || isIn(bucket, options.getLoadDataOutDir())) {
      return;
    }
    List<String> buckets = new ArrayList<>(PlateInput.orNone(options.getS3PublicBuckets()));
    buckets.add(bucket);
    options.setS3PublicBuckets(buckets);
  }

  private static boolean isIn(String bucket, @Nullable String folder) {
    return folder != null && (folder + "/").startsWith("s3://" + bucket + "/");
  }
}
