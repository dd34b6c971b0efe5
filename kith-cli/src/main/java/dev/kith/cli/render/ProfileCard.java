package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.model.definition.ProfileDefinition;
import dev.kith.model.definition.ProfileDefinition.MeasureBlock;
import dev.kith.model.definition.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One person's profile for people: attributes and metrics as a list, measures as a grid with a
 * column per window, transactions as a table.
 */
public final class ProfileCard {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int LATEST_SHOWN = 8;

  private final Terminal terminal;
  private final Values values;
  private final ZoneId zone;

  public ProfileCard(Terminal terminal, ZoneId zone) {
    this.terminal = terminal;
    this.zone = zone;
    this.values = new Values(zone);
  }

  /**
   * Prints a profile.
   *
   * @param row column name to value, in the order of the table; what the definition does not know
   *     is shown at the end
   */
  public void print(
      ProfileDefinition profile, Map<String, @Nullable Object> row, Optional<Instant> asOf) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(row);
    Object key = rest.remove(profile.key().value());
    rest.remove("as_of");
    title(profile.name() + " " + values.readable(key), asOf);
    list("", take(rest, profile.attributes().stream().map(a -> a.name()).toList()));
    for (MeasureBlock block : profile.measures()) {
      grid(block, rest);
    }
    list("metrics", take(rest, profile.metrics().stream().map(m -> m.name().value()).toList()));
    Object transactions = rest.remove("transactions");
    list("other", rest);
    if (transactions instanceof List<?> latest && !latest.isEmpty()) {
      transactions(latest);
    }
    terminal.out().flush();
  }

  private void title(String name, Optional<Instant> asOf) {
    String when = asOf.map(t -> "as of " + INSTANT.format(t.atZone(zone)) + " " + zone).orElse("");
    int width = Math.min(terminal.width(), 100);
    int gap = Math.max(2, width - Text.width(name) - Text.width(when));
    terminal
        .out()
        .println(
            terminal.style(Style.HEADING, name)
                + " ".repeat(gap)
                + terminal.style(Style.QUIET, when));
    terminal.out().println(terminal.style(Style.QUIET, "━".repeat(width)));
  }

  private static Map<String, @Nullable Object> take(
      Map<String, @Nullable Object> rest, List<String> names) {
    Map<String, @Nullable Object> taken = new LinkedHashMap<>();
    for (String name : names) {
      if (rest.containsKey(name)) {
        taken.put(name, rest.remove(name));
      }
    }
    return taken;
  }

  private void list(String heading, Map<String, @Nullable Object> entries) {
    if (entries.isEmpty()) {
      return;
    }
    if (!heading.isEmpty()) {
      heading(heading);
    }
    int width = entries.keySet().stream().mapToInt(Text::width).max().orElse(0);
    for (Map.Entry<String, @Nullable Object> entry : entries.entrySet()) {
      String value =
          Text.cut(values.readable(entry.getValue()), Math.max(20, terminal.width() - width - 4));
      boolean nothing = value.equals(Values.NOTHING);
      terminal
          .out()
          .println(
              "  "
                  + terminal.style(Style.NAME, Text.padRight(entry.getKey(), width))
                  + "  "
                  + (nothing ? terminal.style(Style.QUIET, value) : value));
    }
  }

  /** Measures with several windows side by side; those with one alone below as a list. */
  private void grid(MeasureBlock block, Map<String, @Nullable Object> rest) {
    Map<String, List<Window>> stems = stems(block);
    List<Window> windows = stems.values().stream().flatMap(List::stream).distinct().toList();
    List<String> headings = new ArrayList<>(List.of(block.from().value().toString()));
    List<Boolean> numbers = new ArrayList<>(List.of(false));
    for (Window window : windows) {
      headings.add(window.text());
      numbers.add(true);
    }
    TextTable table = new TextTable(headings, numbers).indentedBy("  ");
    Map<String, @Nullable Object> wide = new LinkedHashMap<>();
    for (Map.Entry<String, List<Window>> stem : stems.entrySet()) {
      List<String> cells = new ArrayList<>(List.of(stem.getKey()));
      Map<String, @Nullable Object> taken = new LinkedHashMap<>();
      for (Window window : windows) {
        String column = ProfileDefinition.columnName(stem.getKey(), window);
        boolean there = stem.getValue().contains(window) && rest.containsKey(column);
        if (there) {
          taken.put(column, rest.remove(column));
        }
        cells.add(there ? values.readable(taken.get(column)) : "");
      }
      if (cells.stream().skip(1).anyMatch(cell -> Text.width(cell) > 20)) {
        wide.putAll(taken);
      } else if (!taken.isEmpty()) {
        table.add(cells);
      }
    }
    if (table.size() > 0) {
      terminal.out().println();
      table.print(terminal);
    }
    list(table.size() > 0 ? "" : block.from().value().toString(), wide);
  }

  private static Map<String, List<Window>> stems(MeasureBlock block) {
    List<Window> all = block.windows().stream().map(w -> w.value()).toList();
    Map<String, List<Window>> stems = new LinkedHashMap<>();
    block
        .define()
        .forEach(
            m ->
                stems.put(
                    m.as().orElse(m.name().value()),
                    m.over().map(o -> o.stream().map(w -> w.value()).toList()).orElse(all)));
    block
        .derive()
        .forEach(
            d ->
                stems.put(
                    d.name().value(),
                    d.over().map(o -> o.stream().map(w -> w.value()).toList()).orElse(all)));
    return stems;
  }

  private void transactions(List<?> latest) {
    heading("latest transactions");
    if (!(latest.get(0) instanceof Map<?, ?> first)) {
      return;
    }
    List<String> names = first.keySet().stream().map(String::valueOf).toList();
    List<Boolean> numbers = names.stream().map(name -> first.get(name) instanceof Number).toList();
    TextTable table = new TextTable(names, numbers).indentedBy("  ");
    for (Object transaction : latest.subList(0, Math.min(LATEST_SHOWN, latest.size()))) {
      if (transaction instanceof Map<?, ?> fields) {
        table.add(names.stream().map(name -> values.readable(fields.get(name))).toList());
      }
    }
    table.print(terminal);
    if (latest.size() > LATEST_SHOWN) {
      String more = "  and " + (latest.size() - LATEST_SHOWN) + " more";
      terminal.out().println(terminal.style(Style.QUIET, more));
    }
  }

  private void heading(String text) {
    terminal.out().println();
    terminal.out().println("  " + terminal.style(Style.HEADING, text));
  }
}
