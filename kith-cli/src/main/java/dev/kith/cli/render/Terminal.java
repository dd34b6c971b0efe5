package dev.kith.cli.render;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where output goes, and what it can show there.
 *
 * @param live whether a person watches, so that a line may be rewritten
 * @param width columns
 * @param colour whether escape sequences are understood and wanted
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean live, int width, boolean colour) {

  private static final int USUAL_WIDTH = 100;

  /**
   * As the launcher found it: {@code KITH_TERMINAL} is the width of the terminal, and missing where
   * output does not go to one. {@code NO_COLOR} is respected (no-color.org).
   */
  public static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    String width = environment.getOrDefault("KITH_TERMINAL", "");
    boolean live = !width.isEmpty();
    boolean colour =
        live
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(out, err, live, columns(width), colour);
  }

  private static int columns(String width) {
    try {
      int columns = Integer.parseInt(width);
      return columns >= 40 ? columns : USUAL_WIDTH;
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** The text in a style, or as it is where there are no colours. */
  public String style(Style style, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + style.code() + "m" + text + "\u001b[0m" : text;
  }

  /** The few styles that Kith uses, each for one meaning. */
  public enum Style {
    HEADING("1"),
    QUIET("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    NAME("36");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }
}
