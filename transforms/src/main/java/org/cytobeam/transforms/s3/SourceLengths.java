package org.cytobeam.transforms.s3;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.cytobeam.io.bytes.ByteFetcher;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.transforms.outcome.FailureClass;
import org.jspecify.annotations.Nullable;

/** Asks sources how long they are, as {@link FetchS3Bytes} would ask for them. */
public final class SourceLengths implements Closeable {

  /**
   * What came of one question.
   *
   * @param bytes how long the source is; 0 if it can't be had
   * @param failure why it can't be had, the class that a run would give it; null if it can
   */
  public record Length(long bytes, @Nullable FailureClass failure) {}

  private final ByteFetcher fetcher;

  /** Creates one; no connection is made before the first question. */
  public SourceLengths(S3Settings s3) {
    this.fetcher = FetchSession.fetcher(s3, FetchS3Bytes.DEFAULT_MAX_BYTES);
  }

  /** Asks for the lengths of some sources at once, and returns them in their order. */
  public List<Length> of(List<String> uris) throws IOException {
    List<CompletableFuture<Long>> answers = uris.stream().map(fetcher::length).toList();
    List<Length> lengths = new ArrayList<>();
    for (int i = 0; i < uris.size(); i++) {
      lengths.add(length(uris.get(i), answers.get(i)));
    }
    return lengths;
  }

  private static Length length(String uri, CompletableFuture<Long> answer) throws IOException {
    try {
      return new Length(answer.get(), null);
    } catch (ExecutionException e) {
      FetchException failure = FetchException.of(uri, e);
      if (failure.reason() == FetchException.Reason.CREDENTIALS_EXPIRED) {
        throw failure;
      }
      return new Length(0, FetchFailures.classOf(failure.reason()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking for lengths", e);
    }
  }

  @Override
  public void close() throws IOException {
    fetcher.close();
  }
}
