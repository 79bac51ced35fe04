package org.cytobeam.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.cytobeam.pipelines.options.Secrets;

/**
 * Events as a pattern says, with stars for users, passwords and signatures in addresses: messages
 * and exceptions of libraries quote whatever they were given.
 */
class ShownLayout extends PatternLayout {

  ShownLayout(LoggerContext context, String pattern) {
    setContext(context);
    setPattern(pattern);
    start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return Secrets.shown(super.doLayout(event));
  }
}
