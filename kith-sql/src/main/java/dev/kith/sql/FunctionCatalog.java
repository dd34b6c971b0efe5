package dev.kith.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What DuckDB's functions do, as its own catalog tells, so that a new version's functions are
 * known. The catalog marks some that read the clock as constant; those are listed here.
 */
final class FunctionCatalog {

  /** What matters about a function. */
  enum Trait {
    AGGREGATE,
    WINDOW,
    /** Reads the clock. */
    CLOCK,
    /** Random, or reads or changes the session. */
    NOT_REPEATABLE,
    /** A macro that looks into system tables. */
    SYSTEM,
    /** Not in the catalog. */
    UNKNOWN
  }

  /** Bare names that are functions if no column has the name. */
  private static final Set<String> BARE_CLOCK_NAMES =
      Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

  private static final Set<String> CLOCKS =
      Set.of(
          "current_date",
          "current_localtime",
          "current_localtimestamp",
          "current_time",
          "current_timestamp",
          "get_current_time",
          "get_current_timestamp",
          "localtime",
          "localtimestamp",
          "now",
          "today",
          "transaction_timestamp");

  /** Raises an error: volatile, so that it is not computed in advance, but repeatable. */
  private static final Set<String> REPEATABLE = Set.of("error");

  /** Not in the catalog's list of functions, but functions. */
  private static final Set<String> BUILT_IN =
      Set.of("count_star", "unnest", "alias", "nullif", "if", "ifnull", "coalesce");

  private record Entry(String kind, String stability, String macro) {}

  private final DuckDb engine;
  private final Map<String, Set<Trait>> known = new HashMap<>();
  private @Nullable Map<String, List<Entry>> entries;

  FunctionCatalog(DuckDb engine) {
    this.engine = engine;
  }

  /**
   * The traits of a call; none for a plain scalar function.
   *
   * @param name in lower case
   */
  Set<Trait> traits(String name, int arguments) {
    if (name.equals("age") && arguments == 1) {
      return EnumSet.of(Trait.CLOCK); // since today
    }
    return traits(name);
  }

  /** Whether what looks like a column is a clock, such as {@code current_date}. */
  static boolean isClock(JsonNode columnReference) {
    List<String> path = Tree.columnPath(columnReference);
    return path.size() == 1 && BARE_CLOCK_NAMES.contains(path.get(0).toLowerCase(Locale.ROOT));
  }

  private Set<Trait> traits(String name) {
    Set<Trait> traits = known.get(name);
    if (traits == null) {
      known.put(name, EnumSet.noneOf(Trait.class)); // ends a macro that calls itself
      traits = compute(name);
      known.put(name, traits);
    }
    return traits;
  }

  private Set<Trait> compute(String name) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    List<Entry> overloads = entries().getOrDefault(name, List.of());
    if (overloads.isEmpty() && !CLOCKS.contains(name) && !BUILT_IN.contains(name)) {
      traits.add(Trait.UNKNOWN);
    }
    if (CLOCKS.contains(name)) {
      traits.add(Trait.CLOCK);
    }
    for (Entry entry : overloads) {
      switch (entry.kind) {
        case "aggregate" -> traits.add(Trait.AGGREGATE);
        case "window" -> traits.add(Trait.WINDOW);
        case "macro" -> traits.addAll(ofMacro(entry.macro));
        default -> {
          if (!entry.stability.equals("CONSISTENT")
              && !REPEATABLE.contains(name)
              && !CLOCKS.contains(name)) {
            traits.add(Trait.NOT_REPEATABLE);
          }
        }
      }
    }
    return traits;
  }

  /** Those of all functions that the macro calls. */
  private Set<Trait> ofMacro(String definition) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    JsonNode tree = engine.serialize("SELECT " + (definition.isEmpty() ? "NULL" : definition));
    if (tree.path("error").asBoolean()) {
      traits.add(Trait.UNKNOWN);
      return traits;
    }
    Tree.descendants(tree.path("statements"))
        .forEach(
            node -> {
              switch (Tree.expressionClass(node)) {
                case "FUNCTION" ->
                    traits.addAll(traits(Tree.functionName(node), Tree.arguments(node).size()));
                case "SUBQUERY" -> traits.add(Trait.SYSTEM);
                case "COLUMN_REF" -> {
                  if (isClock(node)) {
                    traits.add(Trait.CLOCK);
                  }
                }
                default -> {}
              }
            });
    return traits;
  }

  private Map<String, List<Entry>> entries() {
    Map<String, List<Entry>> loaded = entries;
    if (loaded == null) {
      loaded = new HashMap<>();
      for (List<String> row :
          engine.rows(
              "SELECT DISTINCT lower(function_name), function_type, stability, macro_definition"
                  + " FROM duckdb_functions()"
                  + " WHERE function_type IN ('scalar', 'aggregate', 'window', 'macro')")) {
        loaded
            .computeIfAbsent(row.get(0), name -> new ArrayList<>())
            .add(new Entry(row.get(1), row.get(2), row.get(3)));
      }
      entries = loaded;
    }
    return loaded;
  }
}
