package dev.kith.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.Provenance;
import dev.kith.lake.Snapshot;
import dev.kith.lake.SnapshotTotals;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final TableName ORDERS = TableName.of("orders");
  private static final TableName CLICKS = TableName.of("clicks");
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00Z");

  private final Decision.Wanted wanted =
      new Decision.Wanted(
          Fingerprint.of("definition"), Map.of(ORDERS, 1L, CLICKS, 2L), Optional.of(MONDAY));

  @Test
  void whatIsAsWantedIsUpToDate() {
    assertThat(Decision.of(wanted, head(wanted), true, false)).isEmpty();
  }

  @Test
  void whatWasNeverBuiltIsBuilt() {
    assertThat(Decision.of(wanted, Optional.empty(), false, true))
        .contains(new BuildReason.NeverBuilt());
  }

  @Test
  void aNewPhysicalTableOfAPublishedNameMeansThatTheDefinitionChanged() {
    assertThat(Decision.of(wanted, Optional.empty(), true, false))
        .contains(new BuildReason.DefinitionChanged());
  }

  @Test
  void aFullRefreshBuildsWhatIsUpToDate() {
    assertThat(Decision.of(wanted, head(wanted), true, true))
        .contains(new BuildReason.FullRefresh());
  }

  @Test
  void anotherDefinitionOutranksOtherInputs() {
    Decision.Wanted before =
        new Decision.Wanted(Fingerprint.of("another"), Map.of(ORDERS, 9L), wanted.asOf());
    assertThat(Decision.of(wanted, head(before), true, false))
        .contains(new BuildReason.DefinitionChanged());
  }

  @Test
  void inputsThatChangedOrCameAreNamed() {
    Decision.Wanted before =
        new Decision.Wanted(wanted.definition(), Map.of(CLICKS, 2L), wanted.asOf());
    assertThat(Decision.of(wanted, head(before), true, false))
        .contains(new BuildReason.InputsChanged(List.of(ORDERS)));
  }

  @Test
  void anotherInstantIsTold() {
    Decision.Wanted before =
        new Decision.Wanted(wanted.definition(), wanted.inputs(), Optional.of(TUESDAY));
    assertThat(Decision.of(wanted, head(before), true, false))
        .contains(new BuildReason.AsOfMoved(TUESDAY, MONDAY));
  }

  private static Optional<Snapshot> head(Decision.Wanted made) {
    Provenance provenance = made.provenance("run");
    return Optional.of(
        new Snapshot(
            7, OptionalLong.empty(), MONDAY, 1, false, provenance, new SnapshotTotals(1, 1, 1)));
  }
}
