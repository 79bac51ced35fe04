package org.cytobeam.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cytobeam.pipelines.options.Secrets;

/**
 * Events as JSON: {@code time} in UTC, {@code level}, {@code thread}, {@code logger}, {@code
 * message}, and {@code exception} with the stack trace where there is one.
 */
final class JsonEvents {

  private JsonEvents() {}

  /** Returns an event as one line, its secrets as stars. */
  static String line(ILoggingEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("time", event.getInstant().toString());
    json.put("level", event.getLevel().toString());
    json.put("thread", event.getThreadName());
    json.put("logger", event.getLoggerName());
    json.put("message", Secrets.shown(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      json.put("exception", Secrets.shown(ThrowableProxyUtil.asString(thrown)));
    }
    return json.toString();
  }
}
