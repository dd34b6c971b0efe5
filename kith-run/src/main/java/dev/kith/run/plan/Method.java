package dev.kith.run.plan;

import dev.kith.lake.TableVersion;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a table is built. */
public sealed interface Method {

  /** For people. */
  String text();

  /** Whether the cost follows what changed rather than all there is. */
  default boolean isUpdate() {
    return this instanceof Follow
        || this instanceof Columns
        || this instanceof Delta
        || this instanceof Touched;
  }

  /**
   * Everything is computed and written.
   *
   * @param keepsState whether a profile keeps what its next update can start from
   */
  record Whole(boolean keepsState) implements Method {
    public Whole() {
      this(false);
    }

    @Override
    public String text() {
      return keepsState ? "computed anew, state is kept" : "computed anew";
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

  /**
   * Only some columns of a profile are computed; the others are taken over as they are.
   *
   * @param from the rows that have the others
   * @param taken the names of the others
   * @param inputs whose rows are read
   * @param kept the names of steps whose rows are kept already beside those rows and stay; if there
   *     are any, what is not kept yet is kept from now on as well
   * @param then how all are brought up to date, where these rows are of another instant or of other
   *     inputs: they are first what they should have been then
   */
  record Columns(
      TableVersion from,
      List<String> computed,
      List<String> taken,
      Set<TableName> inputs,
      Set<String> kept,
      Optional<Method> then)
      implements Method {

    private static final int MOST_NAMES = 4;

    public Columns {
      computed = List.copyOf(computed);
      taken = List.copyOf(taken);
      inputs = Set.copyOf(inputs);
      kept = Set.copyOf(kept);
    }

    /** The same, brought up to date after that. */
    Columns then(Method update) {
      return new Columns(from, computed, taken, inputs, kept, Optional.of(update));
    }

    /** Whether the next update can follow from state. */
    public boolean keepsState() {
      return !kept.isEmpty();
    }

    @Override
    public String text() {
      int more = computed.size() - MOST_NAMES;
      String names = computed.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
      String what =
          computed.isEmpty() ? "no column" : names + (more > 0 ? " and " + more + " more" : "");
      return "computes %s; %d columns are taken over".formatted(what, taken.size())
          + (keepsState() ? ", and their state" : "")
          + then.map(method -> ", then " + method.text()).orElse("");
    }
  }

  /** From what was kept of the last computation, and from what came and went since. */
  record Delta() implements Method {
    @Override
    public String text() {
      return "from its state, by what came to windows and went from them";
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
