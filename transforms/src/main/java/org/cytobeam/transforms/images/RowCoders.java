package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.cytobeam.io.s3.ListedObject;
import org.jspecify.annotations.Nullable;

/** How names and objects are coded, where there may be millions: by hand, in a few bytes more. */
final class RowCoders {

  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<@Nullable String> TEXT_OR_NULL = NullableCoder.of(TEXT);
  private static final Coder<Long> LONG = VarLongCoder.of();

  /** Codes names. */
  static final Coder<ListedName> NAME = new NameCoder();

  /** Codes objects. */
  static final Coder<ListedObject> OBJECT = new ObjectCoder();

  private RowCoders() {}

  private static final class NameCoder extends AtomicCoder<ListedName> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ListedName name, OutputStream out) throws IOException {
      TEXT.encode(name.getName(), out);
      TEXT.encode(name.getInput(), out);
      TEXT_OR_NULL.encode(name.getProblem(), out);
    }

    @Override
    public ListedName decode(InputStream in) throws IOException {
      return ListedName.of(TEXT.decode(in), TEXT.decode(in), TEXT_OR_NULL.decode(in));
    }
  }

  private static final class ObjectCoder extends AtomicCoder<ListedObject> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(ListedObject object, OutputStream out) throws IOException {
      TEXT.encode(object.key(), out);
      LONG.encode(object.bytes(), out);
      TEXT.encode(object.etag(), out);
      LONG.encode(object.modified(), out);
    }

    @Override
    public ListedObject decode(InputStream in) throws IOException {
      return new ListedObject(TEXT.decode(in), LONG.decode(in), TEXT.decode(in), LONG.decode(in));
    }
  }
}
