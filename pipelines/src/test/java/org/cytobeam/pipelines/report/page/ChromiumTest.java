package org.cytobeam.pipelines.report.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationSettings;
import org.cytobeam.io.destination.Durability;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.io.pixels.Raster;
import org.cytobeam.io.png.PngEncoder;
import org.cytobeam.pipelines.report.SampleFolder;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.transforms.outcome.FailureClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser shows it. */
class ChromiumTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");
  private static final String CANARY = "canary.test";
  private static final Pattern OUTCOME = Pattern.compile("<pre id=\"outcome\">([^<]*)</pre>");
  private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");

  @TempDir private Path root;
  @TempDir private Path scratch;
  private Path page = Path.of("unmade");

  @BeforeEach
  void makePage() throws IOException {
    Chromium.require(scratch);
    String evil =
        "\"'><img src=http://%s/a><style>@import url(http://%s/b)</style>"
            .formatted(CANARY, CANARY);
    byte[] grey = new byte[96 * 64];
    Arrays.fill(grey, (byte) 200);
    SampleFolder folder =
        new SampleFolder(new DestinationSettings(root.toString(), RUN, Durability.RUN));
    folder
        .done("p", "A01", 1, "DNA", 100, 1_000)
        .done("p", "A01", 1, "ER", 100, 1_000)
        .done("p", "H12", 1, "DNA", 100, 9_000)
        .failed("p", "H12", 1, "ER", FailureClass.MISSING, evil)
        .failed("p", "C03", 1, "DNA", FailureClass.MISSING, evil)
        .done(evil, "A01", 1, evil, 100, 2_000)
        .warning("constant", evil, evil)
        .thumbnail("p", "A01", 1, "DNA", PngEncoder.encode(Raster.uint8(96, 64, grey)))
        .thumbnail("p", "A01", 1, "ER", PngEncoder.encode(Raster.uint8(96, 64, grey)))
        .write(RUN);
    for (String id :
        List.of(
            SampleFolder.item("p", "A01", 1, "DNA").getId(),
            SampleFolder.item("p", "A01", 1, "ER").getId())) {
      folder.put(id, new byte[1]);
    }
    folder.put("_cytobeam/runs/" + RUN + "/logs/run.log", new byte[1]);
    try (Destination destination = folder.open()) {
      page = Path.of(ReportPage.write(OutputFolder.of(destination), RUN, destination));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "light; rgb(183, 203, 213); rgb(242, 174, 78); rgb(156, 42, 34)",
        "dark; rgb(58, 83, 97); rgb(184, 106, 38); rgb(255, 208, 143)",
      })
  void wellsHaveTheirColours(String scheme, String sound, String half, String lost)
      throws Exception {
    String colours =
        measured(
            960,
            """
            return [...page.querySelectorAll('.plate-main svg path')]
              .filter(path => path.querySelector('title'))
              .map(path => path.textContent + ' ' + style(path).fill).join('\\n');
            """,
            scheme.equals("dark")
                ? "--blink-settings=preferredColorScheme=0"
                : "--blink-settings=preferredColorScheme=1");

    assertThat(colours, containsString("A01: 2 images, all done " + sound));
    assertThat(colours, containsString("H12: 2 images, 1 failed (1 missing) " + half));
    assertThat(colours, containsString("C03: 1 image, 1 failed (1 missing) " + lost));
  }

  @Test
  void windowsHaveTheColoursOfTheirScale() throws Exception {
    String colours =
        measured(
            960,
            """
            return [...page.querySelectorAll('.channel-maps path')]
              .filter(path => path.querySelector('title'))
              .map(path => path.textContent + ' ' + style(path).fill).join('\\n');
            """);

    assertThat(colours, containsString("A01: 100 to 1,000 rgb(68, 1, 84)"));
    assertThat(colours, containsString("H12: 100 to 9,000 rgb(253, 231, 37)"));
  }

  @Test
  void wellsAreWhereTheyAreOnThePlate() throws Exception {
    Path map = scratch.resolve("map.html");
    String html = Files.readString(page);
    String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));
    int from = html.indexOf("<svg", html.indexOf("Map of failures on plate p\""));
    Files.writeString(
        map,
        "<!doctype html>%s svg{position:absolute;top:0;left:0}</style>%s</svg>"
            .formatted(style, html.substring(from, html.indexOf("</svg>", from))));

    Path picture =
        Chromium.require(scratch, "--blink-settings=preferredColorScheme=1")
            .screenshot(map, 600, 500);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat("A1", pixel(image, 0, 0), is(0xb7cbd5));
    assertThat("C3, beside its cross", pixel(image, 2, 2), is(0x9c2a22));
    assertThat("H12, beside its stroke", pixel(image, 7, 11), is(0xf2ae4e));
    assertThat("B2 is hollow", pixel(image, 1, 1), is(0xf4f6f5));
  }

  /** Returns the colour below the centre of a well, where no mark is; the pitch is 36 pixels. */
  private static int pixel(BufferedImage image, int row, int column) {
    return image.getRGB(24 + column * 36 + 16, 18 + row * 36 + 26) & 0xffffff;
  }

  @Test
  void linksResolve() throws Exception {
    String dom = Chromium.require(scratch).dump(page);
    List<String> broken = new ArrayList<>();
    int files = 0;
    Matcher matcher = HREF.matcher(dom);
    while (matcher.find()) {
      String reference = matcher.group(1);
      if (reference.startsWith("#")) {
        if (!dom.contains("id=\"" + reference.substring(1) + "\"")) {
          broken.add(reference);
        }
      } else if (!reference.startsWith("data:")) {
        files++;
        URI target = page.toUri().resolve(reference);
        if (!Files.isRegularFile(Path.of(target))) {
          broken.add(reference);
        }
      }
    }

    assertThat(broken, is(empty()));
    assertThat(files, greaterThan(7));
  }

  @Test
  void nothingIsFetched() throws Exception {
    try (RecordingProxy proxy = new RecordingProxy()) {
      Chromium browser =
          Chromium.require(scratch, "--proxy-server=" + proxy.address(), "--proxy-bypass-list=");
      browser.dump(page);
      assertThat(asked(proxy), is(empty()));

      Path control = scratch.resolve("control.html");
      Files.writeString(control, "<img src=http://" + CANARY + "/a>");
      browser.dump(control);
      assertThat(asked(proxy), hasItem(containsString("/a")));
    }
  }

  /** The browser itself may ask for things, never for these. */
  private static List<String> asked(RecordingProxy proxy) {
    return proxy.requests().stream().filter(request -> request.contains(CANARY)).toList();
  }

  @Test
  void noScriptAndNoForeignElementGetsIn() throws Exception {
    String dom = Chromium.require(scratch).dump(page);

    assertThat(dom, not(containsString("<script")));
    assertThat(dom, not(containsString("<img")));
  }

  @ParameterizedTest
  @CsvSource({"360", "768", "1280"})
  void thePageIsNeverScrolledSideways(int width) throws Exception {
    String widths =
        measured(width, "return page.documentElement.scrollWidth + ' of ' + view.innerWidth;");

    assertThat(widths, is(width + " of " + width));
  }

  @Test
  void picturesAreShownAndHaveTexts() throws Exception {
    String shown =
        measured(
            960,
            """
            const svgs = [...page.querySelectorAll('svg')];
            const bare = svgs.filter(svg => !svg.getAttribute('aria-label')
              && svg.getAttribute('aria-hidden') !== 'true');
            const merged = page.querySelector('.merged').getBoundingClientRect();
            return bare.length + ' ' + Math.round(10 * merged.width / merged.height)
              + ' ' + page.querySelectorAll('.merged use').length;
            """);

    assertThat(shown, is("0 15 2"));
  }

  /**
   * Paper is white, can't be scrolled, and has nothing to click on, where dark is preferred too.
   * The rules for print are held against the page by letting them count on the screen.
   */
  @Test
  void aPrintedPageIsWhiteAndWhole() throws Exception {
    String html = Files.readString(page);
    assertThat(html, containsString("@media print{"));
    Path printed =
        Files.writeString(
            scratch.resolve("printed.html"), html.replace("@media print{", "@media all{"));

    String found =
        measured(
            printed,
            960,
            """
            const shown = [...page.querySelectorAll('body, body *')]
              .filter(element => element.checkVisibility() && !element.closest('svg'));
            const named = elements => elements.map(e => e.tagName + '.' + e.className).join(' ');
            // Keys of the maps and bars are lower; they and the signs have their colours.
            const dark = element => {
              const [r, g, b, alpha = 1] =
                style(element).backgroundColor.match(/[0-9.]+/g).map(Number);
              return element.offsetHeight > 40 && alpha > 0 && r + g + b < 3 * 200;
            };
            const cut = element => /auto|scroll|hidden/.test(style(element).overflowY)
              && element.scrollHeight > element.clientHeight;
            return [
              view.matchMedia('(prefers-color-scheme:dark)').matches,
              'body ' + style(page.body).backgroundColor + ' ' + style(page.body).color,
              'hero ' + style(page.querySelector('.hero')).backgroundImage,
              'dark: ' + named(shown.filter(e => dark(e) && !e.matches('.sign'))),
              'cut: ' + named(shown.filter(cut)),
              'folded: ' + named(shown.filter(e => e.matches('nav, details'))),
              'maps: ' + page.querySelectorAll('.plate-main svg').length
            ].join('; ');
            """,
            "--blink-settings=preferredColorScheme=0");

    assertThat(
        found,
        is(
            "true; body rgb(255, 255, 255) rgb(0, 0, 0); hero none; dark: ; cut: ; folded: ;"
                + " maps: 2"));
  }

  /** Returns what a function body finds out about the page in a frame of a width. */
  private String measured(int width, String body, String... arguments)
      throws IOException, InterruptedException {
    return measured(page, width, body, arguments);
  }

  private String measured(Path shown, int width, String body, String... arguments)
      throws IOException, InterruptedException {
    Path frame = scratch.resolve("frame.html");
    Files.writeString(
        frame,
        """
        <!doctype html><pre id="outcome"></pre>
        <iframe src="%s" style="width:%dpx;height:900px;border:0"></iframe>
        <script>
        onload = () => {
          const view = document.querySelector('iframe').contentWindow;
          const page = view.document;
          const style = element => view.getComputedStyle(element);
          document.getElementById('outcome').textContent = (() => { %s })();
        };
        </script>
        """
            .formatted(shown.toUri(), width, body));
    String dom = Chromium.require(scratch, arguments).dump(frame);
    Matcher outcome = OUTCOME.matcher(dom);
    assertThat(dom, outcome.find(), is(true));
    return outcome.group(1);
  }
}
