package org.cytobeam.io.destination;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/**
 * A local folder or an S3 prefix that a run writes into.
 *
 * <p>A path is relative to {@link #root()}, has {@code /} between its names, and none of them is
 * empty, {@code .} or {@code ..}: any other is refused with {@link IllegalArgumentException}. A
 * file appears under its path only whole: whoever looks sees all of it or what was there before,
 * also after a {@code kill -9} or a full disk. Writing the same bytes twice, at once or one after
 * the other, is harmless. Symbolic links inside a local root are not followed out of it.
 *
 * <p>Safe for use by several threads.
 *
 * @see DestinationException for what stops a whole run rather than one file
 */
public interface Destination extends Closeable {

  /** The folder below the root in which only runs write, and keep what they know of themselves. */
  String RECORDS = "_cytobeam";

  /** Writes the bytes of one file to a stream that it must not close. */
  @FunctionalInterface
  interface Content {
    /** Writes all bytes; an exception leaves the destination as it was. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Returns the absolute folder, or the {@code s3://} address, without a slash at its end. */
  String root();

  /** Returns the absolute name or the {@code s3://} address of a path. */
  String address(String path);

  /** Puts a file and returns the proof of what was put. */
  Proof put(String path, byte[] bytes) throws IOException;

  /** Puts a file whose bytes are made while they are written; they need not fit in memory. */
  Proof put(String path, Content content) throws IOException;

  /** Returns the length of the file, or empty if there is no regular file at that path. */
  OptionalLong size(String path) throws IOException;

  /** Returns whether the file is there and is the one that the proof is of. */
  boolean has(String path, Proof proof, Check check) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  InputStream open(String path) throws IOException;

  /**
   * Returns the paths of all files below a folder, sorted; none if there is no such folder. An
   * empty path is the root. Symbolic links are neither followed nor listed, and what the
   * destination keeps for itself is left out: temporaries and the locks of runs.
   */
  List<String> list(String folder) throws IOException;

  /** Deletes a file if it is there. */
  void delete(String path) throws IOException;

  /** Opens a new log; {@code path} has an extension, and no file has that path. */
  LineLog log(String path) throws IOException;

  /**
   * Removes what runs that have ended, or been killed, have left of files they had not finished,
   * below a folder; an empty path is the root. A run whose lock is held keeps its temporaries, and
   * so does the run of this destination.
   *
   * <p>On S3 what is left are multipart uploads that were neither completed nor aborted, and don't
   * say which program began them. So only those in {@link #RECORDS} are aborted that were begun
   * before this run, by the age that the server gives them, and none while another run is alive.
   * Elsewhere other programs may write too: there a lifecycle rule of the bucket does it. What the
   * server doesn't list, or not for these credentials, stays, and fails nothing.
   *
   * @return how many files or uploads were removed
   */
  long removeTemporaries(String folder) throws IOException;

  /**
   * Removes what killed processes of this destination's own run have left of files they had not
   * finished. Only the caller may still be writing for the run. On S3 it removes nothing: there is
   * no more than parts of uploads, for which see {@link #removeTemporaries}.
   *
   * @return how many files were removed
   */
  long removeOwnTemporaries() throws IOException;

  /**
   * Removes a folder that has no file in it, with the empty folders in it, and the folders above it
   * that are empty then; the root, with the folders made for it, only if this destination has made
   * it. Does nothing if there is a file, no such folder, or nothing like folders, as in S3.
   */
  default void removeEmptyFolders(String folder) throws IOException {}

  /** Returns the locks that say which runs are alive. */
  RunLocks runLocks();

  /** Makes the names of all files put so far survive a power cut. */
  void sync() throws IOException;

  /** Does what {@link #sync()} does and lets go of everything held. */
  @Override
  void close() throws IOException;
}
