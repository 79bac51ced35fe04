package org.cytobeam.pipelines.options;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.InstanceBuilder;

/** What an option is when nobody gives it, as text for people. */
final class Defaults {

  private static final String OWN_PACKAGES = "org.cytobeam.";

  private Defaults() {}

  /** Whether Beam finds a value when nobody gives one; {@link #of} may be unable to show it. */
  static boolean exists(Method getter) {
    return Arrays.stream(getter.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getEnclosingClass() == Default.class);
  }

  static Optional<String> of(Method getter) {
    for (Annotation annotation : getter.getAnnotations()) {
      Optional<String> text = of(annotation);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> of(Annotation annotation) {
    if (annotation instanceof Default.String text) {
      return Optional.of(text.value()).filter(value -> !value.isEmpty());
    } else if (annotation instanceof Default.Integer whole) {
      return Optional.of(Integer.toString(whole.value()));
    } else if (annotation instanceof Default.Long whole) {
      return Optional.of(Long.toString(whole.value()));
    } else if (annotation instanceof Default.Double real) {
      return Optional.of(Double.toString(real.value()).replaceFirst("\\.0$", ""));
    } else if (annotation instanceof Default.Boolean flag) {
      return Optional.of(Boolean.toString(flag.value()));
    } else if (annotation instanceof Default.Enum constant) {
      return Optional.of(constant.value().toLowerCase(Locale.ROOT));
    } else if (annotation instanceof Default.InstanceFactory computed) {
      return computed(computed.value());
    }
    return Optional.empty();
  }

  /** Only our own factories are asked: others look for a region or a project on the network. */
  private static Optional<String> computed(Class<? extends DefaultValueFactory<?>> factory) {
    if (!factory.getName().startsWith(OWN_PACKAGES)) {
      return Optional.empty();
    }
    DefaultValueFactory<?> made = InstanceBuilder.ofType(factory).build();
    return text(made.create(PipelineOptionsFactory.create()));
  }

  private static Optional<String> text(Object value) {
    return value instanceof Collection<?> several
        ? Optional.of(several.stream().map(String::valueOf).collect(Collectors.joining(",")))
        : Optional.of(value.toString());
  }
}
