package org.cytobeam.flink;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.SerializedThrowable;

/** What a step threw to end the whole run, as Flink knows that it must not try again. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class JobAbort extends Exception {

  private static final long serialVersionUID = 1L;

  /** The cause goes as bytes: one that can't be sent would take this with it. */
  JobAbort(Exception cause) {
    super("A step has aborted the run", new SerializedThrowable(cause));
  }
}
