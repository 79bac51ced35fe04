package org.cytobeam.pipelines.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One option of a command.
 *
 * @param property the property of the {@code PipelineOptions} interface: {@code minResolutionX}
 * @param type which values it can have
 * @param description what it does, in sentences; empty if nobody wrote one
 * @param group under which heading it is shown
 * @param audience who is meant to see it
 * @param required whether it must be given
 * @param positional whether its value may be given without its name
 * @param choiceGroups the groups of options of which at least one must be given
 * @param byDefault what holds when it isn't given, as people write it
 * @param example a value that it may have
 */
public record Option(
    String property,
    OptionType type,
    String description,
    Group group,
    Audience audience,
    boolean required,
    boolean positional,
    List<String> choiceGroups,
    Optional<String> byDefault,
    Optional<String> example) {

  /** A heading and its place among the others. */
  public record Group(String heading, int order) {}

  /** Who is meant to see an option in help. */
  public enum Audience {
    /** Everyone: the command's own options. */
    EVERYONE,
    /** Those who ask for all: options of Beam and of the runner. */
    CURIOUS,
    /** Nobody: Beam's internal options, which are taken all the same. */
    NOBODY
  }

  /** Returns the same option with another default, as people write it. */
  public Option withDefault(String value) {
    return new Option(
        property,
        type,
        description,
        group,
        audience,
        required,
        positional,
        choiceGroups,
        Optional.of(value),
        example);
  }

  /** Returns the name as it is shown, such as {@code --min_resolution_x}. */
  public String shown() {
    return OptionName.shown(property);
  }

  /** Returns what stands for its value where its name isn't given, such as {@code OUTPUT_DIR}. */
  public String shownPositional() {
    return shown().substring(2).toUpperCase(Locale.ROOT);
  }

  /** Returns whether it is given without a value, {@code --force} or {@code --no_force}. */
  public boolean isFlag() {
    return type instanceof OptionType.Flag;
  }

  /** Returns the name with {@code no_} in front, which switches a flag off. */
  public String shownNegated() {
    return "--no_" + shown().substring(2);
  }
}
