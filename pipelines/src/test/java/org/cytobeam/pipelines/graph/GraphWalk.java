package org.cytobeam.pipelines.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PValue;

/**
 * The shape of a graph before any runner has it: its steps, and the primitive transforms that they
 * are made of, with what goes in and out of each.
 */
public final class GraphWalk {

  /**
   * A primitive transform.
   *
   * @param name its full name, which begins with the names of the steps that it is in
   * @param transform the transform itself
   * @param mainInputs what it takes element by element
   * @param sideInputs what it looks up beside them
   * @param outputs what it gives
   */
  public record Primitive(
      String name,
      PTransform<?, ?> transform,
      List<PValue> mainInputs,
      List<PValue> sideInputs,
      List<PValue> outputs) {

    private static Primitive of(TransformHierarchy.Node node) {
      PTransform<?, ?> transform = node.getTransform();
      Collection<PValue> beside = transform.getAdditionalInputs().values();
      List<PValue> main = new ArrayList<>(node.getInputs().values());
      List<PValue> side = new ArrayList<>(main);
      main.removeAll(beside);
      side.retainAll(beside);
      return new Primitive(
          node.getFullName(), transform, main, side, List.copyOf(node.getOutputs().values()));
    }

    /** Returns whether the transform is in a step, at any depth. */
    public boolean isIn(String step) {
      return name.startsWith(step + "/");
    }
  }

  private final List<String> steps = new ArrayList<>();
  private final List<Primitive> primitives = new ArrayList<>();

  private GraphWalk() {}

  /** Walks a graph from its roots on. */
  public static GraphWalk of(Pipeline pipeline) {
    GraphWalk walk = new GraphWalk();
    pipeline.traverseTopologically(
        new PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            String name = node.getFullName();
            if (!name.isEmpty() && !name.contains("/")) {
              walk.steps.add(name);
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            walk.primitives.add(Primitive.of(node));
          }
        });
    return walk;
  }

  /** Returns the names of the steps, those that flow into others first. */
  public List<String> steps() {
    return List.copyOf(steps);
  }

  /** Returns the primitive transforms, those that flow into others first. */
  public List<Primitive> primitives() {
    return List.copyOf(primitives);
  }

  /**
   * Returns the only primitive transform of a name.
   *
   * @throws IllegalArgumentException if there is none, or several
   */
  public Primitive primitive(String name) {
    List<Primitive> found = primitives.stream().filter(p -> p.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " are named " + name + " among " + names());
    }
    return found.get(0);
  }

  private List<String> names() {
    return primitives.stream().map(Primitive::name).toList();
  }

  /** Returns all that take a collection, element by element or as a side input. */
  public List<Primitive> consumers(PValue collection) {
    return primitives.stream()
        .filter(p -> p.mainInputs().contains(collection) || p.sideInputs().contains(collection))
        .toList();
  }

  /**
   * Returns the transforms behind one of them, as far as they are a chain: each takes the only
   * output of the one before as its only input, and nothing else takes it.
   */
  public List<Primitive> chainBehind(Primitive start) {
    List<Primitive> chain = new ArrayList<>();
    Primitive last = start;
    while (last.outputs().size() == 1) {
      List<Primitive> next = consumers(last.outputs().get(0));
      if (next.size() != 1 || next.get(0).mainInputs().size() != 1) {
        break;
      }
      last = next.get(0);
      if (!last.sideInputs().isEmpty()) {
        break;
      }
      chain.add(last);
    }
    return chain;
  }
}
