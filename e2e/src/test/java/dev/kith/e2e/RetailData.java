package dev.kith.e2e;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.kith.examples.retail.Clickstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A sample of the retail example's data, in two parts, each line with a number of its own.
 *
 * @param changedCountries rows of countries that are another way later
 */
record RetailData(
    List<List<@Nullable String>> firstLines,
    List<List<@Nullable String>> laterLines,
    List<List<@Nullable String>> countries,
    List<List<@Nullable String>> changedCountries) {

  static final List<String> LINES =
      List.of(
          "LineNo",
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");
  static final List<String> COUNTRIES = List.of("country", "name", "region", "currency");

  private static final String EXAMPLE = "/kith/examples/retail/";
  private static final int EACH = 20;
  private static final String LATER = "2011-11-15";

  /** All lines of every twentieth invoice. */
  static RetailData sample() throws IOException {
    List<List<@Nullable String>> first = new ArrayList<>();
    List<List<@Nullable String>> later = new ArrayList<>();
    int number = 0;
    try (InputStream file = resource("data/online_retail.csv.gz");
        InputStream plain = new GZIPInputStream(file)) {
      for (List<@Nullable String> line : read(plain)) {
        number++;
        String invoice = String.valueOf(line.get(0));
        if (Integer.parseInt(invoice.replaceAll("[^0-9]", "")) % EACH != 0) {
          continue;
        }
        List<@Nullable String> numbered = new ArrayList<>();
        numbered.add(String.valueOf(number));
        numbered.addAll(line);
        (String.valueOf(line.get(4)).compareTo(LATER) < 0 ? first : later).add(numbered);
      }
    }
    List<List<@Nullable String>> countries;
    try (InputStream file = resource("data/countries.csv")) {
      countries = read(file);
    }
    List<@Nullable String> changed = new ArrayList<>(countries.get(0));
    changed.set(2, "Elsewhere");
    return new RetailData(first, later, countries, List.of(changed));
  }

  /** The example's tables; its sources are to be added. */
  static ProjectFolder project(Path path) throws IOException {
    ProjectFolder project =
        ProjectFolder.at(path)
            .file("kith.yaml", "kith: 1\nname: retail\ntimezone: Europe/London\nas_of: data\n");
    for (String table : List.of("order_lines", "orders", "products", "customers")) {
      try (InputStream sql = resource("tables/" + table + ".sql")) {
        project.file(
            "tables/" + table + ".sql", new String(sql.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return project;
  }

  /** The example's source, from another place. */
  static void source(ProjectFolder project, String name, String from) throws IOException {
    try (InputStream yaml = resource("sources/" + name + ".yaml")) {
      String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
      text = text.replaceAll("(?m)^from: .*$", "from: {" + from + "}");
      if (name.equals("online_retail")) {
        text = text.replace("columns:", "id: LineNo\ncolumns:\n  LineNo: integer");
      }
      project.file("sources/" + name + ".yaml", text);
    }
  }

  static String csv(List<String> names, List<List<@Nullable String>> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(names);
      rows.forEach(csv::writeRecord);
    }
    return text.toString();
  }

  private static List<List<@Nullable String>> read(InputStream file) throws IOException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().ofCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (CsvRecord line : csv) {
        List<@Nullable String> row = new ArrayList<>();
        line.getFields().forEach(field -> row.add(field.isEmpty() ? null : field));
        rows.add(row);
      }
    }
    return rows.subList(1, rows.size());
  }

  private static InputStream resource(String name) {
    InputStream found = Clickstream.class.getResourceAsStream(EXAMPLE + name);
    if (found == null) {
      throw new IllegalStateException("Cannot find in the example: " + name);
    }
    return found;
  }
}
