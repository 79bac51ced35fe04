package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/** Codes an {@link Outcome}: the small values by their schemas, the bytes as they are. */
public final class OutcomeCoder extends CustomCoder<Outcome> {

  private static final long serialVersionUID = 1L;

  private static final Outcome.Status[] STATUSES = Outcome.Status.values();
  private static final OutcomeCoder INSTANCE = new OutcomeCoder();

  private final Coder<Item> items = schemaCoder(Item.class);
  private final Coder<Facts> facts = schemaCoder(Facts.class);
  private final Coder<@Nullable Failure> failures =
      NullableCoder.of(schemaCoder(Failure.class));
  private final Coder<byte @Nullable []> bytes = NullableCoder.of(ByteArrayCoder.of());

  private OutcomeCoder() {}

  /** Returns the coder. */
  public static OutcomeCoder of() {
    return INSTANCE;
  }

  /** Returns the coder, for Beam's registry. */
  public static OutcomeCoder of(TypeDescriptor<Outcome> type) {
    return INSTANCE;
  }

  private static <T> Coder<T> schemaCoder(Class<T> type) {
    try {
      return SchemaRegistry.createDefault().getSchemaCoder(type);
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(type + " has no schema", e);
    }
  }

  @Override
  public void encode(Outcome outcome, OutputStream out) throws IOException {
    items.encode(outcome.item(), out);
    VarIntCoder.of().encode(outcome.status().ordinal(), out);
    facts.encode(outcome.facts(), out);
    failures.encode(outcome.failure(), out);
    bytes.encode(outcome.bytes(), out);
  }

  @Override
  public Outcome decode(InputStream in) throws IOException {
    Item item = items.decode(in);
    Outcome.Status status = STATUSES[VarIntCoder.of().decode(in)];
    return Outcome.of(item, status, facts.decode(in), failures.decode(in), bytes.decode(in));
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "maps of facts are coded in no fixed order");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutcomeCoder;
  }

  @Override
  public int hashCode() {
    return OutcomeCoder.class.hashCode();
  }
}
