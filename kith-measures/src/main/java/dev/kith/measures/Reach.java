package dev.kith.measures;

import dev.kith.model.definition.Window;
import dev.kith.model.definition.Window.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The windows that results of one scan are needed for; all look the same way. Grows. */
final class Reach {

  private final Direction direction;
  private final Set<Window.Span> spans = new LinkedHashSet<>();
  private boolean unbounded;

  Reach(Direction direction) {
    this.direction = direction;
  }

  static Direction direction(Window window) {
    return window instanceof Window.Span span ? span.direction() : Direction.BACK;
  }

  void include(Window window) {
    if (direction(window) != direction) {
      throw new IllegalArgumentException("Cannot look both ways in one scan: " + window.text());
    }
    if (window instanceof Window.Span span) {
      spans.add(span);
    } else {
      unbounded = true;
    }
  }

  boolean looksBack() {
    return direction == Direction.BACK;
  }

  /** The windows whose far ends bound the scan; none if nothing does. */
  List<Window.Span> bounds() {
    return unbounded ? List.of() : spans();
  }

  /** The windows that have a far end, whether or not another has none. */
  List<Window.Span> spans() {
    return List.copyOf(spans);
  }

  boolean isUnbounded() {
    return unbounded;
  }

  /** Whether every event of the scan is in the window. */
  boolean isAll(Window window) {
    return window instanceof Window.Ever || (!unbounded && spans.size() == 1);
  }
}
