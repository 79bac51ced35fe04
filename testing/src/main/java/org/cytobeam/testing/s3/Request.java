package org.cytobeam.testing.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it came, its body gathered and freed of the framing of {@code aws-chunked}.
 *
 * @param bucket empty if the address names none
 * @param key decoded; empty if the address names none
 * @param query decoded; a parameter without a value has an empty one
 * @param headers by name, whatever its case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request(
    String method,
    String bucket,
    String key,
    Map<String, String> query,
    NavigableMap<String, String> headers,
    byte[] body) {

  private static final Pattern ACCESS_KEY_ID = Pattern.compile("Credential=([^/,]+)/");

  static Request of(
      String method, String target, NavigableMap<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    String path = target.substring(1, mark < 0 ? target.length() : mark);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : decode(path.substring(slash + 1).replace("+", "%2B"));
    Map<String, String> query = mark < 0 ? Map.of() : query(target.substring(mark + 1));
    return new Request(method, decode(bucket), key, query, headers, body);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return query;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Request without(String header) {
    NavigableMap<String, String> fewer = new TreeMap<>(headers);
    fewer.remove(header);
    return new Request(method, bucket, key, query, fewer, body);
  }

  Request with(String header, String value) {
    NavigableMap<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Request(method, bucket, key, query, more, body);
  }

  Request withParameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new Request(method, bucket, key, more, headers, body);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  boolean signed() {
    return headers.containsKey("authorization") || query.containsKey("X-Amz-Signature");
  }

  /** Returns the id of the key that the request is signed with; empty if it isn't signed. */
  Optional<String> accessKeyId() {
    String credential =
        header("authorization")
            .orElseGet(() -> parameter("X-Amz-Credential").map(c -> "Credential=" + c).orElse(""));
    Matcher matcher = ACCESS_KEY_ID.matcher(credential);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
