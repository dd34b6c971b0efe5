package dev.kith.project;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON: maps, lists, text, numbers and truth values, indented by two spaces. */
final class JsonText {

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    JsonText json = new JsonText();
    json.write(value, 0);
    return json.out.append('\n').toString();
  }

  private void write(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      open('{', entries.hasNext());
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        indent(depth + 1);
        text(String.valueOf(entry.getKey()));
        out.append(": ");
        write(entry.getValue(), depth + 1);
        out.append(entries.hasNext() ? ",\n" : "\n");
      }
      close('}', !map.isEmpty(), depth);
    } else if (value instanceof List<?> list) {
      Iterator<?> items = list.iterator();
      open('[', items.hasNext());
      while (items.hasNext()) {
        indent(depth + 1);
        write(items.next(), depth + 1);
        out.append(items.hasNext() ? ",\n" : "\n");
      }
      close(']', !list.isEmpty(), depth);
    } else if (value instanceof String text) {
      text(text);
    } else {
      out.append(value);
    }
  }

  private void open(char bracket, boolean hasContent) {
    out.append(bracket).append(hasContent ? "\n" : "");
  }

  private void close(char bracket, boolean hasContent, int depth) {
    if (hasContent) {
      indent(depth);
    }
    out.append(bracket);
  }

  private void indent(int depth) {
    out.append("  ".repeat(depth));
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
