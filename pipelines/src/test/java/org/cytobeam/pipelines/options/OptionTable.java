package org.cytobeam.pipelines.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.options.Option.Audience;
import org.cytobeam.pipelines.options.Option.Group;

/** The options of a command as Markdown: a table for each heading of its help. */
final class OptionTable {

  private OptionTable() {}

  /** Returns the tables of the options that everyone sees, in the order of the help. */
  static String of(OptionSet options) {
    Map<Group, List<Option>> byGroup =
        options.sorted().stream()
            .filter(option -> option.audience() == Audience.EVERYONE)
            .collect(Collectors.groupingBy(Option::group, LinkedHashMap::new, Collectors.toList()));
    return byGroup.values().stream().map(OptionTable::table).collect(Collectors.joining("\n"));
  }

  private static String table(List<Option> options) {
    Group group = options.get(0).group();
    String rows = options.stream().map(OptionTable::row).collect(Collectors.joining());
    return """
        ### %s

        | option | default | example | meaning |
        |---|---|---|---|
        """
            .formatted(group.heading())
        + rows;
  }

  private static String row(Option option) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            option.isFlag()
                ? code(option.shown()) + ", " + code(option.shownNegated())
                : code(option.shown()),
            byDefault(option),
            option.example().map(OptionTable::code).orElse(""),
            plain(option.description()))
        .replace(System.lineSeparator(), "\n");
  }

  private static String byDefault(Option option) {
    if (option.required()) {
      return "required";
    }
    return option.byDefault().map(value -> code(shownDefault(option, value))).orElse("");
  }

  private static String shownDefault(Option option, String value) {
    if (!option.isFlag()) {
      return value;
    }
    return Boolean.parseBoolean(value) ? option.shown() : option.shownNegated();
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static String plain(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
