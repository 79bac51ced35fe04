package org.cytobeam.pipelines.options;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Which values an option can have, and how they are written. */
public sealed interface OptionType {

  /**
   * Returns a value in the form that Beam takes it.
   *
   * @param text what was written
   * @throws RefusedValueException if the option can't have that value
   */
  String read(String text) throws RefusedValueException;

  /** Returns what stands for the value in help, such as {@code <number>}; empty for a flag. */
  String placeholder();

  /** Yes or no. */
  record Flag() implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      String lower = text.toLowerCase(Locale.ROOT);
      if (!lower.equals("true") && !lower.equals("false")) {
        throw new RefusedValueException(
            "is neither true nor false", "give one of the two, or none");
      }
      return lower;
    }

    @Override
    public String placeholder() {
      return "";
    }
  }

  /** A whole number within bounds, both included. */
  record Whole(long least, long most) implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      if (!text.matches("[-+]?[0-9]+")) {
        throw new RefusedValueException(
            "is not a whole number", "give one such as " + Math.max(least, Math.min(8, most)));
      }
      BigInteger value = new BigInteger(text);
      if (value.compareTo(BigInteger.valueOf(least)) < 0
          || value.compareTo(BigInteger.valueOf(most)) > 0) {
        throw new RefusedValueException(
            "is out of range", "give a whole number from " + least + " to " + most);
      }
      return value.toString();
    }

    @Override
    public String placeholder() {
      return "<whole number>";
    }

    private Whole within(Range range) {
      return new Whole(
          Math.max(least, (long) Math.ceil(range.least())),
          Math.min(most, (long) Math.floor(range.most())));
    }
  }

  /** A number within bounds, both included, that is neither infinite nor undefined. */
  record Real(double least, double most) implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
        throw new RefusedValueException("is not a number", "give one such as 1.5");
      }
      double value = Double.parseDouble(text);
      if (value < least || value > most) {
        throw new RefusedValueException(
            "is out of range", "give a number from " + plain(least) + " to " + plain(most));
      }
      return Double.toString(value);
    }

    @Override
    public String placeholder() {
      return "<number>";
    }

    private Real within(Range range) {
      return new Real(Math.max(least, range.least()), Math.min(most, range.most()));
    }

    private static String plain(double bound) {
      return Double.toString(bound).replaceFirst("\\.0$", "");
    }
  }

  /** Any text. */
  record Text() implements OptionType {
    @Override
    public String read(String text) {
      return text;
    }

    @Override
    public String placeholder() {
      return "<text>";
    }
  }

  /**
   * One of a few words, in any case and with either dashes or underscores.
   *
   * @param words what people write, to what Beam takes
   */
  record Choice(Map<String, String> words) implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      for (Map.Entry<String, String> word : words.entrySet()) {
        if (OptionName.key(word.getKey()).equals(OptionName.key(text))
            || OptionName.key(word.getValue()).equals(OptionName.key(text))) {
          return word.getValue();
        }
      }
      throw new RefusedValueException(
          "is not known here", "give " + (words.size() > 1 ? "one of " : "") + listed(", "));
    }

    @Override
    public String placeholder() {
      return "<" + listed("|") + ">";
    }

    private String listed(String separator) {
      return String.join(separator, words.keySet());
    }
  }

  /** Several values, with commas between them or the option repeated. */
  record Many(OptionType element) implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      List<String> values = new ArrayList<>();
      for (String part : text.split(",", -1)) {
        if (part.isBlank()) {
          throw new RefusedValueException("has an empty entry", "write the entries as a,b,c");
        }
        values.add(element.read(part.strip()));
      }
      return String.join(",", values);
    }

    @Override
    public String placeholder() {
      String one = element.placeholder();
      return one.substring(0, one.length() - 1) + ",...>";
    }
  }

  /**
   * A value that only Beam can read, most often JSON.
   *
   * @param owner the interface that has the property
   * @param simpleName what the value is, for people
   */
  record Structured(Class<? extends PipelineOptions> owner, String property, String simpleName)
      implements OptionType {
    @Override
    public String read(String text) throws RefusedValueException {
      try {
        PipelineOptionsFactory.fromArgs("--" + property + "=" + text).as(owner);
        return text;
      } catch (IllegalArgumentException e) {
        // Its text is a parser's and may quote the value, which may be a secret.
        throw new RefusedValueException(
            "is no " + simpleName, "give one, or JSON that describes one, in single quotes");
      }
    }

    @Override
    public String placeholder() {
      return "<" + simpleName + ">";
    }
  }

  /**
   * Returns the type of a getter's values.
   *
   * @param owner the interface that has the getter
   * @param property the getter's property
   */
  static OptionType of(Class<? extends PipelineOptions> owner, String property, Method getter) {
    OptionType type = of(owner, property, getter.getGenericReturnType());
    Range range = getter.getAnnotation(Range.class);
    if (range != null && type instanceof Whole whole) {
      return whole.within(range);
    } else if (range != null && type instanceof Real real) {
      return real.within(range);
    }
    return type;
  }

  private static OptionType of(Class<? extends PipelineOptions> owner, String property, Type type) {
    if (type instanceof Class<?> single && single.isArray()) {
      return many(single.getComponentType(), owner, property);
    }
    if (type instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw
        && Collection.class.isAssignableFrom(raw)) {
      return many(generic.getActualTypeArguments()[0], owner, property);
    }
    return simple(type, owner, property);
  }

  private static OptionType many(
      Type element, Class<? extends PipelineOptions> owner, String property) {
    OptionType type = simple(element, owner, property);
    return type instanceof Structured || type instanceof Flag ? type : new Many(type);
  }

  private static OptionType simple(
      Type type, Class<? extends PipelineOptions> owner, String property) {
    if (type == boolean.class || type == Boolean.class) {
      return new Flag();
    } else if (type == int.class || type == Integer.class) {
      return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class || type == Long.class) {
      return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return new Real(-Double.MAX_VALUE, Double.MAX_VALUE);
    } else if (type == String.class) {
      return new Text();
    } else if (type instanceof Class<?> named && named.isEnum()) {
      return choice(named.getEnumConstants());
    }
    String name = type instanceof Class<?> named ? named.getSimpleName() : type.getTypeName();
    return new Structured(owner, property, name);
  }

  private static Choice choice(Object[] constants) {
    return new Choice(
        Arrays.stream(constants)
            .map(constant -> ((Enum<?>) constant).name())
            .collect(
                Collectors.toMap(
                    name -> name.toLowerCase(Locale.ROOT),
                    name -> name,
                    (one, other) -> one,
                    LinkedHashMap::new)));
  }
}
