package org.cytobeam.pipelines.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.graph.GraphWalk;
import org.cytobeam.pipelines.graph.GraphWalk.Primitive;
import org.cytobeam.pipelines.runner.Lanes;
import org.cytobeam.transforms.images.EncodedObjects;
import org.cytobeam.transforms.images.Lookup;
import org.cytobeam.transforms.images.MatchRules;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.RunSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The graphs: names as designed, and the copy in one chain from the hand-out on. */
final class ImagesGraphTest {

  private static final ItemSet NONE = ItemSet.of(List.of());

  /** As a command does, before it makes a graph. */
  @BeforeAll
  static void knowWhereTablesAre() {
    FileSystems.setDefaultPipelineOptions(
        PipelineOptionsFactory.fromArgs("--awsRegion=us-east-1").as(AwsOptions.class));
  }

  private static ImagesJob job() {
    DestinationSettings folder =
        new DestinationSettings("out", new RunId("20260101T000000Z-00000001"), Durability.RUN);
    return new ImagesJob(
        List.of("s3://our-bucket/t.csv?X-Amz-Signature=canary"),
        null,
        new MatchRules(
            "b",
            "p/",
            MatchRules.Match.STEM,
            Set.of(),
            MatchRules.Ambiguous.FAIL,
            MatchRules.SaveAs.NAME,
            false),
        new RunSettings(folder, "hash", Check.SHA256, false),
        PlanPlace.in(folder),
        S3Settings.defaults(),
        Lookup.LIST,
        EncodedObjects.DECODE,
        Lanes.paced(16),
        16,
        1 << 20,
        100,
        null);
  }

  private static Pipeline matching() {
    Pipeline pipeline = Pipeline.create();
    ImagesPipeline.match(pipeline, job(), NONE);
    return pipeline;
  }

  private static Pipeline copying(ItemSet downloaded) {
    Pipeline pipeline = Pipeline.create();
    ImagesPipeline.copy(pipeline, job(), downloaded);
    return pipeline;
  }

  @Test
  void theStepsHaveTheNamesOfTheDesign() {
    assertThat(
        GraphWalk.of(matching()).steps(), is(List.of("ReadNames", "MatchObjects", "StoreMatches")));
    assertThat(
        GraphWalk.of(copying(NONE)).steps(),
        is(List.of("ReadMatches", "HandOut", "CopyObject", "Summarize")));
    assertThat(
        GraphWalk.of(copying(ItemSet.of(List.of("a.jpg")))).steps(),
        is(List.of("ReadMatches", "HandOut", "AdoptFiles", "CopyObject", "Summarize")));
  }

  @Test
  void theCopyStandsRightBehindTheHandOutAndIsGroupedBeforeAnythingForks() {
    GraphWalk walk = GraphWalk.of(copying(NONE));
    Primitive handOut =
        walk.primitives().stream().filter(p -> p.isIn("HandOut/HandOutRows")).findFirst().get();

    List<Primitive> chain = walk.chainBehind(handOut);

    assertThat(chain.get(0).isIn("CopyObject"), is(true));
    assertThat(chain.get(0).outputs(), hasSize(1));
    assertThat(chain.get(1).isIn("Summarize/Settle"), is(true));
  }

  /** What runners show of a graph. */
  @Test
  void displayDataHasNoSecret() {
    List<String> shown = new ArrayList<>();

    matching()
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
}
