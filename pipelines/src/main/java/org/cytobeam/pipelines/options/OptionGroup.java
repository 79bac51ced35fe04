package org.cytobeam.pipelines.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Under which heading help shows an option. On an interface it holds for all of its getters that
 * have none of their own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OptionGroup {

  /** The heading, such as {@code Input}. */
  String value();

  /** Groups are shown by rising order, those of equal order by heading. */
  int order() default 50;
}
