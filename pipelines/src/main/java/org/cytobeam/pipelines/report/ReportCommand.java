package org.cytobeam.pipelines.report;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.NoSuchBucketException;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.page.ReportPage;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.s3.AwsSettings;
import org.cytobeam.transforms.s3.OpenDataClientBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * {@code report}: makes the page about a run again, also for runs that were killed or that nobody
 * waited for. It reads the output folder alone.
 */
public final class ReportCommand implements Command<ReportOptions> {

  private static final String MEND = "give the folder that a job has written into";

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "Make the page about a run of a job again, from its output folder alone.";
  }

  @Override
  public List<String> examples() {
    return List.of("report out", "report s3://my-bucket/plates --run 20261122T093000Z-1a2b3c4d");
  }

  @Override
  public Class<ReportOptions> options() {
    return ReportOptions.class;
  }

  @Override
  public List<Mistake> check(ReportOptions options) {
    @Nullable String folder = options.getOutputDir();
    @Nullable String run = options.getRun();
    if (folder != null && !Destinations.isRoot(folder)) {
      return List.of(
          Mistake.in(
              "outputDir", "\"" + folder + "\" is neither a folder nor an S3 address", MEND));
    } else if (run != null && !RunId.isRunId(run)) {
      return List.of(
          Mistake.in("run", "is no name of a run", "give one such as 20261122T093000Z-1a2b3c4d"));
    }
    return List.of();
  }

  @Override
  public ExitCode run(ReportOptions options, Invocation invocation)
      throws IOException, MistakesException {
    invocation.interrupt().means(ExitCode.INTERRUPTED, "Interrupted before the page was made.");
    options.setClientBuilderFactory(OpenDataClientBuilderFactory.class);
    if (!invocation.given().containsKey("awsRegion")) {
      AwsSettings.settleRegion(options);
    }
    DestinationSettings settings =
        new DestinationSettings(
            options.getOutputDir(),
            RunId.startingAt(Instant.now()),
            Durability.RUN,
            AwsSettings.of(options));
    try (Destination destination = Destinations.open(settings)) {
      OutputFolder folder = OutputFolder.of(destination);
      RunId run = run(folder.runs(), options, destination);
      String page = ReportPage.write(folder, run, destination);
      invocation.results().put("report", TextNode.valueOf(page), List.of("Report:   " + page));
      return ExitCode.DONE;
    } catch (NoSuchBucketException e) {
      throw mistake("outputDir", "there is no bucket " + e.bucket(), MEND);
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }

  private static RunId run(List<RunId> runs, ReportOptions options, Destination destination)
      throws MistakesException {
    if (runs.isEmpty()) {
      throw mistake("outputDir", destination.root() + " has no record of any run", MEND);
    }
    @Nullable String wanted = options.getRun();
    if (wanted == null) {
      return runs.get(0);
    }
    RunId run = new RunId(wanted);
    if (!runs.contains(run)) {
      throw mistake(
          "run",
          destination.root() + " has no record of " + wanted,
          "leave it out for the latest, " + runs.get(0));
    }
    return run;
  }

  private static MistakesException mistake(String property, String problem, String mend) {
    return new MistakesException(List.of(Mistake.in(property, problem, mend)));
  }
}
