package org.cytobeam.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Predicate;
import org.apache.beam.sdk.transforms.DoFn;
import org.cytobeam.pipelines.cli.Console;

/** Which module may know what; a new module or format falls under the same rules. */
@AnalyzeClasses(
    packages = "org.cytobeam",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class BordersTest {

  private static final String IO = "org.cytobeam.io..";
  private static final String TRANSFORMS = "org.cytobeam.transforms..";
  private static final String PIPELINES = "org.cytobeam.pipelines..";
  private static final String TESTING = "org.cytobeam.testing..";
  private static final String BEAM = "org.apache.beam..";
  private static final String RUNNERS = "org.apache.beam.runners..";

  @ArchTest
  static final ArchRule IO_KNOWS_NO_BEAM_AND_NOTHING_ABOVE_IT =
      noClasses()
          .that()
          .resideInAPackage(IO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BEAM, TRANSFORMS, PIPELINES);

  @ArchTest
  static final ArchRule TRANSFORMS_KNOW_NO_PIPELINE_AND_NO_RUNNER =
      noClasses()
          .that()
          .resideInAPackage(TRANSFORMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINES, RUNNERS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule PIPELINES_KNOW_NO_RUNNER_AND_NO_LOGGING_LIBRARY =
      noClasses()
          .that()
          .resideInAPackage(PIPELINES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RUNNERS, "ch.qos.logback..", "org.apache.log4j..");

  @ArchTest
  static final ArchRule PIPELINES_HOLD_NO_PIXELS_NO_SQL_NO_HTTP =
      noClasses()
          .that()
          .resideInAPackage(PIPELINES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.cytobeam.io.pixels..",
              "org.cytobeam.io.png..",
              "org.cytobeam.io.tiff..",
              "java.awt..",
              "java.net.http..",
              "java.sql..",
              "javax.imageio..",
              "javax.sql..");

  @ArchTest
  static final ArchRule ONLY_TESTS_USE_THE_TESTING_MODULE =
      noClasses()
          .that()
          .resideOutsideOfPackage(TESTING)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(TESTING);

  @ArchTest
  static final ArchRule PACKAGES_OF_IO_DEPEND_ON_EACH_OTHER_ONE_WAY =
      slices().matching("org.cytobeam.io.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_TRANSFORMS_DEPEND_ON_EACH_OTHER_ONE_WAY =
      slices()
          .matching("org.cytobeam.transforms.(**)")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule PACKAGES_OF_PIPELINES_DEPEND_ON_EACH_OTHER_ONE_WAY =
      slices().matching("org.cytobeam.pipelines.(**)").should().beFreeOfCycles();

  /** What two jobs need is in a package of neither. */
  @ArchTest
  static final ArchRule PLATE_KNOWS_NOTHING_OF_IMAGES =
      noClasses()
          .that()
          .resideInAnyPackage(jobs("plate"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(jobs("images"));

  @ArchTest
  static final ArchRule IMAGES_KNOW_NOTHING_OF_PLATE =
      noClasses()
          .that()
          .resideInAnyPackage(jobs("images"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(jobs("plate"));

  /** A DoFn that captures an enclosing instance serializes all of it. */
  @ArchTest
  static final ArchRule DO_FNS_ARE_STATIC_NESTED_AND_NOT_PUBLIC =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .beMemberClasses()
          .andShould()
          .haveModifier(JavaModifier.STATIC)
          .andShould()
          .notBePublic()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses().should().haveNameMatching(".*(Manager|Utils?|Helpers?|Common)(\\$.*)?");

  @ArchTest
  static final ArchRule ONLY_THE_CONSOLE_PRINTS =
      noClasses()
          .that(are("not the console", type -> !type.isEquivalentTo(Console.class)))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  private static String[] jobs(String name) {
    return new String[] {
      "org.cytobeam.transforms." + name + "..", "org.cytobeam.pipelines." + name + ".."
    };
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe("are " + description, predicate);
  }
}
