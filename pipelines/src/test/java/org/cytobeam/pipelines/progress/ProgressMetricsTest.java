package org.cytobeam.pipelines.progress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.cytobeam.transforms.outcome.RunCounters;
import org.junit.jupiter.api.Test;

class ProgressMetricsTest {

  @Test
  void addsUpWhatAllStepsCounted() {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    pipeline
        .apply(Create.of(1, 2, 3))
        .apply("One", ParDo.of(new CountFn()))
        .apply("Two", ParDo.of(new CountFn()));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    Progress progress = new ProgressMetrics(result, 24).now();

    assertThat(progress, equalTo(new Progress(24, 12, 6, 6, 18, 6_000, 2)));
    assertThat(progress.isComplete(), equalTo(true));
  }

  private static final class CountFn extends DoFn<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Integer element, OutputReceiver<Integer> out) {
      RunCounters.of(RunCounters.ITEMS_DONE).inc(2);
      RunCounters.of(RunCounters.ITEMS_ALREADY_DONE).inc();
      RunCounters.of(RunCounters.ITEMS_FAILED).inc();
      RunCounters.of(RunCounters.ITEMS_FETCHED).inc(3);
      RunCounters.of(RunCounters.BYTES_FETCHED).inc(1_000);
      RunCounters.of(RunCounters.RETRIES).inc(element == 3 ? 1 : 0);
      Metrics.counter(CountFn.class, RunCounters.ITEMS_DONE).inc(99);
      out.output(element);
    }
  }
}
