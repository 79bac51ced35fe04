package org.cytobeam.pipelines.report.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.RunId;
import org.cytobeam.pipelines.report.model.OutputFolder;
import org.cytobeam.pipelines.report.model.Report;
import org.cytobeam.transforms.outcome.RunFolder;

/** Makes the page about a run. */
public final class ReportPage {

  private static final String TEMPLATES = "org.cytobeam.pipelines.report.page.generated";

  private ReportPage() {}

  /**
   * Makes the page about a run from its output folder and puts it there.
   *
   * @param run one that has a record in the folder
   * @return the address of the page
   */
  public static String write(OutputFolder folder, RunId run, Destination destination)
      throws IOException {
    String path = RunFolder.ofRun(run, OutputFolder.PAGE);
    destination.put(path, html(folder.report(run)).getBytes(StandardCharsets.UTF_8));
    return destination.address(path);
  }

  /** Returns the page; the same value gives the same page. */
  public static String html(Report report) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportPage.class.getClassLoader(), TEMPLATES);
    StringOutput html = new StringOutput();
    templates.render("report.jte", report, html);
    return html.toString();
  }
}
