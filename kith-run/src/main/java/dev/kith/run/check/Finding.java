package dev.kith.run.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a check found.
 *
 * @param message one sentence, without people's data
 * @param sample rows at fault, where there are any to show
 */
record Finding(
    Verdict verdict,
    Optional<String> observed,
    Optional<String> bound,
    OptionalLong failingRows,
    String message,
    List<SampleRow> sample) {

  enum Verdict {
    HOLDS,
    BROKEN,
    INCOMPARABLE
  }

  Finding {
    sample = List.copyOf(sample);
  }

  /** There is no earlier release to compare with, or it lacks what is compared. */
  static Finding incomparable(String message) {
    return new Finding(
        Verdict.INCOMPARABLE,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        message,
        List.of());
  }

  /** Of a check that rows can be at fault with: none must be. */
  static Finding ofRows(long failing, String message, List<SampleRow> sample) {
    return new Finding(
        failing == 0 ? Verdict.HOLDS : Verdict.BROKEN,
        Optional.of(Long.toString(failing)),
        Optional.of("= 0"),
        OptionalLong.of(failing),
        message,
        sample);
  }

  /** Of a check that holds a value against a bound. */
  static Finding ofValue(
      boolean holds, String observed, String bound, String message, List<SampleRow> sample) {
    return new Finding(
        holds ? Verdict.HOLDS : Verdict.BROKEN,
        Optional.of(observed),
        Optional.of(bound),
        OptionalLong.empty(),
        message,
        sample);
  }
}
