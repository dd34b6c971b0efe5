package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.definition.Window;
import java.util.List;

/**
 * For whom and when results are computed: what differs between everybody at one instant, whose
 * bounds are literals, and pairs, whose bounds are columns.
 */
sealed interface Frame permits SingleFrame, PairsFrame {

  String KEY = "kith_key";
  String AT = "kith_at";
  String AS_OF = "kith_as_of";

  /** The columns that name a row of the answer. */
  List<String> unit();

  /** The unit's columns and those that depend on them: the columns of every scan. */
  List<String> group();

  /** What has to be there before any scan. */
  List<Step> steps();

  /**
   * A relation of the events in reach, with the columns of {@link #group()}, {@link #AT} and the
   * given ones.
   *
   * @param conditions over the table's rows
   */
  String scan(EventTable events, Reach reach, ScanColumns columns, List<String> conditions);

  /** As {@link #scan}, for what does not depend on people: a superset will do. */
  String values(EventTable events, Reach reach, String expression, List<String> conditions);

  /** The name of a family's step in this frame. */
  default String step(String name) {
    return name;
  }

  /** That a time on the right side of the instant is not beyond the window's far end. */
  String within(Window.Span window, String at);

  /** As {@link #within}, of a time that was aggregated over the scanned rows of a unit. */
  default String groupWithin(Window.Span window, String aggregated) {
    return within(window, aggregated);
  }

  /** The instant, over a row of the answer. */
  String asOf();
}
