package dev.kith.run.plan;

import dev.kith.model.TableName;
import dev.kith.run.change.DefinitionChange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a table is built. */
public sealed interface BuildReason {

  /** For people, in the project's zone. */
  String text(ZoneId zone);

  /** For programs: {@code inputs_changed}. */
  default String kind() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** No release has it. */
  record NeverBuilt() implements BuildReason {
    @Override
    public String text(ZoneId zone) {
      return "never built";
    }
  }

  /** Somebody asked for it. */
  record FullRefresh() implements BuildReason {
    @Override
    public String text(ZoneId zone) {
      return "full refresh";
    }
  }

  /**
   * What it means has changed.
   *
   * @param change how, where it is on record what it meant before
   */
  record DefinitionChanged(Optional<DefinitionChange> change) implements BuildReason {

    /** It is not known how. */
    public DefinitionChanged() {
      this(Optional.empty());
    }

    @Override
    public String text(ZoneId zone) {
      return "definition changed"
          + change
              .map(DefinitionChange::summary)
              .filter(summary -> !summary.isEmpty())
              .map(summary -> ": " + summary)
              .orElse("");
    }
  }

  /** The instant of the profile is another. */
  record AsOfMoved(Instant from, Instant to) implements BuildReason {

    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    @Override
    public String text(ZoneId zone) {
      return "as of " + FORMAT.format(from.atZone(zone)) + " → " + FORMAT.format(to.atZone(zone));
    }
  }

  /** Tables that it reads have other rows. */
  record InputsChanged(List<TableName> inputs) implements BuildReason {
    public InputsChanged {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String text(ZoneId zone) {
      return inputs.stream().map(TableName::toString).collect(Collectors.joining(", "))
          + " changed";
    }
  }
}
