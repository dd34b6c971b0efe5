package dev.kith.run.plan;

import dev.kith.model.TableName;

/** How a table is built. */
public sealed interface Method {

  /** For people. */
  String text();

  /** Everything is computed and written. */
  record Whole() implements Method {
    @Override
    public String text() {
      return "computed anew";
    }
  }

  /** Everything is computed; only the rows that differ are written. */
  record Differences() implements Method {
    @Override
    public String text() {
      return "computed anew, what differs is written";
    }
  }

  /** Only what changed in one input is computed. */
  record Follow(TableName input) implements Method {
    @Override
    public String text() {
      return "what changed in " + input;
    }
  }

  /** Only the people are computed whose rows can have changed. */
  record Touched() implements Method {
    @Override
    public String text() {
      return "the people whose rows can have changed";
    }
  }
}
