package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.s3.AwsSettings;

/** {@code images}: the objects of a bucket that tables name, copied and proven. */
public final class ImagesCommand implements Command<ImagesOptions> {

  @Override
  public String name() {
    return "images";
  }

  @Override
  public String summary() {
    return "Fetch the images that a table names out of S3, whatever their extensions.";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "images --csv-file data.csv --output-dir images/ --s3-prefix my-folder/ --bucket my-bucket",
        "images --csv-file data.csv --csv-file more.csv --auto-confirm",
        "images --csv-file files.parquet --column file_name --output-dir images/"
            + " --s3-prefix my-folder/ --dry-run");
  }

  @Override
  public Class<ImagesOptions> options() {
    return ImagesOptions.class;
  }

  @Override
  public List<Mistake> check(ImagesOptions options) {
    return ImagesMistakes.of(options);
  }

  @Override
  public ExitCode run(ImagesOptions options, Invocation invocation)
      throws IOException, MistakesException {
    refuseIfNobodyCanBeAsked(options, invocation);
    refuseDryRunElsewhere(options, invocation);
    invocation.interrupt().means(ExitCode.INTERRUPTED, "Interrupted. Nothing was fetched.");
    AwsSettings.settleClients(options);
    if (!invocation.given().containsKey("awsRegion")) {
      AwsSettings.settleRegion(options);
    }
    FileSystems.setDefaultPipelineOptions(options);
    List<String> tables = tables(options, invocation);
    if (tables.isEmpty()) {
      invocation.results().line("Nothing was chosen, and nothing fetched.");
      return ExitCode.DONE;
    }
    List<ImagesJob> jobs = ImagesJobs.of(options, tables, invocation);
    if (options.getDryRun()) {
      ExitCode code = ExitCode.DONE;
      for (int i = 0; i < jobs.size() && code == ExitCode.DONE; i++) {
        code = ImagesDryRun.tell(jobs.get(i), options, invocation);
      }
      return code;
    }
    return new ImagesRuns(options, invocation).of(jobs);
  }

  private static void refuseIfNobodyCanBeAsked(ImagesOptions options, Invocation invocation)
      throws MistakesException {
    if (!options.getAutoConfirm() && !options.getDryRun() && !invocation.console().canAsk()) {
      throw new MistakesException(
          List.of(
              Mistake.in(
                  "autoConfirm",
                  "is missing, and nobody can be asked: the standard input is no terminal",
                  "give it, to begin without a question")));
    }
  }

  /** What would be done is told from a folder of this machine alone. */
  private static void refuseDryRunElsewhere(ImagesOptions options, Invocation invocation)
      throws MistakesException {
    if (options.getDryRun() && invocation.runner().place(options).isElsewhere()) {
      throw new MistakesException(
          List.of(
              Mistake.in(
                  "dryRun",
                  "is made on this machine, and writes nothing that a cluster could see",
                  "leave --runner out")));
    }
  }

  private static List<String> tables(ImagesOptions options, Invocation invocation)
      throws MistakesException {
    List<String> found = ImagesTables.find(options);
    boolean isAsked =
        options.getCsvFile() == null
            && found.size() > 1
            && !options.getAutoConfirm()
            && !options.getDryRun();
    return isAsked ? ImagesTables.choose(found, invocation) : found;
  }
}
