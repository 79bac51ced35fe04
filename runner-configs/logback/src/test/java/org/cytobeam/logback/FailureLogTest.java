package org.cytobeam.logback;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cytobeam.pipelines.log.LogStyle;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.FailureLog;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureLogTest {

  private static final String URI =
      "https://me:canary-1@host/a.tif?X-Amz-Signature=canary-2&part=7";

  @ParameterizedTest
  @EnumSource
  void anAddressIsToldWithoutItsSecrets(LogStyle format) {
    Outcome item = Outcome.pending(Item.of("a.png", URI, "t.csv line 2", Map.of()));
    List<String> events = new ArrayList<>();
    Runnable end = new LogbackEvents().attach(format, events::add);

    FailureLog.told(failed(item, "no such object"), null);
    FailureLog.told(failed(item, URI + ": no such object"), new IOException("no " + URI));
    end.run();

    assertThat(events, hasSize(2));
    assertThat(
        events,
        everyItem(
            allOf(
                containsString(
                    "missing: https://***@host/a.tif?X-Amz-Signature=***&part=7: no such object"),
                not(containsString("canary")))));
  }

  private static Outcome failed(Outcome item, String message) {
    return item.failed(Failure.of("FetchS3Bytes", FailureClass.MISSING, message, 1));
  }
}
