package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions: an event begins one if the person's event before it is outside the window, or longer
 * ago than the gap. So one look at the event before serves all windows and gaps.
 */
final class Gaps extends Family {

  private static final String BEFORE = "kith_before";

  Gaps(String name, EventTable events, Direction direction, Optional<String> filter) {
    super(name, events, direction, filter);
  }

  String sessions(Duration gap, Window window) {
    long microseconds = gap.dividedBy(ChronoUnit.MICROS.getDuration());
    return result(
        "sessions " + microseconds,
        window,
        frame -> {
          List<String> conditions = new ArrayList<>(within(frame, window, Frame.AT));
          String longAgo =
              Dialect.microseconds(Frame.AT)
                  + " - "
                  + Dialect.microseconds(BEFORE)
                  + " > "
                  + microseconds;
          List<String> begins = new ArrayList<>();
          begins.add(BEFORE + " IS NULL");
          begins.add(longAgo);
          if (window instanceof Window.Span span && reach().looksBack() && !reach().isAll(window)) {
            begins.add("NOT " + frame.within(span, BEFORE));
          }
          conditions.add("(" + String.join(" OR ", begins) + ")");
          return "count(*)" + Sql.filter(conditions);
        });
  }

  @Override
  List<Step> steps(Frame frame) {
    List<String> selected = new ArrayList<>(frame.group());
    selected.add(Frame.AT);
    selected.add(
        "lag("
            + Frame.AT
            + ") OVER (PARTITION BY "
            + String.join(", ", frame.unit())
            + " ORDER BY "
            + Frame.AT
            + ") AS "
            + BEFORE);
    String from = "(" + Sql.select(selected, "(" + scan(frame) + ") AS s", List.of()) + ") AS g";
    return List.of(step(frame, definitions(frame), from));
  }
}
