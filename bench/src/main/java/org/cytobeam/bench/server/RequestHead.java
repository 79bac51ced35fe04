package org.cytobeam.bench.server;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP request: its first line and its headers.
 *
 * @param method GET or another
 * @param target what is asked for, with its query
 * @param text all of it
 */
record RequestHead(String method, String target, String text) {

  private static final byte[] END = {'\r', '\n', '\r', '\n'};
  private static final Pattern RANGE =
      Pattern.compile("(?i)\r\nrange: bytes=([0-9]{1,18})-([0-9]{0,18})\r\n");
  private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: close\r\n");

  /**
   * Bytes that are asked for.
   *
   * @param from the first one
   * @param end the one behind the last
   */
  record Range(long from, long end) {}

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

  /** Reads a head. */
  static RequestHead of(String text) {
    String[] line = text.substring(0, text.indexOf('\r')).split(" ", 3);
    return new RequestHead(line[0], line.length == 3 ? line[1] : "", text);
  }

  boolean isGet() {
    return method.equals("GET");
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Returns what is asked for, decoded and without its query. */
  String path() {
    int query = target.indexOf('?');
    return decoded(query < 0 ? target : target.substring(0, query));
  }

  /** Returns the value of a parameter of the query, decoded. */
  Optional<String> parameter(String name) {
    int query = target.indexOf('?');
    if (query >= 0) {
      for (String parameter : target.substring(query + 1).split("&", -1)) {
        if (parameter.startsWith(name + "=")) {
          return Optional.of(decoded(parameter.substring(name.length() + 1)));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the range that is asked for, of an object of a length. */
  Optional<Range> range(long length) {
    Matcher range = RANGE.matcher(text);
    if (!range.find()) {
      return Optional.empty();
    }
    long from = Long.parseLong(range.group(1));
    String last = range.group(2);
    long end = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
    return from < end ? Optional.of(new Range(from, end)) : Optional.empty();
  }

  /** Returns whether the client wants the connection to end after the answer. */
  boolean asksToClose() {
    return CLOSE.matcher(text).find();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
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
