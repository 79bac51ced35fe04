package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Which objects are on a page of a listing.
 *
 * <p>Keys are asked for percent-encoded, for XML 1.0 can't carry all characters that they may have;
 * the SDK decodes them.
 *
 * @param after the key behind which the first page begins; empty for all
 * @param token of the page; null for the first
 */
record PageQuestion(String bucket, String prefix, String after, @Nullable String token)
    implements S3Question<ListObjectsV2Response, ListedPage> {

  private static final int FIRST_ERROR_STATUS = 300;

  @Override
  public CompletableFuture<ListObjectsV2Response> send(S3AsyncClient client, CallTrace trace) {
    return client.listObjectsV2(
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .encodingType(EncodingType.URL)
            .startAfter(after.isEmpty() || token != null ? null : after)
            .continuationToken(token)
            .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build());
  }

  @Override
  public ListedPage take(ListObjectsV2Response answer) throws DamagedException {
    return ListedPage.of(answer, prefix);
  }

  /** A page of which nothing can be made, or that is an error under a good status, was lost. */
  @Override
  public FetchException explain(FetchException failure, boolean answered) {
    if (failure.reason() != Reason.FAILED || !answered) {
      return failure;
    }
    if (failure.getCause() instanceof AwsServiceException refusal) {
      return refusal.statusCode() < FIRST_ERROR_STATUS
          ? as(Reason.SERVER_ERROR, "the server failed in the middle", failure)
          : failure;
    }
    return as(Reason.TRUNCATED, "what was sent is not a listing", failure);
  }

  private FetchException as(Reason reason, String what, FetchException failure) {
    String uri = new S3Uri(bucket, prefix).toString();
    return new FetchException(reason, uri, what, failure.attempts(), failure.getCause());
  }
}
