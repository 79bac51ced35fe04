package org.cytobeam.transforms.images;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.cytobeam.io.table.TableException;
import org.cytobeam.io.table.TableLimits;
import org.cytobeam.transforms.s3.RefusedReads;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The names in one table, in its order, read as they are asked for.
 *
 * <p>A Parquet file is told by its content. What is called {@code .tsv}, {@code .jsonl} or {@code
 * .ndjson}, packed with gzip or not, is the table it says it is. Anything else is CSV with a header
 * (or JSON lines, if it begins with a brace) when a column is asked for, and otherwise a plain
 * list: one name a line, in which commas and quotes are part of the name.
 *
 * <p>A table has its names in the column that is asked for; else in its only column; else in the
 * one column that is called as such columns mostly are, see {@link NameColumn}. Lines of JSON may
 * be texts themselves.
 */
public final class NameTable implements Closeable {

  /** The names of one format. */
  interface Names extends Closeable {

    /** Returns the next name, or null after the last. */
    @Nullable Name next() throws IOException;
  }

  /**
   * A name, or why there is none.
   *
   * @param where the line or row
   */
  record Name(String where, String text, @Nullable String problem) {}

  private final String address;
  private final Names names;
  private final boolean plain;
  private long read;

  private NameTable(String address, Names names, boolean plain) {
    this.address = address;
    this.names = names;
    this.plain = plain;
  }

  /** Returns what tables at an address are called in {@link ListedName#getInput}. */
  static String label(String address) {
    return resource(address).toString();
  }

  private static ResourceId resource(String address) {
    return FileSystems.matchNewResource(address, false);
  }

  /**
   * Opens a table on any file system that Beam knows.
   *
   * @param column the column that has the names, or null if the table tells
   * @throws TableException if it is no table of names: empty, of another kind, without the column,
   *     or with several that it might be; the message says what to do
   * @throws IOException if it can't be read, or is not there; the message begins with its address
   */
  public static NameTable open(String address, @Nullable String column) throws IOException {
    ResourceId resource = resource(address);
    String label = resource.toString();
    return named(label, () -> opened(label, resource, column));
  }

  private static NameTable opened(String label, ResourceId resource, @Nullable String column)
      throws IOException {
    NameFormat format;
    try (SeekableByteChannel channel = channel(resource)) {
      format = NameFormat.of(label, channel, column != null);
    }
    NameColumn.Source source = () -> channel(resource);
    Names names =
        switch (format) {
          case LIST -> new PlainNames(label, source.open());
          case JSON_LINES -> JsonNames.open(label, source.open(), column);
          case TABLE -> ColumnNames.open(label, source, column);
        };
    return new NameTable(label, names, format == NameFormat.LIST);
  }

  private static SeekableByteChannel channel(ResourceId resource) throws IOException {
    return (SeekableByteChannel) FileSystems.open(resource);
  }

  /**
   * Returns the next row, or null after the last. No row is passed over: one without a usable name
   * has a {@link ListedName#getProblem}.
   *
   * @throws TableException if the table can't be read from here on
   * @throws IOException if it can't be reached any more; the message begins with its address
   */
  public @Nullable ListedName next() throws IOException {
    Optional<Name> next = named(address, () -> Optional.ofNullable(names.next()));
    if (next.isEmpty()) {
      return null;
    }
    read++;
    Name name = next.get();
    return ListedName.of(name.text(), address + " " + name.where(), name.problem());
  }

  /** Returns how many rows were read so far. */
  public long read() {
    return read;
  }

  /** Returns whether the table has nothing but a name a line. */
  public boolean isPlainList() {
    return plain;
  }

  /** Lets what goes wrong begin with the address. */
  private static <T> T named(String address, RefusedReads.Reading<T> read) throws IOException {
    try {
      return read.read();
    } catch (SdkException e) {
      throw RefusedReads.of(address, e);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new IOException(address + ": there is no such file", e);
    } catch (TableException e) {
      throw e;
    } catch (IOException e) {
      throw String.valueOf(e.getMessage()).startsWith(address + ":")
          ? e
          : new IOException(address + ": " + e.getMessage(), e);
    }
  }

  /** Returns how tables are read. */
  static TableLimits limits() {
    return TableLimits.standard();
  }

  @Override
  public void close() throws IOException {
    names.close();
  }
}
