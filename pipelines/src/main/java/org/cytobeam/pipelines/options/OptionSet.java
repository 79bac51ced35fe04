package org.cytobeam.pipelines.options;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.cytobeam.pipelines.options.Option.Audience;
import org.cytobeam.pipelines.options.Option.Group;

/** The options that a command line may have, found by any spelling of their names. */
public final class OptionSet {

  private static final String OWN_PACKAGES = "org.cytobeam.";

  private final Map<String, Option> byKey = new TreeMap<>();

  private OptionSet() {}

  /**
   * Returns the properties of some interfaces and of all that these extend.
   *
   * @throws IllegalArgumentException if two properties differ in nothing but the case of letters,
   *     or two may be given without their names
   */
  public static OptionSet of(Collection<? extends Class<? extends PipelineOptions>> interfaces) {
    OptionSet options = new OptionSet();
    for (Class<? extends PipelineOptions> type : interfaces) {
      for (Method method : type.getMethods()) {
        property(method).map(name -> option(type, name, method)).ifPresent(options::add);
      }
    }
    options.refuseSeveralPositionals();
    return options;
  }

  /** Returns these options, one of them replaced by another of the same name, or one more. */
  public OptionSet with(Option option) {
    OptionSet changed = new OptionSet();
    changed.byKey.putAll(byKey);
    changed.byKey.put(OptionName.key(option.property()), option);
    return changed;
  }

  /** Returns the option that a name, with or without its dashes, is a spelling of. */
  public Optional<Option> find(String name) {
    return Optional.ofNullable(byKey.get(OptionName.key(name)));
  }

  /** Returns the option that may be given without its name. */
  public Optional<Option> positional() {
    return byKey.values().stream().filter(Option::positional).findFirst();
  }

  /**
   * Returns the flag that a name switches off: {@code force} for {@code --no-force}. A name that is
   * itself an option's switches nothing off.
   */
  Optional<Option> findNegated(String name) {
    String key = OptionName.key(name);
    return key.startsWith("no") && !byKey.containsKey(key)
        ? Optional.ofNullable(byKey.get(key.substring(2))).filter(Option::isFlag)
        : Optional.empty();
  }

  /** Returns all options, by group, the required ones of each group first, then by name. */
  public List<Option> sorted() {
    List<Option> sorted = new ArrayList<>(byKey.values());
    sorted.sort(
        Comparator.comparing((Option option) -> option.group().order())
            .thenComparing(option -> option.group().heading())
            .thenComparing(option -> !option.required())
            .thenComparing(Option::shown));
    return sorted;
  }

  /** Returns those options whose names someone may have meant, the likeliest first. */
  List<Option> nearest(String name) {
    String key = OptionName.key(name);
    List<Option> shown =
        byKey.values().stream().filter(option -> option.audience() != Audience.NOBODY).toList();
    List<String> names = shown.stream().map(option -> OptionName.key(option.property())).toList();
    return Spelling.nearest(key, names).stream().map(byKey::get).toList();
  }

  private void add(Option option) {
    Option twin = byKey.putIfAbsent(OptionName.key(option.property()), option);
    if (twin != null && !twin.property().equals(option.property())) {
      throw new IllegalArgumentException(
          "The options %s and %s can't be told apart on a command line"
              .formatted(twin.property(), option.property()));
    }
  }

  private void refuseSeveralPositionals() {
    List<String> names =
        byKey.values().stream().filter(Option::positional).map(Option::property).toList();
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "The options %s can't be told apart without their names"
              .formatted(String.join(" and ", names)));
    }
  }

  private static Optional<String> property(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    boolean isGetter =
        prefix > 0
            && name.length() > prefix
            && method.getParameterCount() == 0
            && PipelineOptions.class.isAssignableFrom(method.getDeclaringClass());
    return isGetter
        ? Optional.of(Introspector.decapitalize(name.substring(prefix)))
        : Optional.empty();
  }

  private static Option option(
      Class<? extends PipelineOptions> type, String property, Method getter) {
    Description description = getter.getAnnotation(Description.class);
    Validation.Required required = getter.getAnnotation(Validation.Required.class);
    boolean isNeeded = required != null && !Defaults.exists(getter);
    List<String> choiceGroups = isNeeded ? List.of(required.groups()) : List.of();
    Example example = getter.getAnnotation(Example.class);
    return new Option(
        property,
        OptionType.of(type, property, getter),
        description == null ? "" : description.value(),
        group(getter),
        audience(getter),
        isNeeded && choiceGroups.isEmpty(),
        getter.isAnnotationPresent(Positional.class),
        choiceGroups,
        Defaults.of(getter),
        Optional.ofNullable(example).map(Example::value));
  }

  private static Group group(Method getter) {
    OptionGroup own = getter.getAnnotation(OptionGroup.class);
    OptionGroup shared = getter.getDeclaringClass().getAnnotation(OptionGroup.class);
    OptionGroup group = own == null ? shared : own;
    if (group != null) {
      return new Group(group.value(), group.order());
    }
    return isOwn(getter)
        ? new Group("Options", 0)
        : new Group("Beam's " + getter.getDeclaringClass().getSimpleName(), Integer.MAX_VALUE);
  }

  private static Audience audience(Method getter) {
    if (getter.isAnnotationPresent(Hidden.class)
        || getter.getDeclaringClass().isAnnotationPresent(Hidden.class)
        || getter.isAnnotationPresent(JsonIgnore.class)) {
      return Audience.NOBODY;
    }
    return isOwn(getter) ? Audience.EVERYONE : Audience.CURIOUS;
  }

  private static boolean isOwn(Method getter) {
    return getter.getDeclaringClass().getName().startsWith(OWN_PACKAGES);
  }
}
