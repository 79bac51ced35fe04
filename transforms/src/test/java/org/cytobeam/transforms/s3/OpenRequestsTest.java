package org.cytobeam.transforms.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

final class OpenRequestsTest {

  private final OpenRequests<FetchedBytes> requests = new OpenRequests<>(FetchedBytes::taken);
  private final AtomicInteger taken = new AtomicInteger();

  private CompletableFuture<FetchedBytes> request(String id) {
    CompletableFuture<FetchedBytes> answer = new CompletableFuture<>();
    requests.add(
        new OpenRequests.Request<>(
            Outcome.pending(Item.of(id, "s3://bucket/" + id, "table line 2", Map.of())),
            answer,
            new Stopwatch(),
            Instant.EPOCH,
            GlobalWindow.INSTANCE));
    return answer;
  }

  private FetchedBytes bytes() {
    return new FetchedBytes(new byte[1], "", Integrity.LENGTH, 1, taken::incrementAndGet);
  }

  @Test
  void comeBackInTheOrderOfTheirAnswers() throws Exception {
    CompletableFuture<FetchedBytes> slow = request("slow");
    CompletableFuture<FetchedBytes> quick = request("quick");
    quick.complete(bytes());
    slow.completeExceptionally(new IllegalStateException("broken"));

    assertThat(requests.count(), is(2));
    assertThat(requests.next().outcome().getItem().getId(), is("quick"));
    assertThat(requests.next().outcome().getItem().getId(), is("slow"));
    assertThat(requests.count(), is(0));
  }

  @Test
  void whatIsAbandonedIsCancelledAndHoldsNoRoom() throws Exception {
    request("handed back").complete(bytes());
    requests.next();
    CompletableFuture<FetchedBytes> open = request("open");
    request("answered").complete(bytes());

    requests.abandon();

    assertThat(open.isCancelled(), is(true));
    assertThat(taken.get(), is(1));
    assertThat(requests.count(), is(0));
  }
}
