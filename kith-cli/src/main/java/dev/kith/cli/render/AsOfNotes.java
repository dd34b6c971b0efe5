package dev.kith.cli.render;

import dev.kith.run.asof.AsOfAnswer;
import java.util.ArrayList;
import java.util.List;

/** What people should know of rows that could not be answered; for standard error. */
public final class AsOfNotes {

  private AsOfNotes() {}

  /** A line per reason; none where every row's person existed. */
  public static void print(AsOfAnswer.Counts counts, Terminal terminal) {
    List<String> notes = new ArrayList<>();
    note(notes, counts.withoutKey(), "without a key", counts.rows());
    note(notes, counts.withoutInstant(), "without an instant", counts.rows());
    note(notes, counts.notExisting(), "of people who did not exist then", counts.rows());
    notes.forEach(terminal.err()::println);
  }

  private static void note(List<String> notes, long count, String what, long all) {
    if (count > 0) {
      notes.add(
          "note: %s of %s %s: 'exists' is false there"
              .formatted(Text.count(count), Text.count(all, "row"), what));
    }
  }
}
