package dev.kith.run.event;

import dev.kith.model.Severity;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a check of a table came out.
 *
 * @param check its name, unique in the table
 * @param observed what was measured, where anything could be
 * @param bound what that is held against, such as {@code <= 0.1}
 * @param failingRows rows at fault, where the check is about rows
 * @param message one sentence, without people's data
 * @param examples a few of the rows at fault, short; personal values are masked
 * @param samples some of the rows at fault as JSON, whole: to be kept, never to be printed
 */
public record CheckResult(
    TableName table,
    String check,
    String kind,
    Severity severity,
    Status status,
    Optional<String> observed,
    Optional<String> bound,
    OptionalLong failingRows,
    String message,
    Optional<String> description,
    List<String> examples,
    List<String> samples,
    Instant checkedAt) {

  public CheckResult {
    examples = List.copyOf(examples);
    samples = List.copyOf(samples);
  }

  /** What came of a check. */
  public enum Status {
    PASSED,
    /** Of severity error: nothing is published. */
    FAILED,
    /** It failed, and is of severity warn. */
    WARNED,
    /** There was nothing to compare with. */
    SKIPPED;

    /** In lower case, as it is kept. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
