package org.cytobeam.transforms.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DownloadStateTest {

  private static DownloadState read(String json) throws IOException {
    return read(json.getBytes(UTF_8));
  }

  /** Reads a state with all its names. */
  static DownloadState read(byte[] json) throws IOException {
    Map<String, TreeSet<String>> lists =
        Map.of("downloaded", names(), "failed", names(), "skipped", names());
    DownloadState rest =
        DownloadStateReader.read(
            new ByteArrayInputStream(json),
            (list, name) -> Objects.requireNonNull(lists.get(list)).add(name));
    return new DownloadState(
        Objects.requireNonNull(lists.get("downloaded")),
        Objects.requireNonNull(lists.get("failed")),
        Objects.requireNonNull(lists.get("skipped")),
        rest.startTime(),
        rest.lastUpdate(),
        rest.writtenBy());
  }

  private static String written(DownloadState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    state.writeTo(out);
    return out.toString(UTF_8);
  }

  private static TreeSet<String> names(String... names) {
    return new TreeSet<>(List.of(names));
  }

  @Test
  void readsWhatTheEarlierDownloaderLeft() throws IOException {
    DownloadState state =
        read(
            """
            {
              "downloaded": ["b.jpg", "a.jpg", "caf\\u00e9.png"],
              "failed": ["c.jpg"],
              "skipped": [],
              "start_time": "2025-01-02T03:04:05.678901",
              "last_update": null,
              "something": {"more": [1, 2]}
            }
            """);

    assertThat(
        state,
        is(
            new DownloadState(
                names("a.jpg", "b.jpg", "café.png"),
                names("c.jpg"),
                names(),
                "2025-01-02T03:04:05.678901",
                null,
                null)));
    assertThat(state.isOurs(), is(false));
  }

  @Test
  void whatItLacksIsEmpty() throws IOException {
    assertThat(read("{}"), is(new DownloadState(names(), names(), names(), null, null, null)));
  }

  @Test
  void writesTheSameShapeAndWhoWroteIt() throws IOException {
    DownloadState state =
        new DownloadState(
            names("b\"1.jpg", "a.jpg"),
            names(),
            names("é.png"),
            null,
            "2025-01-02T03:04:05",
            "x 1");

    assertThat(
        written(state),
        is(
            """
            {
              "downloaded": [
                "a.jpg",
                "b\\"1.jpg"
              ],
              "failed": [],
              "skipped": [
                "\\u00E9.png"
              ],
              "start_time": null,
              "last_update": "2025-01-02T03:04:05",
              "written_by": "x 1"
            }
            """));
    assertThat(read(written(state)), is(state));
    assertThat(read(written(state)).isOurs(), is(true));
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAgain(
      @ForAll Set<String> downloaded, @ForAll Set<String> failed, @ForAll String start)
      throws IOException {
    DownloadState state =
        new DownloadState(
            new TreeSet<>(downloaded), new TreeSet<>(failed), names(), start, null, "x");

    assertThat(read(written(state)), is(state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|line 1: it is no JSON object",
        "[]|line 1: it is no JSON object",
        "{\"downloaded\": 3}|line 1: downloaded is no list",
        "{\"failed\": null}|line 1: failed is no list",
        "{\"skipped\": [1]}|line 1: skipped has what is no text",
        "{\"skipped\": [[]]}|line 1: skipped has what is no text",
        "{\"start_time\": 1}|line 1: start_time is no text",
        "{} {}|line 1: something follows the JSON object",
      })
  void whatIsNoStateIsRefused(String json, String message) {
    DownloadStateException refused = assertThrows(DownloadStateException.class, () -> read(json));

    assertThat(refused.getMessage(), is(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"downloaded\": [\"a\"|line 1, column",
        "{\"downloaded\": [], \"downloaded\": []}|line 1, column",
        "{\"x\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}|Depth (17) exceeds",
        "{'downloaded': []}|line 1, column",
      })
  void whatIsNoJsonIsRefused(String json, String message) {
    DownloadStateException refused = assertThrows(DownloadStateException.class, () -> read(json));

    assertThat(String.valueOf(refused.getMessage()).startsWith(message), is(true));
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] json = "{\"failed\": [\"x\"]}".getBytes(UTF_8);
    json[13] = (byte) 0xFF;

    assertThrows(DownloadStateException.class, () -> read(json));
  }

  /** A million names of 60 letters are 64 MiB, and bucket listings are longer than that. */
  @Test
  void oneOfAnyLengthIsReadNameByName() throws IOException {
    InputStream blanks =
        new InputStream() {
          private long left = 70L << 20;

          @Override
          public int read() {
            return left-- > 0 ? ' ' : -1;
          }
        };
    InputStream json =
        new SequenceInputStream(
            new SequenceInputStream(text("{\"downloaded\": [\"a\","), blanks),
            text("\"b\"], \"failed\": [\"c\"], \"start_time\": \"then\"}"));
    List<String> downloaded = new ArrayList<>();

    DownloadState state = DownloadState.skim(json, downloaded::add);

    assertThat(downloaded, is(List.of("a", "b")));
    assertThat(state.startTime(), is("then"));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Property(tries = 500)
  void whateverTheBytesAreItIsReadOrRefused(@ForAll byte[] bytes) throws IOException {
    byte[] json = new byte[bytes.length + 1];
    json[0] = '{';
    System.arraycopy(bytes, 0, json, 1, bytes.length);
    try {
      read(json);
    } catch (DownloadStateException e) {
      assertThat(String.valueOf(e.getMessage()).isEmpty(), is(false));
    }
  }

  @Test
  void timesAreThoseOfPython() {
    Instant whole = Instant.parse("2026-03-04T05:06:07Z");

    assertThat(DownloadState.time(whole, ZoneOffset.UTC), is("2026-03-04T05:06:07"));
    assertThat(
        DownloadState.time(whole.plusNanos(89_000_123), ZoneId.of("Asia/Tokyo")),
        is("2026-03-04T14:06:07.089000"));
  }
}
