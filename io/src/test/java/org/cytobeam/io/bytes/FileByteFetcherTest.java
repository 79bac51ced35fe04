package org.cytobeam.io.bytes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileByteFetcherTest {

  private static final byte[] BYTES = {1, 2, 3};

  private final FileByteFetcher fetcher = new FileByteFetcher(3);
  private final Path folder;

  FileByteFetcherTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name) throws Exception {
    return Files.write(folder.resolve(name), BYTES);
  }

  private Reason failure(String uri) {
    var e = assertThrows(ExecutionException.class, () -> fetcher.fetch(uri).get());
    FetchException failure = FetchException.of(uri, e);
    assertThat(failure.getMessage(), startsWith(uri + ": "));
    var ofLength = assertThrows(ExecutionException.class, () -> fetcher.length(uri).get());
    assertThat(FetchException.of(uri, ofLength).reason(), is(failure.reason()));
    return failure.reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tif", "r 01#?%20+ü.tif"})
  void readsAPathAsItStandsAndAUriDecoded(String name) throws Exception {
    Path file = file(name);
    assertThat(fetcher.fetch(file.toString()).get().bytes(), is(BYTES));
    assertThat(fetcher.fetch(file.toUri().toString()).get().bytes(), is(BYTES));
    assertThat(
        fetcher.fetch(file.toUri().toString().replace("file:", "file://localhost")).get().bytes(),
        is(BYTES));
  }

  @Test
  void tellsALengthWithoutReading() throws Exception {
    assertThat(fetcher.length(file("a").toString()).get(), is(3L));
  }

  @Test
  void identifiesAFileByItsSizeAndTime() throws Exception {
    Path file = file("a");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    FetchedBytes before = fetcher.fetch(file.toString()).get();
    assertThat(before.identity(), is("3-1000000000"));
    assertThat(before.integrity(), is(Integrity.LENGTH));
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
    assertThat(fetcher.fetch(file.toString()).get().identity(), is(not(before.identity())));
  }

  @Test
  void saysWhyAFileCantBeHad() throws Exception {
    assertThat(failure(folder.resolve("none").toString()), is(Reason.MISSING));
    assertThat(failure(folder.toString()), is(Reason.BAD_ADDRESS));
    assertThat(failure(file("a") + "/b"), is(Reason.FAILED));
    Path large = Files.write(folder.resolve("large"), new byte[4]);
    assertThat(failure(large.toString()), is(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.tif",
        "./a.tif",
        "file:a.tif",
        "file://server/share/a.tif",
        "file:///a#1.tif",
        "file:///a?1.tif",
        "file:///100%.tif",
        "/a\u0000b"
      })
  void refusesWhatIsNoAddressOfALocalFile(String uri) {
    assertThat(failure(uri), is(Reason.BAD_ADDRESS));
  }

  @Test
  void picksTheFetcherByTheScheme() throws Exception {
    try (SchemeByteFetcher all = new SchemeByteFetcher(Map.of("file", fetcher))) {
      String path = file("a").toString();
      assertThat(all.fetch(path).get().bytes(), is(BYTES));
      assertThat(all.fetch("file://" + path).get().bytes(), is(BYTES));
      for (String uri : new String[] {"", "a.tif", "gopher://x/y", "s3:", ":"}) {
        var e = assertThrows(ExecutionException.class, () -> all.fetch(uri).get());
        FetchException failure = FetchException.of(uri, e);
        assertThat(failure.reason(), is(Reason.BAD_ADDRESS));
        assertThat(failure.getMessage(), endsWith("one of file"));
      }
    }
  }
}
