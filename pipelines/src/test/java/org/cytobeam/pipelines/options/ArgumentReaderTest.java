package org.cytobeam.pipelines.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.cytobeam.pipelines.options.Arguments.Help;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentReaderTest {

  private static final OptionSet OPTIONS = OptionSet.of(List.of(SampleOptions.class));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--minResolutionX=5; minResolutionX; 5",
        "--min_resolution_x=5; minResolutionX; 5",
        "--min-resolution-x=5; minResolutionX; 5",
        "--min-resolution-x 5; minResolutionX; 5",
        "--MIN_RESOLUTION_X 5; minResolutionX; 5",
        "--min_resolution_x +5; minResolutionX; 5",
        "--percentile .5; percentile; 0.5",
        "--percentile 1e-9; percentile; 1.0E-9",
        "--maxPixels 9223372036854775807; maxPixels; 9223372036854775807",
        "--force; force; true",
        "--force=true; force; true",
        "--force=TRUE; force; true",
        "--force true; force; true",
        "--force false; force; false",
        "--no_force; force; false",
        "--no-force; force; false",
        "--noForce; force; false",
        "--remove_tmp; removeTmp; true",
        "--no_remove_tmp; removeTmp; false",
        "--channels DNA --channels AGP,ER; channels; DNA,AGP,ER",
        "--channels DNA --channels DNA; channels; DNA,DNA",
        "--sites -1,2; sites; -1,2",
        "--check sha256; check; SHA_256",
        "--check=sha-256; check; SHA_256",
        "--check SIZE --check size; check; SIZE",
        "--runner=DirectRunner; runner; DirectRunner",
        "--db_password=; dbPassword; ''",
        "--db_password=a=b; dbPassword; a=b",
        "--db_password @home; dbPassword; @home",
      })
  void readsEverySpelling(String line, String property, String value) {
    Arguments arguments = read(line.split(" "));

    assertThat(lines(arguments), empty());
    assertThat(arguments.values(), hasEntry(property, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--min_resolution 5|--min_resolution: there is no such option; did you mean --min_resolution_x?",
        "--min_resolution_z=5|--min_resolution_z: there is no such option; did you mean --min_resolution_x?",
        "--percentil 5|--percentil: there is no such option; did you mean --percentile?",
        "--chanels DNA|--chanels: there is no such option; did you mean --channels?",
        "--fluxcompensator|--fluxcompensator: there is no such option; --help lists all there are",
        "-force|-force: there is no such option; did you mean --force?",
        "--no_channels|--no_channels: there is no such option; did you mean --channels?",
        "--percentile|--percentile: has no value; write it as --percentile=<number>",
        "--percentile --force|--percentile: has no value; write it as --percentile=<number>",
        "--percentile abc|--percentile: \"abc\" is not a number; give one such as 1.5",
        "--percentile NaN|--percentile: \"NaN\" is not a number; give one such as 1.5",
        "--percentile -1|--percentile: \"-1\" is out of range; give a number from 0 to 50",
        "--percentile 50.0001|--percentile: \"50.0001\" is out of range; give a number from 0 to 50",
        "--percentile 1e999|--percentile: \"1e999\" is out of range; give a number from 0 to 50",
        "--min_resolution_x 1.5|--min_resolution_x: \"1.5\" is not a whole number; give one such as 8",
        "--min_resolution_x -1|--min_resolution_x: \"-1\" is out of range; give a whole number from 0 to 2147483647",
        "--min_resolution_x 99999999999999999999|--min_resolution_x: \"99999999999999999999\" is out of range; give a whole number from 0 to 2147483647",
        "--check md5|--check: \"md5\" is not known here; give one of size, sha_256",
        "--force=yes|--force: \"yes\" is neither true nor false; give one of the two, or none",
        "--no_force=true|--force: --no_force takes no value; leave the value out",
        "--force --no_force|--force: is given twice, \"true\" and \"false\"; leave one of the two out",
        "--channels DNA,,ER|--channels: \"DNA,,ER\" has an empty entry; write the entries as a,b,c",
        "--sites 1,x|--sites: \"1,x\" is not a whole number; give one such as 8",
        "--percentile 1 --percentile 2|--percentile: is given twice, \"1.0\" and \"2.0\"; leave one of the two out",
        "--channels DNA AGP|\"AGP\": belongs to no option; write --name=value, and several values as a,b,c; quote a value that has spaces",
        "--stable_unique_names=maybe|--stable_unique_names: \"maybe\" is not known here; give one of off, warning, error",
      })
  void namesTheMistakeAndItsMend(String line, String mistake) {
    assertThat(lines(read(line.split(" "))), contains(mistake));
  }

  @Test
  void reportsAllMistakesInTheOrderOfTheCommandLine() {
    Arguments arguments =
        ArgumentReader.read(OPTIONS, List.of("--percentile", "x", "--forse", "--check=md5", "y"));

    assertThat(
        lines(arguments),
        contains(
            "--percentile: \"x\" is not a number; give one such as 1.5",
            "--forse: there is no such option; did you mean --force?",
            "--check: \"md5\" is not known here; give one of size, sha_256",
            "\"y\": belongs to no option; write --name=value, and several values as a,b,c;"
                + " quote a value that has spaces",
            "--job_csv_path: is missing; give it as --job_csv_path=testdata/plate/load_data.csv"));
    assertThat(arguments.mistaken(), hasItems("percentile", "check", "jobCsvPath"));
  }

  @Test
  void anEmptyTextIsNoValueForARequiredOption() {
    Arguments arguments = ArgumentReader.read(OPTIONS, List.of("--job_csv_path="));

    assertThat(
        lines(arguments),
        contains(
            "--job_csv_path: is missing; give it as --job_csv_path=testdata/plate/load_data.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--db_password hunter2 --db_password hunter3",
        "--db_pasword=hunter2",
        "--db_pasword hunter2",
        "--channels https://me:hunter2@host/x,,",
        "https://bucket/x?X-Amz-Signature=hunter2&y=1",
      })
  void neverRepeatsASecret(String line) {
    String all = String.join("\n", lines(read(line.split(" "))));

    assertThat(all, not(equalTo("")));
    assertThat(all.contains("hunter"), equalTo(false));
  }

  @Test
  void neverPrintsControlCharactersNorLongValues() {
    Arguments arguments =
        read("--check=\u001b[31m", "--percentile=" + "9".repeat(2) + "x".repeat(90));

    assertThat(
        lines(arguments),
        contains(
            "--check: \"?[31m\" is not known here; give one of size, sha_256",
            "--percentile: \"99" + "x".repeat(58) + "...\" is not a number; give one such as 1.5"));
  }

  @ParameterizedTest
  @CsvSource({
    "-h, OWN",
    "--help, OWN",
    "--help_all, ALL",
    "--help-all, ALL",
    "--nonsense -h, OWN",
    "--helpAll --help, ALL"
  })
  void noticesThatHelpIsWanted(String line, Help help) {
    assertThat(read(line.split(" ")).help(), equalTo(help));
  }

  @Test
  void readsOptionsFromAFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("my options.txt"),
            """
            \uFEFF# a plate of the first batch
            --job_csv_path 'a table.csv'   # in quotes
            --channels=DNA,AGP\r
            --min-resolution-x \\
               7
            --db-password "it's \\"#1\\""
            """);

    Arguments arguments = ArgumentReader.read(OPTIONS, List.of("--force", "@" + file));

    assertThat(arguments.mistakes(), empty());
    assertThat(
        arguments.values(),
        equalTo(
            Map.of(
                "force", "true",
                "jobCsvPath", "a table.csv",
                "channels", "DNA,AGP",
                "minResolutionX", "7",
                "dbPassword", "it's \"#1\"")));
  }

  @Test
  void refusesFilesThatAreNoOptions() throws Exception {
    Path nested = Files.writeString(folder.resolve("nested"), "--force @other");
    Path open = Files.writeString(folder.resolve("open"), "--job_csv_path 'a");
    Path latin =
        Files.write(folder.resolve("latin"), "--x é".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
    Path absent = folder.resolve("absent");

    List<String> lines =
        lines(read("@" + nested, "@" + open, "@" + latin, "@" + large, "@" + absent));

    assertThat(
        lines,
        contains(
            "@other: stands in a file of options; name each file on the command line",
            "@" + open + ": has a quote that isn't closed; close it, or put a \\ before it",
            "@" + latin + ": is not text in UTF-8; save it as such",
            "@" + large + ": is too large; a file of options has at most 1 MiB",
            "@" + absent + ": is not there; give a file relative to the working directory"));
  }

  @Test
  void hidesTheWordsOfParsersForValuesThatOnlyBeamReads() {
    OptionSet options = OptionSet.of(List.of(JsonOptions.class));

    assertThat(
        lines(ArgumentReader.read(options, List.of("--limits={\"host\":"))),
        contains(
            "--limits: \"{\"host\":\" is no Limits;"
                + " give one, or JSON that describes one, in single quotes"));
    assertThat(
        ArgumentReader.read(options, List.of("--limits={\"host\":3}")).values(),
        hasEntry("limits", "{\"host\":3}"));
  }

  @Test
  void passesJsonForBeamsAwsOptionsOnUnchanged() {
    String json =
        "{\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"a\",\"secretAccessKey\":\"b\"}";
    Arguments arguments =
        ArgumentReader.read(
            OptionSet.of(List.of(S3Options.class)),
            List.of(
                "--aws-credentials-provider=" + json,
                "--endpoint",
                "http://127.0.0.1:8085",
                "--aws_region=us-east-1"));

    assertThat(arguments.mistakes(), empty());
    assertThat(
        arguments.values(),
        equalTo(
            Map.of(
                "awsCredentialsProvider", json,
                "endpoint", "http://127.0.0.1:8085",
                "awsRegion", "us-east-1")));
  }

  @Test
  void neverRepeatsCredentialsThatCanNotBeRead() {
    Arguments arguments =
        ArgumentReader.read(
            OptionSet.of(List.of(S3Options.class)),
            List.of("--awsCredentialsProvider={\"secretAccessKey\":\"hunter2\""));

    assertThat(
        lines(arguments),
        contains(
            "--aws_credentials_provider: the value is no AwsCredentialsProvider;"
                + " give one, or JSON that describes one, in single quotes"));
  }

  @Test
  void asksForOneOfAGroup() {
    OptionSet options = OptionSet.of(List.of(ChoiceOptions.class));

    assertThat(
        lines(ArgumentReader.read(options, List.of())),
        contains("--article or --doi: one of them is needed; give --article=<whole number>"));
    assertThat(ArgumentReader.read(options, List.of("--doi=x")).mistakes(), empty());
  }

  @Test
  void takesBeamsOwnOptions() {
    Arguments arguments = read("--temp_location=/tmp/x", "--jobName", "run-1");

    assertThat(arguments.values(), hasEntry("tempLocation", "/tmp/x"));
    assertThat(arguments.values(), hasEntry("jobName", "run-1"));
  }

  @Test
  void whatItReadsBeamTakes() {
    Arguments arguments =
        read(
            "--channels",
            "DNA, AGP",
            "--sites=1,2",
            "--percentile=.5",
            "--check=sha-256",
            "--no-remove-tmp");
    String[] forBeam =
        arguments.values().entrySet().stream()
            .map(value -> "--" + value.getKey() + "=" + value.getValue())
            .toArray(String[]::new);

    SampleOptions options = PipelineOptionsFactory.fromArgs(forBeam).as(SampleOptions.class);

    assertThat(options.getChannels(), contains("DNA", "AGP"));
    assertThat(options.getSites(), contains(1, 2));
    assertThat(options.getPercentile(), equalTo(0.5));
    assertThat(options.getCheck(), equalTo(SampleOptions.Check.SHA_256));
    assertThat(options.isRemoveTmp(), equalTo(false));
  }

  private static Arguments read(String... words) {
    List<String> all = new ArrayList<>(List.of("--job_csv_path=x"));
    all.addAll(List.of(words));
    Arguments arguments = ArgumentReader.read(OPTIONS, all);
    assertThat(arguments.values(), hasKey("jobCsvPath"));
    return arguments;
  }

  private static List<String> lines(Arguments arguments) {
    return arguments.mistakes().stream().map(Mistake::line).toList();
  }
}
