package org.cytobeam.pipelines.images;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cytobeam.pipelines.cli.Console;
import org.cytobeam.pipelines.cli.Invocation;
import org.cytobeam.pipelines.options.Mistake;
import org.cytobeam.pipelines.options.MistakesException;
import org.cytobeam.transforms.table.InputTables;
import org.jspecify.annotations.Nullable;

/** Finds the tables that the options name, and asks which where there are several. */
final class ImagesTables {

  private static final String CSV = ".csv";

  private ImagesTables() {}

  /**
   * Returns the addresses of the tables: those that are given, in their order, or all in the folder
   * of tables, sorted.
   *
   * @throws MistakesException if there are none
   */
  static List<String> find(ImagesOptions options) throws MistakesException {
    @Nullable List<String> given = options.getCsvFile();
    return given == null ? inFolder(options.getToDownloadDir()) : each(given);
  }

  private static List<String> each(List<String> given) throws MistakesException {
    List<String> tables = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (String table : given) {
      try {
        tables.addAll(InputTables.find(table));
      } catch (FileNotFoundException e) {
        mistakes.add(
            Mistake.in("csvFile", table + ": " + e.getMessage(), "give the path of a table"));
      } catch (IOException e) {
        mistakes.add(
            Mistake.in(
                "csvFile",
                table + ": " + e.getMessage(),
                table.startsWith("s3://")
                    ? "check the address, --endpoint, AWS_PROFILE and --s3_public_buckets"
                    : "give a local path, or an address that begins with s3://"));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new MistakesException(mistakes);
    }
    return tables.stream().distinct().toList();
  }

  private static List<String> inFolder(String folder) throws MistakesException {
    List<String> tables = List.of();
    String problem = "there is no .csv file in " + folder;
    try {
      String all = folder.endsWith("/") ? folder : folder + "/";
      tables = InputTables.find(all).stream().filter(ImagesTables::isCsv).toList();
    } catch (FileNotFoundException e) {
      // The problem is as it stands: here only .csv counts.
    } catch (IOException e) {
      problem = folder + ": " + e.getMessage();
    }
    if (tables.isEmpty()) {
      throw new MistakesException(
          List.of(
              Mistake.in(
                  "csvFile", "is not given, and " + problem, "give a table, as data.csv, say")));
    }
    return tables;
  }

  private static boolean isCsv(String table) {
    return table.toLowerCase(Locale.ROOT).endsWith(CSV);
  }

  /**
   * Asks which of several tables are meant.
   *
   * @return those; none if people don't want any
   */
  static List<String> choose(List<String> tables, Invocation invocation) {
    Console console = invocation.console();
    console.message(tables.size() + " tables:");
    for (int i = 0; i < tables.size(); i++) {
      console.message("  %d. %s".formatted(i + 1, tables.get(i)));
    }
    while (true) {
      Optional<String> answer =
          console.ask("Which (1,3 or 1-3 or all; q to quit)?", invocation.interrupt());
      if (answer.isEmpty() || isQuit(answer.get())) {
        return List.of();
      }
      Optional<List<Integer>> numbers = TableNumbers.of(answer.get(), tables.size());
      if (numbers.isPresent()) {
        return numbers.get().stream().map(number -> tables.get(number - 1)).toList();
      }
      console.message("Please give numbers from 1 to " + tables.size() + ".");
    }
  }

  private static boolean isQuit(String answer) {
    String word = answer.strip().toLowerCase(Locale.ROOT);
    return word.equals("q") || word.equals("quit");
  }
}
