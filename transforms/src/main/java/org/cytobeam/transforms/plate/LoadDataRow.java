package org.cytobeam.transforms.plate;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;

/** One site of a plate: a row of a load_data table or of a job file. All values are text. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class LoadDataRow {

  /** Returns where the row stands: table and line. */
  public abstract String getWhere();

  /** Returns the partner that imaged the plate. */
  public abstract String getSource();

  /** Returns the batch. */
  public abstract String getBatch();

  /** Returns the plate. */
  public abstract String getPlate();

  /** Returns the well, such as A01. */
  public abstract String getWell();

  /** Returns the site in its well. */
  public abstract String getSite();

  /** Returns the job that the row belongs to: one final table each. */
  public abstract String getJobId();

  /** Returns the output folder that the row asks for, if it asks. */
  public abstract @Nullable String getOutputDir();

  /** Returns the address of the image of each channel that was asked for and that the row has. */
  public abstract Map<String, String> getUris();

  /** Returns why the row can't be used, or null if it can; the other values may be empty then. */
  public abstract @Nullable String getProblem();

  /** Returns a builder whose texts are empty. */
  public static Builder builder() {
    return new AutoValue_LoadDataRow.Builder()
        .setSource("")
        .setBatch("")
        .setPlate("")
        .setWell("")
        .setSite("")
        .setJobId("")
        .setUris(Map.of());
  }

  /** Returns a row that can't be used. */
  public static LoadDataRow unusable(String where, String problem) {
    return builder().setWhere(where).setProblem(problem).build();
  }

  /** Gathers the values of a row. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets where the row stands. */
    public abstract Builder setWhere(String where);

    /** Sets the partner. */
    public abstract Builder setSource(String source);

    /** Sets the batch. */
    public abstract Builder setBatch(String batch);

    /** Sets the plate. */
    public abstract Builder setPlate(String plate);

    /** Sets the well. */
    public abstract Builder setWell(String well);

    /** Sets the site. */
    public abstract Builder setSite(String site);

    /** Sets the job. */
    public abstract Builder setJobId(String jobId);

    /** Sets the output folder. */
    public abstract Builder setOutputDir(@Nullable String outputDir);

    /** Sets the addresses by channel. */
    public abstract Builder setUris(Map<String, String> uris);

    /** Sets why the row can't be used. */
    public abstract Builder setProblem(@Nullable String problem);

    abstract Map<String, String> getUris();

    abstract LoadDataRow autoBuild();

    /** Returns the row, with a copy of the map. */
    public LoadDataRow build() {
      setUris(Collections.unmodifiableMap(new HashMap<>(getUris())));
      return autoBuild();
    }
  }
}
