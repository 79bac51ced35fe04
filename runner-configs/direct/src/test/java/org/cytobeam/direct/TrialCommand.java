package org.cytobeam.direct;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.cytobeam.direct.TrialOptions.Way;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Destinations;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.cli.Command;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.pipelines.cli.FailureText;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.cli.PipelineEnd;
import org.cytobeam.pipelines.cli.RunningPipeline;
import org.cytobeam.pipelines.log.LogStyle;
import org.cytobeam.pipelines.log.RunLog;
import org.slf4j.LoggerFactory;

/** A command with a pipeline of one step, which goes as it is told. */
public final class TrialCommand implements Command<TrialOptions> {

  private static final class GoFn extends DoFn<Way, Way> {
    @ProcessElement
    public void process(@Element Way way) throws IOException, InterruptedException {
      switch (way) {
        case END -> LoggerFactory.getLogger("org.cytobeam.trial").info("the step ran");
        case FAIL -> throw new IOException("no room\nleft on the disk");
        case BREAK -> throw new AssertionError("was to break before");
        case HANG -> new CountDownLatch(1).await();
      }
    }
  }

  private static void giveUp(Exception trouble) {
    throw new IllegalStateException(trouble);
  }

  @Override
  public String name() {
    return "trial";
  }

  @Override
  public String summary() {
    return "Goes as it is told.";
  }

  @Override
  public Class<TrialOptions> options() {
    return TrialOptions.class;
  }

  @Override
  public ExitCode run(TrialOptions options, Invocation invocation) throws Exception {
    DestinationSettings folder =
        new DestinationSettings(
            options.getLogDir(), RunId.startingAt(Instant.now()), Durability.RUN);
    try (Destination destination = Destinations.open(folder);
        RunLog log = RunLog.attach(destination, "run.log", LogStyle.TEXT, TrialCommand::giveUp)) {
      LoggerFactory.getLogger("org.cytobeam.trial").warn("one\nwarning");
      LoggerFactory.getLogger("io.netty.trial").warn("nobody's business");
      if (options.getWay() == Way.BREAK) {
        throw new NoClassDefFoundError("org/example/Step");
      }
      Pipeline pipeline = Pipeline.create(options);
      pipeline.apply(Create.of(options.getWay())).apply(ParDo.of(new GoFn()));
      RunningPipeline running = new RunningPipeline(pipeline.run(), invocation.interrupt());
      invocation.console().result("started");
      PipelineEnd end = running.await();
      if (end instanceof PipelineEnd.Failed failed) {
        invocation.console().message("trial: " + FailureText.of(failed.cause()));
        return ExitCode.FAILED;
      }
      return end instanceof PipelineEnd.Done ? ExitCode.DONE : ExitCode.INTERRUPTED;
    }
  }
}
