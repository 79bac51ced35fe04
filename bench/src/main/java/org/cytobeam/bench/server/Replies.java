package org.cytobeam.bench.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cytobeam.bench.images.ImageSet;
import org.cytobeam.bench.plate.SyntheticPlate;

/** What is answered to which request, and how many there were. */
final class Replies {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Map<String, Integer> keys;
  private final List<StoredImage> images;
  private final long latencyNanos;
  private long requests;
  private int inFlight;
  private int mostInFlight;

  Replies(SyntheticPlate plate, ImageSet images, int latencyMillis) {
    this.keys = plate.keys();
    this.images = images.files().stream().map(StoredImage::new).toList();
    this.latencyNanos = latencyMillis * NANOS_PER_MILLI;
  }

  /** Returns the answer to a request. {@link #ended} must be called for it once. */
  Reply to(String head) {
    boolean last = RequestHead.asksToClose(head);
    String[] line = RequestHead.requestLine(head);
    String target = line.length == 3 ? line[1] : "";
    inFlight++;
    if (target.equals(PlateServer.COUNTS)) {
      return text("200 OK", requests + " " + mostInFlight, last);
    }
    requests++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    boolean get = line[0].equals("GET");
    if (!get && !line[0].equals("HEAD")) {
      return text("405 Method Not Allowed", "", true);
    }
    Integer image = keys.get(key(target));
    if (image == null) {
      String error = "<Error><Code>NoSuchKey</Code><Message>there is no such key</Message></Error>";
      return text("404 Not Found", get ? error : "", last);
    }
    StoredImage stored = images.get(image);
    return new Reply(stored.head(), get ? stored.body() : NOTHING, latencyNanos, last);
  }

  /** Counts an answer that was sent, or whose connection broke. */
  void ended() {
    inFlight--;
  }

  private static String key(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    String bucket = "/" + SyntheticPlate.BUCKET + "/";
    return path.startsWith(bucket) ? path.substring(bucket.length()) : "";
  }

  private static Reply text(String status, String body, boolean last) {
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + "Content-Type: application/xml\r\nx-amz-request-id: BENCH\r\n\r\n";
    return new Reply(bytes(head), bytes(body), 0, last);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
