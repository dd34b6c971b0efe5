package dev.kith.run.check;

import dev.kith.model.definition.Expectation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How many rows there are, and how many more or fewer than in the release before. */
final class RowCountMeasurement implements Measurement {

  private final Measuring measuring;
  private final Expectation.RowCount expected;
  private final int all;

  RowCountMeasurement(Measuring measuring, Expectation.RowCount expected) {
    this.measuring = measuring;
    this.expected = expected;
    this.all = measuring.scan().ask("count(*)");
  }

  @Override
  public Finding take() {
    long rows = measuring.scan().count(all);
    Optional<Long> before =
        expected
            .change()
            .flatMap(change -> measuring.baselines().rows(measuring.table().name()))
            .filter(count -> count > 0);
    List<String> bounds = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    expected
        .min()
        .ifPresent(
            min -> {
              bounds.add(">= " + min);
              if (rows < min) {
                faults.add(count("at least %,d are expected", min));
              }
            });
    expected
        .max()
        .ifPresent(
            max -> {
              bounds.add("<= " + max);
              if (rows > max) {
                faults.add(count("at most %,d are expected", max));
              }
            });
    if (before.isPresent()) {
      double change = expected.change().orElseThrow();
      double moved = Math.abs(rows - before.get()) / (double) before.get();
      bounds.add(before.get() + " +- " + percent(change));
      if (moved > change) {
        faults.add(
            count("%,d before", before.get())
                + ": "
                + percent(moved)
                + (rows < before.get() ? " fewer, " : " more, ")
                + percent(change)
                + " may be");
      }
    }
    if (bounds.isEmpty()) {
      return Finding.incomparable("nothing to compare with yet");
    }
    String found = count(rows == 1 ? "%,d row" : "%,d rows", rows);
    return Finding.ofValue(
        faults.isEmpty(),
        Long.toString(rows),
        String.join(", ", bounds),
        faults.isEmpty() ? found : found + "; " + String.join("; ", faults),
        List.of());
  }

  private static String count(String format, long number) {
    return String.format(Locale.ROOT, format, number);
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }
}
