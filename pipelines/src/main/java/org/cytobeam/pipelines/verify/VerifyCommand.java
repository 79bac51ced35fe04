package org.cytobeam.pipelines.verify;

import java.io.FileNotFoundException;
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
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.s3.AwsSettings;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify}: holds a finished output folder against its manifest. It reads that folder alone,
 * never the source, and writes nothing.
 */
public final class VerifyCommand implements Command<VerifyOptions> {

  private static final String MEND = "give the folder that a job has written into";

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Check the files of an output folder against its manifest, without the source.";
  }

  @Override
  public List<String> examples() {
    return List.of("verify out", "verify out --check sha256");
  }

  @Override
  public Class<VerifyOptions> options() {
    return VerifyOptions.class;
  }

  @Override
  public List<Mistake> check(VerifyOptions options) {
    @Nullable String folder = options.getOutputDir();
    return folder == null || Destinations.isRoot(folder)
        ? List.of()
        : List.of(
            Mistake.in(
                "outputDir", "\"" + folder + "\" is neither a folder nor an S3 address", MEND));
  }

  @Override
  public ExitCode run(VerifyOptions options, Invocation invocation)
      throws IOException, MistakesException {
    invocation
        .interrupt()
        .means(ExitCode.INTERRUPTED, "Interrupted before all files were checked.");
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
      Verification found = Verification.of(destination, options.getCheck());
      invocation.results().put("verification", VerifyResult.json(found), VerifyResult.lines(found));
      return found.isProven() && found.failed() == 0 ? ExitCode.DONE : ExitCode.INCOMPLETE;
    } catch (FileNotFoundException e) {
      throw new MistakesException(
          List.of(Mistake.in("outputDir", "there is no " + e.getMessage(), MEND)));
    } catch (NoSuchBucketException e) {
      throw new MistakesException(
          List.of(Mistake.in("outputDir", "there is no bucket " + e.bucket(), MEND)));
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }
}
