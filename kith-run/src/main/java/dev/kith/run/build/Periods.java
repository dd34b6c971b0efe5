package dev.kith.run.build;

import dev.kith.model.definition.TableDefinition.Grain;
import dev.kith.model.definition.TableDefinition.Mode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Stretches of time that cover whole periods of local time. They begin and end only where an
 * instant lies before the bound just if its local time does, and its local day or hour begins
 * before it, too: not in the hour that clocks skip or show twice, nor shortly around it. There
 * neighbouring periods go together.
 */
final class Periods {

  /** Each is a commit; when there are more, the closest ones and what is between become one. */
  static final int MOST_STRETCHES = 16;

  private final ChronoUnit unit;
  private final int lookback;
  private final ZoneRules rules;

  Periods(Mode.ByTime mode, ZoneId zone) {
    this.unit = unit(mode.grain());
    this.lookback = mode.lookback();
    this.rules = zone.getRules();
  }

  /** [from, to). */
  record Stretch(Instant from, Instant to) {}

  /** The unit as SQL names it. */
  String sqlUnit() {
    return switch (unit) {
      case HOURS -> "hour";
      case DAYS -> "day";
      case MONTHS -> "month";
      default -> "year";
    };
  }

  /**
   * The stretches of some periods, and of those before that the mode asks for, in order.
   *
   * @param starts of periods, local
   */
  List<Stretch> covering(Collection<LocalDateTime> starts) {
    NavigableSet<LocalDateTime> all = new TreeSet<>();
    for (LocalDateTime start : starts) {
      IntStream.rangeClosed(0, lookback).forEach(back -> all.add(start.minus(back, unit)));
    }
    List<Stretch> stretches = new ArrayList<>();
    for (LocalDateTime start : all) {
      Stretch next = new Stretch(boundBefore(start), boundAfter(start.plus(1, unit)));
      Stretch last = stretches.isEmpty() ? next : stretches.get(stretches.size() - 1);
      boolean touches = !stretches.isEmpty() && !next.from().isAfter(last.to());
      if (touches) {
        stretches.set(stretches.size() - 1, joined(last, next));
      } else {
        stretches.add(next);
      }
    }
    return fewer(stretches);
  }

  private Instant boundBefore(LocalDateTime start) {
    LocalDateTime bound = start;
    while (!isBound(bound)) {
      bound = bound.minus(1, unit);
    }
    return instant(bound);
  }

  private Instant boundAfter(LocalDateTime end) {
    LocalDateTime bound = end;
    while (!isBound(bound)) {
      bound = bound.plus(1, unit);
    }
    return instant(bound);
  }

  private boolean isBound(LocalDateTime local) {
    if (rules.getValidOffsets(local).size() != 1) {
      return false;
    }
    Instant instant = instant(local);
    ZoneOffsetTransition last = rules.previousTransition(instant);
    if (last != null && last.getInstant().isAfter(instant.minus(1, ChronoUnit.HOURS))) {
      return false; // an engine may take the skipped beginning of this hour for a later time
    }
    ZoneOffsetTransition next = rules.nextTransition(instant);
    return next == null || !next.getInstant().isBefore(instant.plus(1, ChronoUnit.HOURS));
  }

  private Instant instant(LocalDateTime local) {
    return local.toInstant(rules.getOffset(local));
  }

  /** Only the widest gaps stay. */
  private static List<Stretch> fewer(List<Stretch> stretches) {
    Set<Integer> cuts =
        IntStream.range(1, stretches.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> gapBefore(stretches, i)).reversed())
            .limit(MOST_STRETCHES - 1)
            .collect(Collectors.toSet());
    List<Stretch> fewer = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      if (i == 0 || cuts.contains(i)) {
        fewer.add(stretches.get(i));
      } else {
        int last = fewer.size() - 1;
        fewer.set(last, joined(fewer.get(last), stretches.get(i)));
      }
    }
    return fewer;
  }

  private static long gapBefore(List<Stretch> stretches, int index) {
    return ChronoUnit.SECONDS.between(stretches.get(index - 1).to(), stretches.get(index).from());
  }

  private static Stretch joined(Stretch one, Stretch later) {
    return new Stretch(one.from(), later.to().isAfter(one.to()) ? later.to() : one.to());
  }

  private static ChronoUnit unit(Grain grain) {
    return switch (grain) {
      case HOUR -> ChronoUnit.HOURS;
      case DAY -> ChronoUnit.DAYS;
      case MONTH -> ChronoUnit.MONTHS;
      case YEAR -> ChronoUnit.YEARS;
    };
  }
}
