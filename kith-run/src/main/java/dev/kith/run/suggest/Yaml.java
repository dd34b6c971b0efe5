package dev.kith.run.suggest;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as scalars of YAML's flow style. */
final class Yaml {

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_./ -]*[A-Za-z0-9_]|[A-Za-z_]");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off");
  private static final int WIDTH = 96;

  private Yaml() {}

  static String scalar(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /**
   * One scalar, or a list of several on as many lines as it needs.
   *
   * @param indent of the lines after the first
   * @param used columns of the first line
   */
  static String list(List<String> texts, String indent, int used) {
    if (texts.size() == 1) {
      return scalar(texts.get(0));
    }
    StringBuilder out = new StringBuilder("[");
    int column = used + 1;
    for (int i = 0; i < texts.size(); i++) {
      String item = scalar(texts.get(i)) + (i == texts.size() - 1 ? "]" : ",");
      if (column + item.length() + 1 > WIDTH) {
        out.append('\n').append(indent);
        column = indent.length();
      } else if (i > 0) {
        out.append(' ');
        column++;
      }
      out.append(item);
      column += item.length();
    }
    return out.toString();
  }
}
