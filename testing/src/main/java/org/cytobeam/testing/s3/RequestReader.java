package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads HTTP/1.1 requests off a connection (RFC 9112), and takes the framing of {@code aws-chunked}
 * off their bodies.
 */
final class RequestReader {

  private static final int MAX_LINE = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;

  /**
   * Creates a reader of requests from {@code in}, which should be buffered; {@code out} takes the
   * go-ahead that a client may wait for before it sends a body.
   */
  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Returns the next request, or empty if the client has closed the connection. */
  Optional<Request> next() throws IOException {
    String start;
    try {
      start = line(in);
    } catch (EOFException e) {
      return Optional.empty();
    }
    String[] parts = start.split(" ", -1);
    if (parts.length != 3 || !parts[1].startsWith("/")) {
      throw new IOException("not an HTTP request: " + start);
    }
    NavigableMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    readHeaders(in, headers);
    return Optional.of(Request.of(parts[0], parts[1], headers, body(headers)));
  }

  private byte[] body(NavigableMap<String, String> headers) throws IOException {
    if (headers.getOrDefault("Expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
    }
    byte[] body;
    if (headers
        .getOrDefault("Transfer-Encoding", "")
        .toLowerCase(Locale.ROOT)
        .contains("chunked")) {
      body = chunked(in, headers);
    } else {
      body = exactly(in, Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
    }
    boolean framed = headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
    return framed ? chunked(new ByteArrayInputStream(body), headers) : body;
  }

  /** Reads chunks to the last one; what stands after it is added to the headers. */
  private static byte[] chunked(InputStream in, NavigableMap<String, String> headers)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in).replaceFirst(";.*", "").strip();
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        readHeaders(in, headers);
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, length));
      if (!line(in).isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
    }
  }

  private static void readHeaders(InputStream in, NavigableMap<String, String> headers)
      throws IOException {
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header: " + line);
      }
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == MAX_LINE) {
        throw new EOFException("no end of line after " + line.size() + " bytes");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
