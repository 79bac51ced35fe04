package org.cytobeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Codes an {@link Outcome} by hand: one is coded for each item at each shuffle and each turn of a
 * lane, where a schema's reflection would cost more than the hand-out itself.
 */
public final class OutcomeCoder extends CustomCoder<Outcome> {

  private static final long serialVersionUID = 1L;

  private static final OutcomeCoder INSTANCE = new OutcomeCoder();

  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<@Nullable String> TEXT_OR_NULL = NullableCoder.of(TEXT);
  private static final Coder<Integer> INTEGER = VarIntCoder.of();
  private static final Coder<Long> LONG = VarLongCoder.of();
  private static final Coder<Map<String, String>> TEXTS = MapCoder.of(TEXT, TEXT);
  private static final Coder<Map<String, Double>> NUMBERS = MapCoder.of(TEXT, DoubleCoder.of());
  private static final Coder<List<StoredFile>> FILES = ListCoder.of(new FileCoder());
  private static final Coder<@Nullable Failure> FAILURE = NullableCoder.of(new FailureCoder());
  private static final Coder<byte @Nullable []> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private OutcomeCoder() {}

  /** Returns the coder. */
  public static OutcomeCoder of() {
    return INSTANCE;
  }

  /** Returns what Beam's registry asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(Outcome.class), INSTANCE);
  }

  @Override
  public void encode(Outcome outcome, OutputStream out) throws IOException {
    Item item = outcome.getItem();
    TEXT.encode(item.getId(), out);
    TEXT.encode(item.getUri(), out);
    TEXT.encode(item.getInput(), out);
    TEXTS.encode(item.getKeys(), out);
    TEXT.encode(outcome.getStatus().name(), out);
    encode(outcome.getFacts(), out);
    FAILURE.encode(outcome.getFailure(), out);
    BYTES.encode(outcome.getBytes(), out);
  }

  @Override
  public Outcome decode(InputStream in) throws IOException {
    Item item = Item.of(TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TEXTS.decode(in));
    Outcome.Status status = Outcome.Status.valueOf(TEXT.decode(in));
    return Outcome.of(item, status, facts(item, in), FAILURE.decode(in), BYTES.decode(in));
  }

  private static void encode(Facts facts, OutputStream out) throws IOException {
    TEXT_OR_NULL.encode(facts.getEtag(), out);
    TEXT_OR_NULL.encode(facts.getIntegrity(), out);
    LONG.encode(facts.getSourceBytes(), out);
    INTEGER.encode(facts.getAttempts(), out);
    TEXT_OR_NULL.encode(facts.getPixelsSha256(), out);
    FILES.encode(facts.getFiles(), out);
    NUMBERS.encode(facts.getMeasures(), out);
    NUMBERS.encode(facts.getMillis(), out);
  }

  private static Facts facts(Item item, InputStream in) throws IOException {
    return Facts.none().toBuilder()
        .setEtag(TEXT_OR_NULL.decode(in))
        .setIntegrity(TEXT_OR_NULL.decode(in))
        .setSourceBytes(LONG.decode(in))
        .setAttempts(INTEGER.decode(in))
        .setPixelsSha256(TEXT_OR_NULL.decode(in))
        .setFiles(files(item, in))
        .setMeasures(NUMBERS.decode(in))
        .setMillis(NUMBERS.decode(in))
        .build();
  }

  /** Returns the files, of which the first is named by the item's id: that is one text then. */
  private static List<StoredFile> files(Item item, InputStream in) throws IOException {
    List<StoredFile> files = new ArrayList<>(FILES.decode(in));
    files.replaceAll(
        file ->
            file.getPath().equals(item.getId())
                ? StoredFile.of(item.getId(), file.getBytes(), file.getSha256())
                : file);
    return files;
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

  private static final class FileCoder extends CustomCoder<StoredFile> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(StoredFile file, OutputStream out) throws IOException {
      TEXT.encode(file.getPath(), out);
      LONG.encode(file.getBytes(), out);
      TEXT.encode(file.getSha256(), out);
    }

    @Override
    public StoredFile decode(InputStream in) throws IOException {
      return StoredFile.of(TEXT.decode(in), LONG.decode(in), TEXT.decode(in));
    }
  }

  private static final class FailureCoder extends CustomCoder<Failure> {

    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Failure failure, OutputStream out) throws IOException {
      TEXT.encode(failure.getStep(), out);
      TEXT.encode(failure.getFailureClass().name(), out);
      TEXT.encode(failure.getMessage(), out);
      INTEGER.encode(failure.getAttempts(), out);
    }

    @Override
    public Failure decode(InputStream in) throws IOException {
      String step = TEXT.decode(in);
      FailureClass failureClass = FailureClass.valueOf(TEXT.decode(in));
      return Failure.of(step, failureClass, TEXT.decode(in), INTEGER.decode(in));
    }
  }
}
