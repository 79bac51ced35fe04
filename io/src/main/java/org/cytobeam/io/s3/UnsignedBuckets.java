package org.cytobeam.io.s3;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/**
 * Chooses by its bucket whether a request is signed.
 *
 * <p>An interceptor could set anonymous credentials as well, but this is what the SDK asks first of
 * all: for an unsigned request no credentials are ever looked for, so that none need exist.
 */
final class UnsignedBuckets implements S3AuthSchemeProvider {

  private static final List<AuthSchemeOption> UNSIGNED =
      List.of(AuthSchemeOption.builder().schemeId("smithy.api#noAuth").build());

  private final S3AuthSchemeProvider signed = S3AuthSchemeProvider.defaultProvider();
  private final Set<String> publicBuckets;

  UnsignedBuckets(Set<String> publicBuckets) {
    this.publicBuckets = publicBuckets;
  }

  @Override
  public List<AuthSchemeOption> resolveAuthScheme(S3AuthSchemeParams request) {
    String bucket = request.bucket();
    return bucket != null && publicBuckets.contains(bucket)
        ? UNSIGNED
        : signed.resolveAuthScheme(request);
  }
}
