package org.cytobeam.pipelines.plate;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.cytobeam.pipelines.run.OutputOptions;
import org.cytobeam.pipelines.run.S3SourceOptions;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.jspecify.annotations.Nullable;

/** The options of {@code plate}. */
public interface PlateOptions extends OutputOptions, S3SourceOptions, ParallelOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "A job file or load_data table, CSV, gzipped CSV or Parquet: one file, a folder or a glob,"
          + " local or s3://. Paths in it may be s3://, file: or relative to the table.")
  @Validation.Required
  @Example("testdata/plate/load_data.csv")
  String getJobCsvPath();

  void setJobCsvPath(String jobCsvPath);

  @OptionGroup(value = "Input", order = 10)
  @Description("The channels wanted, any that the table has. Default: DNA, AGP, ER, Mito, RNA.")
  @Example("DNA,Brightfield")
  @Nullable List<String> getChannels();

  void setChannels(@Nullable List<String> channels);

  @OptionGroup(value = "Input", order = 10)
  @Description("Only these wells.")
  @Example("A01,B12")
  @Nullable List<String> getWells();

  void setWells(@Nullable List<String> wells);

  @OptionGroup(value = "Input", order = 10)
  @Description("Only these sites of each well.")
  @Example("1,2")
  @Nullable List<String> getSites();

  void setSites(@Nullable List<String> sites);

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "The bucket of paths in the table that name none; it is read without credentials, unless"
          + " outputs go there too. Without this option such paths are relative to the table, and"
          + " s3:// addresses need none.")
  @Example("cellpainting-gallery")
  @Nullable String getBucketName();

  void setBucketName(@Nullable String bucketName);

  @OptionGroup(value = "Image", order = 20)
  @Description(
      "The percentile of the crop that becomes 0, 0 to 50; 100 minus it becomes 255. 0 stretches"
          + " from the smallest to the largest sample.")
  @Default.Double(1.0)
  @Range(least = 0, most = 50)
  @Example("0.5")
  double getPercentile();

  void setPercentile(double percentile);

  @OptionGroup(value = "Image", order = 20)
  @Description(
      "The width of the centred crop in pixels; 0, or more than the image has, keeps all columns.")
  @Default.Integer(768)
  @Range(least = 0)
  @Example("1024")
  int getMinResolutionX();

  void setMinResolutionX(int minResolutionX);

  @OptionGroup(value = "Image", order = 20)
  @Description(
      "The height of the centred crop in pixels; 0, or more than the image has, keeps all rows.")
  @Default.Integer(768)
  @Range(least = 0)
  @Example("1024")
  int getMinResolutionY();

  void setMinResolutionY(int minResolutionY);

  @OptionGroup(value = "Image", order = 20)
  @Description("The most pixels an image may claim; one that claims more fails as too_large.")
  @Default.Long(67_108_864)
  @Range(least = 1, most = 536_870_841)
  @Example("100000000")
  long getMaxPixels();

  void setMaxPixels(long maxPixels);

  @OptionGroup(value = "Image", order = 20)
  @Description(
      "The width and height that each fetched image must have; another fails as wrong_size.")
  @Example("1080x1080")
  @Nullable String getExpectedSize();

  void setExpectedSize(@Nullable String expectedSize);

  @OptionGroup(value = "Output", order = 30)
  @Description(
      "The folder of the final tables, final/<job_id>.parquet. Default: load_data in the output"
          + " folder.")
  @Example("load_data")
  @Nullable String getLoadDataOutDir();

  void setLoadDataOutDir(@Nullable String loadDataOutDir);

  @OptionGroup(value = "Output", order = 30)
  @Description(
      "Don't keep the fetched files. With --no_remove_tmp each is kept beside its PNG, under the"
          + " same name with its own extension.")
  @Default.Boolean(true)
  boolean getRemoveTmp();

  void setRemoveTmp(boolean removeTmp);

  @OptionGroup(value = "Output", order = 30)
  @Description("Name files in the final tables relative to the output folder, not absolute.")
  @Default.Boolean(false)
  boolean getRelativePaths();

  void setRelativePaths(boolean relativePaths);

  @OptionGroup(value = "Output", order = 30)
  @Description(
      "How many sites get thumbnails of all their channels, for the contact sheet of the report; 0"
          + " makes none.")
  @Default.Integer(8)
  @Range(least = 0, most = 1000)
  @Example("4")
  int getThumbnails();

  void setThumbnails(int thumbnails);
}
