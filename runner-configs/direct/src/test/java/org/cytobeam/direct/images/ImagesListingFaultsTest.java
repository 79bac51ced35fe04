package org.cytobeam.direct.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cytobeam.testing.plate.CommandRun;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.transforms.images.Lookup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of listings whose pages are lost, overlap, are something else, or no longer hold. */
@Timeout(180)
final class ImagesListingFaultsTest {

  private static final int IMAGES = 25;

  @TempDir private Path folder;
  private FaultyBucket bucket;

  @BeforeEach
  void start() {
    bucket = new FaultyBucket(folder, Access.OPEN);
    for (int i = 0; i < IMAGES; i++) {
      bucket.put(name(i), FaultyBucket.SMALL);
    }
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "%02d.jpg", i);
  }

  private void script(Fault... faults) {
    for (Fault fault : faults) {
      bucket.server.script(FaultyBucket.NAME, "", fault.on("GET"));
    }
  }

  /** Fault N16. */
  @Test
  void pagesThatAreLostOrOverlapListTheSame() throws Exception {
    Fault page = Fault.page(10);
    script(
        page.and(Fault.loseReply()),
        page,
        Fault.status(500),
        page.and(Fault.closeAfter(300)),
        page.and(Fault.overlap()));
    bucket.server.always(FaultyBucket.NAME, "", page.and(Fault.overlap()).on("GET"));

    CommandRun run = bucket.run(Lookup.LIST);

    bucket.assertAllDone(run);
    assertThat(run.out(), containsString("Listed 25 objects in 6 requests."));
    assertThat(bucket.pages(), is(6));
    for (int i = 0; i < IMAGES; i++) {
      assertThat(bucket.gets(name(i)), is(1));
    }
  }

  /** Fault N16. */
  @Test
  void aListingThatGoesInCirclesEndsTheRun() throws Exception {
    bucket.server.always(FaultyBucket.NAME, "", Fault.page(1).and(Fault.overlap()).on("GET"));

    CommandRun run = bucket.run(Lookup.LIST);

    bucket.assertAborted(run, "the listing doesn't move on", "come the same pages again");
    assertThat(bucket.pictures(), is(anEmptyMap()));
  }

  /** Fault N16. */
  @ParameterizedTest
  @EnumSource(names = {"LIST", "HEAD"})
  void whatIsDeletedAfterItWasFoundIsMissingAndLookedForAgain(Lookup lookup) throws Exception {
    bucket.put("large.tif", FaultyBucket.LARGE);
    bucket.put("halfway.tif", FaultyBucket.LARGE);
    deleteBefore("GET", name(7));
    if (lookup == Lookup.HEAD) {
      bucket.script("large.tif", Fault.none().on("HEAD"));
    }
    deleteBefore("HEAD", "large.tif");
    deleteBefore("GET", "halfway.tif");

    CommandRun gone = bucket.run(lookup);

    bucket.assertLeft(
        gone, Map.of(name(7), "missing", "large.tif", "missing", "halfway.tif", "missing"));
    assertThat("asked for once", bucket.gets(name(7)), is(1));
    bucket.put(name(7), FaultyBucket.SMALL);
    bucket.put("large.tif", FaultyBucket.LARGE);
    bucket.put("halfway.tif", FaultyBucket.LARGE);
    bucket.server.clearLog();

    CommandRun back = bucket.run(lookup);

    bucket.assertAllDone(back);
    assertThat(back.out(), containsString("27 items: 3 done, 24 already done, 0 failed"));
    assertThat(bucket.gets(name(7)), is(1));
    assertThat(bucket.gets(name(8)), is(0));
  }

  private void deleteBefore(String method, String name) {
    bucket.script(
        name,
        Fault.before(() -> bucket.server.delete(FaultyBucket.NAME, FaultyBucket.PREFIX + name))
            .on(method));
  }

  static Stream<Arguments> otherDocuments() {
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    return Stream.of(
        Arguments.of(
            Fault.body(200, "text/html", "<!DOCTYPE html><html><body>Log in<br></body></html>"),
            "what was sent is not a listing"),
        Arguments.of(
            Fault.body(200, "application/xml", xml + "<Error><Code>InternalError</Code></Error>"),
            "the server failed in the middle"),
        Arguments.of(
            Fault.body(200, "application/xml", xml + "<LocationConstraint>x</LocationConstraint>"),
            "what was sent is not a listing"),
        Arguments.of(Fault.body(200, "application/xml", ""), "what was sent is not a listing"),
        Arguments.of(Fault.closeAfter(300), "the connection broke in the middle"));
  }

  /** Faults N9 and N10. */
  @ParameterizedTest
  @MethodSource("otherDocuments")
  void anotherDocumentInPlaceOfAPageIsAskedForAgainAndNeverAnEmptyListing(Fault other, String said)
      throws Exception {
    script(other, Fault.page(10), other);

    bucket.assertAllDone(bucket.run(Lookup.LIST));

    assertThat(bucket.pages(), is(4));

    bucket.put("new.jpg", FaultyBucket.SMALL);
    bucket.server.always(FaultyBucket.NAME, "", other.on("GET"));
    bucket.server.clearLog();

    CommandRun never = bucket.run(Lookup.LIST);

    bucket.assertAborted(never, said, "Run the same command again");
    assertThat(bucket.pages(), is(FaultyBucket.TRIES));
    assertThat(bucket.pictures().size(), is(IMAGES));
  }
}
