package dev.kith.run.testing;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import dev.kith.model.definition.TestRows.Field;
import dev.kith.model.definition.TestRows.Value;
import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.ListOf;
import dev.kith.model.type.DataType.MapOf;
import dev.kith.model.type.DataType.Struct;
import dev.kith.sources.value.Conversion;
import dev.kith.sources.value.TimeReading;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the values of a test as the types of their columns, strictly, as sources are read. */
final class ValueReader {

  /** Stands for a value that does not fit, which is among the problems. */
  static final Object UNFIT = Conversion.UNFIT;

  private final TimeReading times;
  private final Problems problems;

  /**
   * @param zone in which local times are read
   */
  ValueReader(ZoneId zone, Problems problems) {
    this.times = new TimeReading(zone, Optional.empty());
    this.problems = problems;
  }

  /** The value, NULL, or {@link #UNFIT}. */
  @Nullable Object read(Value value, Column column) {
    return read(value, column.type(), column);
  }

  /** As {@link #read}, of a value that has a type already. */
  @Nullable Object convert(@Nullable Object value, Column column, SourceSpan span) {
    if (value == null) {
      return null;
    }
    Object converted = Conversion.to(column.type(), times).apply(value);
    return converted == UNFIT
        ? unfit(quoted(String.valueOf(value)), column.type(), column, span)
        : converted;
  }

  private @Nullable Object read(Value value, DataType type, Column column) {
    if (value instanceof Value.Nothing) {
      return null;
    }
    if (value instanceof Value.Scalar scalar) {
      Object converted = Conversion.to(type, times).apply(scalar.text());
      return converted == UNFIT
          ? unfit(quoted(scalar.text()), type, column, scalar.span())
          : converted;
    }
    if (value instanceof Value.Items items) {
      return type instanceof ListOf list
          ? list(items, list, column)
          : unfit("a list", type, column, start(items.span()));
    }
    Value.Fields fields = (Value.Fields) value;
    if (type instanceof Struct struct) {
      return struct(fields, struct, column);
    }
    return type instanceof MapOf map
        ? map(fields, map, column)
        : unfit("keys and values", type, column, start(fields.span()));
  }

  private Object list(Value.Items items, ListOf type, Column column) {
    List<@Nullable Object> list = new ArrayList<>();
    items.items().forEach(item -> list.add(read(item, type.element(), column)));
    return list.contains(UNFIT) ? UNFIT : list;
  }

  /** Only the fields that are named. */
  private Object struct(Value.Fields fields, Struct type, Column column) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : fields.fields()) {
      Optional<Column> known =
          type.fields().stream()
              .filter(one -> one.name().equalsIgnoreCase(field.name().value()))
              .findFirst();
      if (known.isEmpty()) {
        unknown(
            field.name(),
            "field",
            "'" + column.name() + "'",
            type.fields().stream().map(Column::name).toList());
        return UNFIT;
      }
      values.put(known.get().name(), read(field.value(), known.get().type(), column));
    }
    return values.containsValue(UNFIT) ? UNFIT : values;
  }

  private Object map(Value.Fields fields, MapOf type, Column column) {
    Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
    for (Field field : fields.fields()) {
      Value key = new Value.Scalar(field.name().value(), field.name().span());
      values.put(read(key, type.key(), column), read(field.value(), type.value(), column));
    }
    return values.containsValue(UNFIT) || values.containsKey(UNFIT) ? UNFIT : values;
  }

  private Object unfit(String what, DataType type, Column column, SourceSpan span) {
    boolean whole = type.equals(column.type());
    problems.add(
        Diagnostic.error(
            TestCode.VALUE_UNFIT,
            span,
            "%s does not fit %s'%s', which is %s"
                .formatted(what, whole ? "" : "into ", column.name(), type.sql())));
    return UNFIT;
  }

  /** Reports a name that a table or struct does not have. */
  void unknown(Located<String> name, String what, String owner, List<String> names) {
    problems.add(
        Diagnostic.error(
            TestCode.UNKNOWN_COLUMN,
            name.span(),
            "%s has no %s '%s'".formatted(owner, what, name.value()),
            Suggestion.didYouMean(name.value(), names)
                .orElse("it has " + String.join(", ", names))));
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static SourceSpan start(SourceSpan span) {
    return SourceSpan.at(span.file(), span.line(), span.column());
  }
}
