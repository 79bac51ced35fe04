package org.cytobeam.pipelines.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cytobeam.pipelines.options.Option;
import org.cytobeam.pipelines.options.Option.Audience;
import org.cytobeam.pipelines.options.Option.Group;
import org.cytobeam.pipelines.options.OptionSet;

/** The text that {@code --help} prints, wrapped at a width. */
final class Help {

  private static final String PROGRAM = "./cytobeam";
  private static final String OPTION_INDENT = "  ";
  private static final String TEXT_INDENT = "      ";

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private Help(int width) {
    this.width = width;
  }

  /** Returns the help of the program: its commands, or those that begin with some word. */
  static List<String> ofProgram(List<Command<?>> commands, int width) {
    Help help = new Help(width);
    help.lines.add(PROGRAM + " COMMAND [options]");
    help.heading("Commands");
    int longest = commands.stream().mapToInt(command -> command.name().length()).max().orElse(0);
    for (Command<?> command : commands) {
      String name = OPTION_INDENT + command.name();
      String gap = " ".repeat(longest - command.name().length() + 2);
      help.wrap(name + gap, " ".repeat(OPTION_INDENT.length() + longest + 2), command.summary());
    }
    help.lines.add("");
    help.lines.add(PROGRAM + " COMMAND --help shows a command's options; --version the version.");
    return help.lines;
  }

  /**
   * Returns the help of a command.
   *
   * @param all whether to show the options of Beam and of the runner too
   */
  static List<String> ofCommand(Command<?> command, OptionSet options, boolean all, int width) {
    Help help = new Help(width);
    String positional =
        options.positional().map(option -> " " + option.shownPositional()).orElse("");
    help.lines.add(PROGRAM + " " + command.name() + positional + " [options] [@file-of-options]");
    help.lines.add("");
    help.wrap("", "", command.summary());
    help.options(options, all);
    help.examples(command.examples());
    help.lines.add("");
    help.wrap(
        "",
        "",
        "Every option may be written --max_workers 8, --max-workers=8 or --maxWorkers=8."
            + (all ? "" : " --help_all shows the options of Beam and of the runner too."));
    return help.lines;
  }

  private void options(OptionSet options, boolean all) {
    Optional<Group> group = Optional.empty();
    for (Option option : options.sorted()) {
      boolean isShown =
          option.audience() == Audience.EVERYONE || (all && option.audience() == Audience.CURIOUS);
      if (isShown) {
        if (!group.equals(Optional.of(option.group()))) {
          heading(option.group().heading());
          group = Optional.of(option.group());
        }
        option(option);
      }
    }
  }

  private void option(Option option) {
    String name = option.isFlag() ? flag(option) : option.shown() + " " + placeholder(option);
    String alone = option.positional() ? option.shownPositional() + ", " : "";
    lines.add(OPTION_INDENT + alone + name + (option.required() ? "  (required)" : ""));
    if (!option.description().isEmpty()) {
      wrap(TEXT_INDENT, TEXT_INDENT, option.description());
    }
    String byDefault = option.byDefault().map(value -> "Default: " + value + ".").orElse("");
    String example = example(option);
    if (!option.isFlag() && !(byDefault + example).isEmpty()) {
      wrap(TEXT_INDENT, TEXT_INDENT, (byDefault + " " + example).strip());
    }
  }

  private static String flag(Option option) {
    boolean isOn = option.byDefault().map(Boolean::parseBoolean).orElse(false);
    String byDefault = isOn ? option.shown() : option.shownNegated();
    return option.shown() + " / " + option.shownNegated() + "  (default: " + byDefault + ")";
  }

  private static String placeholder(Option option) {
    return option.type().placeholder();
  }

  private static String example(Option option) {
    return option.example().map(value -> "Example: " + option.shown() + " " + value).orElse("");
  }

  private void examples(List<String> examples) {
    if (!examples.isEmpty()) {
      heading("Examples");
      examples.forEach(example -> lines.add(OPTION_INDENT + PROGRAM + " " + example));
    }
  }

  private void heading(String heading) {
    lines.add("");
    lines.add(heading);
  }

  /** Adds words, in as many lines as they need; a word that is longer than a line is not cut. */
  private void wrap(String firstIndent, String indent, String text) {
    StringBuilder line = new StringBuilder(firstIndent);
    boolean isEmpty = true;
    for (String word : text.strip().split("\\s+", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(line.toString());
  }
}
