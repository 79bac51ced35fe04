package org.cytobeam.transforms.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class LoadDataRowTest {

  private static final LoadDataRow SITE =
      LoadDataRow.builder()
          .setWhere("plate.csv line 2")
          .setSource("source_4")
          .setBatch("2021_08_23_Batch12")
          .setPlate("0012")
          .setWell("A01")
          .setSite("1")
          .setJobId("job")
          .setOutputDir("/out")
          .setUris(Map.of("DNA", "s3://bucket/a b#.tif", "ER", "file:///x.tif"))
          .build();

  @Test
  void aRowIsTheSameAfterItsCoder(TestPipeline pipeline) throws Exception {
    Coder<LoadDataRow> coder = pipeline.apply(Create.of(SITE)).getCoder();

    LoadDataRow copy = CoderUtils.clone(coder, SITE);

    assertThat(copy, is(SITE));
    assertThat(copy.hashCode(), is(SITE.hashCode()));
    assertThat(SITE, is(copy));
    assertThat(copy.toString(), is(SITE.toString()));
    CoderProperties.coderDecodeEncodeEqual(coder, SITE);
    CoderProperties.coderSerializable(coder);
    LoadDataRow unusable = LoadDataRow.unusable("plate.csv line 3", "no well");
    assertThat(CoderUtils.clone(coder, unusable), is(unusable));
    pipeline.run();
  }
}
