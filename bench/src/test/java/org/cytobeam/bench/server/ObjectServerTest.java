package org.cytobeam.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.cytobeam.bench.images.ImageSet;
import org.cytobeam.bench.plate.SyntheticPlate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObjectServerTest {

  private static final int LONG_LATENCY_MILLIS = 1_000_000;

  private final SyntheticPlate plate = new SyntheticPlate(2, List.of("DNA", "AGP"));
  private final byte[] dna = bytes(3_000_000);
  private final byte[] agp = bytes(10);
  private final ImageSet images = new ImageSet(plate.channels(), List.of(dna, agp));
  private final Stock stock = new PlateStock(plate, images);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ObjectServer server;

  @BeforeEach
  void start() throws IOException {
    server = ObjectServer.start(stock, Throttle.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesEachKeyWithTheBytesOfItsChannel() throws Exception {
    for (int i = 0; i < 4; i++) {
      HttpResponse<byte[]> response = get(path(i));
      assertThat(response.statusCode(), is(200));
      assertThat(response.body(), is(i % 2 == 0 ? dna : agp));
    }
    assertThat(counts(), is("4 1"));
  }

  @Test
  void saysLengthAndHashAsS3Does() throws Exception {
    HttpResponse<byte[]> response = get(path(0));

    assertThat(
        response.headers().firstValueAsLong("Content-Length"), is(OptionalLong.of(3_000_000)));
    assertThat(response.headers().firstValue("ETag").orElse(""), is("\"" + md5(dna) + "\""));
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(uri(path(0))).method("HEAD", BodyPublishers.noBody()).build();

    HttpResponse<byte[]> response = client.send(head, BodyHandlers.ofByteArray());

    assertThat(response.statusCode(), is(200));
    assertThat(
        response.headers().firstValueAsLong("Content-Length"), is(OptionalLong.of(3_000_000)));
    assertThat(response.body().length, is(0));
    assertThat(get(path(1)).body(), is(agp));
  }

  @Test
  void ignoresTheQuery() throws Exception {
    assertThat(get(path(1) + "?x-id=GetObject").body(), is(agp));
  }

  @Test
  void refusesOtherKeysAndMethods() throws Exception {
    assertThat(get(path(0) + "f").statusCode(), is(404));
    assertThat(get("/another/key").statusCode(), is(404));
    HttpRequest put =
        HttpRequest.newBuilder(uri(path(0))).PUT(BodyPublishers.ofString("x")).build();
    assertThat(client.send(put, BodyHandlers.ofString()).statusCode(), is(405));
  }

  @Test
  void answersRequestsOfOneConnectionInOrder() throws Exception {
    try (Socket socket = connect(server)) {
      String one = request(path(1));
      String last = "GET " + path(1) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((one + one + last).getBytes(US_ASCII));

      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);

      assertThat(answers.split("HTTP/1.1 200 OK", -1).length - 1, is(3));
    }
  }

  @Test
  void waitsForTheEndOfARequest() throws Exception {
    try (Socket socket = connect(server)) {
      for (byte b : request(path(1)).getBytes(US_ASCII)) {
        socket.getOutputStream().write(b);
      }
      byte[] answer = new byte[15];
      new DataInputStream(socket.getInputStream()).readFully(answer);
      assertThat(new String(answer, US_ASCII), is("HTTP/1.1 200 OK"));
    }
  }

  @Test
  void endsAConnectionThatSendsNoRequest() throws Exception {
    try (Socket socket = connect(server)) {
      socket.getOutputStream().write(new byte[16 << 10]);
      assertThat(socket.getInputStream().read(), is(-1));
    }
  }

  @Test
  void sendsWholeBodiesUnderARate() throws Exception {
    try (ObjectServer slow = ObjectServer.start(stock, new Throttle(0, 100_000_000, 60_000_000))) {
      URI uri = slow.endpoint().resolve(path(0));
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      assertThat(client.send(request, BodyHandlers.ofByteArray()).body(), is(dna));
      assertThat(client.send(request, BodyHandlers.ofByteArray()).body(), is(dna));
    }
  }

  @Test
  void holdsAnyNumberOfRequestsForTheirLatency() throws Exception {
    int wanted = 200;
    List<Socket> sockets = new ArrayList<>();
    try (ObjectServer late =
        ObjectServer.start(stock, Throttle.NONE.withLatency(LONG_LATENCY_MILLIS))) {
      for (int i = 0; i < wanted; i++) {
        Socket socket = connect(late);
        sockets.add(socket);
        socket.getOutputStream().write(request(path(0)).getBytes(US_ASCII));
      }
      URI counts = late.endpoint().resolve(ObjectServer.COUNTS);
      String seen = "";
      while (!seen.equals(wanted + " " + wanted)) {
        seen = client.send(HttpRequest.newBuilder(counts).build(), BodyHandlers.ofString()).body();
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(counts(), is("0 0"));
  }

  @Test
  void namesTheErrorOfAMissingKey() throws Exception {
    HttpResponse<byte[]> response = get("/cellpainting-gallery/absent");

    assertThat(new String(response.body(), US_ASCII), containsString("<Code>NoSuchKey</Code>"));
  }

  private String path(int image) {
    return "/" + SyntheticPlate.BUCKET + "/" + List.copyOf(plate.keys().keySet()).get(image);
  }

  private URI uri(String path) {
    return server.endpoint().resolve(path);
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
  }

  private static Socket connect(ObjectServer server) throws IOException {
    InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return new Socket(local, server.endpoint().getPort());
  }

  private String counts() throws IOException, InterruptedException {
    return new String(get(ObjectServer.COUNTS).body(), US_ASCII);
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String md5(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
