package org.cytobeam.testing.s3;

import java.util.Map;
import java.util.TreeMap;

/** An immutable answer. The body is shared, never changed; a HEAD request gets all but the body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Response(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

  private static final byte[] NOTHING = {};

  static Response empty(int status) {
    return new Response(status, Map.of(), NOTHING, Delivery.WHOLE);
  }

  static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body, Delivery.WHOLE);
  }

  static Response xml(int status, Xml xml) {
    return of(status, "application/xml", xml.bytes());
  }

  Response with(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Response(status, more, body, delivery);
  }

  Response with(byte[] newBody) {
    return new Response(status, headers, newBody, delivery);
  }

  Response with(Delivery newDelivery) {
    return new Response(status, headers, body, newDelivery);
  }
}
