package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Writes answers the way that their {@link Delivery} says. */
final class ResponseWriter {

  /** A reset throws away what the client has not read yet: this lets it. */
  private static final int MILLIS_BEFORE_RESET = 50;

  private final Socket socket;
  private final CountDownLatch closing;
  private final AtomicLong bodyBytes;

  /**
   * Creates a writer to a connection.
   *
   * @param closing released when the server ends, so that no stall outlives it
   * @param bodyBytes counts what has been handed to the operating system
   */
  ResponseWriter(Socket socket, CountDownLatch closing, AtomicLong bodyBytes) {
    this.socket = socket;
    this.closing = closing;
    this.bodyBytes = bodyBytes;
  }

  /** Sends an answer; returns whether the connection can be used again. */
  boolean send(Request request, Response response) throws IOException {
    Delivery delivery = response.delivery();
    pause(delivery.delay().toMillis());
    if (delivery.ending() == Delivery.Ending.SILENCE) {
      return false;
    }
    OutputStream out = socket.getOutputStream();
    out.write(head(response).getBytes(ISO_8859_1));
    boolean headOnly = request.method().equals("HEAD");
    byte[] body = headOnly ? new byte[0] : response.body();
    int length = (int) Math.min(body.length, delivery.length());
    sendBody(out, body, length, delivery);
    if (length < body.length) {
      return end(delivery.ending());
    }
    if (delivery.framing() == Delivery.Framing.CHUNKED && !headOnly) {
      out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    out.flush();
    return delivery.framing() != Delivery.Framing.CLOSE && honest(response);
  }

  /** A body of another length than the header promises leaves the connection useless. */
  private static boolean honest(Response response) {
    String promised = response.headers().get("Content-Length");
    return promised == null || promised.equals(Integer.toString(response.body().length));
  }

  private static String head(Response response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (response.status() != 204 && response.status() != 304) {
      frame(response, headers);
    }
    headers.put("x-amz-request-id", "TEST");
    headers.putAll(response.headers());
    String version = framing(response) == Delivery.Framing.CLOSE ? "HTTP/1.0 " : "HTTP/1.1 ";
    StringBuilder head = new StringBuilder(version + response.status() + " Test\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString();
  }

  private static void frame(Response response, Map<String, String> headers) {
    switch (framing(response)) {
      case LENGTH -> headers.put("Content-Length", Integer.toString(response.body().length));
      case CHUNKED -> headers.put("Transfer-Encoding", "chunked");
      case CLOSE -> headers.put("Connection", "close");
    }
  }

  private static Delivery.Framing framing(Response response) {
    return response.delivery().framing();
  }

  private void sendBody(OutputStream out, byte[] body, int length, Delivery delivery)
      throws IOException {
    int packet = delivery.packet(length);
    for (int sent = 0; sent < length; sent += packet) {
      int n = Math.min(packet, length - sent);
      sendPacket(out, body, sent, n, delivery.framing());
      out.flush();
      bodyBytes.addAndGet(n);
      if (delivery.bytesPerSecond() > 0) {
        pause(n * 1000L / delivery.bytesPerSecond());
      }
    }
  }

  private static void sendPacket(
      OutputStream out, byte[] body, int offset, int length, Delivery.Framing framing)
      throws IOException {
    if (framing == Delivery.Framing.CHUNKED) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body, offset, length);
      out.write("\r\n".getBytes(ISO_8859_1));
    } else {
      out.write(body, offset, length);
    }
  }

  private boolean end(Delivery.Ending ending) throws IOException {
    if (ending == Delivery.Ending.RESET) {
      pause(MILLIS_BEFORE_RESET);
      socket.setSoLinger(true, 0);
    }
    if (ending == Delivery.Ending.STALL) {
      awaitClientGone();
    }
    return false;
  }

  /** Holds the connection until the client gives it up or the server ends. */
  private void awaitClientGone() throws IOException {
    int ignored = socket.getInputStream().read();
  }

  private void pause(long millis) throws IOException {
    try {
      if (millis > 0 && closing.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server has been closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
