package dev.kith.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Results as Markdown. */
final class Report {

  private static final double GIGA = 1e9;

  private final StringBuilder text = new StringBuilder();

  void heading(String heading) {
    text.append("\n## ").append(heading).append("\n\n");
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  /** Medians, in brackets the least and the most. */
  void table(List<Series> contestants) {
    line("");
    line("| | trials | wall s | CPU s | peak RSS GB | read GB | written GB | others' cores |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Series series : contestants) {
      line(
          "| "
              + String.join(
                  " | ",
                  series.name(),
                  String.valueOf(series.trials().size()),
                  series.spread(Trial::wallSeconds).text(1),
                  series.spread(trial -> trial.usage().cpuSeconds()).text(1),
                  series.spread(trial -> trial.usage().peakBytes()).text(GIGA),
                  series.spread(trial -> trial.usage().readBytes()).text(GIGA),
                  series.spread(trial -> trial.usage().writtenBytes()).text(GIGA),
                  series.spread(Trial::otherCores).text(1))
              + " |");
    }
    line("");
  }

  /** How many times the yardstick's median the candidate's is, and whether that is allowed. */
  void gate(
      String figure, Series candidate, Series yardstick, ToDoubleFunction<Trial> of, double most) {
    double ratio = candidate.spread(of).median() / yardstick.spread(of).median();
    line(
        String.format(
            Locale.ROOT,
            "%s: %.2f times the yardstick's; at most %.2f allowed: **%s**.",
            figure,
            ratio,
            most,
            ratio <= most ? "kept" : "MISSED"));
  }

  /** Whether the memory that was given was enough for all trials. */
  void memoryGate(List<Series> contestants, String given) {
    double peak =
        contestants.stream()
            .mapToDouble(series -> series.spread(trial -> trial.usage().peakBytes()).most())
            .max()
            .orElseThrow();
    boolean kept = peak <= Bytes.parse(given);
    line("Peak RSS: " + (kept ? "**kept**" : "**MISSED**") + " within the memory given.");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
