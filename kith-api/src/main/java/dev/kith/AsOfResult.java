package dev.kith;

import dev.kith.engine.ExportFormat;
import dev.kith.engine.Rows;
import dev.kith.run.asof.AsOfAnswer;
import java.nio.file.Path;

/**
 * People as they were at instants: the rows of the question in their order (but in Parquet files,
 * in none), with what was then.
 */
public final class AsOfResult extends Result {

  private final AsOfAnswer.Counts counts;

  AsOfResult(AsOfAnswer answer) {
    super(new OfAnswer(answer), answer::close);
    this.counts = answer.counts();
  }

  /** How many rows there are, and how many have no answer for a reason that is worth knowing. */
  public AsOfAnswer.Counts counts() {
    return counts;
  }

  private record OfAnswer(AsOfAnswer answer) implements Source {
    @Override
    public Rows rows() {
      return answer.rows();
    }

    @Override
    public long export(Path file, ExportFormat format) {
      return answer.export(file, format);
    }
  }
}
