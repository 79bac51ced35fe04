package org.cytobeam.bench.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.cytobeam.io.bytes.Hash;

/** Bytes of an object and the head of the answer that brings them, made once, sent many times. */
final class StoredImage {

  private final ByteBuffer head;
  private final ByteBuffer body;

  StoredImage(byte[] bytes) {
    this.head = direct(head(bytes).getBytes(StandardCharsets.US_ASCII));
    this.body = direct(bytes);
  }

  /** Returns the status line and the headers, to be read from position 0. */
  ByteBuffer head() {
    return head.duplicate();
  }

  /** Returns the bytes, to be read from position 0. */
  ByteBuffer body() {
    return body.duplicate();
  }

  private static String head(byte[] bytes) {
    return String.join(
        "\r\n",
        "HTTP/1.1 200 OK",
        "Server: cytobeam-bench",
        "x-amz-request-id: BENCH",
        "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT",
        "Accept-Ranges: none",
        "Content-Type: image/tiff",
        "ETag: \"" + Hash.MD5.hex(bytes) + "\"",
        "Content-Length: " + bytes.length,
        "",
        "");
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
  }
}
