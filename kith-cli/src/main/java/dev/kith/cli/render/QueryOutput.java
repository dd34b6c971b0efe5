package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.kith.Result;
import dev.kith.Row;
import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.type.Column;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of a query in the form that was asked for; rows are never all held in memory. */
public final class QueryOutput {

  private QueryOutput() {}

  /**
   * As a table for people.
   *
   * @param limit the most rows to print, 0 for all
   */
  public static void table(Result result, Terminal terminal, Values values, long limit) {
    List<Column> columns = result.columns();
    TextTable table =
        new TextTable(
            names(columns), columns.stream().map(column -> column.type().isNumber()).toList());
    long more = 0;
    for (Iterator<Row> rows = result.stream().iterator(); rows.hasNext(); ) {
      if (limit > 0 && table.size() >= limit) {
        more++;
        break;
      }
      table.add(rows.next().values().stream().map(values::readable).toList());
    }
    table.print(terminal);
    String count =
        more > 0
            ? "the first " + Text.count(limit, "row") + "; --limit 0 shows all"
            : Text.count(table.size(), "row");
    terminal.out().println(terminal.style(Style.QUIET, "(" + count + ")"));
  }

  /** As a JSON array, an object per line. */
  public static void json(Stream<Row> stream, Writer out) throws IOException {
    JsonFactory factory = new JsonFactory();
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      json.writeRaw("[");
      Iterator<Row> rows = stream.iterator();
      for (boolean first = true; rows.hasNext(); first = false) {
        json.writeRaw(first ? "\n" : ",\n");
        object(json, rows.next());
      }
      json.writeRaw("\n]\n");
    }
  }

  /** As JSON, an object per line and nothing between. */
  public static void ndjson(Stream<Row> stream, Writer out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      for (Iterator<Row> rows = stream.iterator(); rows.hasNext(); ) {
        object(json, rows.next());
        json.writeRaw("\n");
      }
    }
  }

  private static void object(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    for (int column = 0; column < row.names().size(); column++) {
      json.writeFieldName(row.names().get(column));
      value(json, row.values().get(column));
    }
    json.writeEndObject();
  }

  /** A value of a row, as JSON has it. */
  static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal.toPlainString());
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        json.writeString(String.valueOf(number));
      } else {
        json.writeNumber(String.valueOf(value));
      }
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(Values.exact(entry.getKey()));
        value(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(Values.exact(value));
    }
  }

  /** As CSV (RFC 4180) with a line of names; NULL is empty, an empty text is quoted. */
  public static void csv(Result result, Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(out);
    csv.writeRecord(names(result.columns()));
    for (Iterator<Row> rows = result.stream().iterator(); rows.hasNext(); ) {
      List<@Nullable String> fields = new ArrayList<>();
      for (Object value : rows.next().values()) {
        fields.add(field(value));
      }
      csv.writeRecord(fields);
    }
    csv.flush();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static @Nullable String field(@Nullable Object value) throws IOException {
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      java.io.StringWriter text = new java.io.StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        value(json, value);
      }
      return text.toString();
    }
    return Values.exact(value);
  }
}
