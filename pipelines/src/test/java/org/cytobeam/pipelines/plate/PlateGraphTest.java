package org.cytobeam.pipelines.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.graph.GraphWalk;
import org.cytobeam.pipelines.graph.GraphWalk.Primitive;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.transforms.image.CropScale8Bit;
import org.cytobeam.transforms.image.Thumbnails;
import org.cytobeam.transforms.outcome.OutcomeCoder;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape that keeps bytes in bounds on every runner: from the hand-out to the write one chain of
 * transforms with one output each, then a grouping before anything forks.
 */
final class PlateGraphTest {

  private static GraphWalk walk(boolean keepSources) {
    return GraphWalk.of(pipeline(keepSources));
  }

  private static Pipeline pipeline(boolean keepSources) {
    DestinationSettings folder =
        new DestinationSettings("out", new RunId("20260101T000000Z-00000001"), Durability.RUN);
    RunSettings run = new RunSettings(folder, "hash", Check.SHA256, false);
    Pipeline pipeline = Pipeline.create();
    PlatePipeline.build(
        pipeline,
        new PlateJob(
            List.of("s3://our-bucket/t.csv?X-Amz-Signature=canary"),
            PlateSelection.ofChannels(PlateSelection.CELL_PAINTING),
            run,
            S3Settings.defaults(),
            CropScale8Bit.create(),
            Thumbnails.none(),
            keepSources,
            new PlateTables(folder, folder, false),
            Lanes.paced(16),
            16,
            1L << 26,
            0,
            null));
    return pipeline;
  }

  /** What runners show of a graph. */
  @Test
  void displayDataHasNoSecret() {
    List<String> shown = new ArrayList<>();

    pipeline(true)
        .traverseTopologically(
            new Pipeline.PipelineVisitor.Defaults() {
              @Override
              public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
                PTransform<?, ?> transform = node.getTransform();
                if (transform != null) {
                  shown.add(DisplayData.from(transform).toString());
                }
                return CompositeBehavior.ENTER_TRANSFORM;
              }
            });

    assertThat(String.join("\n", shown), containsString("t.csv?X-Amz-Signature=***"));
    assertThat(String.join("\n", shown), not(containsString("canary")));
  }

  private static List<String> byteSteps(boolean keepSources) {
    return keepSources
        ? List.of("FetchS3Bytes", "KeepSourceBytes", "CropScale8Bit", "WritePNG")
        : List.of("FetchS3Bytes", "CropScale8Bit", "WritePNG");
  }

  private static Primitive only(GraphWalk walk, String step) {
    List<Primitive> found = walk.primitives().stream().filter(p -> p.isIn(step)).toList();
    assertThat(step, found, hasSize(1));
    return found.get(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theStepsHaveTheNamesOfTheDesign(boolean keepSources) {
    List<String> steps = new ArrayList<>();
    steps.addAll(List.of("ReadLoadData", "ExpandChannels", "HandOut"));
    steps.addAll(byteSteps(keepSources));
    steps.add("Summarize");

    assertThat(walk(keepSources).steps(), is(steps));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bytesFlowThroughOneChainFromTheHandOutToTheWrite(boolean keepSources) {
    GraphWalk walk = walk(keepSources);
    Primitive handOut = only(walk, "HandOut/HandOutRows");
    assertThat(handOut.outputs(), hasSize(1));

    List<Primitive> chain = walk.chainBehind(handOut);

    List<String> steps = byteSteps(keepSources);
    for (int i = 0; i < steps.size(); i++) {
      Primitive primitive = chain.get(i);
      assertThat(primitive, is(only(walk, steps.get(i))));
      assertThat(primitive.transform(), instanceOf(ParDo.MultiOutput.class));
      assertThat(primitive.outputs(), hasSize(1));
      assertThat(primitive.sideInputs(), hasSize(0));
      assertThat(walk.consumers(primitive.outputs().get(0)), hasSize(1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bytesAreCodedByHand(boolean keepSources) {
    GraphWalk walk = walk(keepSources);
    List<String> steps = new ArrayList<>(byteSteps(keepSources));
    steps.addAll(List.of("ExpandChannels", "HandOut/HandOutRows"));

    for (String step : steps) {
      PValue output = only(walk, step).outputs().get(0);
      assertThat(((PCollection<?>) output).getCoder(), is(OutcomeCoder.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsAreGroupedBehindTheWriteBeforeAnythingForks(boolean keepSources) {
    GraphWalk walk = walk(keepSources);

    List<Primitive> behind = walk.chainBehind(only(walk, "WritePNG"));

    assertThat(behind.stream().map(p -> p.isIn("Summarize/Settle")).toList(), everyItem(is(true)));
    List<? extends PTransform<?, ?>> transforms =
        behind.stream().map(Primitive::transform).toList();
    assertThat(transforms.stream().filter(GroupByKey.class::isInstance).count(), is(1L));
    Primitive settled = behind.get(behind.size() - 1);
    assertThat(
        walk.consumers(settled.outputs().get(0)).stream()
            .map(p -> p.name().split("/", 3)[1])
            .toList(),
        contains("ResultsAndFailures", "Tables"));
  }
}
