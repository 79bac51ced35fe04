package org.cytobeam.io.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Drops the header that asks for an S3 bucket key unless it asks for one.
 *
 * <p>Beam sends it with every write, mostly to say no, which is what its absence means; servers
 * that don't know it, S3Proxy for one, answer 501.
 */
final class BucketKeyHeader implements ExecutionInterceptor {

  private static final String NAME = "x-amz-server-side-encryption-bucket-key-enabled";

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    boolean superfluous =
        request.firstMatchingHeader(NAME).map(value -> !value.equals("true")).orElse(false);
    return superfluous ? request.copy(copy -> copy.removeHeader(NAME)) : request;
  }
}
