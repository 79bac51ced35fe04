package org.cytobeam.transforms.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * Makes an ordinary exception of what Beam's file system for S3 (2.70) lets through: what a server
 * refuses comes as it is, unchecked, and doesn't name the file.
 */
public final class RefusedReads {

  /**
   * Something that reads.
   *
   * @param <T> what it reads
   */
  @FunctionalInterface
  public interface Reading<T> {

    /** Reads it. */
    T read() throws IOException;
  }

  private RefusedReads() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it can't be read, or has gone; if the server refused, the message begins
   *     with the address
   */
  public static <T> T named(String address, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (SdkException e) {
      throw of(address, e);
    }
  }

  /** Returns what to throw in place of a refusal. */
  public static IOException of(String address, SdkException refusal) {
    boolean gone =
        refusal instanceof SdkServiceException answered
            && answered.statusCode() == HttpStatusCode.NOT_FOUND;
    String what = gone ? "it has gone since it was listed" : String.valueOf(refusal.getMessage());
    return new IOException(address + ": " + what, refusal);
  }
}
