package org.cytobeam.pipelines.folder;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.NoSuchBucketException;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.pipelines.run.S3Mistakes;
import org.cytobeam.transforms.outcome.DamagedManifestException;
import org.cytobeam.transforms.s3.AwsSettings;
import org.jspecify.annotations.Nullable;

/** The output folder that a command was given: local or in S3, of whichever job. */
public final class GivenFolder {

  /** What a command does in the folder. */
  @FunctionalInterface
  public interface Work {
    /** Does it, and returns what came of it. */
    ExitCode in(Destination folder) throws IOException, MistakesException;
  }

  private GivenFolder() {}

  /**
   * Returns what is wrong with the folder's name, and with how S3 is to be spoken to; whether the
   * folder is there counts not.
   */
  public static List<Mistake> check(FolderOptions options) {
    List<Mistake> mistakes = new ArrayList<>(S3Mistakes.of(options));
    @Nullable String folder = options.getOutputDir();
    if (folder != null && !Destinations.isRoot(folder)) {
      mistakes.add(refused("\"" + folder + "\" is neither a folder nor an S3 address"));
    }
    return mistakes;
  }

  /**
   * Opens the folder, works in it and closes it. It is not locked: a job may be writing into it.
   *
   * @throws MistakesException also if the folder's manifest is damaged, or there is no such bucket
   */
  public static ExitCode open(FolderOptions options, Invocation invocation, Work work)
      throws IOException, MistakesException {
    if (!invocation.given().containsKey("awsRegion")) {
      AwsSettings.settleRegion(options);
    }
    DestinationSettings settings =
        new DestinationSettings(
            options.getOutputDir(),
            RunId.startingAt(Instant.now()),
            Durability.RUN,
            AwsSettings.of(options));
    try (Destination folder = Destinations.open(settings)) {
      return work.in(folder);
    } catch (NoSuchBucketException e) {
      throw refusal("there is no bucket " + e.bucket());
    } catch (DamagedManifestException e) {
      throw new MistakesException(
          List.of(Mistake.at(e.manifest(), e.problem(), DamagedManifestException.MEND)));
    }
  }

  /** Returns what to throw if the folder is not one that a job has written into. */
  public static MistakesException refusal(String problem) {
    return new MistakesException(List.of(refused(problem)));
  }

  private static Mistake refused(String problem) {
    return Mistake.in("outputDir", problem, "give the folder that a job has written into");
  }
}
