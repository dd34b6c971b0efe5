package dev.kith.sources.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversion of JSON text, lists and maps into lists, structs and maps. */
final class NestedConversion implements Conversion {

  private static final JsonFactory JSON = new JsonFactory();

  private final DataType type;
  private final TimeReading times;

  NestedConversion(DataType type, TimeReading times) {
    this.type = type;
    this.times = times;
  }

  @Override
  public Object apply(Object value) {
    Object parsed = value;
    if (value instanceof JsonText || value instanceof String) {
      parsed = parse(value.toString());
    }
    Object converted = parsed == null ? UNFIT : convert(parsed, type);
    return converted == null ? UNFIT : converted;
  }

  private @Nullable Object convert(@Nullable Object value, DataType target) {
    if (value == null) {
      return null;
    }
    if (target instanceof ListOf list) {
      return value instanceof List<?> elements ? list(elements, list.element()) : UNFIT;
    }
    if (target instanceof Struct struct) {
      return value instanceof Map<?, ?> map ? struct(map, struct) : UNFIT;
    }
    if (target instanceof MapOf mapType) {
      return value instanceof Map<?, ?> map ? map(map, mapType) : UNFIT;
    }
    return Conversion.to(target, times).apply(value);
  }

  private Object list(List<?> elements, DataType element) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object each : elements) {
      Object converted = convert(each, element);
      if (converted == UNFIT) {
        return UNFIT;
      }
      result.add(converted);
    }
    return result;
  }

  /** A field that the type does not know would be lost, so it does not fit. */
  private Object struct(Map<?, ?> map, Struct struct) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    int known = 0;
    for (Column field : struct.fields()) {
      known += map.containsKey(field.name()) ? 1 : 0;
      Object converted = convert(map.get(field.name()), field.type());
      if (converted == UNFIT) {
        return UNFIT;
      }
      result.put(field.name(), converted);
    }
    return known == map.size() ? result : UNFIT;
  }

  private Object map(Map<?, ?> map, MapOf mapType) {
    Map<Object, @Nullable Object> result = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = convert(entry.getKey(), mapType.key());
      Object converted = convert(entry.getValue(), mapType.value());
      if (key == null || key == UNFIT || converted == UNFIT) {
        return UNFIT;
      }
      result.put(key, converted);
    }
    return result;
  }

  private static @Nullable Object parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Object value = parser.currentToken() == null ? null : read(parser);
      return parser.nextToken() == null ? value : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Object read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      default -> parser.getText();
    };
  }
}
