package org.cytobeam.transforms.s3;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.transforms.flow.Interrupts;
import org.cytobeam.transforms.flow.RunAbortedException;
import org.cytobeam.transforms.flow.Shared;
import org.cytobeam.transforms.flow.SharedDestinations;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.cytobeam.transforms.outcome.RunSettings;
import org.cytobeam.transforms.outcome.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the fetched bytes of each item in the output folder, beside its output: same name, the
 * source's own extension; the bytes are passed on.
 *
 * <p>A source whose extension the output has too is kept as {@code <stem>.source.<extension>}. The
 * file is listed in the item's facts, so that it is proven with the output when a run is repeated.
 */
@AutoValue
public abstract class KeepSourceBytes
    extends PTransform<PCollection<Outcome>, PCollection<Outcome>> {

  private static final String STEP = "KeepSourceBytes";
  private static final Pattern EXTENSION = Pattern.compile("\\.([A-Za-z0-9]{1,10})$");

  abstract RunSettings run();

  /** Returns a step that writes into the output folder of a run. */
  public static KeepSourceBytes in(RunSettings run) {
    return new AutoValue_KeepSourceBytes(run);
  }

  /** Returns where the source of an item is kept, relative to the output folder. */
  public static String path(Item item) {
    Matcher matcher = EXTENSION.matcher(item.getUri());
    String extension = matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "raw";
    String id = item.getId();
    int dot = id.lastIndexOf('.');
    String stem = dot > id.lastIndexOf('/') ? id.substring(0, dot) : id;
    String path = stem + "." + extension;
    return path.equals(id) ? stem + ".source." + extension : path;
  }

  @Override
  public PCollection<Outcome> expand(PCollection<Outcome> fetched) {
    return fetched.apply("PutSource", ParDo.of(new PutSourceFn(run())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("root", run().destination().root()).withLabel("Output folder"));
  }

  private static final class PutSourceFn extends DoFn<Outcome, Outcome> {

    private static final long serialVersionUID = 1L;

    private final RunSettings run;
    private transient Shared.@Nullable Lease<Destination> destination;

    PutSourceFn(RunSettings run) {
      this.run = run;
    }

    @Setup
    public void open() throws IOException {
      destination = SharedDestinations.lease(run.destination());
    }

    @ProcessElement
    public void process(@Element Outcome outcome, OutputReceiver<Outcome> out) throws IOException {
      out.output(outcome.isPending() ? kept(outcome) : outcome);
    }

    private Outcome kept(Outcome outcome) throws IOException {
      if (destination == null) {
        throw new IllegalStateException("used before @Setup");
      }
      String path = path(outcome.getItem());
      byte[] bytes = outcome.requireBytes();
      try {
        List<StoredFile> files = new ArrayList<>(outcome.getFacts().getFiles());
        files.add(StoredFile.of(path, destination.get().put(path, bytes)));
        return outcome.withBytes(bytes, outcome.getFacts().toBuilder().setFiles(files).build());
      } catch (DestinationException e) {
        throw new RunAbortedException(String.valueOf(e.getMessage()), e);
      } catch (IOException e) {
        Interrupts.rethrow(e);
        return FailureLog.told(
            outcome.failed(
                Failure.of(STEP, FailureClass.UNWRITABLE, String.valueOf(e.getMessage()), 1)),
            e);
      }
    }

    @Teardown
    public void close() throws IOException {
      if (destination != null) {
        destination.close();
      }
    }
  }
}
