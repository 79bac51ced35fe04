package org.cytobeam.pipelines.graph;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.cytobeam.pipelines.graph.GraphWalk.Primitive;
import org.junit.jupiter.api.Test;

final class GraphWalkTest {

  private static final TupleTag<Integer> MAIN = new TupleTag<>() {};
  private static final TupleTag<Integer> MORE = new TupleTag<>() {};

  private final Pipeline pipeline = Pipeline.create();

  private static final class SameFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer element, OutputReceiver<Integer> out) {
      out.output(element);
    }
  }

  /** A step of two transforms. */
  private static final class TwiceSame
      extends PTransform<PCollection<Integer>, PCollection<Integer>> {

    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<Integer> expand(PCollection<Integer> in) {
      return in.apply("First", ParDo.of(new SameFn())).apply("Second", ParDo.of(new SameFn()));
    }
  }

  private PCollection<Integer> twice() {
    return pipeline.apply("Numbers", Create.of(1, 2, 3)).apply("Twice", new TwiceSame());
  }

  private static List<String> names(List<Primitive> primitives) {
    return primitives.stream().map(Primitive::name).toList();
  }

  private static Primitive named(GraphWalk walk, String start) {
    List<String> names =
        names(walk.primitives()).stream().filter(name -> name.startsWith(start)).toList();
    assertThat(names.toString(), names.size(), is(1));
    return walk.primitive(names.get(0));
  }

  @Test
  void stepsAndTransformsComeInTheirOrder() {
    twice().apply("Once", ParDo.of(new SameFn()));

    GraphWalk walk = GraphWalk.of(pipeline);

    assertThat(walk.steps(), contains("Numbers", "Twice", "Once"));
    Primitive first = named(walk, "Twice/First/");
    assertThat(first.isIn("Twice"), is(true));
    assertThat(first.isIn("Tw"), is(false));
    assertThat(
        names(walk.chainBehind(first)),
        contains(named(walk, "Twice/Second/").name(), named(walk, "Once/").name()));
    assertThrows(IllegalArgumentException.class, () -> walk.primitive("Thrice"));
  }

  @Test
  void aForkEndsTheChain() {
    PCollection<Integer> numbers = twice();
    numbers.apply("One", ParDo.of(new SameFn()));
    numbers.apply("Other", ParDo.of(new SameFn()));

    GraphWalk walk = GraphWalk.of(pipeline);

    Primitive second = named(walk, "Twice/Second/");
    assertThat(walk.chainBehind(second), is(empty()));
    assertThat(walk.consumers(second.outputs().get(0)).size(), is(2));
  }

  @Test
  void aSecondOutputEndsTheChain() {
    twice()
        .apply("Two", ParDo.of(new SameFn()).withOutputTags(MAIN, TupleTagList.of(MORE)))
        .get(MAIN)
        .apply("Last", ParDo.of(new SameFn()));

    GraphWalk walk = GraphWalk.of(pipeline);

    assertThat(named(walk, "Two").outputs().size(), is(2));
    assertThat(walk.chainBehind(named(walk, "Two")), is(empty()));
  }

  @Test
  void aSideInputEndsTheChainAndIsAConsumer() {
    PCollection<Integer> beside = pipeline.apply("Beside", Create.of(7));
    PCollectionView<List<Integer>> view = beside.apply("View", View.asList());
    twice().apply("Look", ParDo.of(new SameFn()).withSideInputs(view));

    GraphWalk walk = GraphWalk.of(pipeline);

    Primitive look = named(walk, "Look");
    assertThat(look.mainInputs().size(), is(1));
    assertThat(look.sideInputs().size(), is(1));
    assertThat(walk.chainBehind(named(walk, "Twice/Second/")), is(empty()));
    assertThat(names(walk.consumers(look.sideInputs().get(0))).contains(look.name()), is(true));
  }
}
