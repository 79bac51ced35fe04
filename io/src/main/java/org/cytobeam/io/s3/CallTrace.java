package org.cytobeam.io.s3;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.checksums.ChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * What happened to one call inside the SDK. A caller puts a trace into the call's attributes, and
 * {@link Recorder} fills it.
 */
final class CallTrace {

  static final ExecutionAttribute<CallTrace> ATTRIBUTE = new ExecutionAttribute<>("cytobeam.trace");

  private final AtomicInteger requests;
  private volatile boolean answered;
  private volatile boolean checksumValidated;

  /** Creates a trace that adds each request that is sent to a count. */
  CallTrace(AtomicInteger requests) {
    this.requests = requests;
  }

  /** Returns whether the head of an answer has come. */
  boolean answered() {
    return answered;
  }

  /** Returns whether the SDK has compared the body with a checksum that the server keeps. */
  boolean checksumValidated() {
    return checksumValidated;
  }

  /** Is part of every client that {@link S3Clients} configures. */
  static final class Recorder implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      CallTrace trace = attributes.getAttribute(ATTRIBUTE);
      if (trace != null) {
        trace.requests.incrementAndGet();
      }
    }

    @Override
    public void afterTransmission(
        Context.AfterTransmission context, ExecutionAttributes attributes) {
      CallTrace trace = attributes.getAttribute(ATTRIBUTE);
      if (trace != null) {
        trace.answered = true;
      }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      CallTrace trace = attributes.getAttribute(ATTRIBUTE);
      if (trace != null) {
        ChecksumValidation validation =
            attributes.getAttribute(SdkExecutionAttribute.HTTP_RESPONSE_CHECKSUM_VALIDATION);
        trace.checksumValidated = validation == ChecksumValidation.VALIDATED;
      }
    }
  }
}
