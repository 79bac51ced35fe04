package org.cytobeam.transforms.images;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameSurveyTest {

  @TempDir Path folder;

  private String write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void rowsAndNamesAreCounted() throws Exception {
    String one = write("1.csv", "b\na\nb\nn\0\n");
    String other = write("2.jsonl", "\"c\"\n\"a\"\n");

    NameSurvey survey = NameSurvey.of(List.of(one, other), null, 2);

    assertThat(survey.faults(), is(List.of()));
    assertThat(survey.rows(), is(6L));
    assertThat(survey.unusable(), is(1L));
    assertThat(survey.names(), is(3L));
    assertThat(survey.sample(), is(List.of("a", "b", "c")));
    assertThat(survey.firstNames().size(), is(2));
    assertThat(survey.firstNames().contains("b"), is(true));
    assertThat(survey.firstNames().contains("c"), is(false));
    assertThat(survey.withHeader(), is(List.of()));
  }

  @Test
  void tablesThatCantBeReadAreFaults() throws Exception {
    String good = write("good.csv", "a\n");
    String blank = write("blank.csv", "\n \n");
    String empty = write("empty.csv", "");
    String gone = folder.resolve("gone.csv").toString();

    List<NameSurvey.Fault> faults =
        NameSurvey.of(List.of(good, blank, empty, gone), null, 0).faults();

    assertThat(
        faults,
        is(
            List.of(
                new NameSurvey.Fault(blank, "has no names", "check that the table is whole"),
                new NameSurvey.Fault(
                    empty,
                    "the file is empty",
                    "mend the table, or choose with --column where its names are"),
                new NameSurvey.Fault(
                    gone,
                    "there is no such file",
                    "check the address, and that it can be reached"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'id,\"filename\",x', true",
    "'id\tPath', true",
    "filename, true",
    "'a,b.jpg', false",
    "name.jpg, false",
  })
  void aHeaderInAPlainListIsNoticed(String first, boolean header) throws Exception {
    String list = write("l.csv", first + "\na.jpg\n");

    assertThat(
        NameSurvey.of(List.of(list), null, 0).withHeader(), is(header ? List.of(list) : List.of()));
  }

  @Test
  void ofManyNamesTheNumberIsNearAndTheSampleEven() throws Exception {
    String list =
        write(
            "l.txt",
            IntStream.range(0, 200_000)
                .mapToObj(i -> String.valueOf(100_000 + i % 100_000))
                .collect(Collectors.joining("\n")));

    NameSurvey survey = NameSurvey.of(List.of(list), null, 0);

    assertThat(survey.rows(), is(200_000L));
    assertThat(survey.names(), is(both(greaterThan(95_000L)).and(lessThan(105_000L))));
    assertThat(survey.sample().size(), is(4096));
    long low = survey.sample().stream().filter(name -> name.compareTo("150000") < 0).count();
    assertThat(low, is(both(greaterThan(1900L)).and(lessThan(2200L))));
  }
}
