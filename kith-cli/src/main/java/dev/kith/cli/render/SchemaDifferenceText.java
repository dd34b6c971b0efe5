package dev.kith.cli.render;

import dev.kith.cli.render.Terminal.Style;
import dev.kith.run.plan.ReaderChange.Difference;

/** What readers find changed of a table besides its rows, in a few words. */
final class SchemaDifferenceText {

  private SchemaDifferenceText() {}

  static String of(Difference difference, Terminal terminal) {
    if (difference instanceof Difference.ColumnAdded added) {
      return terminal.style(Style.GOOD, "+ " + added.column().name())
          + " "
          + added.column().type().sql();
    }
    if (difference instanceof Difference.ColumnRemoved removed) {
      return terminal.style(Style.BAD, "− " + removed.column().name());
    }
    if (difference instanceof Difference.ColumnRetyped retyped) {
      return terminal.style(Style.WARNING, "~ " + retyped.column())
          + " "
          + retyped.from().sql()
          + " → "
          + retyped.to().sql();
    }
    if (difference instanceof Difference.KeyChanged key) {
      return terminal.style(Style.WARNING, "~ key")
          + " ["
          + String.join(", ", key.from())
          + "] → ["
          + String.join(", ", key.to())
          + "]";
    }
    return difference instanceof Difference.TableAdded
        ? terminal.style(Style.GOOD, "+ a new table")
        : terminal.style(Style.BAD, "− no such table any more");
  }
}
