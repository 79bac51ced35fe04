package org.cytobeam.pipelines.plate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.plate.PlateSelection;
import org.cytobeam.transforms.plate.PlateSurvey;
import org.cytobeam.transforms.table.InputTables;
import org.jspecify.annotations.Nullable;

/** The tables of a command, and what they have that is wanted. */
final class PlateInput {

  private final List<String> tables;
  private final PlateSelection selection;
  private final PlateSurvey survey;

  private PlateInput(List<String> tables, PlateSelection selection, PlateSurvey survey) {
    this.tables = tables;
    this.selection = selection;
    this.survey = survey;
  }

  /**
   * Finds the tables and reads them.
   *
   * @throws MistakesException with all that must be mended before a run can start
   */
  static PlateInput of(PlateOptions options) throws IOException, MistakesException {
    List<String> tables = tables(options);
    PlateSelection selection = selection(options);
    return new PlateInput(
        tables,
        selection,
        survey(tables, selection, options.getOutputDir(), options.getLoadDataOutDir()));
  }

  /** Returns the addresses of the tables. */
  List<String> tables() {
    return tables;
  }

  /** Returns what is wanted of them. */
  PlateSelection selection() {
    return selection;
  }

  /** Returns what they have. */
  PlateSurvey survey() {
    return survey;
  }

  /** Returns what became of rows that give no item of their own; empty if all do. */
  Optional<String> leftOut() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(" with a false filter", survey.filtered());
    counts.put(" of other wells and sites", survey.unwanted());
    counts.put(" equal to another", survey.merged());
    String parts =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> count.getValue() + count.getKey())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? Optional.empty() : Optional.of(survey.read() + " rows: " + parts);
  }

  private static PlateSelection selection(PlateOptions options) {
    return new PlateSelection(
        channels(options),
        Set.copyOf(orNone(options.getWells())),
        Set.copyOf(orNone(options.getSites())),
        options.getBucketName(),
        null);
  }

  /** Returns the channels wanted. */
  static List<String> channels(PlateOptions options) {
    List<String> given = orNone(options.getChannels());
    return given.isEmpty() ? PlateSelection.CELL_PAINTING : given;
  }

  /** Returns a list that was not given as an empty one. */
  static List<String> orNone(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }

  /**
   * Finds the tables that the options name.
   *
   * @throws MistakesException if there are none
   */
  static List<String> tables(PlateOptions options) throws MistakesException {
    String input = options.getJobCsvPath();
    try {
      return InputTables.find(input);
    } catch (FileNotFoundException e) {
      throw noTables(input, e, "give a job file or load_data table, a folder of them, or a glob");
    } catch (IOException e) {
      throw noTables(
          input,
          e,
          input.startsWith("s3://")
              ? "check the address, --endpoint, AWS_PROFILE and --s3_public_buckets"
              : "give a local path, or an address that begins with s3://");
    }
  }

  private static MistakesException noTables(String input, IOException e, String mend) {
    return new MistakesException(
        List.of(Mistake.in("jobCsvPath", input + ": " + e.getMessage(), mend)));
  }

  private static PlateSurvey survey(
      List<String> tables,
      PlateSelection selection,
      @Nullable String outputDir,
      @Nullable String tableDir)
      throws IOException, MistakesException {
    PlateSurvey survey = PlateSurvey.of(tables, selection, outputDir);
    List<Mistake> mistakes = new ArrayList<>();
    for (PlateSurvey.Fault fault : survey.faults()) {
      mistakes.add(Mistake.at(fault.where(), fault.problem(), fault.mend()));
    }
    mistakes.addAll(PlateMistakes.ofOutputDirs(survey.outputDirs()));
    if (tableDir != null) {
      survey
          .spreadJobs()
          .forEach(
              (jobId, where) ->
                  mistakes.add(
                      Mistake.at(
                          where,
                          "job " + jobId + " goes to several output folders, but has one table",
                          "leave --load_data_out_dir out, or give --output_dir")));
    }
    if (survey.moreFaults() > 0) {
      mistakes.add(Mistake.at("and " + survey.moreFaults() + " more", "faults of these kinds", ""));
    }
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
    return survey;
  }
}
