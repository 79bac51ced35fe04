package org.cytobeam.pipelines.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.s3.S3Settings;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims of a folder in a bucket, where another run's lock may be that of a dead one. */
class FolderClaimTest {

  private static final RunId OWN = new RunId("20260102T000000Z-00000000");
  private static final RunId OTHER = new RunId("20260101T000000Z-00000000");

  private final S3TestServer server = S3TestServer.start().bucket("mine");
  private final List<String> told = new ArrayList<>();
  private Duration now = Duration.ZERO;

  /** The clock of this test. */
  private final class HandTime implements OtherRuns.Time {

    @Override
    public long nanos() {
      return now.toNanos();
    }

    @Override
    public void pass(Duration pause) {
      now = now.plus(pause);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String lock(RunId run) {
    return "out/_cytobeam/runs/" + run + "/lock";
  }

  private FolderClaim take(boolean isStopped) throws IOException, MistakesException {
    S3Settings s3 = S3Settings.builder().setEndpoint(server.endpoint()).setAnonymous(true).build();
    DestinationSettings folder = new DestinationSettings("s3://mine/out", OWN, Durability.RUN, s3);
    return FolderClaim.take(folder, "outputDir", told::add, () -> isStopped, new HandTime());
  }

  @Test
  void holdsItsLockUntilItIsClosed() throws Exception {
    try (FolderClaim claim = take(false)) {
      assertThat(claim.destination().root(), is("s3://mine/out"));
      assertThat(server.keys("mine"), contains(lock(OWN)));
    }

    assertThat(server.keys("mine"), hasSize(0));
  }

  @Test
  void letsGoOfItsLockWhenAnotherRunLives() {
    server.put("mine", lock(OTHER), "now".getBytes(UTF_8));

    MistakesException refused = assertThrows(MistakesException.class, () -> take(false));

    assertThat(refused.mistakes(), hasSize(1));
    assertThat(now, is(Duration.ofSeconds(60)));
    assertThat(server.keys("mine"), contains(lock(OTHER)));
  }

  @Test
  void letsGoOfItsLockWhenItIsStoppedWhileItWaits() {
    server.put("mine", lock(OTHER), "now".getBytes(UTF_8));

    assertThrows(InterruptedIOException.class, () -> take(true));

    assertThat(told, hasSize(1));
    assertThat(server.keys("mine"), contains(lock(OTHER)));
  }
}
