package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.OutputStream;
import org.cytobeam.io.bytes.ContentCoding;
import org.cytobeam.io.bytes.ContentCodingException;
import org.cytobeam.io.bytes.DecodedOutput;
import org.cytobeam.io.bytes.FetchedBytes;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;

/**
 * Makes the bytes of a file of the bytes of an object: decodes them if need be, and refuses a page
 * that came in place of a picture.
 */
final class ObjectContent {

  /** Pictures shrink by less; what grows by more is a bomb, but for short ones of one colour. */
  private static final int MOST_GROWTH = 100;

  private static final long ALWAYS_ALLOWED = 256 << 20;

  private static final String KEEPING = "; --content_encoding=keep copies it as it is stored";

  /** Writes the stored bytes of an object to a stream. */
  @FunctionalInterface
  interface Stored {
    void writeTo(OutputStream out) throws IOException;
  }

  private final EncodedObjects encoded;

  ObjectContent(EncodedObjects encoded) {
    this.encoded = encoded;
  }

  /**
   * Returns how an object is to be decoded.
   *
   * @param header its {@code Content-Encoding}; empty if it has none
   * @throws UnusableObjectException if that is not known here
   */
  ContentCoding coding(String header) throws UnusableObjectException {
    if (encoded == EncodedObjects.KEEP) {
      return ContentCoding.IDENTITY;
    }
    try {
      return ContentCoding.of(header);
    } catch (ContentCodingException e) {
      throw unusable(e);
    }
  }

  /** Puts the file of an object that is here whole. */
  Proof put(Destination destination, Item item, FetchedBytes object) throws IOException {
    ContentCoding coding = coding(object.contentEncoding());
    byte[] bytes = object.bytes();
    if (coding != ContentCoding.IDENTITY) {
      return destination.put(
          item.getId(), out -> write(item, coding, bytes.length, out, in -> in.write(bytes)));
    }
    if (isPicture(item)) {
      PageGuard.check(bytes, bytes.length);
    }
    return destination.put(item.getId(), bytes);
  }

  /**
   * Writes the bytes of a file.
   *
   * @param storedBytes how long the object is; -1 if that is not known, and then what it is decoded
   *     into may have only 256 MiB
   * @throws UnusableObjectException if they can't be a file; part of them may have been written
   */
  void write(Item item, ContentCoding coding, long storedBytes, OutputStream file, Stored stored)
      throws IOException {
    PageGuard guard = isPicture(item) ? new PageGuard(file) : null;
    OutputStream guarded = guard == null ? file : guard;
    try {
      if (coding == ContentCoding.IDENTITY) {
        stored.writeTo(guarded);
      } else {
        decode(coding, storedBytes, guarded, stored);
      }
    } catch (ContentCodingException e) {
      throw unusable(e);
    }
    if (guard != null) {
      guard.finish();
    }
  }

  private static void decode(
      ContentCoding coding, long storedBytes, OutputStream out, Stored stored) throws IOException {
    try (DecodedOutput decoded = coding.decode(out, mostBytes(storedBytes))) {
      stored.writeTo(decoded);
      decoded.finish();
    }
  }

  private static long mostBytes(long storedBytes) {
    return Math.max(ALWAYS_ALLOWED, Math.multiplyExact(storedBytes, MOST_GROWTH));
  }

  private static UnusableObjectException unusable(ContentCodingException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case UNSUPPORTED -> new UnusableObjectException(FailureClass.UNSUPPORTED, message + KEEPING);
      case DAMAGED -> new UnusableObjectException(FailureClass.UNDECODABLE, message + KEEPING);
      case TOO_LARGE -> new UnusableObjectException(FailureClass.TOO_LARGE, message);
    };
  }

  /** A name in a table may have no extension, while its object has one. */
  private static boolean isPicture(Item item) {
    return ErrorPage.isPictureName(item.getId()) || ErrorPage.isPictureName(item.getUri());
  }
}
