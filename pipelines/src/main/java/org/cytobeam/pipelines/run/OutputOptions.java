package org.cytobeam.pipelines.run;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.pipelines.cli.ConsoleOptions;
import org.cytobeam.pipelines.log.LogFormat;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.jspecify.annotations.Nullable;

/** Where a job writes, what counts as done, and how many failures are too many. */
@OptionGroup(value = "Output", order = 30)
public interface OutputOptions extends ConsoleOptions {

  /** Some of the items of the input. */
  enum Only {
    /** Those that failed when they were last tried. */
    FAILED
  }

  @Description(
      "The output folder, local or s3://bucket/prefix. What is done there already and proven is"
          + " not done again. Needed unless the input names a folder itself.")
  @Example("out")
  @Nullable String getOutputDir();

  void setOutputDir(@Nullable String outputDir);

  @OptionGroup(value = "Rerun", order = 40)
  @Description("Do everything again, whatever is done already.")
  @Default.Boolean(false)
  boolean getForce();

  void setForce(boolean force);

  @OptionGroup(value = "Rerun", order = 40)
  @Description(
      "How an output that is there is checked before it counts as done: by its length and hash, or"
          + " by its length alone, which is faster and misses flipped bits.")
  @Default.Enum("SHA256")
  @Example("size")
  Check getCheck();

  void setCheck(Check check);

  @Description(
      "When the names of new files are made to survive a power cut: after each item, or once at the"
          + " end of the run. Their bytes always are at once.")
  @Default.Enum("RUN")
  @Example("item")
  Durability getDurable();

  void setDurable(Durability durable);

  @OptionGroup(value = "Rerun", order = 40)
  @Description(
      "Say what there is to fetch and what is done already, how many bytes that is and about how"
          + " long it takes, and write nothing. A few sources are asked for their lengths.")
  @Default.Boolean(false)
  boolean getDryRun();

  void setDryRun(boolean dryRun);

  @OptionGroup(value = "Rerun", order = 40)
  @Description(
      "Only the first so many items, in the order of the input: to try things out. The same items"
          + " each time, done or not; with --only, the first of those.")
  @Range(least = 1)
  @Example("10")
  @Nullable Long getLimit();

  void setLimit(@Nullable Long limit);

  @OptionGroup(value = "Rerun", order = 40)
  @Description("Only the items that failed when they were last tried.")
  @Example("failed")
  @Nullable Only getOnly();

  void setOnly(@Nullable Only only);

  @OptionGroup(value = "Run", order = 60)
  @Description("The share of the items that may fail before the exit code says so, 0 to 1.")
  @Default.Double(0)
  @Range(least = 0, most = 1)
  @Example("0.01")
  double getMaxFailedShare();

  void setMaxFailedShare(double maxFailedShare);

  @OptionGroup(value = "Console", order = 70)
  @Description(
      "The form of the run's log: text for people, logs/run.log, or json, an object a line,"
          + " logs/run.jsonl. The console's is always for people.")
  @Default.Enum("TEXT")
  @Example("json")
  LogFormat getLogFormat();

  void setLogFormat(LogFormat logFormat);
}
