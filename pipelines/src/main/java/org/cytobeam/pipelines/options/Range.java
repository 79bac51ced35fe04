package org.cytobeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that an option may have, both bounds included. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Range {

  /** The smallest. */
  double least() default Double.NEGATIVE_INFINITY;

  /** The largest. */
  double most() default Double.POSITIVE_INFINITY;
}
