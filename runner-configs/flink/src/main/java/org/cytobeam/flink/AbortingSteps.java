package org.cytobeam.flink;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.Plan;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.operators.AbstractUdfOperator;
import org.apache.flink.api.common.operators.DualInputOperator;
import org.apache.flink.api.common.operators.GenericDataSinkBase;
import org.apache.flink.api.common.operators.Operator;
import org.apache.flink.api.common.operators.SingleInputOperator;
import org.apache.flink.api.common.operators.base.FlatMapOperatorBase;
import org.apache.flink.util.Visitor;

/**
 * Puts an {@link AbortingFlatMap} around each step of a plan. Beam makes the plan, a flat map of
 * each DoFn, and asks nobody what Flink should not try again.
 */
final class AbortingSteps implements Visitor<Operator<?>> {

  private final Set<Operator<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Operator<?>, Operator<?>> replacements = new IdentityHashMap<>();

  private AbortingSteps() {}

  /** Changes a plan so that a step which aborts the run ends the job. */
  static void in(Plan plan) {
    plan.accept(new AbortingSteps());
  }

  @Override
  public boolean preVisit(Operator<?> operator) {
    return seen.add(operator);
  }

  /** Comes here after it has come to all inputs. */
  @Override
  public void postVisit(Operator<?> operator) {
    if (operator instanceof GenericDataSinkBase<?> sink) {
      connect(sink);
    } else if (operator instanceof SingleInputOperator<?, ?, ?> step) {
      connect(step);
    } else if (operator instanceof DualInputOperator<?, ?, ?, ?> step) {
      connect(step);
    }
    if (operator instanceof AbstractUdfOperator<?, ?> step) {
      step.getBroadcastInputs().replaceAll((name, input) -> replaced(input));
    }
    if (operator instanceof FlatMapOperatorBase<?, ?, ?> step) {
      replacements.put(step, aborting(step));
    }
  }

  private <T> void connect(GenericDataSinkBase<T> sink) {
    sink.setInput(replaced(sink.getInput()));
  }

  private <T> void connect(SingleInputOperator<T, ?, ?> step) {
    step.setInput(replaced(step.getInput()));
  }

  private <T, U> void connect(DualInputOperator<T, U, ?, ?> step) {
    step.setFirstInput(replaced(step.getFirstInput()));
    step.setSecondInput(replaced(step.getSecondInput()));
  }

  @SuppressWarnings("unchecked") // a step is replaced by one of the same types
  private <T> Operator<T> replaced(Operator<T> operator) {
    return (Operator<T>) replacements.getOrDefault(operator, operator);
  }

  private static <T, U> Operator<U> aborting(
      FlatMapOperatorBase<T, U, ? extends FlatMapFunction<T, U>> step) {
    FlatMapFunction<T, U> function =
        step.getUserCodeWrapper()
            .getUserCodeObject(FlatMapFunction.class, AbortingSteps.class.getClassLoader());
    FlatMapOperatorBase<T, U, FlatMapFunction<T, U>> aborting =
        new FlatMapOperatorBase<>(
            new AbortingFlatMap<>(function), step.getOperatorInfo(), step.getName());
    aborting.setInput(step.getInput());
    aborting.setParallelism(step.getParallelism());
    aborting.setResources(step.getMinResources(), step.getPreferredResources());
    aborting.setSemanticProperties(step.getSemanticProperties());
    aborting.getParameters().addAll(step.getParameters());
    aborting.getBroadcastInputs().putAll(step.getBroadcastInputs());
    return aborting;
  }
}
