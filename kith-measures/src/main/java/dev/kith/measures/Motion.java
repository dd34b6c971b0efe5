package dev.kith.measures;

import dev.kith.model.type.DataType;
import dev.kith.model.type.DataType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a person's result follows from what it was, over rows of results of before as {@code o}, of
 * what came as {@code p} and of what went as {@code m}, any of which may be missing.
 */
sealed interface Motion {

  /** Of the result. */
  DataType type();

  /** The result of now; any value where it is in doubt. */
  String moved(String alias);

  /**
   * That the result does not follow.
   *
   * @param inReach conditions that a time is not beyond all windows of now
   */
  Optional<String> doubt(String alias, Function<String, List<String>> inReach);

  /** How many events or values there are. */
  record Count() implements Motion {
    @Override
    public DataType type() {
      return Primitive.BIGINT;
    }

    @Override
    public String moved(String alias) {
      return difference(alias);
    }

    @Override
    public Optional<String> doubt(String alias, Function<String, List<String>> inReach) {
      return Optional.empty();
    }
  }

  /**
   * An exact sum.
   *
   * @param count the alias of how many values there are: a sum of none is NULL
   */
  record Sum(DataType type, String count) implements Motion {
    @Override
    public String moved(String alias) {
      return ifAny(count, Dialect.cast(difference(alias), type.sql()));
    }

    @Override
    public Optional<String> doubt(String alias, Function<String, List<String>> inReach) {
      return Optional.empty();
    }
  }

  /**
   * The least or greatest value. If it went, what comes next is not known.
   *
   * @param count the alias of how many values there are
   */
  record Extreme(DataType type, String count, boolean greatest) implements Motion {
    @Override
    public String moved(String alias) {
      return ifAny(count, further(alias, greatest));
    }

    @Override
    public Optional<String> doubt(String alias, Function<String, List<String>> inReach) {
      return Optional.of("(" + difference(count) + " > 0 AND " + isLost(alias, greatest) + ")");
    }
  }

  /** The latest time in any window; if it only went beyond all windows, nothing is left. */
  record LatestTime() implements Motion {
    @Override
    public DataType type() {
      return Primitive.INSTANT;
    }

    @Override
    public String moved(String alias) {
      return "CASE WHEN %s THEN p.%s ELSE %s END"
          .formatted(isLost(alias, true), alias, further(alias, true));
    }

    @Override
    public Optional<String> doubt(String alias, Function<String, List<String>> inReach) {
      List<String> doubt = new ArrayList<>();
      doubt.add(isLost(alias, true));
      doubt.addAll(inReach.apply("m." + alias));
      return Optional.of("(" + String.join(" AND ", doubt) + ")");
    }
  }

  private static String difference(String alias) {
    return "(coalesce(o.%1$s, 0) + coalesce(p.%1$s, 0) - coalesce(m.%1$s, 0))".formatted(alias);
  }

  private static String ifAny(String count, String result) {
    return "CASE WHEN " + difference(count) + " > 0 THEN " + result + " END";
  }

  private static String further(String alias, boolean greatest) {
    return (greatest ? "greatest" : "least") + "(o.%1$s, p.%1$s)".formatted(alias);
  }

  /** That the event with the extreme went, and nothing as extreme came. */
  private static String isLost(String alias, boolean greatest) {
    String went = "o.%1$s IS NULL OR m.%1$s %2$s o.%1$s";
    String came = "coalesce(p.%1$s %2$s o.%1$s, FALSE)";
    return ("(m.%1$s IS NOT NULL AND (" + went + ") AND NOT " + came + ")")
        .formatted(alias, greatest ? ">=" : "<=");
  }
}
