package org.cytobeam.flink;

import org.apache.flink.api.common.functions.AbstractRichFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.functions.util.FunctionUtils;
import org.apache.flink.util.Collector;

/** A step that is the same but for what aborts the run, which it makes a {@link JobAbort}. */
final class AbortingFlatMap<InputT, OutputT> extends AbstractRichFunction
    implements FlatMapFunction<InputT, OutputT> {

  private static final long serialVersionUID = 1L;

  private final FlatMapFunction<InputT, OutputT> step;

  AbortingFlatMap(FlatMapFunction<InputT, OutputT> step) {
    this.step = step;
  }

  @Override
  public void setRuntimeContext(RuntimeContext context) {
    super.setRuntimeContext(context);
    FunctionUtils.setFunctionRuntimeContext(step, context);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    try {
      FunctionUtils.openFunction(step, context);
    } catch (Exception e) {
      throw marked(e);
    }
  }

  @Override
  public void flatMap(InputT value, Collector<OutputT> out) throws Exception {
    try {
      step.flatMap(value, out);
    } catch (Exception e) {
      throw marked(e);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      FunctionUtils.closeFunction(step);
    } catch (Exception e) {
      throw marked(e);
    }
  }

  private static Exception marked(Exception thrown) {
    return FlinkFailures.isUnmarkedAbort(thrown) ? new JobAbort(thrown) : thrown;
  }
}
