package dev.kith.cli.render;

import dev.kith.model.definition.TestDefinition;
import dev.kith.run.testing.TestOutcome;
import dev.kith.run.testing.TestOutcome.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Tests in the XML of JUnit, which build servers read: a suite per file, and the readable diff in
 * each failure.
 */
public final class JUnitXml {

  private static final int WIDTH = 120;

  private final ZoneId zone;

  /**
   * @param zone in which instants are shown
   */
  public JUnitXml(ZoneId zone) {
    this.zone = zone;
  }

  /** Writes one document. */
  public void write(List<TestOutcome> outcomes, Instant begin, Writer out) {
    Map<String, List<TestOutcome>> files =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.test().file(), LinkedHashMap::new, Collectors.toList()));
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "kith test");
      counts(xml, outcomes);
      for (Map.Entry<String, List<TestOutcome>> file : files.entrySet()) {
        suite(xml, file.getKey(), file.getValue(), begin);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Nothing written here can be wrong XML", e);
    }
  }

  private void suite(XMLStreamWriter xml, String file, List<TestOutcome> outcomes, Instant begin)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", file);
    counts(xml, outcomes);
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute(
        "timestamp",
        begin
            .truncatedTo(ChronoUnit.SECONDS)
            .atOffset(ZoneOffset.UTC)
            .toLocalDateTime()
            .toString());
    for (TestOutcome outcome : outcomes) {
      test(xml, outcome);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private void test(XMLStreamWriter xml, TestOutcome outcome) throws XMLStreamException {
    TestDefinition test = outcome.test();
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", legal(test.name().value()));
    xml.writeAttribute("classname", test.file().replaceAll("\\.yaml$", "").replace('/', '.'));
    xml.writeAttribute("file", test.file());
    xml.writeAttribute("line", String.valueOf(test.name().span().line()));
    xml.writeAttribute("time", seconds(List.of(outcome)));
    if (outcome.verdict() instanceof Verdict.Failed failed) {
      String tables =
          failed.tables().stream()
              .map(one -> one.table().toString())
              .collect(Collectors.joining(", "));
      fault(xml, "failure", "difference", "not as expected: " + tables, details(outcome));
    } else if (outcome.verdict() instanceof Verdict.Broken broken) {
      fault(xml, "error", broken.fault().code().id(), broken.fault().message(), details(outcome));
    }
    if (!outcome.passed()) {
      xml.writeCharacters("\n    ");
    }
    xml.writeEndElement();
  }

  private static void fault(
      XMLStreamWriter xml, String element, String type, String message, String text)
      throws XMLStreamException {
    xml.writeCharacters("\n      ");
    xml.writeStartElement(element);
    xml.writeAttribute("type", type);
    xml.writeAttribute("message", legal(message));
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private static void counts(XMLStreamWriter xml, Collection<TestOutcome> outcomes)
      throws XMLStreamException {
    long failures =
        outcomes.stream().filter(one -> one.verdict() instanceof Verdict.Failed).count();
    long errors = outcomes.stream().filter(one -> one.verdict() instanceof Verdict.Broken).count();
    xml.writeAttribute("tests", String.valueOf(outcomes.size()));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", String.valueOf(errors));
    xml.writeAttribute("time", seconds(outcomes));
  }

  private String details(TestOutcome outcome) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TestView(new Terminal(out, out, false, WIDTH, false), zone, false).details(outcome);
    out.flush();
    return "\n" + text;
  }

  private static String seconds(Collection<TestOutcome> outcomes) {
    Duration time =
        outcomes.stream().map(TestOutcome::duration).reduce(Duration.ZERO, Duration::plus);
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /** XML 1.0 cannot hold most control characters, not even escaped. */
  private static String legal(String text) {
    return text.codePoints()
        .map(point -> isLegal(point) ? point : 0xFFFD)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isLegal(int point) {
    if (point < 0x20) {
      return point == '\n' || point == '\t';
    }
    return point != 0xFFFE && point != 0xFFFF && !isSurrogate(point);
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
