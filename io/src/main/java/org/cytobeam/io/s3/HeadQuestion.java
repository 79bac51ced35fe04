package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What an object is, without its bytes.
 *
 * <p>A refusal of a HEAD request has no body (RFC 9110 §9.3.2) and so no code: expired credentials
 * look like a mistake in the request or like somebody else's object.
 */
record HeadQuestion(S3Uri address) implements S3Question<HeadObjectResponse, HeadObjectResponse> {

  /** Asks, and when that is refused asks for one byte, to learn why. */
  static CompletableFuture<HeadObjectResponse> ask(S3Host host, S3Uri address) {
    S3Call<?, HeadObjectResponse> call = S3Call.start(host, address, new HeadQuestion(address));
    return call.exceptionallyCompose(
        failure ->
            S3Failures.unwrap(failure) instanceof FetchException refusal && isMute(refusal)
                ? S3Call.start(host, address, new Reasons(address, refusal))
                : CompletableFuture.failedFuture(failure));
  }

  private static boolean isMute(FetchException refusal) {
    return refusal.getCause() instanceof AwsServiceException
        && (refusal.reason() == Reason.DENIED || refusal.reason() == Reason.FAILED);
  }

  @Override
  public CompletableFuture<HeadObjectResponse> send(S3AsyncClient client, CallTrace trace) {
    return client.headObject(
        HeadObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .checksumMode(ChecksumMode.ENABLED)
            .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build());
  }

  @Override
  public HeadObjectResponse take(HeadObjectResponse answer) {
    return answer;
  }

  /** Why a HEAD request was refused: there is no answer, only a better failure. */
  private record Reasons(S3Uri address, FetchException refusal)
      implements S3Question<GetObjectResponse, HeadObjectResponse> {

    @Override
    public CompletableFuture<GetObjectResponse> send(S3AsyncClient client, CallTrace trace) {
      return client.getObject(
          GetObjectRequest.builder()
              .bucket(address.bucket())
              .key(address.key())
              .range("bytes=0-0")
              .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
              .build(),
          new NoBody());
    }

    @Override
    public HeadObjectResponse take(GetObjectResponse answer) throws FetchException {
      throw refusal;
    }

    @Override
    public FetchException explain(FetchException failure, boolean answered) {
      return switch (failure.reason()) {
        case CREDENTIALS_EXPIRED, DENIED, MISSING -> failure;
        default -> failure.retryable() ? failure : refusal;
      };
    }
  }
}
