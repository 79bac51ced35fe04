package org.cytobeam.io.s3;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts how often a request is sent, for callers that put a counter into its attributes. */
final class AttemptCount implements ExecutionInterceptor {

  static final ExecutionAttribute<AtomicInteger> COUNTER =
      new ExecutionAttribute<>("cytobeam.attempts");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    AtomicInteger counter = attributes.getAttribute(COUNTER);
    if (counter != null) {
      counter.incrementAndGet();
    }
  }
}
