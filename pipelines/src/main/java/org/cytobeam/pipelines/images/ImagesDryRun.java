package org.cytobeam.pipelines.images;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.FailureText;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.options.MistakesException;
import org.jspecify.annotations.Nullable;

/** Says what a run would do: its preparation alone, with a plan in a folder that is then gone. */
final class ImagesDryRun {

  private ImagesDryRun() {}

  /** Says what would be fetched; nothing is written that stays. */
  static ExitCode tell(ImagesJob job, ImagesOptions options, Invocation invocation)
      throws IOException, MistakesException {
    Path folder = Files.createTempDirectory("cytobeam-");
    try {
      DestinationSettings plan =
          new DestinationSettings(folder.toString(), job.run().run(), Durability.RUN);
      return tell(job.withPlan(PlanPlace.in(plan)), options, invocation, plan);
    } finally {
      remove(folder);
    }
  }

  private static ExitCode tell(
      ImagesJob job, ImagesOptions options, Invocation invocation, DestinationSettings plan)
      throws IOException, MistakesException {
    ImagesPreparation preparation = ImagesPreparation.of(job, options, invocation);
    Pipeline pipeline = Pipeline.create(options);
    preparation.build(pipeline);
    PipelineResult result = invocation.runner().start(pipeline, job.names());
    PipelineEnd end = preparation.await(result, invocation);
    if (end instanceof PipelineEnd.Failed failed) {
      throw new IOException(FailureText.of(failed.cause()), failed.cause());
    } else if (end instanceof PipelineEnd.Interrupted) {
      return ExitCode.INTERRUPTED;
    }
    try (Destination where = Destinations.open(plan)) {
      ImagesAnalysis analysis = preparation.analysis(where);
      ImagesMistakes.refuseClashes(analysis.found());
      invocation.results().append("analyses", analysis.json(), preparation.lines(analysis));
      invocation.results().line("Nothing was written.");
    }
    return ExitCode.DONE;
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
