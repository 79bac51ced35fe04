package org.cytobeam.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.cytobeam.io.bytes.Hash;

/**
 * Files of equal length and different bytes in one folder of a bucket: stretches of a stock of
 * random bytes, which is repeated for those that are longer.
 *
 * <p>The ETag is the MD5 up to {@value #LONGEST_PART} bytes; beyond, it has the form of an object
 * that was put in parts, which says nothing of its bytes.
 */
public final class SyntheticFiles implements Stock {

  /** The folder of all keys. */
  public static final String FOLDER = "my-folder/";

  /** The bucket of all objects. */
  public static final String BUCKET = "bench-bucket";

  private static final int LONGEST_PART = 16 << 20;

  /** More files than that are listed only: their MD5s would take longer than the listing. */
  private static final int MOST_HASHED = 50_000;

  /** No power of two, so that a stretch in the wrong place is found out. */
  private static final int PATTERN_BYTES = (64 << 20) - 4093;

  /** A prime number of bytes from one file's beginning to the next one's. */
  private static final long STEP = 1_000_003;

  private static final int BLOCK = 1 << 20;

  private final int count;
  private final long bytes;
  private final ByteBuffer pattern;
  private final String[] etags;

  /** Makes files. */
  public SyntheticFiles(int count, long bytes) {
    this.count = count;
    this.bytes = bytes;
    byte[] random = new byte[PATTERN_BYTES];
    new Random(bytes).nextBytes(random);
    this.pattern = ByteBuffer.allocateDirect(PATTERN_BYTES).put(random).flip();
    this.etags = new String[count];
    IntStream.range(0, count).parallel().forEach(i -> etags[i] = etagOf(i));
  }

  /** Returns how many files there are. */
  public int count() {
    return count;
  }

  /** Returns the name of a file in the folder; the names are in the order of the files. */
  public static String name(int file) {
    return String.format(Locale.ROOT, "img_%07d_gen.jpg", file);
  }

  /** Writes the names of every so many-th file, one a line. */
  public void writeNames(Path table, int every) throws IOException {
    try (Writer out = Files.newBufferedWriter(table, StandardCharsets.UTF_8)) {
      for (int i = 0; i < count; i += every) {
        out.write(name(i) + "\n");
      }
    }
  }

  /** Returns whether a local file has exactly the bytes that a file has here. */
  public boolean isCopy(Path copy, int file) throws IOException {
    if (!Files.isRegularFile(copy) || Files.size(copy) != bytes) {
      return false;
    }
    Content content = content(file);
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(copy)) {
      long position = 0;
      for (int n = in.readNBytes(block, 0, BLOCK); n > 0; n = in.readNBytes(block, 0, BLOCK)) {
        if (!isAt(content, position, block, n)) {
          return false;
        }
        position += n;
      }
    }
    return true;
  }

  private static boolean isAt(Content content, long position, byte[] block, int length) {
    int done = 0;
    while (done < length) {
      ByteBuffer expected = content.at(position + done, length - done);
      int n = expected.remaining();
      if (!expected.equals(ByteBuffer.wrap(block, done, n))) {
        return false;
      }
      done += n;
    }
    return true;
  }

  @Override
  public String bucket() {
    return BUCKET;
  }

  @Override
  public Optional<StoredObject> find(String key) {
    String name = key.startsWith(FOLDER) ? key.substring(FOLDER.length()) : "";
    String digits = name.replaceAll("\\D", "");
    int file = digits.length() == 7 ? Integer.parseInt(digits) : count;
    return file < count && name.equals(name(file))
        ? Optional.of(new StoredObject(content(file), etags[file]))
        : Optional.empty();
  }

  @Override
  public int listed() {
    return count;
  }

  @Override
  public Listed listed(int place) {
    return new Listed(FOLDER + name(place), bytes, etags[place]);
  }

  private String etagOf(int file) {
    if (bytes > LONGEST_PART || count > MOST_HASHED) {
      long parts = Math.max(1, bytes / LONGEST_PART);
      return String.format(Locale.ROOT, "%032x-%d", file, parts);
    }
    MessageDigest md5 = Hash.MD5.digest();
    Content content = content(file);
    long position = 0;
    while (position < bytes) {
      ByteBuffer next = content.at(position, BLOCK);
      position += next.remaining();
      md5.update(next);
    }
    return Hash.hex(md5);
  }

  private Content content(int file) {
    long start = file * STEP % PATTERN_BYTES;
    return new Content() {
      @Override
      public long length() {
        return bytes;
      }

      @Override
      public ByteBuffer at(long position, int most) {
        int from = (int) ((start + position) % PATTERN_BYTES);
        long left = Math.min(bytes - position, PATTERN_BYTES - from);
        return pattern.slice(from, (int) Math.min(most, left));
      }
    };
  }
}
