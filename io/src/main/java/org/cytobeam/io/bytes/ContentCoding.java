package org.cytobeam.io.bytes;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cytobeam.io.bytes.ContentCodingException.Reason;

/**
 * What has been done to content before it was stored, as the header {@code Content-Encoding} says
 * it (RFC 9110 §8.4).
 *
 * <p>{@code aws-chunked} is how an upload travelled and not how it is stored, though S3 keeps the
 * word if a client sends it (Amazon S3 API Reference, "Transferring payloads with chunked
 * uploads").
 */
public enum ContentCoding {
  /** Nothing. */
  IDENTITY,
  /** It was compressed once with gzip, RFC 1952. */
  GZIP;

  /** As {@code gzip} and {@code x-gzip} are the same, RFC 9110 §8.4.1.3. */
  private static final List<String> GZIPS = List.of("gzip", "x-gzip");

  private static final List<String> NOTHINGS = List.of("", "identity", "aws-chunked");

  /**
   * Returns what a header means.
   *
   * @param header its value, a list of codings in any case; empty if there is none
   * @throws ContentCodingException with {@link Reason#UNSUPPORTED} if it names anything else than
   *     gzip, or gzip more than once
   */
  public static ContentCoding of(String header) throws ContentCodingException {
    List<String> codings =
        Arrays.stream(header.split(",", -1))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .filter(coding -> !NOTHINGS.contains(coding))
            .toList();
    if (codings.isEmpty()) {
      return IDENTITY;
    }
    if (codings.size() == 1 && GZIPS.contains(codings.get(0))) {
      return GZIP;
    }
    throw new ContentCodingException(
        Reason.UNSUPPORTED,
        "the content is encoded as \"" + header + "\", and only a single gzip can be decoded");
  }

  /**
   * Returns a stream that decodes what is written to it into another one, at once and with little
   * memory. Its {@link DecodedOutput#finish} must be called at the end.
   *
   * @param out is not closed, and has had part of the content if decoding fails
   * @param maxBytes how long the decoded content may be
   */
  public DecodedOutput decode(OutputStream out, long maxBytes) {
    return this == GZIP ? new GunzippedOutput(out, maxBytes) : new PlainOutput(out, maxBytes);
  }
}
