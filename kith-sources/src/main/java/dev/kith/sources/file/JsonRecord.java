package dev.kith.sources.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.kith.sources.value.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one JSON object by the names of its fields, which become columns as they are met.
 * Nested objects and arrays are kept as JSON text; numbers are exact.
 */
final class JsonRecord {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private @Nullable Object[] cells = new @Nullable Object[16];

  List<String> names() {
    return names;
  }

  @Nullable Object[] cells() {
    return cells;
  }

  /** Reads the object at whose start the parser stands, to its end. */
  void read(JsonParser parser) throws IOException {
    Arrays.fill(cells, null);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int position = position(parser.currentName());
      parser.nextToken();
      cells[position] = value(parser);
    }
  }

  private int position(String name) {
    Integer known = positions.get(name);
    if (known != null) {
      return known;
    }
    // Columns are named without regard to case, so {"a": 1, "A": 2} are one column.
    String folded = name.toLowerCase(Locale.ROOT);
    int position = positions.computeIfAbsent(folded, key -> add(name));
    positions.put(name, position);
    return position;
  }

  private int add(String name) {
    names.add(name);
    if (names.size() > cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    return names.size() - 1;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case START_OBJECT, START_ARRAY -> new JsonText(structure(parser));
      default -> parser.getText();
    };
  }

  /** The structure that the parser stands at, written again without spaces, numbers unchanged. */
  static String structure(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.copyCurrentStructureExact(parser);
    }
    return text.toString();
  }
}
