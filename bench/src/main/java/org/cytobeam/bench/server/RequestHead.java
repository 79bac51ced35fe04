package org.cytobeam.bench.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The head of an HTTP request: its first line and its headers. */
final class RequestHead {

  private static final byte[] END = {'\r', '\n', '\r', '\n'};

  private RequestHead() {}

  /** Takes a whole head out of a buffer; returns "", and takes nothing, if none is there yet. */
  static String take(ByteBuffer in) {
    for (int end = in.position() + END.length; end <= in.limit(); end++) {
      if (endsAt(in, end)) {
        byte[] head = new byte[end - in.position()];
        in.get(head);
        return new String(head, StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  /** Returns the first line's words: method, target, version; fewer if it is none. */
  static String[] requestLine(String head) {
    return head.substring(0, head.indexOf('\r')).split(" ", 3);
  }

  /** Returns whether the client wants the connection to end after the answer. */
  static boolean asksToClose(String head) {
    return head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
  }

  private static boolean endsAt(ByteBuffer in, int end) {
    for (int i = 0; i < END.length; i++) {
      if (in.get(end - END.length + i) != END[i]) {
        return false;
      }
    }
    return true;
  }
}
