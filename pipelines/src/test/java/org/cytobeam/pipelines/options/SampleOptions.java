package org.cytobeam.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** One option of each type, named as those of a real command. */
@OptionGroup(value = "Input", order = 1)
public interface SampleOptions extends PipelineOptions {

  /** How hard to look. */
  enum Check {
    SIZE,
    SHA_256
  }

  @Description("Which table to read.")
  @Validation.Required
  @Example("testdata/plate/load_data.csv")
  @Nullable String getJobCsvPath();

  void setJobCsvPath(String path);

  @Description("Which channels to take.")
  @Default.InstanceFactory(AllChannels.class)
  @Example("DNA,AGP")
  List<String> getChannels();

  void setChannels(List<String> channels);

  @Description("Which sites to take; all when not given.")
  List<Integer> getSites();

  void setSites(List<Integer> sites);

  @Description("How many percent of the pixels to clip at either end.")
  @OptionGroup(value = "Image", order = 2)
  @Default.Double(1.0)
  @Range(least = 0, most = 50)
  double getPercentile();

  void setPercentile(double percentile);

  @Description("How wide the crop is, in pixels; 0 takes all.")
  @OptionGroup(value = "Image", order = 2)
  @Default.Integer(768)
  @Range(least = 0)
  int getMinResolutionX();

  void setMinResolutionX(int width);

  @OptionGroup(value = "Image", order = 2)
  @Default.Long(100_000_000)
  long getMaxPixels();

  void setMaxPixels(long pixels);

  @Description("Do again what is done already.")
  boolean getForce();

  void setForce(boolean force);

  @Default.Boolean(true)
  Boolean isRemoveTmp();

  void setRemoveTmp(Boolean remove);

  @Description("How hard to look before a file counts as done.")
  @Default.Enum("SHA_256")
  Check getCheck();

  void setCheck(Check check);

  @Nullable String getDbPassword();

  void setDbPassword(String password);

  /** All five of Cell Painting. */
  class AllChannels implements DefaultValueFactory<List<String>> {
    @Override
    public List<String> create(PipelineOptions options) {
      return List.of("DNA", "AGP", "ER", "Mito", "RNA");
    }
  }
}
