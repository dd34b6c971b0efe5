package dev.kith.run.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UpdateCostsTest {

  private static final Method TOUCHED = new Method.Touched();
  private static final Method DELTA = new Method.Delta();
  private static final Method KEEPING = new Method.Whole(true);

  /** Of a day, as in the benchmark: people have 55 events each, 0.7% of all come or go. */
  private static Workload day(long rows) {
    return moving(rows, rows * 7 / 1000);
  }

  private static Workload moving(long rows, long moved) {
    return new Workload(rows, moved, rows / 55, rows, 5, 0);
  }

  @Test
  void fewPeopleHaveMostEvents() {
    assertThat(new Workload(1_000, 0, 100, 0, 0, 0).shareOfTouched()).isZero();
    assertThat(new Workload(1_000, 25, 100, 0, 0, 0).shareOfTouched()).isCloseTo(0.58, within(.01));
    assertThat(new Workload(1_000, 1_000, 100, 0, 0, 0).shareOfTouched()).isGreaterThan(0.98);
    assertThat(new Workload(1_000, 0, 0, 0, 0, 0).shareOfTouched()).isEqualTo(1);
  }

  @Test
  void costsAreInRows() {
    assertThat(UpdateCosts.of(new Workload(1_000_000, 10_000, 10_000, 800_000, 2, 0)))
        .isEqualTo(new UpdateCosts(1_100_000, 976_252, 1_000_000, 2_300_000));
    assertThat(UpdateCosts.of(new Workload(1_000_000, 0, 10_000, 0, 0, 500_000)))
        .isEqualTo(new UpdateCosts(50_000, 100_000, 1_000_000, 1_300_000));
  }

  @Test
  void stateIsKeptFromTheSizeOnAtWhichItPays() {
    assertThat(UpdateCosts.of(day(100)).withoutState()).isEqualTo(TOUCHED);
    assertThat(UpdateCosts.of(day(1_000_000)).withoutState()).isEqualTo(TOUCHED);
    assertThat(UpdateCosts.of(day(3_800_000)).withoutState()).isEqualTo(TOUCHED);
    assertThat(UpdateCosts.of(day(3_900_000)).withoutState()).isEqualTo(KEEPING);
    assertThat(UpdateCosts.of(day(110_000_000)).withoutState()).isEqualTo(KEEPING);
  }

  @Test
  void updatesThatTouchFewPayLater() {
    assertThat(UpdateCosts.of(moving(14_000_000, 4_000)).withoutState()).isEqualTo(TOUCHED);
    assertThat(UpdateCosts.of(moving(110_000_000, 33_000)).withoutState()).isEqualTo(KEEPING);
  }

  @Test
  void nobodyIsSearchedForWhereAllAreTouched() {
    assertThat(UpdateCosts.of(moving(3_000_000, 1_500_000)).withoutState())
        .isEqualTo(new Method.Whole());
    assertThat(UpdateCosts.of(moving(110_000_000, 55_000_000)).withoutState())
        .isEqualTo(new Method.Whole());
    // Of few rows it is found out rather than taken for granted.
    assertThat(UpdateCosts.of(moving(100, 100)).withoutState()).isEqualTo(TOUCHED);
  }

  @Test
  void stateThatIsThereIsFollowedUnlessThatCostsMuchMore() {
    assertThat(UpdateCosts.of(day(14_000_000)).withState()).isEqualTo(DELTA);
    assertThat(UpdateCosts.of(moving(14_000_000, 4_000)).withState()).isEqualTo(DELTA);
    assertThat(UpdateCosts.of(day(2_000_000)).withState()).isEqualTo(DELTA);
    assertThat(UpdateCosts.of(day(1_000)).withState()).isEqualTo(TOUCHED);
    assertThat(UpdateCosts.of(moving(110_000_000, 80_000_000)).withState()).isEqualTo(KEEPING);
  }

  @Test
  void stateOfWhichLittleFollowsIsNotKept() {
    Workload mostlyAnew = new Workload(110_000_000, 770_000, 2_000_000, 20_000_000, 2, 110_000_000);

    assertThat(UpdateCosts.of(mostlyAnew).withoutState()).isEqualTo(TOUCHED);
  }

  @Test
  void columnsAreAmendedFirstWhereBothCostLessThanAll() {
    UpdateCosts costs = new UpdateCosts(100, 600, 1_000, 1_300);

    assertThat(costs.areLessAfter(399, TOUCHED)).isTrue();
    assertThat(costs.areLessAfter(400, TOUCHED)).isFalse();
    assertThat(costs.areLessAfter(899, DELTA)).isTrue();
    assertThat(costs.areLessAfter(0, KEEPING)).isFalse();
  }

  @Test
  void aMethodHasItsCosts() {
    UpdateCosts costs = new UpdateCosts(1, 2, 3, 4);

    assertThat(costs.of(DELTA)).isEqualTo(1);
    assertThat(costs.of(TOUCHED)).isEqualTo(2);
    assertThat(costs.of(new Method.Whole())).isEqualTo(3);
    assertThat(costs.of(KEEPING)).isEqualTo(4);
  }
}
