package org.cytobeam.pipelines.options;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cytobeam.pipelines.options.Arguments.Help;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line against a set of options, to its end, whatever is wrong with it.
 *
 * <p>{@code --maxWorkers=8}, {@code --max-workers 8} and {@code --max_workers 8} are the same; so
 * are {@code --force} and {@code --force=true}, {@code --no_force}, {@code --noForce} and {@code
 * --force=false}. An option with several values takes them separated by commas or is repeated. A
 * word that belongs to no name is the value of the option that needs none, if there is one.
 * {@code @file} stands for the words of that file. {@code -h} and {@code --help} ask for help.
 */
public final class ArgumentReader {

  private static final int LONGEST_ECHO = 60;

  private final OptionSet options;
  private final Deque<Word> words = new ArrayDeque<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> mistaken = new LinkedHashSet<>();
  private Help help = Help.NONE;

  /**
   * A word of the command line.
   *
   * @param fromFile whether it stood in a file that the command line names
   */
  private record Word(String text, boolean fromFile) {}

  private ArgumentReader(OptionSet options, List<String> arguments) {
    this.options = options;
    arguments.forEach(argument -> words.add(new Word(argument, false)));
  }

  /**
   * Reads a command line.
   *
   * @param options those that it may have
   * @param arguments its words after the command's name
   */
  public static Arguments read(OptionSet options, List<String> arguments) {
    ArgumentReader reader = new ArgumentReader(options, arguments);
    reader.readWords();
    reader.requireWhatIsRequired();
    return new Arguments(reader.values, reader.mistakes, reader.mistaken, reader.help);
  }

  private void readWords() {
    while (!words.isEmpty()) {
      Word word = words.remove();
      String text = word.text();
      if (text.equals("-h") || text.equals("--help")) {
        help = help == Help.ALL ? help : Help.OWN;
      } else if (OptionName.key(text).equals("helpall") && text.startsWith("--")) {
        help = Help.ALL;
      } else if (text.startsWith("@")) {
        readFile(word);
      } else if (text.startsWith("-") && text.length() > 1) {
        readOption(text);
      } else {
        readPositional(text);
      }
    }
  }

  private void readFile(Word word) {
    if (word.fromFile()) {
      mistakes.add(
          Mistake.at(
              echo(word.text()),
              "stands in a file of options",
              "name each file on the command line"));
      return;
    }
    try {
      List<String> contents = ArgumentFile.words(word.text().substring(1));
      for (int i = contents.size() - 1; i >= 0; i--) {
        words.addFirst(new Word(contents.get(i), true));
      }
    } catch (MistakesException e) {
      mistakes.addAll(e.mistakes());
    }
  }

  private void readOption(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? null : text.substring(equals + 1);
    Optional<Option> option = text.startsWith("--") ? options.find(name) : Optional.empty();
    Optional<Option> negated = text.startsWith("--") ? options.findNegated(name) : Optional.empty();
    if (option.isPresent()) {
      readValue(option.get(), value);
    } else if (negated.isPresent()) {
      readNegated(negated.get(), value);
    } else {
      refuseUnknown(name, value);
    }
  }

  private void readPositional(String text) {
    Optional<Option> option = options.positional();
    if (option.isPresent()) {
      readValue(option.get(), text);
    } else {
      refuseLeftover(text);
    }
  }

  private void readValue(Option option, @Nullable String attached) {
    String value = attached != null ? attached : followingValue(option);
    if (value == null) {
      refuse(option, "has no value", "write it as " + written(option));
      return;
    }
    try {
      keep(option, option.type().read(value));
    } catch (RefusedValueException e) {
      String echo = Secrets.isSecret(option.property()) ? "the value" : quoted(value);
      refuse(option, echo + " " + e.problem(), e.mend());
    }
  }

  private @Nullable String followingValue(Option option) {
    Word next = words.peek();
    if (option.isFlag()) {
      boolean isSpelledOut = next != null && next.text().matches("(?i)true|false");
      return isSpelledOut ? words.remove().text() : "true";
    }
    boolean isValue = next != null && !next.text().equals("-h") && !next.text().matches("--\\D.*");
    return isValue ? words.remove().text() : null;
  }

  private void readNegated(Option flag, @Nullable String value) {
    if (value == null) {
      keep(flag, "false");
    } else {
      refuse(flag, flag.shownNegated() + " takes no value", "leave the value out");
    }
  }

  private void keep(Option option, String value) {
    String before = values.get(option.property());
    if (before == null) {
      values.put(option.property(), value);
    } else if (option.type() instanceof OptionType.Many) {
      values.put(option.property(), before + "," + value);
    } else if (!before.equals(value)) {
      String both = ", " + quoted(before) + " and " + quoted(value);
      refuse(
          option,
          "is given twice" + (Secrets.isSecret(option.property()) ? "" : both),
          "leave one of the two out");
    }
  }

  private void refuse(Option option, String problem, String mend) {
    mistaken.add(option.property());
    mistakes.add(Mistake.in(option.property(), problem, mend));
  }

  /**
   * Nothing of an unknown option's value is repeated: it may be a secret, misspelled. That value
   * may also have been meant for the option without a name, which then isn't missing.
   */
  private void refuseUnknown(String name, @Nullable String value) {
    Word next = words.peek();
    if (value == null
        && next != null
        && !next.text().startsWith("-")
        && !next.text().startsWith("@")) {
      words.remove();
      options.positional().ifPresent(option -> mistaken.add(option.property()));
    }
    String near =
        options.nearest(name).stream().map(Option::shown).collect(Collectors.joining(" or "));
    mistakes.add(
        Mistake.at(
            echo(name),
            "there is no such option",
            near.isEmpty() ? "--help lists all there are" : "did you mean " + near + "?"));
  }

  private void refuseLeftover(String text) {
    mistakes.add(
        Mistake.at(
            quoted(text),
            "belongs to no option",
            "write --name=value, and several values as a,b,c; quote a value that has spaces"));
  }

  private void requireWhatIsRequired() {
    Map<String, List<Option>> choices = new TreeMap<>();
    for (Option option : options.sorted()) {
      if (option.required() && isMissing(option)) {
        refuse(option, "is missing", "give it as " + written(option));
      }
      for (String group : option.choiceGroups()) {
        choices.computeIfAbsent(group, name -> new ArrayList<>()).add(option);
      }
    }
    choices.values().stream()
        .filter(choice -> choice.stream().allMatch(this::isMissing))
        .forEach(this::refuseMissingChoice);
  }

  private boolean isMissing(Option option) {
    boolean isGiven = !values.getOrDefault(option.property(), "").isEmpty();
    return !isGiven && !mistaken.contains(option.property());
  }

  private void refuseMissingChoice(List<Option> choice) {
    String names = choice.stream().map(Option::shown).collect(Collectors.joining(" or "));
    choice.forEach(option -> mistaken.add(option.property()));
    mistakes.add(Mistake.at(names, "one of them is needed", "give " + written(choice.get(0))));
  }

  private static String written(Option option) {
    String value = option.example().orElse(option.type().placeholder());
    String named = option.shown() + "=" + value;
    return option.positional() ? value + " or " + named : named;
  }

  private static String quoted(String text) {
    return '"' + echo(text) + '"';
  }

  /** What may be repeated on a terminal: short, on one line, without what URLs keep secret. */
  private static String echo(String text) {
    String visible = Secrets.shown(text).replaceAll("\\p{Cntrl}", "?");
    return visible.length() > LONGEST_ECHO ? visible.substring(0, LONGEST_ECHO) + "..." : visible;
  }
}
