package dev.kith.project;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import dev.kith.model.TableName;
import dev.kith.model.definition.ProjectSettings.Secret;
import dev.kith.model.type.DataType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records as indented text, with the places of what is located. Empty parts are left out.
 */
final class ModelDump {

  private final StringBuilder out = new StringBuilder();

  private ModelDump() {}

  static String of(Object value) {
    ModelDump dump = new ModelDump();
    dump.write("", value, 0);
    return dump.out.toString();
  }

  private void write(String name, Object value, int depth) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(one -> write(name, one, depth));
    } else if (value instanceof Collection<?> list) {
      if (!list.isEmpty()) {
        line(name, "", depth);
        list.forEach(item -> write("-", item, depth + 1));
      }
    } else if (value instanceof Map<?, ?> map) {
      if (!map.isEmpty()) {
        line(name, "", depth);
        map.forEach((key, one) -> write(key + " =", one, depth + 1));
      }
    } else if (value instanceof Located<?> located) {
      write(name + " " + place(located.span()), located.value(), depth);
    } else if (value instanceof SourceSpan span) {
      line(name, place(span), depth);
    } else if (isLeaf(value)) {
      String text = value instanceof DataType type ? type.sql() : value.toString();
      line(name, text.replace("\n", "\\n"), depth);
    } else {
      line(name, value.getClass().getSimpleName(), depth);
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        write(component.getName(), component(component, value), depth + 1);
      }
    }
  }

  private static boolean isLeaf(Object value) {
    return !value.getClass().isRecord()
        || value instanceof TableName
        || value instanceof DataType
        || value instanceof Secret;
  }

  private static Object component(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      Object value = component.getAccessor().invoke(record);
      return Optional.ofNullable(value).orElseThrow();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String place(SourceSpan span) {
    return "@%d:%d-%d:%d".formatted(span.line(), span.column(), span.endLine(), span.endColumn());
  }

  private void line(String name, String text, int depth) {
    String both = name.isEmpty() || text.isEmpty() ? name + text : name + " " + text;
    out.append("  ".repeat(depth)).append(both).append('\n');
  }
}
