package org.cytobeam.pipelines.options;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** Two options of which one is needed. */
public interface ChoiceOptions extends PipelineOptions {

  @Validation.Required(groups = "what")
  @Nullable Integer getArticle();

  void setArticle(Integer article);

  @Validation.Required(groups = "what")
  @Nullable String getDoi();

  void setDoi(String doi);
}
