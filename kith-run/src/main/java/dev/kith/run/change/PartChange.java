package dev.kith.run.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a definition that is new, gone or other than before.
 *
 * @param before what it said
 * @param after what it says; one of both is there
 */
public record PartChange(
    Part.Kind kind, String name, Optional<String> before, Optional<String> after) {

  /** What fits into one line, with its name. */
  private static final int SHORT = 60;

  /** For people: lines that begin with {@code +} or {@code −}, or a short one that shows both. */
  public List<String> lines() {
    if (kind == Part.Kind.QUERY) {
      return LineDifference.between(before.orElse(""), after.orElse(""));
    }
    if (before.isPresent() && after.isPresent()) {
      if (before.equals(after)) {
        return List.of();
      }
      if (before.get().length() + after.get().length() <= SHORT) {
        return List.of(name + ": " + before.get() + " → " + after.get());
      }
    }
    List<String> lines = new ArrayList<>();
    before.ifPresent(text -> lines.add("− " + labelled(text)));
    after.ifPresent(text -> lines.add("+ " + labelled(text)));
    return lines;
  }

  private String labelled(String text) {
    return text.isEmpty() ? name : name + ": " + text;
  }
}
