package dev.kith.run.plan;

import dev.kith.lake.PhysicalTable;
import dev.kith.lake.TableLayout;
import dev.kith.model.Fingerprint;
import dev.kith.run.graph.Layouts;
import dev.kith.run.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which physical table holds a built table: one for each layout. Other columns, types, key, {@code
 * at} or partitioning are another physical table, so that readers of the old one are never
 * disturbed.
 */
public final class PhysicalTables {

  /** Separates the usual name from what tells an environment's own tables apart. */
  private static final String SUFFIX = "__";

  private static final Pattern LAYOUT = Pattern.compile("_[0-9a-f]{8}(" + SUFFIX + ".*)?$");

  private PhysicalTables() {}

  /** The usual name, which is that of production's tables. */
  public static PhysicalTable of(Node node) {
    TableLayout layout = Layouts.of(node);
    List<String> parts =
        new ArrayList<>(
            List.of(
                layout.schema().sql(),
                layout.partitioning().toString(),
                layout.sortedBy().toString(),
                layout.key().toString()));
    if (node instanceof Node.TableNode table) {
      table.definition().at().ifPresent(at -> parts.add("at " + at.value()));
    }
    return new PhysicalTable(
        node.name().toString().replace('.', '_') + "_" + Fingerprint.of(parts).abbreviated());
  }

  /** A name that stays the same when a table's layout changes; no table has it. */
  static PhysicalTable withoutLayout(PhysicalTable table) {
    return new PhysicalTable(LAYOUT.matcher(table.name()).replaceFirst("$1"));
  }

  /**
   * What is added to the usual names of an environment's own tables. Names of environments begin
   * with a letter, so a number before them cannot be part of one.
   *
   * @param generation counts from 1; a later one follows when production has taken the one before
   */
  static String suffix(String environment, int generation) {
    return SUFFIX + (generation == 1 ? "" : generation + "_") + environment;
  }

  /** Whether a table was made by that environment. */
  static boolean isOf(PhysicalTable table, String environment) {
    return Pattern.compile(SUFFIX + "([0-9]+_)?" + Pattern.quote(environment) + "$")
        .matcher(table.name())
        .find();
  }

  /** Whether rows kept in a table of the first name could as well be kept in one of the second. */
  public static boolean sameLayout(PhysicalTable table, PhysicalTable usual) {
    return table.equals(usual) || table.name().startsWith(usual.name() + SUFFIX);
  }
}
