package org.cytobeam.io.s3;

import java.util.concurrent.CompletableFuture;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A whole object as a stream, on condition that it is still the same. */
record StreamQuestion(S3Uri address, ObjectHead head)
    implements S3Question<
        ResponseInputStream<GetObjectResponse>, ResponseInputStream<GetObjectResponse>> {

  @Override
  public CompletableFuture<ResponseInputStream<GetObjectResponse>> send(
      S3AsyncClient client, CallTrace trace) {
    return client.getObject(
        GetObjectRequest.builder()
            .bucket(address.bucket())
            .key(address.key())
            .ifMatch(head.isStrong() ? head.quotedEtag() : null)
            .overrideConfiguration(call -> call.putExecutionAttribute(CallTrace.ATTRIBUTE, trace))
            .build(),
        AsyncResponseTransformer.toBlockingInputStream());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> take(ResponseInputStream<GetObjectResponse> answer)
      throws DamagedException {
    String etag = String.valueOf(answer.response().eTag());
    if (!etag.equals(String.valueOf(head.quotedEtag()))) {
      answer.abort();
      throw new DamagedException(Reason.CHANGED, "the object is another than before");
    }
    return answer;
  }

  @Override
  public boolean mayPass(FetchException failure) {
    return failure.retryable() && failure.reason() != Reason.CHANGED;
  }
}
