package org.cytobeam.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SyntheticFilesTest {

  private static final int COUNT = 2_500;
  private static final int BYTES = 1_000;

  private final SyntheticFiles files = new SyntheticFiles(COUNT, BYTES);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir private Path folder;
  private ObjectServer server;

  @BeforeEach
  void start() throws IOException {
    server = ObjectServer.start(files, Throttle.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachFileHasItsOwnBytesAndTheirHash() throws Exception {
    HttpResponse<byte[]> first = get("/" + SyntheticFiles.name(0));
    HttpResponse<byte[]> last = get("/" + SyntheticFiles.name(COUNT - 1));

    assertThat(first.body().length, is(BYTES));
    assertThat(first.body(), is(not(last.body())));
    for (HttpResponse<byte[]> answer : List.of(first, last)) {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(answer.body());
      assertThat(
          answer.headers().firstValue("ETag").orElse(""),
          is("\"" + HexFormat.of().formatHex(md5) + "\""));
    }
    assertThat(get("/" + SyntheticFiles.name(COUNT)).statusCode(), is(404));
  }

  @Test
  void sendsTheRangeThatIsAskedFor() throws Exception {
    byte[] whole = get("/" + SyntheticFiles.name(7)).body();
    HttpRequest request =
        HttpRequest.newBuilder(uri("/" + SyntheticFiles.name(7)))
            .header("Range", "bytes=100-299")
            .build();

    HttpResponse<byte[]> part = client.send(request, BodyHandlers.ofByteArray());

    assertThat(part.statusCode(), is(206));
    assertThat(part.body(), is(Arrays.copyOfRange(whole, 100, 300)));
    assertThat(part.headers().firstValue("Content-Range").orElse(""), is("bytes 100-299/" + BYTES));
  }

  @Test
  void aFileLongerThanTheStockOfBytesRepeatsIt() {
    long length = 200L << 20;
    Content content =
        new SyntheticFiles(2, length)
            .find(SyntheticFiles.FOLDER + SyntheticFiles.name(1))
            .orElseThrow()
            .content();

    long position = 0;
    while (position < length) {
      position += content.at(position, 1 << 24).remaining();
    }

    assertThat(content.length(), is(length));
    assertThat(position, is(length));
  }

  @Test
  void listsAllKeysPageByPage() throws Exception {
    List<String> keys = new ArrayList<>();
    String next = "";
    do {
      String page = text("?list-type=2&prefix=my-folder%2F" + next);
      Matcher key = Pattern.compile("<Key>([^<]*)</Key>").matcher(page);
      while (key.find()) {
        keys.add(key.group(1));
      }
      Matcher token = Pattern.compile("<NextContinuationToken>([^<]*)<").matcher(page);
      next = token.find() ? "&continuation-token=" + token.group(1) : "";
    } while (!next.isEmpty());

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      expected.add(SyntheticFiles.FOLDER + SyntheticFiles.name(i));
    }
    assertThat(keys, is(expected));
  }

  @Test
  void aPageSaysWhatEachObjectIs() throws Exception {
    String page = text("?list-type=2&max-keys=1&start-after=my-folder/" + SyntheticFiles.name(4));

    assertThat(page, containsString("<Key>my-folder/" + SyntheticFiles.name(5) + "</Key>"));
    assertThat(page, containsString("<Size>" + BYTES + "</Size>"));
    assertThat(page, containsString("<IsTruncated>true</IsTruncated>"));
    assertThat(text("?list-type=2&prefix=other/"), containsString("<KeyCount>0</KeyCount>"));
  }

  @Test
  void tellsACopyFromAnotherFile() throws Exception {
    Path copy = folder.resolve("copy");
    Files.write(copy, get("/" + SyntheticFiles.name(3)).body());

    assertThat(files.isCopy(copy, 3), is(true));
    assertThat(files.isCopy(copy, 4), is(false));
    assertThat(files.isCopy(folder.resolve("absent"), 3), is(false));
    Files.write(copy, new byte[BYTES - 1]);
    assertThat(files.isCopy(copy, 3), is(false));
  }

  private URI uri(String path) {
    String key = path.startsWith("?") ? path : "/my-folder" + path;
    return server.endpoint().resolve("/" + SyntheticFiles.BUCKET + key);
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
  }

  private String text(String query) throws IOException, InterruptedException {
    return new String(get(query).body(), US_ASCII);
  }
}
