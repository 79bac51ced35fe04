package org.cytobeam.transforms.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * A name that means no object.
 *
 * @param order where its row stands
 */
record MissingName(long order, String name) {

  /** In the order of the tables. */
  static final Comparator<MissingName> IN_ORDER =
      Comparator.comparingLong(MissingName::order).thenComparing(MissingName::name);

  /** As many rows of a table are sorted together. */
  private static final int STRETCH_BITS = 16;

  /** Returns the stretch of rows that it is in: the order of stretches is that of their rows. */
  long stretch() {
    return order >>> STRETCH_BITS;
  }

  /** Returns the name without line ends. */
  String line() {
    return name.replace("\r", "\\r").replace("\n", "\\n");
  }

  /** Codes missing names. */
  static final class NameCoder extends AtomicCoder<MissingName> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(MissingName name, OutputStream out) throws IOException {
      VarLongCoder.of().encode(name.order(), out);
      StringUtf8Coder.of().encode(name.name(), out);
    }

    @Override
    public MissingName decode(InputStream in) throws IOException {
      return new MissingName(VarLongCoder.of().decode(in), StringUtf8Coder.of().decode(in));
    }
  }
}
