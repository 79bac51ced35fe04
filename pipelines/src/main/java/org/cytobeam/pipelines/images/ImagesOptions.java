package org.cytobeam.pipelines.images;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.cytobeam.pipelines.options.Example;
import org.cytobeam.pipelines.options.OptionGroup;
import org.cytobeam.pipelines.options.Range;
import org.cytobeam.pipelines.run.OutputOptions;
import org.cytobeam.pipelines.run.S3SourceOptions;
import org.cytobeam.pipelines.runner.ParallelOptions;
import org.cytobeam.transforms.images.EncodedObjects;
import org.cytobeam.transforms.images.Lookup;
import org.cytobeam.transforms.images.MatchRules;
import org.jspecify.annotations.Nullable;

/** The options of {@code images}. */
public interface ImagesOptions extends OutputOptions, S3SourceOptions, ParallelOptions {

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "A table of names, local or s3://: one name a line, or CSV, TSV, JSON lines or Parquet with"
          + " --column. May be repeated. Default: all .csv files in --to_download_dir.")
  @Example("data.csv")
  @Nullable List<String> getCsvFile();

  void setCsvFile(@Nullable List<String> csvFile);

  @OptionGroup(value = "Input", order = 10)
  @Description("The folder of the tables, where --csv_file names none.")
  @Default.String("to_download")
  @Example("to_download")
  String getToDownloadDir();

  void setToDownloadDir(String toDownloadDir);

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "The column of the names. Without it a .csv or .txt file has one name a line and no header;"
          + " TSV, JSON lines and Parquet have the names in their only column, or in one that is"
          + " called as such columns are: name, file_name, key, path, image and the like.")
  @Example("file_name")
  @Nullable String getColumn();

  void setColumn(@Nullable String column);

  @OptionGroup(value = "Input", order = 10)
  @Description("The bucket of the images.")
  @Default.String("vaarhaft-ml-core")
  @Example("my-bucket")
  String getBucket();

  void setBucket(String bucket);

  @OptionGroup(value = "Input", order = 10)
  @Description(
      "What the keys of the images begin with. Default: datalake_training/ and what the table's"
          + " name has before its first _, in upper case.")
  @Example("my-folder/")
  @Nullable String getS3Prefix();

  void setS3Prefix(@Nullable String s3Prefix);

  @OptionGroup(value = "Match", order = 20)
  @Description(
      "How far a name may be from its object's key. key: it is the key, with or without the prefix."
          + " name: or the last part of one. stem: or the same without the extensions.")
  @Default.Enum("STEM")
  @Example("key")
  MatchRules.Match getMatch();

  void setMatch(MatchRules.Match match);

  @OptionGroup(value = "Match", order = 20)
  @Description(
      "What becomes of a name that several objects fit equally well: it fails, or it means the"
          + " first by key, the newest, or all of them; all needs --save_as=key.")
  @Default.Enum("FAIL")
  @Example("newest")
  MatchRules.Ambiguous getAmbiguous();

  void setAmbiguous(MatchRules.Ambiguous ambiguous);

  @OptionGroup(value = "Match", order = 20)
  @Description("The extensions that a stem may match. Default: any.")
  @Example("jpg,png")
  @Nullable List<String> getExtensions();

  void setExtensions(@Nullable List<String> extensions);

  @OptionGroup(value = "Match", order = 20)
  @Description(
      "How objects are found: by listing the prefix, or by a request for each name, which needs"
          + " --match=key. auto takes what is quicker.")
  @Default.Enum("AUTO")
  @Example("list")
  Lookup getLookup();

  void setLookup(Lookup lookup);

  @Override
  @OptionGroup(value = "Output", order = 30)
  @Description(
      "The output folder, local or s3://bucket/prefix. What is done there already and proven is not"
          + " done again. Default: downloads/ and the table's name with _downloads, one a table.")
  @Example("images")
  @Nullable String getOutputDir();

  @OptionGroup(value = "Output", order = 30)
  @Description(
      "What a file is called: as the table says, or as the object's key ends, which has the right"
          + " extension.")
  @Default.Enum("NAME")
  @Example("key")
  MatchRules.SaveAs getSaveAs();

  void setSaveAs(MatchRules.SaveAs saveAs);

  @OptionGroup(value = "Output", order = 30)
  @Description("Give each file the folders that its object's key has behind the prefix.")
  @Default.Boolean(false)
  boolean getKeepPath();

  void setKeepPath(boolean keepPath);

  @OptionGroup(value = "Output", order = 30)
  @Description(
      "What becomes of objects that are stored in a coded form, gzip that is: they are decoded, as"
          + " browsers do, or kept as they are.")
  @Default.Enum("DECODE")
  @Example("keep")
  EncodedObjects getContentEncoding();

  void setContentEncoding(EncodedObjects contentEncoding);

  @OptionGroup(value = "Rerun", order = 40)
  @Description(
      "Taken for the command lines that have it, and changes nothing: a run always goes on where the"
          + " one before it stopped.")
  @Default.Boolean(true)
  boolean getResume();

  void setResume(boolean resume);

  @Override
  @OptionGroup(value = "Rerun", order = 40)
  @Description(
      "List the bucket and say what there is to fetch, what is done already and what is missing, and"
          + " how many bytes that is. Fetch and write nothing.")
  @Default.Boolean(false)
  boolean getDryRun();

  @OptionGroup(value = "Run", order = 60)
  @Description(
      "How many objects one process fetches at once; a large one, which comes in ranges, is one.")
  @Default.Integer(128)
  @Range(least = 1, most = 4096)
  @Example("64")
  int getInFlight();

  void setInFlight(int inFlight);

  @Override
  @OptionGroup(value = "Run", order = 60)
  @Description(
      "How many threads one process copies with. They share what --in_flight lets be on its way, so"
          + " that this is no way to fetch more at once. Default: two for each core and two more,"
          + " at most one for each 24 MiB of the heap.")
  @Range(least = 1, most = 4096)
  @Example("16")
  @Nullable Integer getMaxWorkers();

  @Override
  @OptionGroup(value = "Run", order = 60)
  @Description(
      "How many bytes of objects may be on their way, or not yet written, in one process; longer"
          + " ones are streamed. Default: 128 MiB, at most a quarter of the heap.")
  @Range(least = 1)
  @Example("500000000")
  @Nullable Long getMaxPendingBytes();

  @OptionGroup(value = "Console", order = 70)
  @Description(
      "Begin without asking. Needed where nobody can be asked: where the standard input is no"
          + " terminal.")
  @Default.Boolean(false)
  boolean getAutoConfirm();

  void setAutoConfirm(boolean autoConfirm);
}
