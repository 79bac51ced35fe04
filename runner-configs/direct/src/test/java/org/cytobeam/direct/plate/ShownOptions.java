package org.cytobeam.direct.plate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.display.DisplayData;

/**
 * Keeps what people can see of the options of pipelines, in every form that a runner has them in:
 * Beam shows them to each registrar of file systems. This one registers none.
 */
public final class ShownOptions implements FileSystemRegistrar {

  private static final Set<String> SHOWN = ConcurrentHashMap.newKeySet();

  private static volatile boolean watching;

  /** Does something, and returns what was shown meanwhile. */
  public static List<String> during(Runnable run) {
    SHOWN.clear();
    watching = true;
    try {
      run.run();
    } finally {
      watching = false;
    }
    return List.copyOf(SHOWN);
  }

  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    if (watching) {
      keep(options);
    }
    return List.of();
  }

  private static void keep(PipelineOptions options) {
    try {
      ObjectMapper mapper =
          new ObjectMapper()
              .registerModules(ObjectMapper.findModules(ShownOptions.class.getClassLoader()));
      String sent = mapper.writeValueAsString(options);
      PipelineOptions received = mapper.readValue(sent, PipelineOptions.class);
      SHOWN.add(sent);
      for (PipelineOptions form : List.of(options, received)) {
        SHOWN.add(form.toString());
        SHOWN.add(DisplayData.from(form).toString());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
