package org.cytobeam.transforms.images;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.bytes.Integrity;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.Stopwatch;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ItemSet;
import org.cytobeam.transforms.outcome.Journal;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files over that an earlier downloader left in the output folder, so that they are not
 * fetched again.
 *
 * <p>A pending item is adopted if that downloader's state calls its name downloaded, its file lies
 * where this job would write it, and the file agrees with what the listing says of the object: in
 * its length, and in its MD5 if the ETag can be one. The journal then has it as done, with that
 * agreement as its {@linkplain Facts#getIntegrity() integrity} and no byte fetched; it comes out as
 * already done. What doesn't agree stays pending, and so does what a run of this program has done
 * before: nothing is adopted twice. A forced run adopts nothing.
 *
 * <p>That downloader stored objects as they are. Where encoded ones are decoded, a file that begins
 * as gzip does may be such an object, and stays pending.
 *
 * <p>A file that can't be read stays pending and is logged; a journal that can't be written ends
 * the run. One output; order is kept within a bundle.
 */
@AutoValue
public abstract class AdoptFiles extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  /** The name of the step in times. */
  public static final String STEP = "AdoptFiles";

  abstract RunSettings run();

  abstract ItemSet names();

  abstract EncodedObjects encoded();

  /**
   * Returns a step of a run.
   *
   * @param names those that the state calls downloaded
   */
  public static AdoptFiles of(RunSettings run, ItemSet names) {
    return new AutoValue_AdoptFiles(run, names, EncodedObjects.DECODE);
  }

  /** Sets what the run does about objects that are stored with a {@code Content-Encoding}. */
  public AdoptFiles withContentCoding(EncodedObjects encoded) {
    return new AutoValue_AdoptFiles(run(), names(), encoded);
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> matched) {
    return matched.apply("AdoptProven", ParDo.of(new AdoptFn(this)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder
        .add(DisplayData.item("names", names().size()).withLabel("Names called downloaded"))
        .add(DisplayData.item("encoded", encoded().name()).withLabel("Encoded objects"));
  }

  private static final class AdoptFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(AdoptFiles.class);

    private final RunSettings run;
    private final ItemSet names;
    private final boolean isDecoding;
    private transient Shared.@Nullable Lease<DoneItems> done;
    private transient @Nullable Journal journal;

    AdoptFn(AdoptFiles step) {
      this.run = step.run();
      this.names = step.names();
      this.isDecoding = step.encoded() == EncodedObjects.DECODE;
    }

    @Setup
    public void open() throws IOException {
      Shared.Lease<DoneItems> lease = DoneItems.lease(run);
      done = lease;
      journal = new Journal(lease.get().folder(), run);
    }

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) throws IOException {
      boolean isCandidate = opened(done).get().mayBeEarlier(outcome, names);
      out.output(isCandidate ? adopted(outcome) : outcome);
    }

    private Outcome adopted(Outcome outcome) throws IOException {
      try {
        Outcome agreed = agreed(outcome);
        if (agreed == null) {
          return outcome;
        }
        opened(journal).append(agreed);
        return outcome.alreadyDone();
      } catch (DestinationException e) {
        throw new RunAbortedException(String.valueOf(e.getMessage()), e);
      }
    }

    /** Returns the item as done, or null if its file isn't that of its object. */
    private @Nullable Outcome agreed(Outcome outcome) throws IOException {
      Stopwatch watch = new Stopwatch();
      Listed listed = Listed.of(outcome.getFacts());
      Item item = outcome.getItem();
      FoundFile file = find(outcome);
      if (file == null || !listed.agrees(file.md5()) || (isDecoding && file.isGzip())) {
        return null;
      }
      Integrity integrity = listed.hasMd5() ? Integrity.ETAG_MD5 : Integrity.LENGTH;
      Facts facts =
          Facts.none().toBuilder()
              .setEtag(listed.etag())
              .setIntegrity(integrity.name().toLowerCase(Locale.ROOT))
              .build()
              .withMillis(STEP, watch.millis());
      return Outcome.pending(item).done(StoredFile.of(item.getId(), file.proof()), facts);
    }

    /** Returns the file of an item if it has the length of the object, else null. */
    private @Nullable FoundFile find(Outcome outcome) throws IOException {
      DoneItems items = opened(done).get();
      String path = outcome.getItem().getId();
      try {
        if (!items.hasListedLength(outcome)) {
          return null;
        }
        try (InputStream in = items.folder().open(path)) {
          FoundFile file = FoundFile.read(in);
          return file.proof().size() == Listed.of(outcome.getFacts()).bytes() ? file : null;
        }
      } catch (DestinationException e) {
        throw e;
      } catch (IOException e) {
        Interrupts.rethrow(e);
        LOG.warn("{} is fetched again, for it can't be read", items.folder().address(path), e);
        return null;
      }
    }

    private static <T> T opened(@Nullable T resource) {
      if (resource == null) {
        throw new IllegalStateException("used before @Setup");
      }
      return resource;
    }

    @Teardown
    public void close() throws IOException {
      try {
        if (journal != null) {
          Interrupts.close(journal);
        }
      } finally {
        if (done != null) {
          Interrupts.close(done);
        }
      }
    }
  }
}
